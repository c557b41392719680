//! Patterns for LIKE, and words escaped to stand in one.

use crate::types::TextValue;

/// A pattern for LIKE: `%` stands for any text, `_` for any character, `\` before either for itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern(String);

impl Pattern {
    /// A pattern as written, with its wildcards.
    pub fn new(pattern: impl Into<String>) -> Pattern {
        Pattern(pattern.into())
    }

    /// `text` with its wildcards escaped.
    fn escaped(text: &str) -> String {
        let mut escaped = String::with_capacity(text.len());
        for c in text.chars() {
            if matches!(c, '%' | '_' | '\\') {
                escaped.push('\\');
            }
            escaped.push(c);
        }
        escaped
    }
}

/// What LIKE takes: a [`Pattern`], or text with wildcards.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a pattern for LIKE",
    label = "not a pattern",
    note = "write the wildcards yourself, `\"%word%\"`, or have the word escaped: `contains(word)`, `starts_with(word)`, `ends_with(word)`"
)]
pub trait LikePattern {
    /// The pattern, with its wildcards.
    fn into_pattern(self) -> String;
}

#[diagnostic::do_not_recommend]
impl LikePattern for Pattern {
    fn into_pattern(self) -> String {
        self.0
    }
}

#[diagnostic::do_not_recommend]
impl<T: TextValue> LikePattern for T {
    fn into_pattern(self) -> String {
        self.into_text()
    }
}

/// Matches what has `text` in it; wildcards in `text` stand for themselves.
pub fn contains(text: impl AsRef<str>) -> Pattern {
    Pattern(format!("%{}%", Pattern::escaped(text.as_ref())))
}

/// Matches what starts with `text`; wildcards in `text` stand for themselves.
pub fn starts_with(text: impl AsRef<str>) -> Pattern {
    Pattern(format!("{}%", Pattern::escaped(text.as_ref())))
}

/// Matches what ends with `text`; wildcards in `text` stand for themselves.
pub fn ends_with(text: impl AsRef<str>) -> Pattern {
    Pattern(format!("%{}", Pattern::escaped(text.as_ref())))
}
