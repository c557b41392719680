//! SQL types: how a Rust type is declared, sent and read back on each database.

mod age;
mod array;
mod cells;
mod decimal;
mod decode;
mod inet;
mod json;
mod lossy;
mod named;
mod nullness;
pub mod range;
mod scalar;
pub mod time;
mod vector;

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

use crate::value::Value;

pub use age::Age;
pub use array::{ArrayElement, Collected};
pub use cells::CellTypes;
pub use decode::{Cell, Cells, DecodeError, Decoder, RowReader};
pub use inet::Inet;
pub use json::Json;
pub use lossy::Lossy;
pub(crate) use named::parse;
pub use named::{NamedCell, NamedRow};
pub use nullness::{BaseOf, In, Joined, NotNull, NullOf, Nullable, Nullness, OrNull, Wrap};
pub use range::{Range, RangeElement};
pub use scalar::{Averaged, Exact, Integral, IsText, Numeric, Summable, TextValue};
pub use vector::Vector;

/// A Rust type that a column, an argument or an expression can have.
///
/// `Option<T>` is the nullable form of every `T` here. Derive it for newtypes and enums of your own
/// with `#[derive(SqlType)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a column type",
    label = "no SQL type is known for it",
    note = "derive `SqlType` for your own types; bytes are `Vec<u8>`, JSON is `Json<T>`"
)]
pub trait SqlType: Sized + 'static {
    /// The type without its nullness: `String` for `Option<String>`.
    type Base: SqlType<Base = Self::Base, Null = NotNull>;
    /// Whether it can be NULL.
    type Null: Nullness;
    /// The SQL type, as each dialect will spell it.
    const SQL_TYPE: &'static Type;
    /// The labels, if it is an enum or made of one.
    const LABELS: &'static [&'static str] = &[];

    /// The value to send.
    fn into_value(self) -> Value;

    /// Reads a cell.
    ///
    /// # Errors
    /// A [`DecodeError`] if the cell holds something else, or NULL where the type has none.
    fn decode(cell: Cell<'_>) -> Result<Self, DecodeError>;
}

/// A full SQL type: what kind of value, whether an array of it, and the declared name where it is not
/// the one that the kind has by itself.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Type {
    /// The kind of value.
    pub kind: Kind,
    /// Whether it is an array of that kind.
    pub array: bool,
    /// The declared type, if it has a name of its own: an enum, a domain, `citext`.
    pub name: Option<Cow<'static, str>>,
}

impl Type {
    /// The type that `kind` is by itself.
    pub const fn of(kind: Kind) -> Type {
        Type { kind, array: false, name: None }
    }

    /// A type with a name of its own in the database, that travels as `kind`.
    ///
    /// The name is SQL text as written in a column definition: `citext`, `public.mood`, `char(3)`.
    pub const fn named(name: &'static str, kind: Kind) -> Type {
        Type { kind, array: false, name: Some(Cow::Borrowed(name)) }
    }

    /// What a column of this type is when it is declared with a name of its own: `citext` for a text,
    /// `citext[]` (or `citext`) for an array of texts.
    pub const fn declared(&self, name: &'static str) -> Type {
        let name = match name.as_bytes() {
            [element @ .., b'[', b']'] if self.array => name.split_at(element.len()).0,
            _ => name,
        };
        Type { kind: self.kind, array: self.array, name: Some(Cow::Borrowed(name)) }
    }

    /// An array of a type that is known at compile time.
    pub const fn array_of(element: &Type) -> Type {
        let name = match &element.name {
            Some(Cow::Borrowed(name)) => Some(Cow::Borrowed(*name)),
            // a constant is never owned
            Some(Cow::Owned(_)) | None => None,
        };
        Type { kind: element.kind, array: true, name }
    }

    /// The element type of an array.
    pub fn element(&self) -> Type {
        Type { kind: self.kind, array: false, name: self.name.clone() }
    }
}

/// The kinds of value that travel to and from a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
#[cfg_attr(not(doc), doc(hidden))]
pub enum Kind {
    /// boolean
    Bool,
    /// smallint
    I16,
    /// integer
    I32,
    /// bigint
    I64,
    /// real
    F32,
    /// double precision
    F64,
    /// text
    Text,
    /// A label of an enum; travels as text.
    Enum,
    /// bytes
    Bytes,
    /// A point in time (`timestamptz`).
    Timestamp,
    /// A date and time without a zone.
    DateTime,
    /// A calendar date.
    Date,
    /// A time of day.
    Time,
    /// A UUID.
    Uuid,
    /// An exact decimal.
    Decimal,
    /// A decimal where the database has them, double precision elsewhere.
    Lossy,
    /// A JSON document.
    Json,
    /// A type of the user's; travels in PostgreSQL's binary format.
    Custom,
}
