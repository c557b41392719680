//! What documents are searched for: a `tsquery` of words, and of other ones.

use std::borrow::Cow;

use super::{TextSearchConfig, joined};
use crate::dialect::{HasTextSearch, Meet, Met, SearchesText};
use crate::expr::operand::bind;
use crate::expr::{DialectOf, Expr, Expression, Is, Operand, TypeOf};
use crate::ir::{self, BinaryOp, Function};
use crate::types::{Cell, DecodeError, In, Kind, NotNull, SqlType, TextValue, Type};
use crate::value::Value;

/// A search for words in documents (`tsquery`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextQuery(String);

#[diagnostic::do_not_recommend]
impl SqlType for TextQuery {
    type Base = TextQuery;
    type Null = NotNull;
    const SQL_TYPE: &'static Type = &Type::named("tsquery", Kind::Text);

    fn into_value(self) -> Value {
        Value::Text(self.0)
    }

    fn decode(cell: Cell<'_>) -> Result<Self, DecodeError> {
        String::decode(cell).map(TextQuery)
    }
}

fn query(function: Function, config: TextSearchConfig, words: String) -> Expr<TextQuery, SearchesText> {
    let config = ir::Node::Keyword(Cow::Borrowed(config.0));
    Expr::from_ir(ir::Node::Call(function, vec![config, bind(words, String::SQL_TYPE)]))
}

/// `websearch_to_tsquery(config, words)`: words as people type them, with `"phrases"`, `or` and `-not`; no input is
/// an error.
pub fn web_query(config: TextSearchConfig, words: impl TextValue) -> Expr<TextQuery, SearchesText> {
    query(Function::WebsearchToTsquery, config, words.into_text())
}

/// `plainto_tsquery(config, words)`: all of the words, and nothing means anything but itself.
pub fn plain_query(config: TextSearchConfig, words: impl TextValue) -> Expr<TextQuery, SearchesText> {
    query(Function::PlainToTsquery, config, words.into_text())
}

/// `phraseto_tsquery(config, words)`: the words one after the other.
pub fn phrase_query(config: TextSearchConfig, words: impl TextValue) -> Expr<TextQuery, SearchesText> {
    query(Function::PhraseToTsquery, config, words.into_text())
}

/// All of the words, each as the start of one: what is searched for while somebody types. Nothing but letters and
/// digits is looked at, so no input is an error; of none, nothing is found.
pub fn prefix_query(config: TextSearchConfig, words: impl TextValue) -> Expr<TextQuery, SearchesText> {
    query(Function::ToTsquery, config, joined(&words.into_text(), |word| format!("'{word}':*"), " & "))
}

macro_rules! put_together {
    ($($(#[$doc:meta])* $name:ident $op:ident;)*) => { $(
        $(#[$doc])*
        fn $name<R: Operand<TextQuery>>(
            self,
            other: R,
        ) -> Expr<In<R::Null, TypeOf<Self>>, Met<DialectOf<Self>, R::Dialect>>
        where
            TypeOf<Self>: Is<TextQuery>,
            DialectOf<Self>: HasTextSearch + Meet<R::Dialect>,
        {
            let other = other.operand(TextQuery::SQL_TYPE);
            Expr::from_ir(ir::Node::binary(BinaryOp::$op, self.into_ir(), other))
        }
    )* };
}

/// Searches of PostgreSQL put together. A search for no words at all, as one of stop words is, is as if it were not
/// there.
///
/// ```
/// # use relvar_query::{dialect::Postgres, expr::*};
/// # fn of(body: Expr<String, Postgres>, typed: &str) {
/// let foxes = phrase_query(English, "brown fox").or_query(plain_query(English, "vixen"));
/// let wanted = foxes.and_query(prefix_query(English, typed)).and_query(plain_query(English, "dog").not_query());
/// let found: Condition<Postgres> = to_tsvector(English, body).matches_query(wanted);
/// # }
/// ```
pub trait TextQueryOps: Expression {
    put_together! {
        /// `self && other`: what both of them find.
        and_query QueryAnd;
        /// `self || other`: what either of them finds.
        or_query QueryOr;
        /// `self <-> other`: what the one finds, and right behind it what the other does.
        followed_by QueryFollowedBy;
    }

    /// `tsquery_phrase(self, other, distance)`: what the one finds, and exactly so many words on what the other does: 1
    /// is the next word, 2 leaves one between. More than 16384 is an error of the database.
    fn followed_at<R: Operand<TextQuery>>(
        self,
        distance: u16,
        other: R,
    ) -> Expr<In<R::Null, TypeOf<Self>>, Met<DialectOf<Self>, R::Dialect>>
    where
        TypeOf<Self>: Is<TextQuery>,
        DialectOf<Self>: HasTextSearch + Meet<R::Dialect>,
    {
        let distance = ir::Node::Constant(ir::Constant::Integer(distance.into()));
        let arguments = vec![self.into_ir(), other.operand(TextQuery::SQL_TYPE), distance];
        Expr::from_ir(ir::Node::Call(Function::QueryFollowedAt, arguments))
    }

    /// `!! self`: what it does not find.
    fn not_query(self) -> Expr<TypeOf<Self>, DialectOf<Self>>
    where
        TypeOf<Self>: Is<TextQuery>,
        DialectOf<Self>: HasTextSearch,
    {
        Expr::from_ir(ir::Node::Call(Function::QueryNot, vec![self.into_ir()]))
    }
}

impl<E: Expression> TextQueryOps for E {}
