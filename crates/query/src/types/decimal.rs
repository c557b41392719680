//! Decimals as databases send them: exactly, or rounded to the digits that a Rust decimal has room for.

use rust_decimal::Decimal;

use super::scalar::{scalar, text};
use super::{Cell, DecodeError, Kind, NotNull, SqlType, Type};
use crate::value::Value;

scalar!(Decimal, Decimal, |v| Value::Decimal(v), |cell| match cell {
    Cell::Integer(i) => Ok(Decimal::from(i)),
    Cell::Text(_) => {
        let text = text(cell, "a decimal")?;
        exact(text).ok_or_else(|| DecodeError::invalid("a decimal", "it is not a decimal number of up to 28 digits"))
    }
    Cell::Binary(bytes) => Numeric::read(bytes)?.exact().ok_or_else(too_wide),
    _ => Err(DecodeError::unexpected("a decimal", cell)),
});

/// A decimal that may have been calculated to more digits than there is room for: the rest is rounded off.
pub(super) fn rounded(cell: Cell<'_>) -> Result<Decimal, DecodeError> {
    Decimal::decode(cell).or_else(|error| match cell {
        Cell::Text(_) => text(cell, "a decimal")?.parse().map_err(|_| error),
        Cell::Binary(bytes) => Numeric::read(bytes)?.rounded().ok_or(error),
        _ => Err(error),
    })
}

fn too_wide() -> DecodeError {
    DecodeError::invalid("a decimal", "it has more than 28 digits")
}

/// A decimal as text, of which nothing is lost: zeros at the end that there is no room for are.
fn exact(text: &str) -> Option<Decimal> {
    let shortened = || text.contains('.').then(|| text.trim_end_matches('0').trim_end_matches('.'));
    Decimal::from_str_exact(text).ok().or_else(|| Decimal::from_str_exact(shortened()?).ok())
}

/// How many digits a decimal of Rust has behind its point.
const MAX_SCALE: i32 = Decimal::MAX_SCALE as i32;
/// How many groups of four digits fit an `i128`, with room for one digit more.
const GROUPS: usize = 9;

/// PostgreSQL's binary `numeric`: digits in base 10 000 with a weight, a sign and a display scale.
struct Numeric {
    /// The first digits, with their sign.
    mantissa: i128,
    /// They stand for `mantissa * 10^exponent`.
    exponent: i32,
    /// How many digits are shown behind the point.
    shown: i32,
    /// Whether these are all digits.
    whole: bool,
}

impl Numeric {
    fn read(bytes: &[u8]) -> Result<Numeric, DecodeError> {
        let word = |i: usize| -> Result<i16, DecodeError> {
            let pair = bytes.get(2 * i..2 * i + 2).and_then(|b| b.try_into().ok());
            pair.map(i16::from_be_bytes).ok_or(DecodeError::Missing)
        };
        let (count, weight, sign, scale) = (word(0)?, i32::from(word(1)?), word(2)? as u16, i32::from(word(3)?));
        if sign != 0 && sign != 0x4000 {
            return Err(DecodeError::invalid("a decimal", "it is NaN or infinite"));
        }
        let count = usize::try_from(count).map_err(|_| DecodeError::Missing)?;
        let read = count.min(GROUPS);
        let mut mantissa = 0;
        for i in 0..read {
            mantissa = mantissa * 10_000 + i128::from(word(4 + i)?);
        }
        let exponent = 4 * (weight - read as i32 + 1);
        let mantissa = if sign == 0 { mantissa } else { -mantissa };
        Ok(Numeric { mantissa, exponent, shown: scale.clamp(0, MAX_SCALE), whole: read == count })
    }

    /// With as many zeros at the end as the column shows, and as there is room for; nothing if digits would be lost.
    fn exact(&self) -> Option<Decimal> {
        let (mut mantissa, mut exponent) = (self.mantissa, self.exponent);
        while exponent < 0 && mantissa % 10 == 0 {
            mantissa /= 10;
            exponent += 1;
            if mantissa == 0 {
                exponent = 0;
            }
        }
        let with_scale = |scale: i32| {
            let power = 10i128.checked_pow(u32::try_from(exponent + scale).ok()?)?;
            Decimal::try_from_i128_with_scale(mantissa.checked_mul(power)?, scale.unsigned_abs()).ok()
        };
        self.whole.then(|| (-exponent.min(0)..=self.shown).rev().find_map(with_scale))?
    }

