//! Mistakes in a statement that types cannot catch, found before anything is sent.

use std::borrow::Cow;
use thiserror::Error;

/// A statement that cannot be sent.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum BuildError {
    /// A column stands in a query that does not have its table.
    #[error("a column of another query stands in this one: use only the columns that its closures are given")]
    ForeignColumn,
    /// A query stands inside a clone of itself, so its columns cannot be told from the outer ones.
    #[error(
        "a query stands inside a clone of itself, where its columns cannot be told apart: build the inner one anew"
    )]
    SourceTwice,
    /// Two different common table expressions of one name.
    #[error("two common table expressions are named `{0}`")]
    CteNameTwice(String),
    /// The step of a recursive common table expression is used outside of it.
    #[error("the recursive reference to `{0}` stands outside of its common table expression")]
    RecursionOutside(String),
    /// An update or delete whose filters are all absent.
    #[error(
        "this statement would change every row of the table: no filter was given; say `.everywhere()` if that is meant"
    )]
    EveryRow,
    /// An update that sets nothing.
    #[error("this update sets no column")]
    NothingToSet,
    /// An insert without rows where one is needed.
    #[error("this insert has no rows")]
    NoRows,
    /// A value without a literal form in an index, a check or a default.
    #[error("this value cannot be written as a constant in the schema")]
    NotConstant,
    /// A Rust value that has no SQL value.
    #[error("a value cannot be sent: {0}")]
    Unsendable(String),
    /// A name that no database would take.
    #[error("a name contains a control character, is empty or too long: {0:?}")]
    Name(String),
    /// More bound values than a statement of this database can have.
    #[error("this statement binds {count} values; the database takes at most {limit}")]
    TooManyArguments {
        /// How many it binds.
        count: usize,
        /// How many it may bind.
        limit: usize,
    },
    /// Tables whose foreign keys refer to each other in a circle, so that none can be created first.
    #[error("the foreign keys of these tables form a circle: {}", .0.join(", "))]
    ForeignKeyCycle(Vec<String>),
    /// Views that read each other in a circle, so that none can be created first.
    #[error("these views read each other in a circle: {}", .0.join(", "))]
    ViewCycle(Vec<String>),
    /// SQL text of the user's with another number of places than there are values for them.
    #[error("the number of places `{{}}` in SQL text is {places}, and the number of values for them is {given}")]
    Places {
        /// How many places there are.
        places: usize,
        /// How many values are given.
        given: usize,
    },
    /// SQL text of the user's that cannot become part of a statement.
    #[error("SQL text {0}")]
    Text(&'static str),
    /// Clauses that do not go together.
    #[error("{0}")]
    Clause(Cow<'static, str>),
    /// A database that the statement is not written for.
    #[error("this statement is not written for {0}")]
    Elsewhere(&'static str),
    /// Something the dialect cannot say. Types catch this wherever the dialect is known when the query is written.
    #[error("{dialect} has no {construct}")]
    Unsupported {
        /// The dialect.
        dialect: &'static str,
        /// What it lacks.
        construct: &'static str,
    },
}

/// A name, or a value for it, that came from outside and does not fit. Its message can be shown to whoever sent it: it
/// has names and types in it, never a value.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum NameError {
    /// A name that there is not.
    #[error("there is no `{name}`{}", hint(.similar))]
    Unknown {
        /// The name, made printable and cut short.
        name: String,
        /// The names that are nearest to it, of those that could have been used.
        similar: Vec<String>,
    },
    /// A name that is used twice.
    #[error("`{0}` is named twice")]
    Twice(String),
    /// No name where at least one is needed.
    #[error("no column is named")]
    Nothing,
    /// A column whose values have no order that is the same on all databases of the query.
    #[error("`{0}` has no order")]
    Unordered(String),
    /// A column that is not text, compared as text is.
    #[error("`{0}` is not text")]
    NotText(String),
    /// Text that is not a value of the column's type.
    #[error("the value for `{column}` must be {expected}")]
    Value {
        /// The column.
        column: String,
        /// What is wanted.
        expected: &'static str,
    },
}

impl NameError {
    /// The error of a name that is not among `names`.
    pub(crate) fn unknown<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> NameError {
        let shown: String = name.chars().take(LONGEST_SHOWN).flat_map(char::escape_debug).collect();
        let mut near: Vec<(usize, &str)> = names
            .map(|known| (distance(name, known), known))
            .filter(|(far, known)| *far <= known.len() / 3 + 1)
            .collect();
        near.sort_unstable();
        let similar = near.into_iter().take(3).map(|(_, known)| known.to_owned()).collect();
        NameError::Unknown { name: shown, similar }
    }
}

/// How much of a name that is not known is shown.
const LONGEST_SHOWN: usize = 64;

fn hint(similar: &[String]) -> String {
    match similar {
        [] => String::new(),
        _ => format!(": did you mean `{}`?", similar.join("` or `")),
    }
}

/// How many characters have to be added, left out or changed to make the one of the other.
fn distance(a: &str, b: &str) -> usize {
    // a long text is far from every name, and not worth the time
    if a.len() > 2 * LONGEST_SHOWN {
        return usize::MAX;
    }
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut corner = i;
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
        for (j, y) in b.iter().enumerate() {
            let change = corner + usize::from(x != *y);
            corner = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(corner + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}
