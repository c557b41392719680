//! Dialects: what each database can say, as types, and how it spells what it says.
//!
//! A dialect is a type, a set of dialects is a tuple, a capability is a trait. Nothing outside of this
//! module (and the drivers) asks which database it talks to: it asks for a syntax.

mod aggregate;
mod capability;
mod engine;
mod function;
mod operator;
mod set;
mod spelling;
mod syntax;
mod type_name;

pub(crate) use aggregate::aggregate;
pub use capability::*;
pub use engine::{Engine, Target};
pub(crate) use function::function;
pub(crate) use operator::{Operator, operator};
pub use set::{Covers, Dialect, MariaDb, Meet, Met, MySql, OneDialect, Portable, Postgres, RunsOn, Sqlite, Unite};
pub(crate) use spelling::{Piece, pieces};
pub use syntax::{Comments, Ddl, Enums, JsonSyntax, NameLimit, Placeholder, StringAgg, Syntax, TextLiteral, Upsert};
