//! Taking SQL text apart into words, quoted text and signs, as each database reads it; nothing is understood.

use super::{Backslash, Engine, Lexis};

/// A part of SQL text that is not white space or comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SqlToken<'s> {
    /// A word or number, quoted text with its quotes, a hint with its signs, or one sign.
    pub text: &'s str,
    /// Where it begins, in bytes.
    pub start: usize,
    /// Whether it is the `;` behind a statement, not one within a comment that is run.
    pub ends_statement: bool,
    /// Whether it is quoted text or a hint whose end is not there.
    pub unclosed: bool,
    /// Whether it is quoted text that goes on with that before it, because it stands on another line.
    pub continues: bool,
}

/// What SQL text consists of, beside white space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SqlPart<'s> {
    /// What the database reads.
    Token(SqlToken<'s>),
    /// What it does not.
    Comment {
        /// The comment, with its signs, but without the end of its line.
        text: &'s str,
        /// Where it begins, in bytes.
        start: usize,
        /// Whether it goes to the end of the text because nothing ends it: no `*/`, no end of the line.
        unclosed: bool,
    },
}

/// Walks over SQL text. It takes any text: what is not closed goes to the end.
#[derive(Debug)]
pub struct SqlScanner<'s> {
    text: &'s str,
    at: usize,
    lexis: &'static Lexis,
    /// Whether it is within a comment that is run.
    executable: bool,
    /// Behind text in which backslashes count by what stands before it: whether its line has ended. Then what is quoted
    /// next goes on with it.
    continues: Option<bool>,
}

/// How long something is, and whether its end is missing.
struct Extent {
    length: usize,
    unclosed: bool,
}

impl Extent {
    const fn of(length: usize) -> Extent {
        Extent { length, unclosed: false }
    }

    /// To the end that was found, or to that of the text.
    fn to(end: Option<usize>, text: &str) -> Extent {
        Extent { length: end.unwrap_or(text.len()), unclosed: end.is_none() }
    }
}

impl<'s> SqlScanner<'s> {
    /// Starts at the beginning of text for `engine`.
    pub fn new(text: &'s str, engine: Engine) -> SqlScanner<'s> {
        SqlScanner { text, at: 0, lexis: engine.lexis(), executable: false, continues: None }
    }

    fn rest(&self) -> &'s str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The comment that begins here.
    fn comment(&self) -> Option<Extent> {
        let rest = self.rest();
        let to_line_end = || Some(Extent::to(rest.find('\n'), rest));
        if let Some(behind) = rest.strip_prefix("--") {
            let spaced = behind.is_empty() || behind.starts_with(|c: char| c.is_ascii_whitespace() || c.is_control());
            if spaced || !self.lexis.dashes_need_space {
                return to_line_end();
            }
        }
        if self.lexis.hash_comments && rest.starts_with('#') {
            return to_line_end();
        }
        if !rest.starts_with("/*") || rest.starts_with("/*+") || self.opens_executable().is_some() {
            return None;
        }
        Some(block(rest, self.lexis.nested_comments))
    }

    /// The length of the sign that begins a comment that is run: `/*!`, `/*!50100`, `/*M!100100`.
    fn opens_executable(&self) -> Option<usize> {
        if !self.lexis.executable_comments {
            return None;
        }
        let rest = self.rest();
        let sign = ["/*!", "/*M!"].into_iter().find(|sign| rest.starts_with(sign))?;
        let digits = rest.get(sign.len()..)?.bytes().take_while(u8::is_ascii_digit).count();
        Some(sign.len() + digits)
    }

    /// The token that begins here, of which `first` is the first character.
    fn token(&mut self, first: char) -> Extent {
        let rest = self.rest();
        if let Some(sign) = self.opens_executable() {
            self.executable = true;
            return Extent::of(sign);
        }
        if rest.starts_with("/*+") {
            return block(rest, self.lexis.nested_comments);
        }
        if self.executable && rest.starts_with("*/") {
            self.executable = false;
            return Extent::of(2);
        }
        // the next line of `E'…'` is read as the first
        let continues = self.goes_on(first);
        self.continues = None;
        if let Some(quoted) = self.quoted(rest, if continues { "E" } else { "" }) {
            self.continues = continues.then_some(false);
            return quoted;
        }
        if self.lexis.dollars
            && let Some(quoted) = dollars(rest)
        {
            return quoted;
        }
        if is_word(first) {
            let word = rest.find(|c| !is_word(c) && c != '$').unwrap_or(rest.len());
            let (prefix, behind) = rest.split_at(word);
            // E'…', X'…', N'…', _utf8mb4'…': the word belongs to the text
            return match behind.starts_with('\'').then(|| self.quoted(behind, prefix)).flatten() {
                Some(quoted) => {
                    self.continues = self.escapes(prefix).then_some(false);
                    Extent { length: word + quoted.length, ..quoted }
                }
                None => Extent::of(word),
            };
        }
        Extent::of(first.len_utf8())
    }

    /// Whether what begins with `first` goes on with the text before it.
    fn goes_on(&self, first: char) -> bool {
        self.continues == Some(true) && first == '\''
    }

    /// Whether a backslash counts in text behind this word, and does not behind others.
    fn escapes(&self, prefix: &str) -> bool {
        self.lexis.backslash == Backslash::Escaped && prefix.eq_ignore_ascii_case("e")
    }

    /// The quoted text that begins `rest`, behind the word `prefix`.
    fn quoted(&self, rest: &str, prefix: &str) -> Option<Extent> {
        let rules = self.lexis;
        let (close, is_text) = match rest.chars().next()? {
            '\'' => ('\'', true),
            '"' => ('"', rules.backslash == Backslash::Everywhere),
            '`' if rules.backticks => ('`', false),
            '[' if rules.brackets => return Some(Extent::to(rest.find(']').map(|end| end + 1), rest)),
            _ => return None,
        };
        let backslash = is_text
            && match rules.backslash {
                Backslash::Nowhere => false,
                Backslash::Escaped => self.escapes(prefix),
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
                    _ => return Some(Extent::of(at + c.len_utf8())),
                }
            }
        }
        Some(Extent::to(None, rest))
    }
}

