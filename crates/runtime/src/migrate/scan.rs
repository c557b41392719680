//! Taking SQL text apart into words, quoted text and signs, as each database reads it; nothing is understood.

use relvar_query::dialect::{Backslash, Script};

/// A part of a script that is not white space or comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'s> {
    pub(super) text: &'s str,
    /// Where it begins, in bytes.
    pub(super) start: usize,
    /// Whether it is the `;` behind a statement, not one within a comment that is run.
    pub(super) ends_statement: bool,
}

/// What lies between tokens and means something to us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part<'s> {
    Token(Token<'s>),
    /// A comment, with its signs.
    Comment {
        text: &'s str,
        start: usize,
    },
}

/// Walks over a script. It takes any text: what is not closed goes to the end.
pub(super) struct Scanner<'s> {
    text: &'s str,
    at: usize,
    script: &'static Script,
    /// Whether it is within a comment that is run.
    executable: bool,
}

impl<'s> Scanner<'s> {
    pub(super) fn new(text: &'s str, script: &'static Script) -> Scanner<'s> {
        Scanner { text, at: 0, script, executable: false }
    }

    fn rest(&self) -> &'s str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The length of the comment that begins here.
    fn comment(&self) -> Option<usize> {
        let rest = self.rest();
        let rules = &self.script.comments;
        let to_line_end = || Some(rest.find('\n').unwrap_or(rest.len()));
        if let Some(behind) = rest.strip_prefix("--") {
            let spaced = behind.is_empty() || behind.starts_with(|c: char| c.is_ascii_whitespace() || c.is_control());
            if spaced || !rules.dashes_need_space {
                return to_line_end();
            }
        }
        if rules.hash && rest.starts_with('#') {
            return to_line_end();
        }
        if !rest.starts_with("/*") || rest.starts_with("/*+") || self.opens_executable().is_some() {
            return None;
        }
        Some(block(rest, rules.nested))
    }

    /// The length of the sign that begins a comment that is run: `/*!`, `/*!50100`, `/*M!100100`.
    fn opens_executable(&self) -> Option<usize> {
        if !self.script.comments.executable {
            return None;
        }
        let rest = self.rest();
        let sign = ["/*!", "/*M!"].into_iter().find(|sign| rest.starts_with(sign))?;
        let digits = rest.get(sign.len()..)?.bytes().take_while(u8::is_ascii_digit).count();
        Some(sign.len() + digits)
    }

    /// The length of the token that begins here, of which `first` is the first character.
    fn token(&mut self, first: char) -> usize {
        let rest = self.rest();
        if let Some(sign) = self.opens_executable() {
            self.executable = true;
            return sign;
        }
        if rest.starts_with("/*+") {
            return block(rest, self.script.comments.nested);
        }
        if self.executable && rest.starts_with("*/") {
            self.executable = false;
            return 2;
        }
        if let Some(quoted) = self.quoted(rest, "") {
            return quoted;
        }
        if self.script.quotes.dollars
            && let Some(quoted) = dollars(rest)
        {
            return quoted;
        }
        if is_word(first) {
            let word = rest.find(|c| !is_word(c) && c != '$').unwrap_or(rest.len());
            let (prefix, behind) = rest.split_at(word);
            // E'…', X'…', N'…', _utf8mb4'…': the word belongs to the text
            return match behind.starts_with('\'').then(|| self.quoted(behind, prefix)).flatten() {
                Some(quoted) => word + quoted,
                None => word,
            };
        }
        first.len_utf8()
    }

    /// The length of the quoted text that begins `rest`, behind the word `prefix`.
    fn quoted(&self, rest: &str, prefix: &str) -> Option<usize> {
        let rules = &self.script.quotes;
        let (close, is_text) = match rest.chars().next()? {
            '\'' => ('\'', true),
            '"' => ('"', rules.backslash == Backslash::Everywhere),
            '`' if rules.backticks => ('`', false),
            '[' if rules.brackets => return Some(rest.find(']').map_or(rest.len(), |end| end + 1)),
            _ => return None,
        };
        let backslash = is_text
            && match rules.backslash {
                Backslash::Nowhere => false,
                Backslash::Escaped => prefix.eq_ignore_ascii_case("e"),
                Backslash::Everywhere => true,
            };
        let mut characters = rest.char_indices().skip(1).peekable();
        while let Some((at, c)) = characters.next() {
            if c == '\\' && backslash {
                characters.next();
            } else if c == close {
                match characters.peek() {
                    Some((_, next)) if *next == close => {
                        characters.next();
                    }
                    _ => return Some(at + c.len_utf8()),
                }
            }
        }
        Some(rest.len())
    }
}

impl<'s> Iterator for Scanner<'s> {
    type Item = Part<'s>;

    fn next(&mut self) -> Option<Part<'s>> {
        self.at += self.rest().find(|c: char| !is_space(c)).unwrap_or(self.rest().len());
        let first = self.rest().chars().next()?;
        let start = self.at;
        if let Some(length) = self.comment() {
            self.at += length;
            return Some(Part::Comment { text: self.text.get(start..self.at).unwrap_or_default(), start });
        }
        let was_executable = self.executable;
        self.at += self.token(first);
        let text = self.text.get(start..self.at).unwrap_or_default();
        Some(Part::Token(Token { text, start, ends_statement: text == ";" && !was_executable }))
    }
}

/// The length of the comment in `/* … */` that begins `rest`.
fn block(rest: &str, nested: bool) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(here) = rest.get(at..).filter(|here| !here.is_empty()) {
        if here.starts_with("/*") && (nested || depth == 0) {
            (depth, at) = (depth + 1, at + 2);
        } else if here.starts_with("*/") {
            (depth, at) = (depth - 1, at + 2);
            if depth == 0 {
                return at;
            }
        } else {
            at += here.chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

/// The length of the text in `$tag$…$tag$` that begins `rest`.
fn dollars(rest: &str) -> Option<usize> {
    let tag = rest.strip_prefix('$')?.find('$')? + 2;
    let name = rest.get(1..tag - 1)?;
    if name.starts_with(|c: char| c.is_ascii_digit()) || !name.chars().all(is_word) {
        return None;
    }
    let sign = rest.get(..tag)?;
    Some(rest.get(tag..)?.find(sign).map_or(rest.len(), |end| tag + end + tag))
}

/// What stands between tokens: databases know no other white space, and some editors begin a file with the last.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0b' | '\x0c' | '\u{feff}')
}

fn is_word(c: char) -> bool {
    c == '_' || c.is_ascii_alphanumeric() || (!c.is_ascii() && !is_space(c))
}
