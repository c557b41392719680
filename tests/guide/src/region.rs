//! Samples in source files: the lines behind a comment `// sample: name`, as far as they are indented as it is.

use std::fs;
use std::path::{Path, PathBuf};

/// A sample as it stands in a source file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// Its name, which the guide refers to.
    pub name: String,
    /// The number of the line with the name, from 1.
    pub line: u32,
    /// Its lines, without the indentation they have in common.
    pub code: String,
}

/// The samples of a source file, in its order.
pub fn regions(source: &str) -> Vec<Region> {
    let lines: Vec<&str> = source.lines().collect();
    let named = (0..).zip(&lines).filter_map(|(at, line)| Some((at, line, begins(line)?)));
    named
        .map(|(at, line, name): (usize, _, _)| {
            let depth = indentation(line);
            let inside = |line: &&&str| {
                line.trim() != "// end"
                    && (line.trim().is_empty() || indentation(line) >= depth && begins(line).is_none())
            };
            let code: Vec<&str> =
                lines[at + 1..].iter().take_while(inside).map(|line| line.get(depth..).unwrap_or("")).collect();
            let number = u32::try_from(at + 1).unwrap_or(u32::MAX);
            Region { name: name.to_owned(), line: number, code: code.join("\n").trim_end().to_owned() }
        })
        .collect()
}

fn begins(line: &str) -> Option<&str> {
    line.trim_start().strip_prefix("// sample: ").map(str::trim)
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The samples of all source files of this crate.
///
/// # Panics
/// When a file cannot be read, or when two samples have one name.
pub fn all_regions() -> Vec<Region> {
    let mut files = Vec::new();
    collect(&root().join("tests/guide"), &mut files);
    let mut all: Vec<Region> = files.iter().flat_map(|file| regions(&read(file))).collect();
    all.sort_by(|one, other| one.name.cmp(&other.name));
    for pair in all.windows(2) {
        assert!(pair[0].name != pair[1].name, "there are two samples `{}`", pair[0].name);
    }
    all
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for entry in entries {
        let path = entry.unwrap().path();
        match path.extension() {
            None => collect(&path, files),
            Some(end) if end == "rs" && !path.ends_with("src/region.rs") => files.push(path),
            Some(_) => {}
        }
    }
}

/// The folder of the workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

pub(crate) fn read(file: &Path) -> String {
    fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_ends_where_the_indentation_does_or_where_it_is_said() {
        let source = "fn f() {\n    q(|| {\n        // sample: one\n        a\n            .b()\n\n        c\n    });\n}\n\
            // sample: two\nstruct S;\n// end\n// sample: three\nlast\n";
        let found = regions(source);
        let code: Vec<_> = found.iter().map(|region| (&*region.name, region.line, &*region.code)).collect();
        assert_eq!(code, [("one", 3, "a\n    .b()\n\nc"), ("two", 10, "struct S;"), ("three", 13, "last")]);
    }
}
