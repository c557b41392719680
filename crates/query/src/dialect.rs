//! Dialects: what each database can say, as types, and how it spells what it says.
//!
//! A dialect is a type, a set of dialects is a tuple, a capability is a trait. Nothing outside of this
//! module (and the drivers) asks which database it talks to: it asks for a syntax.

mod capability;
mod engine;
mod set;

pub use capability::*;
pub use engine::Engine;
pub use set::{Covers, Dialect, MariaDb, Meet, Met, MySql, OneDialect, Portable, Postgres, RunsOn, Sqlite, Unite};
