//! What is added to a statement as a whole: common table expressions that no source refers to, and its comment.

use std::sync::Arc;

use super::{Fetchable, Statement};
use crate::dialect::{Covers, Dialect};
use crate::ir::{self, CteRef, Head};
use crate::source::Cte;
use crate::types::Decoder;

/// A statement with something at its head, made by [`with`](WithHead::with) and [`tag`](WithHead::tag).
#[derive(Clone, Debug)]
#[must_use = "a statement does nothing until it is run"]
pub struct Headed<S> {
    statement: S,
    head: Head,
}

/// Adds to a statement as a whole. Call these last.
pub trait WithHead: Statement {
    /// WITH: puts `cte` at the head of the statement, though no source may refer to it: what an insert, update or
    /// delete inside of it does is done all the same.
    fn with<R, D: Dialect + Covers<Self::Dialect>>(self, cte: &Cte<R, D>) -> Headed<Self> {
        Headed { statement: self, head: Head::default() }.with(cte)
    }

    /// A key and a value for the comment behind the statement, in the form of sqlcommenter:
    /// `/*controller='users',route='%2Fusers'*/`. Both are percent-encoded, so that they can hold anything.
    ///
    /// They are constants of the program, because the comment is part of the text: each combination of tags is a
    /// statement of its own in all caches, this library's, the driver's and the database's. What differs from run to
    /// run, such as the id of a request, belongs into tracing instead.
    fn tag(self, key: &'static str, value: &'static str) -> Headed<Self> {
        Headed { statement: self, head: Head::default() }.tag(key, value)
    }
}

impl<S: Statement> WithHead for S {}

impl<S: Statement> Headed<S> {
    /// As [`WithHead::with`].
    pub fn with<R, D: Dialect + Covers<S::Dialect>>(mut self, cte: &Cte<R, D>) -> Self {
        if let CteRef::Of(cte) = cte.reference() {
            self.head.with.push(Arc::clone(cte));
        }
        self
    }

    /// As [`WithHead::tag`].
    pub fn tag(mut self, key: &'static str, value: &'static str) -> Self {
        self.head.tags.push((key.into(), value.into()));
        self
    }
}

impl<S: Statement> Statement for Headed<S> {
    type Dialect = S::Dialect;
    type Reach = S::Reach;

    fn into_ir(self) -> ir::Statement {
        let mut statement = self.statement.into_ir();
        let head = statement.head_mut();
        head.with.extend(self.head.with);
        head.tags.extend(self.head.tags);
        statement
    }
}

impl<S: Fetchable> Fetchable for Headed<S> {
    type Row = S::Row;

    fn decoder(&self) -> Decoder<S::Row> {
        self.statement.decoder()
    }
}
