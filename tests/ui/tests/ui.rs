//! What the compiler says about mistakes: the cases beside this folder, by kind, each with its golden words.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The kinds of mistake; a folder each.
const KINDS: [&str; 20] = [
    "column",
    "operand",
    "condition",
    "join",
    "group",
    "projection",
    "insert",
    "update",
    "upsert",
    "merge",
    "cte",
    "raw",
    "view",
    "dialect",
    "table",
    "index",
    "row",
    "sql_type",
    "run",
    "migrations",
];

/// First lines in the words of the compiler's insides, not of SQL or Rust.
const JARGON: [&str; 10] = [
    "the trait bound `",
    "type mismatch resolving",
    "trait bounds were not satisfied",
    "overflow evaluating",
    "type annotations needed",
    "cannot find associated type",
    "ambiguous associated",
    "relvar_query::",
    "relvar_runtime::",
    "__relvar",
];

const LONGEST: usize = 30;
const LONGEST_MEDIAN: usize = 20;
const FEWEST: usize = 60;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files of a kind with this ending.
fn files(kind: &str, ending: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root().join(kind)).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|found| found == ending));
    files.sort();
    files
}

/// Mistakes do not compile, and what the compiler says is what it said.
///
/// What must compile is in `compiles`: a test of its own, because one case that must pass would make
/// every case here be compiled by a run of cargo of its own.
#[test]
fn mistakes_are_explained() {
    let cases = trybuild::TestCases::new();
    for kind in KINDS {
        cases.compile_fail(root().join(kind).join("*.rs"));
    }
}

/// The goldens as a whole are what a reader can take in.
#[test]
fn explanations_are_distinct_and_short() {
    let mut first_lines: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut lengths: Vec<(usize, String)> = Vec::new();
    for kind in KINDS {
        let (cases, goldens) = (files(kind, "rs"), files(kind, "stderr"));
        assert!(!cases.is_empty(), "no case of kind {kind}");
        for case in &cases {
            assert!(case.with_extension("stderr").exists(), "{} has no golden", case.display());
        }
        for golden in &goldens {
            assert!(golden.with_extension("rs").exists(), "{} has no case", golden.display());
            let name = golden.strip_prefix(root()).unwrap().display().to_string();
            let text = std::fs::read_to_string(golden).unwrap();
            first_lines.entry(text.lines().next().unwrap_or_default().to_owned()).or_default().push(name.clone());
            lengths.push((text.lines().count(), name));
        }
    }
    lengths.sort();
    let median = lengths[lengths.len() / 2].0;
    let (longest, which) = lengths.last().unwrap();
    println!("{} goldens, median {median} lines, longest {longest} ({which})", lengths.len());

    assert!(first_lines.len() >= FEWEST, "only {} kinds of mistake", first_lines.len());
    let same: Vec<_> = first_lines.iter().filter(|(_, names)| names.len() > 1).collect();
    assert!(same.is_empty(), "the same first line: {same:#?}");
    let jargon: Vec<_> = first_lines.iter().filter(|(line, _)| JARGON.iter().any(|word| line.contains(word))).collect();
    assert!(jargon.is_empty(), "not in words of SQL or Rust: {jargon:#?}");
    let long: Vec<_> = lengths.iter().filter(|(lines, _)| *lines > LONGEST).collect();
    assert!(long.is_empty(), "longer than {LONGEST} lines: {long:#?}");
    assert!(median <= LONGEST_MEDIAN, "the median is {median} lines");
}

/// Every case says in its first line what the mistake is.
#[test]
fn cases_say_their_mistake() {
    for kind in KINDS {
        for case in files(kind, "rs") {
            let text = std::fs::read_to_string(&case).unwrap();
            let first = text.lines().next().unwrap_or_default();
            assert!(first.starts_with("//! ") && first.ends_with('.'), "{}", case.display());
        }
    }
}
