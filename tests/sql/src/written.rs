//! A statement whose own type has been looked at before, as one of a single dialect.

use relvar::query::dialect::OneDialect;
use relvar::query::ir::Statement as Ir;
use relvar::query::statement::{Bounded, Fetchable, Statement};
use relvar::query::types::Decoder;
use std::marker::PhantomData;

/// A statement as one of dialect `D`: that its own type covers `D` is for the caller to see to.
pub struct Written<R, D> {
    statement: Ir,
    decoder: Decoder<R>,
    dialect: PhantomData<fn() -> D>,
}

impl<R, D> Written<R, D> {
    /// A statement, and how its rows are read.
    pub fn new(statement: &Ir, decoder: Decoder<R>) -> Self {
        Written { statement: statement.clone(), decoder, dialect: PhantomData }
    }
}

impl<R: Send, D: OneDialect> Statement for Written<R, D> {
    type Dialect = D;
    type Reach = Bounded;

    fn into_ir(self) -> Ir {
        self.statement
    }
}

impl<R: Send + 'static, D: OneDialect> Fetchable for Written<R, D> {
    type Row = R;

    fn decoder(&self) -> Decoder<R> {
        self.decoder.clone()
    }
}
