//! Literals: the one place that writes constants into SQL text. A user's data never comes here.

use rust_decimal::Decimal;
use uuid::Uuid;

use super::Lower;
use super::expr::is_integer;
use crate::dialect::{Piece, TextLiteral, pieces};
use crate::error::BuildError;
use crate::ir::Constant;
use crate::types::{Kind, Type};

impl Lower<'_> {
    /// A constant as an atomic literal.
    pub(super) fn literal(&self, constant: &Constant) -> Result<String, BuildError> {
        match constant {
            Constant::Null(ty) => self.target.engine.typed_null(ty),
            Constant::Bool(true) => Ok("TRUE".to_owned()),
            Constant::Bool(false) => Ok("FALSE".to_owned()),
            Constant::Integer(i) => Ok(self.integer(*i)),
            Constant::Number(digits, ty) if is_integer(ty.kind) => {
                digits.parse().map(|i| self.integer(i)).map_err(|_| BuildError::NotConstant)
            }
            Constant::Number(digits, _) => number(digits),
            Constant::Text(text) => self.text_expression(text),
            Constant::Typed(digits, ty) if self.syntax.ddl.decimal_is_text && ty.kind == Kind::Decimal => {
                // as bound values are: equal numbers are equal texts
                let decimal: Decimal = digits.parse().map_err(|_| BuildError::NotConstant)?;
                self.text_literal(&decimal.normalize().to_string())
            }
            Constant::Typed(text, ty) => self.typed_literal(text, ty),
        }
    }

    /// A negative number stands in parentheses: a minus before it would make a comment.
    fn integer(&self, i: i64) -> String {
        match i {
            // its digits alone are no bigint
            i64::MIN => "(-9223372036854775807 - 1)".to_owned(),
            i if i < 0 => format!("({i})"),
            i => i.to_string(),
        }
    }

    /// Text as an expression. MariaDB keeps the definition of a table as text of its own, in which it writes the bytes
    /// of an introduced literal between quotes as they are, and reads them again.
    fn text_expression(&self, text: &str) -> Result<String, BuildError> {
        let literal = self.text_literal(text)?;
        Ok(match literal.strip_prefix("_utf8mb4 ") {
            Some(bytes) if self.shape.is_none() => format!("convert({bytes} USING utf8mb4)"),
            _ => literal,
        })
    }

    /// Text in quotes, right in every mode that the database can be in.
    pub(super) fn text_literal(&self, text: &str) -> Result<String, BuildError> {
        let special = text.contains(|c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r'));
        Ok(match self.syntax.text {
            TextLiteral::Escaped => {
                if text.contains('\0') {
                    return Err(BuildError::Unsendable("a text constant has a NUL character in it".to_owned()));
                }
                if special || text.contains('\\') { escaped(text) } else { doubled(text) }
            }
            TextLiteral::Blob if special => format!("CAST(X'{}' AS TEXT)", hex(text.as_bytes())),
            TextLiteral::Introduced if special || text.contains('\\') => {
                format!("_utf8mb4 X'{}'", hex(text.as_bytes()))
            }
            TextLiteral::Blob | TextLiteral::Introduced => doubled(text),
        })
    }

    fn typed_literal(&self, text: &str, ty: &Type) -> Result<String, BuildError> {
        let template = self.target.engine.typed_literal(ty)?;
        let mut sql = String::new();
        for piece in pieces(&template) {
            match piece {
                Piece::Text(text) => sql.push_str(text),
                Piece::Hole("hex") => {
                    let uuid = Uuid::parse_str(text).map_err(|_| BuildError::NotConstant)?;
                    sql.push_str(&hex(uuid.as_bytes()));
                }
                Piece::Hole("number") => sql.push_str(&number(text)?),
                Piece::Hole("utc") => sql.push_str(&self.text_literal(&format!("{text}+00"))?),
                Piece::Hole(_) => sql.push_str(&self.text_literal(text)?),
            }
        }
        Ok(sql)
    }
}

/// `'…'` with quotes doubled.
pub(super) fn doubled(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// `E'…'`: what is not plain, by its number.
fn escaped(text: &str) -> String {
    let mut sql = String::from("E'");
    for c in text.chars() {
        match c {
            '\\' => sql.push_str("\\\\"),
            '\'' => sql.push_str("''"),
            c if c.is_control() => sql.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => sql.push(c),
        }
    }
    sql.push('\'');
    sql
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        // writing to a string does not fail
        let _ = write!(text, "{byte:02X}");
        text
    })
}

/// A number by its digits, which may come from anywhere: they are looked at.
fn number(digits: &str) -> Result<String, BuildError> {
    let plain = digits.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'+' | b'-'));
    if !plain || digits.parse::<f64>().is_err() {
        return Err(BuildError::NotConstant);
    }
    Ok(if digits.starts_with(['-', '+']) { format!("({digits})") } else { digits.to_owned() })
}
