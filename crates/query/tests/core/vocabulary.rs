//! Method names are unique across the traits of expressions, so that importing all of them never clashes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The methods of the public traits in a source file.
fn methods(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut current: Option<String> = None;
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("pub trait ") {
            let name: String = rest.chars().take_while(|c| c.is_alphanumeric()).collect();
            // what an extension trait has beside methods is no business of users
            current = rest.contains(": Expression").then_some(name);
        } else if line == "}" {
            current = None;
        } else if let (Some(name), Some(rest)) = (&current, line.strip_prefix("    fn ")) {
            found.push((word(rest), name.clone()));
        } else if let (Some(name), Some(rest)) = (&current, line.strip_prefix("        ")) {
            // a row of a macro that makes methods: `lower Lower -> String;`
            let (method, behind) = rest.split_once(' ').unwrap_or_default();
            if word(method) == method && !method.is_empty() && behind.starts_with(char::is_uppercase) {
                found.push((method.to_owned(), name.clone()));
            }
        }
    }
    found
}

fn word(text: &str) -> String {
    text.chars().take_while(|c| c.is_lowercase() || c.is_numeric() || *c == '_').collect()
}

/// The files in a folder and in those below it.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn method_names_are_unique() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/expr");
    let mut owners: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in files(&folder) {
        for (method, owner) in methods(&std::fs::read_to_string(file).unwrap()) {
            owners.entry(method).or_default().push(owner);
        }
    }
    assert!(owners.len() > 150, "the scan found only {owners:?}");
    let clashes: Vec<_> = owners.iter().filter(|(_, traits)| traits.len() > 1).collect();
    assert!(clashes.is_empty(), "methods of several traits: {clashes:?}");
    // a method of Iterator, Ord or PartialOrd on a column would be picked up by accident if we had none of that name
    let kept = [
        "eq", "ne", "lt", "le", "gt", "ge", "and", "or", "coalesce", "is_null", "like", "lower", "integer", "overlaps",
    ];
    for name in kept {
        assert!(owners.contains_key(name), "{name} is gone");
    }
}
