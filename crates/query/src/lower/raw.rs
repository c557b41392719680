//! SQL text of the user's: its places filled, and looked through as the database will read it.

use super::Lower;
use crate::dialect::{Engine, SqlPart, SqlScanner, SqlToken};
use crate::error::BuildError;
use crate::ir::{Raw, RawPart, RawText};

/// Stands for a place while the text is looked through.
const PLACE: char = '\u{1}';

/// Whether the text for `engine` is of a statement that only reads, as far as its first word tells.
pub(crate) fn reads(raw: &Raw, engine: Engine) -> bool {
    let first = text(raw, engine).and_then(|text| text.split_whitespace().next()).unwrap_or_default();
    ["SELECT", "VALUES", "TABLE", "SHOW"].iter().any(|word| first.eq_ignore_ascii_case(word))
}

fn text(raw: &Raw, engine: Engine) -> Option<&str> {
    raw.texts.iter().find(|RawText { engines, .. }| engines.contains(&engine)).map(|text| &*text.sql)
}

impl<'s> Lower<'s> {
    /// The text with everything in its place.
    pub(super) fn raw(&mut self, raw: &'s Raw) -> Result<String, BuildError> {
        let engine = self.target.engine;
        let text = text(raw, engine).ok_or(BuildError::Elsewhere(engine.name()))?;
        if text.contains(['\u{1}', '\u{2}', '\0']) {
            return Err(BuildError::Text("has a control character in it"));
        }
        let pieces = pieces(text)?;
        let places = pieces.len() - 1;
        if places != raw.parts.len() {
            return Err(BuildError::Places { places, given: raw.parts.len() });
        }
        let ends_in_comment = look_through(&pieces.join("\u{1}"), engine)?;

        let mut sql = String::with_capacity(text.len() + 16 * places);
        let mut parts = raw.parts.iter();
        for (number, piece) in pieces.iter().enumerate() {
            // what touches a place must not become part of it: `{}1` is no placeholder 11
            if number > 0 && piece.starts_with(in_word) {
                sql.push(' ');
            }
            sql.push_str(piece);
            let Some(part) = parts.next() else { break };
            if piece.ends_with(in_word) {
                sql.push(' ');
            }
            sql.push_str(&match part {
                RawPart::Expr(expr) => self.operand(expr)?,
                RawPart::Name(name) => self.quoted(name)?,
                RawPart::Table(table) => self.qualified(table.schema.as_deref(), &table.name)?,
            });
        }
        if ends_in_comment {
            sql.push('\n');
        }
        Ok(sql)
    }
}

/// The text before, between and behind the places.
fn pieces(template: &str) -> Result<Vec<String>, BuildError> {
    let mut pieces = vec![String::new()];
    let mut chars = template.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        match (c, next) {
            ('{', Some('}')) => {
                chars.next();
                pieces.push(String::new());
            }
            ('{', Some('{')) | ('}', Some('}')) => {
                chars.next();
                pieces.last_mut().map(|piece| piece.push(c)).unwrap_or_default();
            }
            ('{' | '}', _) => return Err(BuildError::Text("has a brace that is no place `{}`: double it")),
            _ => pieces.last_mut().map(|piece| piece.push(c)).unwrap_or_default(),
        }
    }
    Ok(pieces)
}

/// Whether a character can be part of a name or a number.
fn in_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

/// That every place is outside of strings, names and comments, that all of them end, that parentheses are in pairs, and
/// that there is no placeholder of the database's own and no second statement. Says whether it ends in a comment that
/// would swallow what follows.
fn look_through(text: &str, engine: Engine) -> Result<bool, BuildError> {
    let lexis = engine.lexis();
    let mut open = 0u32;
    let mut ends_in_comment = false;
    for part in SqlScanner::new(text, engine) {
        let (inside, start) = match part {
            SqlPart::Comment { text, start, .. } => (text, start),
            SqlPart::Token(SqlToken { text, start, .. }) => (text, start),
        };
        if inside.len() > PLACE.len_utf8() && inside.contains(PLACE) {
            return Err(PLACE_INSIDE);
        }
        let token = match part {
            SqlPart::Token(token) => token,
            SqlPart::Comment { text: comment, unclosed, .. } => {
                if unclosed && comment.starts_with("/*") {
                    return Err(BuildError::Text("has a comment that does not end"));
                }
                ends_in_comment = unclosed;
                continue;
            }
        };
        let after = text.get(start + inside.len()..).unwrap_or_default();
        match token.text {
            _ if token.unclosed => return Err(BuildError::Text("has a string or a quoted name that does not end")),
            "(" => open += 1,
            ")" => open = open.checked_sub(1).ok_or(BuildError::Text("closes a parenthesis that it did not open"))?,
            ";" if after.trim().is_empty() => return Err(BuildError::Text("ends in a semicolon")),
            ";" => return Err(BuildError::Text("has more than one statement in it")),
            "?" if lexis.question_mark => return Err(OWN_PLACEHOLDER),
            sign if lexis.placeholder_prefixes.contains(sign) && after.starts_with(in_word) => {
                return Err(OWN_PLACEHOLDER);
            }
            sign if lexis.executable_comments && (sign.starts_with("/*!") || sign.starts_with("/*M!")) => {
                return Err(BuildError::Text("has a comment that the database executes"));
            }
            _ => {}
        }
    }
    if open > 0 { Err(BuildError::Text("opens a parenthesis that it does not close")) } else { Ok(ends_in_comment) }
}

const OWN_PLACEHOLDER: BuildError =
    BuildError::Text("has a placeholder of the database's own: write `{}`, and give the value beside the text");
const PLACE_INSIDE: BuildError = BuildError::Text(
    "has a place `{}` inside of a string, a quoted name or a comment: take it out, or double the braces",
);
