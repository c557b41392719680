//! Method names are unique across the traits of expressions, so that importing all of them never clashes.

use std::collections::BTreeMap;
use std::path::Path;

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
            found.push((rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect(), name.clone()));
        }
    }
    found
}

#[test]
fn method_names_are_unique() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/expr");
    let mut owners: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        for (method, owner) in methods(&text) {
            owners.entry(method).or_default().push(owner);
        }
    }
    assert!(owners.len() > 40, "the scan found only {owners:?}");
    let clashes: Vec<_> = owners.iter().filter(|(_, traits)| traits.len() > 1).collect();
    assert!(clashes.is_empty(), "methods of several traits: {clashes:?}");
    // a method of Iterator, Ord or PartialOrd on a column would be picked up by accident if we had none of that name
    for name in ["eq", "ne", "lt", "gt", "and", "or", "coalesce", "is_null", "like"] {
        assert!(owners.contains_key(name), "{name} is gone");
    }
}
