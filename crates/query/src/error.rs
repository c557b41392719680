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
