//! Dialects: what each database can say, as types, and how it spells what it says.
//!
//! A dialect is a type, a set of dialects is a tuple, a capability is a trait. Nothing outside of this
//! module (and the drivers) asks which database it talks to: it asks for a syntax.

mod aggregate;
mod capability;
mod engine;
mod function;
mod json;
mod lexis;
mod operator;
mod scan;
mod script;
mod set;
mod spelling;
mod syntax;
mod table_function;
mod target;
mod type_name;

pub(crate) use aggregate::{aggregate, aggregate_of_some};
pub use capability::*;
pub use engine::{Engine, Target};
pub(crate) use function::function;
pub(crate) use json::json_form;
pub use lexis::{Backslash, Lexis};
pub(crate) use operator::{Operator, operator};
pub use scan::{SqlPart, SqlScanner, SqlToken};
pub use script::{Script, SessionLock};
pub use set::{Covers, Dialect, MariaDb, Meet, Met, MySql, OneDialect, Portable, Postgres, RunsOn, Sqlite, Unite};
pub(crate) use spelling::{Piece, pieces};
pub use syntax::{
    Comments, Ddl, Enums, GIVEN, JsonSyntax, NameLimit, PASSED_OVER, Placeholder, StringAgg, Syntax, TextLiteral,
    UPDATED, Upsert, ValueRows,
};
pub(crate) use table_function::{element, table_function};
pub use target::{NamesConflict, SoleKey};