impl<'s> Iterator for SqlScanner<'s> {
    type Item = SqlPart<'s>;

    fn next(&mut self) -> Option<SqlPart<'s>> {
        let (space, _) = self.rest().split_at(self.rest().find(|c: char| !is_space(c)).unwrap_or(self.rest().len()));
        self.at += space.len();
        self.continues = self.continues.map(|ended| ended || space.contains(['\n', '\r']));
        let first = self.rest().chars().next()?;
        let start = self.at;
        if let Some(Extent { length, unclosed }) = self.comment() {
            // only a comment to the end of its line can stand between
            self.continues = self.continues.filter(|_| first == '-');
            self.at += length;
            return Some(SqlPart::Comment { text: self.text.get(start..self.at).unwrap_or_default(), start, unclosed });
        }
        let (was_executable, continues) = (self.executable, self.goes_on(first));
        let Extent { length, unclosed } = self.token(first);
        self.at += length;
        let text = self.text.get(start..self.at).unwrap_or_default();
        let ends_statement = text == ";" && !was_executable;
        Some(SqlPart::Token(SqlToken { text, start, ends_statement, unclosed, continues }))
    }
}

/// The comment in `/* … */` that begins `rest`.
fn block(rest: &str, nested: bool) -> Extent {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(here) = rest.get(at..).filter(|here| !here.is_empty()) {
        if here.starts_with("/*") && (nested || depth == 0) {
            (depth, at) = (depth + 1, at + 2);
        } else if here.starts_with("*/") {
            (depth, at) = (depth - 1, at + 2);
            if depth == 0 {
                return Extent::of(at);
            }
        } else {
            at += here.chars().next().map_or(1, char::len_utf8);
        }
    }
    Extent::to(None, rest)
}

/// The text in `$tag$…$tag$` that begins `rest`.
fn dollars(rest: &str) -> Option<Extent> {
    let tag = rest.strip_prefix('$')?.find('$')? + 2;
    let name = rest.get(1..tag - 1)?;
    if name.starts_with(|c: char| c.is_ascii_digit()) || !name.chars().all(is_word) {
        return None;
    }
    let sign = rest.get(..tag)?;
    Some(Extent::to(rest.get(tag..)?.find(sign).map(|end| tag + end + tag), rest))
}

/// What stands between tokens: databases know no other white space, and some editors begin a file with the last.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0b' | '\x0c' | '\u{feff}')
}

fn is_word(c: char) -> bool {
    c == '_' || c.is_ascii_alphanumeric() || (!c.is_ascii() && !is_space(c))
}
