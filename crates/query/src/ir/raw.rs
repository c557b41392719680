//! SQL text of the user's, with places for expressions and names.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

use super::{Head, Node, Ref, TableRef};
use crate::dialect::Engine;

/// SQL text as templates, and what goes into their places `{}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Raw {
    /// The text, once or for each database.
    pub texts: Cow<'static, [RawText]>,
    /// What goes into the places, in order.
    pub parts: Vec<RawPart>,
    /// What is added to it as a whole statement.
    pub head: Head,
}

/// A template for some databases: `{}` is a place, `{{` and `}}` are braces, all else is text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RawText {
    /// The databases that it is for.
    pub engines: Cow<'static, [Engine]>,
    /// The template.
    pub sql: Cow<'static, str>,
}

/// What goes into a place of a template.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum RawPart {
    /// An expression.
    Expr(Node),
    /// A name, quoted.
    Name(Cow<'static, str>),
    /// A table by its name.
    Table(Ref<TableRef>),
}
