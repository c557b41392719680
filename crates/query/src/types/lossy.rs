//! Decimals for databases with and without them: exact where there are decimals, floating point on SQLite.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::fmt;

use super::decimal::rounded;
use super::scalar::scalar;
use super::{Cell, DecodeError, Kind, NotNull, SqlType, Summable, Type};
use crate::value::Value;

/// A number that is calculated with on every database: an exact decimal on PostgreSQL, MySQL and MariaDB, a
/// double on SQLite, which has no decimals.
///
/// [`lossy`](crate::expr::Cast::lossy) makes an expression of this type from a decimal or an integer; a column can be
/// declared with it, too, where SQLite need not be exact. What SQLite calculated is read as the shortest decimal
/// that stands for the same double. Zeros at the end are left out, for every database adds others, and digits behind the
/// point that a [`Decimal`] has no room for are rounded off: MySQL gives a quotient up to thirty of them.
///
/// Beside it stand decimals and integers; on the left of an operator, a value is written as a `Lossy`:
///
/// ```
/// # use relvar_query::{dialect::Portable, expr::{Cast, Condition, Compare, Expr}, types::Lossy};
/// # use rust_decimal::Decimal;
/// fn cheap(price: Expr<Lossy, Portable>, discount: Expr<Lossy, Portable>) -> Condition<Portable> {
///     (price * (Lossy::from(1) - discount)).lt(Decimal::new(995, 2))
/// }
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Lossy(pub Decimal);

impl fmt::Display for Lossy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl From<Lossy> for Decimal {
    fn from(number: Lossy) -> Decimal {
        number.0
    }
}

macro_rules! from {
    ($($number:ty),*) => { $(
        impl From<$number> for Lossy {
            fn from(number: $number) -> Lossy {
                Lossy(number.into())
            }
        }
    )* };
}
from!(Decimal, i16, i32, i64);

scalar!(Lossy, Lossy, |v| Value::Decimal(v.0), |cell| match cell {
    // the digits that Rust shows are the fewest that stand for this double
    Cell::Real(real) => real
        .to_string()
        .parse()
        .map(Lossy)
        .map_err(|_| DecodeError::invalid("a decimal", "it is infinite, or has more than 28 digits")),
    cell => rounded(cell).map(|number| Lossy(number.normalize())),
});

#[diagnostic::do_not_recommend]
impl<D> Summable<D> for Lossy {
    type Sum = Lossy;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_double_is_read_as_its_shortest_decimal() {
        let read = |real: f64| Lossy::decode(Cell::Real(real)).map(|number| number.to_string());
        assert_eq!(read(0.1).unwrap(), "0.1");
        assert_eq!(read(1161099.4636).unwrap(), "1161099.4636");
        assert_eq!(read(-0.0).unwrap().parse::<Decimal>().unwrap(), Decimal::ZERO);
        assert_eq!(read(1e-40).unwrap().parse::<Decimal>().unwrap(), Decimal::ZERO);
        assert_eq!(Lossy::decode(Cell::Integer(7)).unwrap(), Lossy::from(7));
        assert_eq!(Lossy::decode(Cell::Text(b"2.5000000000")).unwrap().to_string(), "2.5");
        assert_eq!(
            Lossy::decode(Cell::Text(b"0.333333333333333333333333333333")).unwrap().to_string(),
            "0.3333333333333333333333333333"
        );
        for beyond in [1e30, f64::INFINITY, f64::NAN] {
            assert!(read(beyond).is_err(), "{beyond}");
        }
    }
}
