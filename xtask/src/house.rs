//! The rules of the code that no compiler checks, as tests over the sources and the manifests.

mod dependencies;
mod drivers;
mod source;
mod text;

use source::{Source, sources};

const LONGEST: usize = 600;
const DIALECTS: [&str; 4] = ["Postgres", "MySql", "MariaDb", "Sqlite"];
/// Where dialects may be named: all paths that begin so.
const DIALECT_HOMES: [&str; 4] = [
    "crates/query/src/dialect",
    "crates/runtime/src/mysql",
    "crates/runtime/src/postgres",
    "crates/runtime/src/sqlite",
];
/// Files beside them, each with its reason.
const DIALECT_EXCEPTIONS: [(&str, &str); 2] = [
    ("crates/query/src/lower/render.rs", "sea-query has a builder type for each, and one match must choose"),
    ("crates/query/src/derive.rs", "hands on the names that `dialect = ..` in an attribute may have"),
];
const PANICS: [&str; 6] = [".unwrap()", ".expect(", "panic!", "todo!", "unimplemented!", "unreachable!"];
/// Panics a user cannot reach: file, a part of the line, and why. `const` evaluation panics at compile time only.
const PANIC_EXCEPTIONS: [(&str, &str, &str); 2] = [
    ("crates/query/src/derive/names.rs", "names are cut where they were joined", "evaluated by the compiler"),
    ("crates/query/src/derive/check.rs", "Ok(text) => panic!", "evaluated by the compiler: it is the message"),
];

#[test]
fn no_file_is_long() {
    complain("split them", too_long(&sources(&["crates"])));
}

#[test]
fn every_file_says_its_job() {
    complain("open each with a `//!` sentence", mute(&sources(&["crates", "xtask", "examples", "tests"])));
}

#[test]
fn dialects_are_named_at_home_only() {
    complain("ask for a syntax instead of a database", dialect_names(&sources(&["crates"]), &DIALECT_EXCEPTIONS));
}

#[test]
fn no_panic_in_library_code() {
    complain("give an error instead", panics(&sources(&["crates"]), &PANIC_EXCEPTIONS));
}

fn complain(advice: &str, complaints: Vec<String>) {
    assert!(complaints.is_empty(), "{advice}:\n  {}\n", complaints.join("\n  "));
}

fn too_long(sources: &[Source]) -> Vec<String> {
    let lines = |source: &Source| source.text.lines().count();
    let long = sources.iter().filter(|source| lines(source) > LONGEST);
    long.map(|source| format!("{}: {} lines, {LONGEST} is the most", source.path, lines(source))).collect()
}

fn mute(sources: &[Source]) -> Vec<String> {
    let says = |source: &&Source| source.text.strip_prefix("//!").is_some_and(|rest| rest.starts_with(' '));
    sources.iter().filter(|source| !says(source)).map(|source| source.path.clone()).collect()
}

fn dialect_names(sources: &[Source], exceptions: &[(&str, &str)]) -> Vec<String> {
    let mut complaints = Vec::new();
    for source in sources.iter().filter(|source| source.is_library()) {
        let code = if source.path.starts_with("crates/relvar/") {
            text::without_exports(&source.code)
        } else {
            source.code.clone()
        };
        let named = |line: &str| text::words(line).any(|word| DIALECTS.contains(&word));
        let lines: Vec<String> = source.hits(&code, named).collect();
        match exceptions.iter().any(|(path, _)| source.path == *path) {
            true if lines.is_empty() => complaints.push(format!("{}: an exception that is not needed", source.path)),
            true => {}
            false if DIALECT_HOMES.iter().any(|home| source.path.starts_with(home)) => {}
            false => complaints.extend(lines),
        }
    }
    complaints
}

fn panics(sources: &[Source], exceptions: &[(&str, &str, &str)]) -> Vec<String> {
    let mut unneeded: Vec<_> = exceptions.to_vec();
    let mut complaints = Vec::new();
    for source in sources.iter().filter(|source| source.is_library()) {
        for hit in source.hits(&source.code, |line| PANICS.iter().any(|panic| line.contains(panic))) {
            let excepts = |(path, part, _): &(&str, &str, &str)| source.path == *path && hit.contains(part);
            unneeded.retain(|exception| !excepts(exception));
            if !exceptions.iter().any(excepts) {
                complaints.push(hit);
            }
        }
    }
    complaints.extend(
        unneeded.iter().map(|(path, part, _)| format!("{path}: no line with '{part}', so no exception is needed")),
    );
    complaints
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_long_and_mute_files() {
        let fine = Source::new("crates/a/src/a.rs", "//! A.\n");
        let long = Source::new("crates/a/src/b.rs", &"//! B.\n".repeat(LONGEST + 1));
        let mute_one = Source::new("crates/a/src/c.rs", "// C.\n");
        let all = [fine, long, mute_one];
        assert_eq!(too_long(&all), ["crates/a/src/b.rs: 601 lines, 600 is the most"]);
        assert_eq!(mute(&all), ["crates/a/src/c.rs"]);
    }

    #[test]
    fn finds_dialects_in_code_alone() {
        let text = "//! Postgres.\nfn f() -> Engine { let _ = \"Sqlite\"; Engine::MySql } // MariaDb\n\
                    fn g(_: PostgresQueryBuilder) {}\n#[cfg(test)]\nmod tests { use Sqlite; }\n";
        let found = |path: &str| dialect_names(&[Source::new(path, text)], &[("crates/a/src/e.rs", "because")]);
        assert_eq!(found("crates/a/src/b.rs").len(), 1);
        assert!(found("crates/a/src/b.rs")[0].starts_with("crates/a/src/b.rs:2: "));
        for path in [
            "crates/query/src/dialect/set.rs",
            "crates/runtime/src/sqlite.rs",
            "crates/a/src/e.rs",
            "crates/a/tests/t.rs",
        ] {
            assert!(found(path).is_empty(), "{path}");
        }
        let quiet = Source::new("crates/a/src/e.rs", "//! E.\n");
        assert_eq!(dialect_names(&[quiet], &[("crates/a/src/e.rs", "because")]).len(), 1);
        let facade = "//! F.\npub use relvar_query::dialect::{\n    Postgres,\n};\nfn f(_: Sqlite) {}\n";
        let found = dialect_names(&[Source::new("crates/relvar/src/lib.rs", facade)], &[]);
        assert_eq!(found, ["crates/relvar/src/lib.rs:5: fn f(_: Sqlite) {}"]);
    }

    #[test]
    fn finds_panics_and_stale_exceptions() {
        let text = "//! A.\nfn f() { x.unwrap(); } // panic!\nfn g() { \"todo!\"; y.unwrap_or(1) }\nfn h() { panic!(\"x\") }\n\
                    #[cfg(test)]\nmod tests { fn t() { x.unwrap(); } }\n";
        let source = || [Source::new("crates/a/src/a.rs", text)];
        assert_eq!(panics(&source(), &[]).len(), 2);
        assert_eq!(panics(&source(), &[("crates/a/src/a.rs", "fn h()", "because")]).len(), 1);
        assert_eq!(panics(&source(), &[("crates/a/src/a.rs", "fn z()", "because")]).len(), 3);
    }
}
