//! Pages that show samples: their fenced blocks behind `<!-- sample: name -->`, compared with what they must be.
//!
//! With `RELVAR_GUIDE_BLESS` set, blocks that differ are written anew, to be read before they are committed.

use std::fs;
use std::sync::{Mutex, PoisonError};

use crate::region::{read, root};
use crate::sql;

/// The pages whose samples are tested, as paths in the workspace.
pub const PAGES: [&str; 2] = ["README.md", "docs/guide/sql.md"];

/// A page, taken apart.
#[derive(Debug, PartialEq, Eq)]
pub struct Page(Vec<Part>);

#[derive(Debug, PartialEq, Eq)]
enum Part {
    Line(String),
    Sample(Shown),
}

/// What a page shows of a sample.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// Its name.
    pub name: String,
    /// On which databases it runs, if that is not all of them.
    pub on: Option<String>,
    /// Its SQL: of PostgreSQL if it runs there, then of others that are worth a look.
    pub sql: Vec<String>,
    /// Its code.
    pub rust: Option<String>,
    /// The table that it stands for.
    pub table: Vec<String>,
}

impl Page {
    /// Takes a page apart.
    pub fn parse(text: &str) -> Page {
        let mut parts = Vec::new();
        let mut lines = text.lines().peekable();
        while let Some(line) = lines.next() {
            let Some(name) = line.strip_prefix("<!-- sample: ").and_then(|rest| rest.strip_suffix(" -->")) else {
                parts.push(Part::Line(line.to_owned()));
                if line.starts_with("```") {
                    // what is inside of another block is text, whatever it looks like
                    parts.extend(block(&mut lines).into_iter().map(Part::Line));
                    parts.push(Part::Line("```".to_owned()));
                }
                continue;
            };
            let mut shown = Shown { name: name.to_owned(), ..Shown::default() };
            while let Some(next) = lines.peek() {
                match *next {
                    "" => _ = lines.next(),
                    "```sql" if shown.rust.is_none() => {
                        lines.next();
                        shown.sql.push(block(&mut lines).join("\n"));
                    }
                    "```rust" if shown.rust.is_none() => {
                        lines.next();
                        shown.rust = Some(block(&mut lines).join("\n"));
                    }
                    on if on.starts_with("*On ") && shown.rust.is_none() => shown.on = lines.next().map(str::to_owned),
                    row if row.starts_with('|') => shown.table.extend(lines.next().map(str::to_owned)),
                    _ => break,
                }
            }
            parts.push(Part::Sample(shown));
        }
        Page(parts)
    }

    /// What it shows of samples.
    pub fn samples(&self) -> impl Iterator<Item = &Shown> {
        self.0.iter().filter_map(|part| match part {
            Part::Sample(shown) => Some(shown),
            Part::Line(_) => None,
        })
    }

    /// Blocks of code that no sample stands behind.
    pub fn untested(&self) -> Vec<&str> {
        let begins = |line: &String| line.starts_with("```rust") || line.starts_with("```sql");
        let lines = self.0.iter().filter_map(|part| match part {
            Part::Line(line) if begins(line) => Some(line.as_str()),
            _ => None,
        });
        lines.collect()
    }

    /// The page as text.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for (at, part) in self.0.iter().enumerate() {
            match part {
                Part::Line(line) => text.extend([line, "\n"]),
                Part::Sample(shown) => {
                    text.push_str(&shown.text());
                    if at + 1 < self.0.len() {
                        text.push('\n');
                    }
                }
            }
        }
        text
    }
}

fn block<'a>(lines: &mut impl Iterator<Item = &'a str>) -> Vec<String> {
    lines.take_while(|line| *line != "```").map(str::to_owned).collect()
}

impl Shown {
    fn text(&self) -> String {
        let mut parts: Vec<String> = self.on.iter().cloned().collect();
        parts.extend(self.sql.iter().map(|sql| format!("```sql\n{sql}\n```")));
        parts.extend(self.rust.iter().map(|rust| format!("```rust\n{rust}\n```")));
        if !self.table.is_empty() {
            parts.push(self.table.join("\n"));
        }
        format!("<!-- sample: {} -->\n{}\n", self.name, parts.join("\n\n"))
    }

    /// Whether it says the same: how SQL is broken into lines is free, and so are quotes around plain names.
    fn says(&self, other: &Shown) -> bool {
        let sql = |shown: &Shown| shown.sql.iter().map(|sql| sql::normal(sql)).collect::<Vec<_>>();
        sql(self) == sql(other)
            && Shown { sql: Vec::new(), ..self.clone() } == Shown { sql: Vec::new(), ..other.clone() }
    }
}

/// Compares what the pages show of a sample with what it must be, and returns how many pages show it.
///
/// # Panics
/// When they differ, unless they are to be written anew.
#[track_caller]
pub fn check(name: &str, must: impl Fn(&Shown) -> Shown) -> usize {
    static TURN: Mutex<()> = Mutex::new(());
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let mut places = 0;
    for path in PAGES {
        let file = root().join(path);
        let mut page = Page::parse(&read(&file));
        let mut other = false;
        for part in &mut page.0 {
            let Part::Sample(shown) = part else { continue };
            if shown.name != name {
                continue;
            }
            places += 1;
            let must = must(shown);
            if shown.says(&must) {
                continue;
            }
            assert!(
                std::env::var_os("RELVAR_GUIDE_BLESS").is_some(),
                "{path} shows of the sample `{name}`\n\n{}\nand not\n\n{}\nTo have it written: RELVAR_GUIDE_BLESS=1",
                shown.text(),
                must.text()
            );
            *shown = must;
            other = true;
        }
        if other {
            fs::write(&file, page.text()).unwrap_or_else(|error| panic!("{path}: {error}"));
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_taken_apart_and_put_together() {
        let text = "# Title\n\n<!-- sample: one -->\n*On SQLite.*\n\n```sql\nSELECT 1\n```\n\n```rust\na\n```\n\nText.\n\
            ```sh\n<!-- sample: no -->\n```\n\n```rust\nb\n```\n<!-- sample: two -->\n\n";
        let page = Page::parse(text);
        let names: Vec<&str> = page.samples().map(|shown| &*shown.name).collect();
        assert_eq!(names, ["one", "two"]);
        let one = page.samples().next().unwrap();
        assert_eq!(
            (&*one.sql[0], one.rust.as_deref(), one.on.as_deref()),
            ("SELECT 1", Some("a"), Some("*On SQLite.*"))
        );
        assert_eq!(page.untested(), ["```rust"]);
        assert_eq!(Page::parse(&page.text()), page);
        assert_eq!(page.text(), text);
    }

    #[test]
    fn only_the_layout_of_sql_is_free() {
        let of = |sql: &str| Shown { sql: vec![sql.to_owned()], ..Shown::default() };
        assert!(of("SELECT \"a\"\n FROM b").says(&of("SELECT a FROM b")));
        assert!(!of("SELECT a FROM b").says(&of("SELECT a FROM c")));
        assert!(!of("SELECT 'a  b'").says(&of("SELECT 'a b'")));
        assert!(!Shown { on: Some("x".into()), ..of("a") }.says(&of("a")));
    }
}
