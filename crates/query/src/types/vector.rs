//! Vectors of the extension pgvector.

use super::{Cell, DecodeError, Kind, NotNull, SqlType, Type};
use crate::value::Value;

/// A vector of numbers (`vector`, of PostgreSQL's extension pgvector). A column says how many there are:
/// `#[column(type = "vector(3)")]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Vector(pub Vec<f32>);

impl From<Vec<f32>> for Vector {
    fn from(numbers: Vec<f32>) -> Self {
        Vector(numbers)
    }
}

#[diagnostic::do_not_recommend]
impl SqlType for Vector {
    type Base = Vector;
    type Null = NotNull;
    const SQL_TYPE: &'static Type = &Type::named("vector", Kind::Custom);

    /// How many numbers in 16 bits, 16 bits of nothing, the numbers.
    fn into_value(self) -> Value {
        let Ok(count) = i16::try_from(self.0.len()) else {
            return Value::Invalid("it has more than 32 767 dimensions".to_owned());
        };
        let mut bytes = Vec::with_capacity(4 + 4 * self.0.len());
        bytes.extend(count.to_be_bytes());
        bytes.extend([0, 0]);
        bytes.extend(self.0.iter().flat_map(|number| number.to_be_bytes()));
        Value::Binary(bytes)
    }

    fn decode(cell: Cell<'_>) -> Result<Self, DecodeError> {
        let Cell::Binary(bytes) = cell else { return Err(DecodeError::unexpected("a vector", cell)) };
        let [high, low, _, _, numbers @ ..] = bytes else { return Err(DecodeError::Missing) };
        let (numbers, rest) = numbers.as_chunks::<4>();
        if !rest.is_empty() || usize::from(u16::from_be_bytes([*high, *low])) != numbers.len() {
            return Err(DecodeError::Missing);
        }
        Ok(Vector(numbers.iter().map(|number| f32::from_be_bytes(*number)).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_make_the_round_trip() {
        for numbers in [vec![], vec![1.0], vec![-0.5, f32::MAX, 3.0]] {
            let Value::Binary(bytes) = Vector(numbers.clone()).into_value() else { panic!("{numbers:?}") };
            assert_eq!(Vector::decode(Cell::Binary(&bytes)).unwrap(), Vector(numbers));
        }
        assert!(matches!(Vector(vec![0.0; 40_000]).into_value(), Value::Invalid(_)));
        for broken in [&[][..], &[0, 1, 0, 0], &[0, 1, 0, 0, 1, 2, 3], &[0, 2, 0, 0, 1, 2, 3, 4]] {
            assert!(Vector::decode(Cell::Binary(broken)).is_err(), "{broken:?}");
        }
    }
}
