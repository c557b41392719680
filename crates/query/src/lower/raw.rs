//! SQL text of the user's: its places filled, and looked through as the database will read it.

use super::Lower;
use crate::dialect::{Engine, Lexis};
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
        let ends_in_comment = look_through(&pieces.join("\u{1}"), &self.syntax.lexis)?;

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
fn look_through(text: &str, lexis: &Lexis) -> Result<bool, BuildError> {
    let mut open = 0u32;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        rest = match c {
            '\'' => string(after, '\'', lexis.backslashes)?,
            // where it is a name, a backslash in it means nothing; where it is a string, it does what it does in one
            '"' => string(after, '"', lexis.backslashes)?,
            '`' if lexis.backticks => string(after, '`', false)?,
            '[' if lexis.brackets => match after.split_once(']') {
                Some((inside, _)) if inside.contains(PLACE) => return Err(PLACE_INSIDE),
                Some((_, rest)) => rest,
                None => return Err(UNENDED),
            },
            'e' | 'E' if lexis.escape_and_dollar_strings && after.starts_with('\'') => string(&after[1..], '\'', true)?,
            '$' if lexis.escape_and_dollar_strings && dollar_tag(rest).is_some() => dollar_string(rest)?,
            '-' if starts_comment(after, lexis) => match line(after)? {
                Some(rest) => rest,
                None => return finish(open).map(|()| true),
            },
            '#' if lexis.hash_comments => match line(after)? {
                Some(rest) => rest,
                None => return finish(open).map(|()| true),
            },
            '/' if lexis.hash_comments && (after.starts_with("*!") || after.starts_with("*M!")) => {
                return Err(BuildError::Text("has a comment that the database executes"));
            }
            '/' if after.starts_with('*') => comment(&after[1..], lexis.nested_comments)?,
            '(' => {
                open += 1;
                after
            }
            ')' => {
                open = open.checked_sub(1).ok_or(BuildError::Text("closes a parenthesis that it did not open"))?;
                after
            }
            ';' if after.trim().is_empty() => return Err(BuildError::Text("ends in a semicolon")),
            ';' => return Err(BuildError::Text("has more than one statement in it")),
            '?' if lexis.question_mark => return Err(OWN_PLACEHOLDER),
            c if lexis.placeholder_prefixes.contains(c) && after.starts_with(in_word) => return Err(OWN_PLACEHOLDER),
            // a whole word: what follows a letter is no prefix of anything
            c if in_word(c) => after.trim_start_matches(in_word),
            _ => after,
        };
    }
    finish(open).map(|()| false)
}

const UNENDED: BuildError = BuildError::Text("has a string or a quoted name that does not end");
const OWN_PLACEHOLDER: BuildError =
    BuildError::Text("has a placeholder of the database's own: write `{}`, and give the value beside the text");
const PLACE_INSIDE: BuildError = BuildError::Text(
    "has a place `{}` inside of a string, a quoted name or a comment: take it out, or double the braces",
);

fn finish(open: u32) -> Result<(), BuildError> {
    if open == 0 { Ok(()) } else { Err(BuildError::Text("opens a parenthesis that it does not close")) }
}

/// What follows a string or name that ends with `quote`, which may stand doubled in it.
fn string(mut rest: &str, quote: char, backslashes: bool) -> Result<&str, BuildError> {
    loop {
        let mut chars = rest.chars();
        match chars.next() {
            None => return Err(UNENDED),
            Some(PLACE) => return Err(PLACE_INSIDE),
            Some('\\') if backslashes => {
                if chars.next() == Some(PLACE) {
                    return Err(PLACE_INSIDE);
                }
            }
            Some(c) if c == quote => match chars.as_str().strip_prefix(quote) {
                Some(doubled) => {
                    rest = doubled;
                    continue;
                }
                None => return Ok(chars.as_str()),
            },
            Some(_) => {}
        }
        rest = chars.as_str();
    }
}

/// `$tag$` at the start of the text.
fn dollar_tag(text: &str) -> Option<&str> {
    let (tag, _) = text.strip_prefix('$')?.split_once('$')?;
    let name = tag.chars().all(|c| c.is_alphanumeric() || c == '_') && !tag.starts_with(|c: char| c.is_ascii_digit());
    name.then(|| &text[..tag.len() + 2])
}

fn dollar_string(text: &str) -> Result<&str, BuildError> {
    let tag = dollar_tag(text).unwrap_or_default();
    let (inside, rest) = text[tag.len()..].split_once(tag).ok_or(UNENDED)?;
    if inside.contains(PLACE) { Err(PLACE_INSIDE) } else { Ok(rest) }
}

fn starts_comment(after: &str, lexis: &Lexis) -> bool {
    let Some(behind) = after.strip_prefix('-') else { return false };
    !lexis.dashes_need_space || behind.is_empty() || behind.starts_with(|c: char| c.is_whitespace() || c.is_control())
}

/// What follows the line; nothing if it is the last.
fn line(text: &str) -> Result<Option<&str>, BuildError> {
    let (inside, rest) = match text.split_once('\n') {
        Some((inside, rest)) => (inside, Some(rest)),
        None => (text, None),
    };
    if inside.contains(PLACE) { Err(PLACE_INSIDE) } else { Ok(rest) }
}

/// What follows a comment that was opened.
fn comment(mut rest: &str, nested: bool) -> Result<&str, BuildError> {
    let mut depth = 1;
    loop {
        rest = if let Some(after) = rest.strip_prefix("*/") {
            depth -= 1;
            if depth == 0 {
                return Ok(after);
            }
            after
        } else if nested && let Some(after) = rest.strip_prefix("/*") {
            depth += 1;
            after
        } else {
            let mut chars = rest.chars();
            match chars.next() {
                None => return Err(BuildError::Text("has a comment that does not end")),
                Some(PLACE) => return Err(PLACE_INSIDE),
                Some(_) => chars.as_str(),
            }
        };
    }
}
