//! Full-text search with `tsvector`.

use std::borrow::Cow;

use super::operand::bind;
use super::{Condition, DialectOf, Expr, Expression, TypeOf};
use crate::dialect::HasTextSearch;
use crate::ir::{self, BinaryOp, Function};
use crate::types::{Cell, DecodeError, IsText, Kind, NotNull, SqlType, TextValue, Type};
use crate::value::Value;

/// A text-search configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextSearchConfig(&'static str);

impl TextSearchConfig {
    /// A configuration by its name.
    pub const fn named(name: &'static str) -> TextSearchConfig {
        TextSearchConfig(name)
    }
}

/// English: stems and stop words.
#[allow(non_upper_case_globals, reason = "it reads like the name of a variant: `to_tsvector(English, ..)`")]
pub const English: TextSearchConfig = TextSearchConfig("english");
/// No language: words as they are, in lower case.
#[allow(non_upper_case_globals, reason = "it reads like the name of a variant: `to_tsvector(Simple, ..)`")]
pub const Simple: TextSearchConfig = TextSearchConfig("simple");

/// A document prepared for search (`tsvector`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document(String);

#[diagnostic::do_not_recommend]
impl SqlType for Document {
    type Base = Document;
    type Null = NotNull;
    const SQL_TYPE: &'static Type = &Type::named("tsvector", Kind::Text);

    fn into_value(self) -> Value {
        Value::Text(self.0)
    }

    fn decode(cell: Cell<'_>) -> Result<Self, DecodeError> {
        String::decode(cell).map(Document)
    }
}

/// `to_tsvector(config, text)`; NULL text gives NULL.
pub fn to_tsvector<E: Expression>(config: TextSearchConfig, text: E) -> Expr<Document, DialectOf<E>>
where
    TypeOf<E>: IsText,
    DialectOf<E>: HasTextSearch,
{
    let config = ir::Node::Keyword(Cow::Borrowed(config.0));
    Expr::from_ir(ir::Node::Call(Function::ToTsvector, vec![config, text.into_ir()]))
}

/// Search in text.
pub trait Search: Expression {
    /// `to_tsvector(config, self) @@ websearch_to_tsquery(config, words)`: words as people type them, with
    /// `"phrases"`, `or` and `-not`; no input is an error. An index on the same `to_tsvector` serves it.
    fn matches(self, config: TextSearchConfig, words: impl TextValue) -> Condition<DialectOf<Self>>
    where
        TypeOf<Self>: IsText,
        DialectOf<Self>: HasTextSearch,
    {
        let document = to_tsvector(config, self).into_ir();
        let words = bind(words.into_text(), String::SQL_TYPE);
        let query =
            ir::Node::Call(Function::WebsearchToTsquery, vec![ir::Node::Keyword(Cow::Borrowed(config.0)), words]);
        Expr::from_ir(ir::Node::binary(BinaryOp::Matches, document, query))
    }
}

impl<E: Expression> Search for E {}
