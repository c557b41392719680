//! Statements: what can be run, and what it gives back.

use crate::dialect::Dialect;
use crate::ir;
use crate::types::Decoder;

/// Something that can be sent to a database.
pub trait Statement: Sized + Send {
    /// The databases it may run on.
    type Dialect: Dialect;

    /// Gives up the types.
    fn into_ir(self) -> ir::Statement;
}

/// A statement that gives rows back.
pub trait Query: Statement {
    /// What a row is.
    type Row: Send;

    /// How a row is read.
    fn decoder(&self) -> Decoder<Self::Row>;
}
