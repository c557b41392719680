//! Text: LIKE, case, parts and lengths.

use super::operand::bind;
use super::{Condition, DialectOf, Expr, Expression, Operand, TypeOf};
use crate::dialect::{HasIlike, Meet, Met};
use crate::ir::{self, Function, PatternMatch};
use crate::types::{IsText, NullOf, OrNull, SqlType, TextValue, Wrap};

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

/// The text of `N`'s nullness.
type TextOf<E> = Wrap<NullOf<TypeOf<E>>, String>;

fn call<E: Expression, T>(
    function: Function,
    text: E,
    rest: impl IntoIterator<Item = ir::Expr>,
) -> Expr<T, E::Dialect> {
    let mut arguments = vec![text.into_ir()];
    arguments.extend(rest);
    Expr::from_ir(ir::Expr::Call(function, arguments))
}

fn like<E: Expression>(text: E, pattern: String, case_insensitive: bool, negated: bool) -> Condition<E::Dialect> {
    let pattern = bind(pattern, String::SQL_TYPE);
    Expr::from_ir(ir::Expr::Like(Box::new(PatternMatch {
        operand: text.into_ir(),
        pattern,
        case_insensitive,
        negated,
    })))
}

/// Operations on text.
pub trait Text: Expression {
    /// `self LIKE pattern`. Whether case counts is the column's collation; on SQLite it does not for A to Z.
    fn like(self, pattern: impl LikePattern) -> Condition<DialectOf<Self>>
    where
        TypeOf<Self>: IsText,
    {
        like(self, pattern.into_pattern(), false, false)
    }

    /// `self NOT LIKE pattern`
    fn not_like(self, pattern: impl LikePattern) -> Condition<DialectOf<Self>>
    where
        TypeOf<Self>: IsText,
    {
        like(self, pattern.into_pattern(), false, true)
    }

    /// `self ILIKE pattern`: case does not count.
    fn ilike(self, pattern: impl LikePattern) -> Condition<DialectOf<Self>>
    where
        TypeOf<Self>: IsText,
        DialectOf<Self>: HasIlike,
    {
        like(self, pattern.into_pattern(), true, false)
    }

    /// `self || other`
    fn concat<R: Operand<String>>(
        self,
        other: R,
    ) -> Expr<Wrap<OrNull<NullOf<TypeOf<Self>>, R::Null>, String>, Met<DialectOf<Self>, R::Dialect>>
    where
        TypeOf<Self>: IsText,
        DialectOf<Self>: Meet<R::Dialect>,
    {
        let other = other.operand(String::SQL_TYPE);
        Expr::from_ir(ir::Expr::binary(ir::BinaryOp::Concat, self.into_ir(), other))
    }

    /// `LOWER(self)`
    fn lower(self) -> Expr<TextOf<Self>, DialectOf<Self>>
    where
        TypeOf<Self>: IsText,
    {
        call(Function::Lower, self, [])
    }

    /// `UPPER(self)`
    fn upper(self) -> Expr<TextOf<Self>, DialectOf<Self>>
    where
        TypeOf<Self>: IsText,
    {
        call(Function::Upper, self, [])
    }

    /// The length in characters.
    fn char_length(self) -> Expr<Wrap<NullOf<TypeOf<Self>>, i32>, DialectOf<Self>>
    where
        TypeOf<Self>: IsText,
    {
        call(Function::CharLength, self, [])
    }

    /// Without spaces at both ends.
    fn trim(self) -> Expr<TextOf<Self>, DialectOf<Self>>
    where
        TypeOf<Self>: IsText,
    {
        call(Function::Trim, self, [])
    }

    /// Without spaces at the start.
    fn trim_start(self) -> Expr<TextOf<Self>, DialectOf<Self>>
    where
        TypeOf<Self>: IsText,
    {
        call(Function::TrimStart, self, [])
    }

    /// Without spaces at the end.
    fn trim_end(self) -> Expr<TextOf<Self>, DialectOf<Self>>
    where
        TypeOf<Self>: IsText,
    {
        call(Function::TrimEnd, self, [])
    }

    /// `length` characters from position `from`, which counts from 1.
    fn substring(self, from: i32, length: i32) -> Expr<TextOf<Self>, DialectOf<Self>>
    where
        TypeOf<Self>: IsText,
    {
        call(Function::Substring, self, [from, length].map(|n| bind(n, i32::SQL_TYPE)))
    }

    /// Every occurrence of `from` replaced by `to`.
    fn replace(self, from: impl TextValue, to: impl TextValue) -> Expr<TextOf<Self>, DialectOf<Self>>
    where
        TypeOf<Self>: IsText,
    {
        call(Function::Replace, self, [from.into_text(), to.into_text()].map(|s| bind(s, String::SQL_TYPE)))
    }

    /// The position of the first occurrence of `text`, from 1; 0 if there is none.
    fn position(self, text: impl TextValue) -> Expr<Wrap<NullOf<TypeOf<Self>>, i32>, DialectOf<Self>>
    where
        TypeOf<Self>: IsText,
    {
        call(Function::Position, self, [bind(text.into_text(), String::SQL_TYPE)])
    }
}

impl<E: Expression> Text for E {}
