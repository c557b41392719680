//! Foreign types stay where they are wrapped: sea-query in the lowering, the drivers in the runtime, none in a public signature.

use super::complain;
use super::source::{Source, sources};
use super::text::words;

/// A foreign crate and where it may be named: all paths that begin so.
const HOMES: [(&str, &str); 3] =
    [("sea_query", "crates/query/src/lower"), ("sqlx", "crates/runtime/src/"), ("rusqlite", "crates/runtime/src/")];

#[test]
fn foreign_crates_are_named_at_home_only() {
    complain("go through our own types", strays(&sources(&["crates"])));
}

#[test]
fn no_foreign_type_is_public() {
    complain("wrap them, so that a driver can be replaced", exposed(&sources(&["crates"])));
}

fn strays(sources: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    for source in sources.iter().filter(|source| source.is_library()) {
        for (name, home) in HOMES.iter().filter(|(_, home)| !source.path.starts_with(home)) {
            complaints.extend(
                source
                    .hits(&source.code, |line| words(line).any(|word| word == *name))
                    .map(|hit| format!("{hit} ({home})")),
            );
        }
    }
    complaints
}

fn exposed(sources: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    for source in sources.iter().filter(|source| source.is_library()) {
        let mut foreign: Vec<&str> = HOMES.iter().map(|(name, _)| *name).collect();
        foreign.extend(imports(&source.code));
        for signature in public_signatures(&source.code) {
            if let Some(word) = words(signature).find(|word| foreign.contains(word)) {
                let line = signature.split_whitespace().collect::<Vec<_>>().join(" ");
                complaints.push(format!("{}: `{word}` in `{line}`", source.path));
            }
        }
    }
    complaints
}

/// What a file imports from the foreign crates, by the names it uses them under.
fn imports(code: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for statement in code.split("use ").skip(1).filter_map(|rest| rest.split(';').next()) {
        let foreign =
            statement.split("::").next().is_some_and(|first| HOMES.iter().any(|(name, _)| *name == first.trim()));
        let leaves = statement.split(['{', '}', ',']).filter_map(|path| words(path).last());
        names.extend(leaves.filter(|leaf| foreign && leaf.starts_with(char::is_uppercase)));
    }
    names
}

/// From each `pub` to where its signature ends. The body belongs to it where it is public, too: of an enum and of a trait.
fn public_signatures(code: &str) -> impl Iterator<Item = &str> {
    let starts = code.match_indices("pub ").map(|(at, _)| at);
    starts.filter(|at| !code[..*at].ends_with(|before: char| before.is_alphanumeric() || before == '_')).map(|at| {
        let rest = &code[at..];
        let open_body = ["pub enum ", "pub trait "].iter().any(|start| rest.starts_with(start));
        let end = if open_body { rest.find("\n}") } else { rest.find(['{', ';', '}']).map(|end| field_end(rest, end)) };
        &rest[..end.unwrap_or(rest.len())]
    })
}

/// A field's signature ends with its line; what follows may be private.
fn field_end(rest: &str, end: usize) -> usize {
    let is_field = rest.split(':').next().is_some_and(|name| words(name).count() == 2);
    rest.find('\n').filter(|_| is_field && !rest[..end].contains('(')).unwrap_or(end).min(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_strays() {
        let text = "//! A.\n// sqlx\nfn f() { sea_query::x(); }\nfn g() -> sqlx::Error {}\n";
        let found = |path: &str| strays(&[Source::new(path, text)]).len();
        assert_eq!(found("crates/query/src/a.rs"), 2);
        assert_eq!(found("crates/query/src/lower/a.rs"), 1);
        assert_eq!(found("crates/runtime/src/a.rs"), 1);
    }

    #[test]
    fn finds_what_is_exposed() {
        let found = |code: &str| exposed(&[Source::new("crates/runtime/src/a.rs", code)]).len();
        for public in [
            "pub fn f(x: &sqlx::Row) {}",
            "use sqlx::{PgConnection, Row as _};\npub fn f(\n    x: &mut PgConnection,\n) -> u8 { 0 }",
            "use rusqlite::Connection as Raw;\npub struct S {\n    pub raw: Raw,\n}",
            "pub enum E {\n    Driver(sqlx::Error),\n}\n",
            "pub trait T {\n    fn f(&self) -> rusqlite::Statement<'_>;\n}\n",
            "pub use sqlx::Error;",
            "pub struct S(pub sqlx::Error);",
        ] {
            assert_eq!(found(public).min(1), 1, "{public}");
        }
        for private in [
            "pub(crate) fn f(x: &sqlx::Row) {}",
            "use sqlx::PgConnection;\npub struct S {\n    pub name: String,\n    raw: PgConnection,\n}",
            "pub fn f() -> u8 { sqlx::f() }",
            "impl From<sqlx::Error> for Error {}",
        ] {
            assert_eq!(found(private), 0, "{private}");
        }
    }
}
