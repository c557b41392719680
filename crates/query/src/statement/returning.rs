//! RETURNING: a change that gives rows back.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use super::{Bounded, Fetchable, Statement};
use crate::dialect::{Dialect, HasModifyingCte};
use crate::ir;
use crate::source::{Cte, RowSource};
use crate::types::Decoder;

/// An insert, update or delete that gives rows of type `R` back.
#[must_use = "a statement does nothing until it is run"]
pub struct Returning<R, D> {
    ir: ir::Statement,
    decoder: Decoder<R>,
    dialect: PhantomData<fn() -> D>,
}

impl<R, D> Returning<R, D> {
    pub(super) fn new(ir: ir::Statement, decoder: Decoder<R>) -> Self {
        Returning { ir, decoder, dialect: PhantomData }
    }
}

impl<R, D: Dialect> Returning<R, D> {
    /// The rows it gives back as a common table expression: `WITH name AS (DELETE … RETURNING …)`.
    ///
    /// All parts of a statement see the tables as they were before it: what this changes can be read from the
    /// expression only. <https://www.postgresql.org/docs/current/queries-with.html#QUERIES-WITH-MODIFYING>
    pub fn cte(self, name: impl Into<Cow<'static, str>>) -> Cte<R, D>
    where
        R: RowSource,
        D: HasModifyingCte,
    {
        Cte::of_change(name.into(), self.ir)
    }
}

impl<R, D> Clone for Returning<R, D> {
    fn clone(&self) -> Self {
        Returning { ir: self.ir.clone(), decoder: self.decoder.clone(), dialect: PhantomData }
    }
}

impl<R, D: Dialect> fmt::Debug for Returning<R, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        super::debug::<D>(&self.ir, f)
    }
}

impl<R: Send, D: Dialect> Statement for Returning<R, D> {
    type Dialect = D;
    type Reach = Bounded;

    fn into_ir(self) -> ir::Statement {
        self.ir
    }
}

impl<R: Send + 'static, D: Dialect> Fetchable for Returning<R, D> {
    type Row = R;

    fn decoder(&self) -> Decoder<R> {
        self.decoder.clone()
    }
}
