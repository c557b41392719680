//! The text of a step: its statements, its directives, and a checksum that layout and comments do not change.

use relvar_query::dialect::{Engine, SqlPart, SqlScanner};
use sha2::{Digest, Sha256};
use std::fmt::Write;

use crate::error::MigrationProblem;

/// What a comment begins with that is meant for us.
const DIRECTIVE: &str = "relvar:";
const NO_TRANSACTION: &str = "no transaction";

/// A script, taken apart.
#[derive(Debug)]
pub(super) struct Text<'s> {
    /// What is sent one after the other.
    pub(super) pieces: Vec<Piece<'s>>,
    /// Whether it asks to be run without a transaction.
    pub(super) no_transaction: bool,
}

/// One statement; or all of them, where only the database can tell them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece<'s> {
    pub(super) sql: &'s str,
    /// The line on which it begins, from 1.
    pub(super) line: usize,
}

impl<'s> Text<'s> {
    /// Takes a script apart.
    ///
    /// # Errors
    /// A directive that is not known; a statement that ends the step's own transaction.
    pub(super) fn parse(text: &'s str, engine: Engine) -> Result<Text<'s>, MigrationProblem> {
        let script = engine.script();
        let mut no_transaction = false;
        let mut compound = false;
        let mut pieces = Vec::new();
        // where the statement begins, its first two words, and where its last token ends
        let mut open: Option<Open<'s>> = None;
        let mut controls: Vec<(usize, &'s str)> = Vec::new();
        for part in SqlScanner::new(text, engine) {
            match part {
                SqlPart::Comment { text: comment, start, .. } => {
                    no_transaction |= directive(comment, line_of(text, start))?;
                }
                SqlPart::Token(token) if token.ends_statement => {
                    if let Some(statement) = open.take() {
                        controls.extend(statement.control());
                        pieces.push(statement.piece(text));
                    }
                }
                SqlPart::Token(token) => {
                    compound |= script.compound.iter().any(|word| word.eq_ignore_ascii_case(token.text));
                    let end = token.start + token.text.len();
                    match &mut open {
                        Some(statement) => {
                            statement.second.get_or_insert(token.text);
                            statement.end = end;
                        }
                        None => open = Some(Open { start: token.start, first: token.text, second: None, end }),
                    }
                }
            }
        }
        if let Some(statement) = open {
            controls.extend(statement.control());
            pieces.push(statement.piece(text));
        }
        // within a body these may be right; where they are not, and count, the transaction is looked at afterwards
        if compound {
            controls.retain(|(_, word)| script.schema_changes_roll_back && !is_any(word, &["BEGIN", "END"]));
        }
        if let Some((start, word)) = controls.first() {
            let (statement, line) = (word.to_uppercase(), line_of(text, *start));
            return Err(MigrationProblem::TransactionControl { statement, line });
        }
        if compound {
            pieces = pieces
                .first()
                .map(|first| vec![Piece { sql: text.trim_start_matches('\u{feff}'), ..*first }])
                .unwrap_or_default();
        }
        Ok(Text { pieces, no_transaction })
    }
}

/// A statement whose end has not been seen.
struct Open<'s> {
    start: usize,
    first: &'s str,
    second: Option<&'s str>,
    end: usize,
}

impl<'s> Open<'s> {
    fn piece(&self, text: &'s str) -> Piece<'s> {
        Piece { sql: text.get(self.start..self.end).unwrap_or_default(), line: line_of(text, self.start) }
    }

    /// Where it is and its first word, if it begins or ends transactions.
    fn control(&self) -> Option<(usize, &'s str)> {
        let second = |words: &[&str]| self.second.is_some_and(|word| is_any(word, words));
        let controls = if is_any(self.first, &["ROLLBACK"]) {
            // ROLLBACK TO SAVEPOINT, ROLLBACK TRANSACTION TO …: what is undone is the step's own
            !second(&["TO"])
        } else if is_any(self.first, &["START", "PREPARE"]) {
            second(&["TRANSACTION"])
        } else {
            is_any(self.first, &["BEGIN", "COMMIT", "END", "ABORT"])
        };
        controls.then_some((self.start, self.first))
    }
}

fn is_any(word: &str, words: &[&str]) -> bool {
    words.iter().any(|other| other.eq_ignore_ascii_case(word))
}

/// Whether the comment asks for no transaction.
fn directive(comment: &str, line: usize) -> Result<bool, MigrationProblem> {
    let inner = comment.trim_start_matches(['-', '#', '/', '*']).trim_end_matches(['*', '/']).trim();
    let Some(wish) = inner.strip_prefix(DIRECTIVE) else { return Ok(false) };
    if wish.trim() == NO_TRANSACTION {
        return Ok(true);
    }
    Err(MigrationProblem::Directive { found: wish.trim().to_owned(), line })
}

/// The line, from 1, on which the byte at `at` is.
fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

/// A script without comments, with one space for any white space and one line feed for any end of a line. What is
/// quoted stays as it is, except for line ends, which version control may change; what goes on with it, on a line of its
/// own.
pub(super) fn normalized(text: &str, engine: Engine) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut normal = String::with_capacity(text.len());
    for part in SqlScanner::new(&text, engine) {
        if let SqlPart::Token(token) = part {
            if !normal.is_empty() {
                normal.push(if token.continues { '\n' } else { ' ' });
            }
            normal.push_str(token.text);
        }
    }
    normal
}

/// SHA-256 of the normalized text, in hexadecimal.
pub(super) fn checksum(text: &str, engine: Engine) -> String {
    let digest = Sha256::digest(normalized(text, engine).as_bytes());
    digest.iter().fold(String::with_capacity(64), |mut hex, byte| {
        // writing to a string cannot fail
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
