//! RETURNING: a change that gives rows back.

use std::fmt;
use std::marker::PhantomData;

use super::{Bounded, Fetchable, Statement};
use crate::dialect::Dialect;
use crate::ir;
use crate::types::Decoder;

/// An insert, update or delete that gives rows of type `R` back.
#[must_use = "a statement does nothing until it is run"]
pub struct Returning<R, D> {
    ir: Box<ir::Statement>,
    decoder: Decoder<R>,
    dialect: PhantomData<fn() -> D>,
}

impl<R, D> Returning<R, D> {
    pub(super) fn new(ir: ir::Statement, decoder: Decoder<R>) -> Self {
        Returning { ir: Box::new(ir), decoder, dialect: PhantomData }
    }
}

impl<R, D> Clone for Returning<R, D> {
    fn clone(&self) -> Self {
        Returning { ir: self.ir.clone(), decoder: self.decoder, dialect: PhantomData }
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
        *self.ir
    }
}

impl<R: Send, D: Dialect> Fetchable for Returning<R, D> {
    type Row = R;

    fn decoder(&self) -> Decoder<R> {
        self.decoder
    }
}