    /// With as many of its digits behind the point as there is room for, the last one rounded half away from zero;
    /// nothing if there is no room for those before the point.
    fn rounded(&self) -> Option<Decimal> {
        let with_scale = |scale: i32| {
            let power = 10i128.checked_pow(u32::try_from(-self.exponent - scale).ok()?);
            // what is smaller than any power is nothing
            let mantissa = power.map_or(0, |power| (self.mantissa + self.mantissa.signum() * (power / 2)) / power);
            Decimal::try_from_i128_with_scale(mantissa, scale.unsigned_abs()).ok()
        };
        (0..=MAX_SCALE).rev().find_map(with_scale)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As PostgreSQL sends it.
    fn binary(weight: i16, sign: u16, scale: i16, digits: &[i16]) -> Vec<u8> {
        let head = [digits.len() as i16, weight, sign as i16, scale];
        head.iter().chain(digits).flat_map(|word| word.to_be_bytes()).collect()
    }

    fn sent(weight: i16, scale: i16, digits: &[i16]) -> Result<Decimal, DecodeError> {
        Decimal::decode(Cell::Binary(&binary(weight, 0, scale, digits)))
    }

    #[test]
    fn numeric_reads_what_postgresql_sends() {
        let read = |bytes: &[u8]| Decimal::decode(Cell::Binary(bytes)).map(|d| d.to_string());
        assert_eq!(read(&binary(0, 0, 0, &[])).unwrap(), "0");
        assert_eq!(read(&binary(0, 0, 2, &[1, 5000])).unwrap(), "1.50");
        assert_eq!(read(&binary(1, 0x4000, 0, &[2])).unwrap(), "-20000");
        assert_eq!(read(&binary(-1, 0, 4, &[1])).unwrap(), "0.0001");
        assert!(read(&binary(0, 0xC000, 0, &[])).is_err(), "NaN is not a Decimal");
        assert!(read(&binary(20, 0, 0, &[1])).is_err(), "too wide");
        assert!(read(&[0, 1]).is_err(), "a short cell is an error, not a panic");
        assert!(read(&[0, 9, 0, 0, 0, 0, 0, 0, 0, 1]).is_err(), "a short cell is an error, not a panic");
    }

    #[test]
    fn a_decimal_loses_nothing_but_zeros() {
        assert_eq!(sent(0, 2, &[1, 5000]).unwrap().to_string(), "1.50");
        assert_eq!(sent(1, 0, &[1]).unwrap().to_string(), "10000");
        assert_eq!(sent(0, 28, &[]).unwrap(), Decimal::ZERO);
        assert_eq!(sent(-7, 28, &[1]).unwrap().to_string(), "0.0000000000000000000000000001");
        // 29 digits before the point, and 28 zeros behind it
        let most = [7, 9228, 1625, 1426, 4337, 5935, 4395, 335];
        assert_eq!(sent(7, 28, &most), Ok("79228162514264337593543950335".parse().unwrap()));
        assert!(sent(7, 28, &[7, 9228, 1625, 1426, 4337, 5935, 4395, 336]).is_err());
        assert!(sent(-8, 30, &[1]).is_err());
        assert!(sent(0, 40, &[1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]).is_err());

        for same in ["1.50", "0", "-0.0000000000000000000000000001"] {
            assert_eq!(exact(same).map(|d| d.to_string()).as_deref(), Some(same));
        }
        assert_eq!(exact("1.500000000000000000000000000000000000"), Some(Decimal::new(15, 1)));
        assert_eq!(exact("79228162514264337593543950335.000"), Some(Decimal::MAX));
        for lossy in
            ["0.00000000000000000000000000001", "79228162514264337593543950335.5", "79228162514264337593543950336", "x"]
        {
            assert_eq!(exact(lossy), None, "{lossy}");
        }
    }

    #[test]
    fn a_quotient_is_rounded_to_what_there_is_room_for() {
        let text = |text: &str| rounded(Cell::Text(text.as_bytes())).map(|d| d.to_string());
        assert_eq!(text("1.50").unwrap(), "1.50");
        assert_eq!(text("0.666666666666666666666666666666").unwrap(), "0.6666666666666666666666666667");
        assert_eq!(text("79228162514264337593543950334.5").unwrap(), "79228162514264337593543950335");
        assert!(text("79228162514264337593543950336").is_err());
        assert!(text("x").is_err());

        let binary = |weight, sign, digits: &[i16]| {
            rounded(Cell::Binary(&binary(weight, sign, 40, digits))).map(|d| d.to_string())
        };
        let two_thirds = [6666, 6666, 6666, 6666, 6666, 6666, 6666, 6666, 6666, 6667];
        assert_eq!(binary(-1, 0, &two_thirds).unwrap(), "0.6666666666666666666666666667");
        assert_eq!(binary(-1, 0x4000, &two_thirds).unwrap(), "-0.6666666666666666666666666667");
        assert_eq!(binary(-1, 0, &two_thirds[..8]).unwrap(), "0.6666666666666666666666666667");
        let below = [7, 9228, 1625, 1426, 4337, 5935, 4395, 334, 5000];
        assert_eq!(binary(7, 0, &below).unwrap(), "79228162514264337593543950335");
        assert!(binary(7, 0, &[7, 9228, 1625, 1426, 4337, 5935, 4395, 336, 5000]).is_err());
        assert_eq!(binary(-8, 0, &[6000]).unwrap(), "0.0000000000000000000000000001");
        assert_eq!(binary(-300, 0, &[6000]).unwrap().parse::<Decimal>().unwrap(), Decimal::ZERO);
        assert!(binary(20, 0, &[1]).is_err());
    }
}
