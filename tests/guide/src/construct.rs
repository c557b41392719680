//! What expressions and statements can say: the public functions of their sources, and what is said of each.

use std::path::Path;

use crate::region::{read, root};

/// Where they are, in the workspace.
const SOURCES: [&str; 2] = ["crates/query/src/expr", "crates/query/src/statement"];

/// A public function, or a row of a macro that makes one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Construct {
    /// The file, without the folder that it is in and its ending.
    pub file: String,
    /// Its name.
    pub name: String,
    /// The first sentence that is said of it.
    pub words: String,
}

/// All of them, by their files.
///
/// # Panics
/// If a source cannot be read.
pub fn constructs() -> Vec<Construct> {
    let mut found = Vec::new();
    for source in SOURCES {
        let folder = root().join(source);
        let mut files = vec![folder.with_extension("rs")];
        files_in(&folder, &mut files);
        for file in files {
            let name = file.strip_prefix(folder.parent().unwrap_or(&folder)).unwrap_or(&file).with_extension("");
            let name = name.to_string_lossy().replace('\\', "/");
            found.extend(of_source(&read(&file)).map(|(function, words)| Construct {
                file: name.clone(),
                name: function,
                words,
            }));
        }
    }
    found.sort();
    found.dedup_by(|a, b| (&a.file, &a.name) == (&b.file, &b.name));
    found
}

fn files_in(folder: &Path, files: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        match path.is_dir() {
            true => files_in(&path, files),
            false => files.push(path),
        }
    }
}

/// The names in a source, and what is said of them.
fn of_source(source: &str) -> impl Iterator<Item = (String, String)> {
    let mut found = Vec::new();
    // what is said of the next item; nothing if it is hidden
    let mut said: Option<String> = None;
    let mut in_trait = false;
    let source = source.split("#[cfg(test)]").next().unwrap_or_default();
    for line in source.lines() {
        let text = line.trim();
        if let Some(words) = text.strip_prefix("///") {
            let said = said.get_or_insert_default();
            said.push_str(words);
            continue;
        }
        if text.starts_with("#[") {
            said = said.filter(|_| !text.contains("doc(hidden)"));
            continue;
        }
        if line.starts_with("pub trait ") {
            in_trait = true;
        } else if line == "}" {
            in_trait = false;
        }
        if let (Some(words), Some(name)) = (said.take(), name(text, in_trait)) {
            found.push((name.to_owned(), first_sentence(&words)));
        }
    }
    found.into_iter()
}

/// The name of the function that a line begins, or that the row of a macro is about: `name Variant …;`.
fn name(line: &str, in_trait: bool) -> Option<&str> {
    let public = line.strip_prefix("pub ").or(in_trait.then_some(line));
    let function = public.and_then(|rest| rest.strip_prefix("const ").unwrap_or(rest).strip_prefix("fn "));
    if let Some(function) = function {
        return function.split(|c: char| !is_word(c)).next().filter(|name| !name.is_empty());
    }
    let (name, rest) = line.split_once(' ')?;
    let row = line.ends_with(';') && rest.starts_with(|c: char| c.is_ascii_uppercase());
    let keyword = ["type", "const", "let", "use", "where"].contains(&name);
    (row && !keyword && name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(is_word)).then_some(name)
}

fn is_word(c: char) -> bool {
    c == '_' || c.is_ascii_alphanumeric()
}

/// Up to the first full stop or semicolon that ends something, without links.
fn first_sentence(words: &str) -> String {
    let end = [". ", "; ", ".```", ": see"].iter().filter_map(|end| words.find(end)).min();
    let mut rest = words.get(..end.unwrap_or(words.len())).unwrap_or(words).trim();
    let mut sentence = String::new();
    while let Some((before, link)) = rest.split_once("](") {
        sentence.push_str(&before.replace('[', ""));
        rest = link.split_once(')').map_or("", |(_, behind)| behind);
    }
    sentence.push_str(rest);
    sentence.replace("[`", "`").replace("`]", "`").trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_with_what_is_said_of_them() {
        let source = "/// One [`thing`](super::Thing). More.\npub fn one() {}\n/// Mine.\nfn mine() {}\npub trait T {\n    \
            /// Two;\n    /// or so.\n    fn two(self);\n    of! {\n        /// Three.\n        three Three -> i32;\n    }\n}\n\
            #[doc(hidden)]\n/// No.\n#[doc(hidden)]\npub fn no() {}\n/// A type.\ntype X = Y;\n";
        let found: Vec<_> = of_source(source).collect();
        let found: Vec<(&str, &str)> = found.iter().map(|(name, words)| (&**name, &**words)).collect();
        assert_eq!(found, [("one", "One `thing`"), ("two", "Two"), ("three", "Three")]);
    }
}
