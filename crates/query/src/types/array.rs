//! Arrays: `Vec<T>` for every element type, on databases that have them.

use super::{Cell, DecodeError, NotNull, SqlType, Type};
use crate::expr::Newtype;
use crate::value::Value;

/// A type that `Vec` makes an array of. Bytes are not: `Vec<u8>` is a `bytea`.
#[diagnostic::on_unimplemented(message = "`{Self}` cannot be an element of an array")]
pub trait ArrayElement: SqlType<Base = Self, Null = NotNull> {}

macro_rules! elements { ($($rust:ty),*) => { $(#[diagnostic::do_not_recommend] impl ArrayElement for $rust {})* } }
elements!(
    bool,
    i16,
    i32,
    i64,
    f32,
    f64,
    String,
    uuid::Uuid,
    rust_decimal::Decimal,
    chrono::DateTime<chrono::Utc>,
    chrono::NaiveDateTime,
    chrono::NaiveDate,
    chrono::NaiveTime
);

#[diagnostic::do_not_recommend]
impl<T: Newtype<Raw: ArrayElement>> ArrayElement for T {}

#[diagnostic::do_not_recommend]
impl<T: ArrayElement> SqlType for Vec<T> {
    type Base = Vec<T>;
    type Null = NotNull;
    const SQL_TYPE: &'static Type = &Type::array_of(T::SQL_TYPE);
    const LABELS: &'static [&'static str] = T::LABELS;

    fn into_value(self) -> Value {
        Value::Array(self.into_iter().map(T::into_value).collect())
    }

    fn decode(cell: Cell<'_>) -> Result<Self, DecodeError> {
        match cell {
            Cell::Binary(bytes) => array(bytes),
            _ => Err(DecodeError::unexpected("an array", cell)),
        }
    }
}

/// An array whose elements may be NULL.
#[diagnostic::do_not_recommend]
impl<T: ArrayElement> SqlType for Vec<Option<T>>
where
    Option<T>: SqlType,
{
    type Base = Vec<Option<T>>;
    type Null = NotNull;
    const SQL_TYPE: &'static Type = &Type::array_of(T::SQL_TYPE);
    const LABELS: &'static [&'static str] = T::LABELS;

    fn into_value(self) -> Value {
        Value::Array(self.into_iter().map(SqlType::into_value).collect())
    }

    fn decode(cell: Cell<'_>) -> Result<Self, DecodeError> {
        match cell {
            Cell::Binary(bytes) => array(bytes),
            _ => Err(DecodeError::unexpected("an array", cell)),
        }
    }
}

/// A type whose values an aggregate collects in an array: those of an array, nullable or not.
#[diagnostic::on_unimplemented(message = "`{Self}` cannot be an element of an array")]
pub trait Collected: SqlType {
    /// The array.
    type Array: SqlType<Base = Self::Array, Null = NotNull>;
}
#[diagnostic::do_not_recommend]
impl<T: ArrayElement> Collected for T {
    type Array = Vec<T>;
}
#[diagnostic::do_not_recommend]
impl<T: ArrayElement> Collected for Option<T>
where
    Option<T>: SqlType,
{
    type Array = Vec<Option<T>>;
}

/// PostgreSQL's binary array: dimensions, a NULL flag, the element type, then each length and element.
fn array<T: SqlType>(bytes: &[u8]) -> Result<Vec<T>, DecodeError> {
    let mut rest = bytes;
    let word = |rest: &mut &[u8]| -> Result<i32, DecodeError> {
        let (head, tail) = rest.split_first_chunk::<4>().ok_or(DecodeError::Missing)?;
        *rest = tail;
        Ok(i32::from_be_bytes(*head))
    };
    let (dimensions, _nulls, _element) = (word(&mut rest)?, word(&mut rest)?, word(&mut rest)?);
    if dimensions == 0 {
        return Ok(Vec::new());
    }
    if dimensions != 1 {
        return Err(DecodeError::invalid("an array", "it has more than one dimension"));
    }
    let (count, _lower_bound) = (word(&mut rest)?, word(&mut rest)?);
    // a broken server may claim any count: the elements that are there decide
    let mut elements = Vec::new();
    for _ in 0..count {
        let length = word(&mut rest)?;
        let element = match usize::try_from(length) {
            Err(_) => T::decode(Cell::Null)?,
            Ok(length) => {
                let (element, tail) = rest.split_at_checked(length).ok_or(DecodeError::Missing)?;
                rest = tail;
                T::decode(Cell::Binary(element))?
            }
        };
        elements.push(element);
    }
    Ok(elements)
}
