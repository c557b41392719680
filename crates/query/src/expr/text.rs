//! Text: LIKE, regular expressions, case, parts and lengths.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::operand::bind;
use super::{Condition, DialectOf, Expr, Expression, LikePattern, Operand, Replacement, TextParts, TypeOf};
use crate::dialect::{HasIlike, HasRegex, HasRegexCount, HasReverse, HasSplitPart, Meet, Met};
use crate::ir::{self, BinaryOp, Collation, Function, PatternMatch};
use crate::types::{IsText, NullOf, OrNull, SqlType, TextValue, Wrap};
use crate::value::Value;

/// The text of `N`'s nullness.
type TextOf<E> = Wrap<NullOf<TypeOf<E>>, String>;
/// Text that is NULL if either is.
type OrText<A, B> = Wrap<OrNull<A, B>, String>;

fn call<E: Expression, T>(
    function: Function,
    text: E,
    rest: impl IntoIterator<Item = ir::Node>,
) -> Expr<T, E::Dialect> {
    let mut arguments = vec![text.into_ir()];
    arguments.extend(rest);
    Expr::from_ir(ir::Node::Call(function, arguments))
}

/// A number of characters as an argument: no text is longer than the greatest one.
fn count(n: u32) -> ir::Node {
    bind(i32::try_from(n).unwrap_or(i32::MAX), i32::SQL_TYPE)
}

fn regex(pattern: impl TextValue) -> ir::Node {
    bind(pattern.into_text(), String::SQL_TYPE)
}

fn character(c: char) -> ir::Node {
    bind(c.to_string(), String::SQL_TYPE)
}

macro_rules! of_text {
    ($($(#[$doc:meta])* $name:ident $function:ident -> $out:ty;)*) => { $(
        $(#[$doc])*
        fn $name(self) -> Expr<Wrap<NullOf<TypeOf<Self>>, $out>, DialectOf<Self>>
        where
            TypeOf<Self>: IsText,
        {
            call(Function::$function, self, [])
        }
    )* };
}

macro_rules! of_text_or_nothing {
    ($($(#[$doc:meta])* $name:ident $function:ident -> $out:ty;)*) => { $(
        $(#[$doc])*
        fn $name(self) -> Expr<Option<$out>, DialectOf<Self>>
        where
            TypeOf<Self>: IsText,
        {
            call(Function::$function, self, [])
        }
    )* };
}

macro_rules! of_text_and_char {
    ($($(#[$doc:meta])* $name:ident $function:ident;)*) => { $(
        $(#[$doc])*
        fn $name(self, c: char) -> Expr<TextOf<Self>, DialectOf<Self>>
        where
            TypeOf<Self>: IsText,
        {
            call(Function::$function, self, [character(c)])
        }
    )* };
}

macro_rules! of_text_and_count {
    ($($(#[$doc:meta])* $name:ident $function:ident;)*) => { $(
        $(#[$doc])*
        fn $name(self, n: u32) -> Expr<TextOf<Self>, DialectOf<Self>>
        where
            TypeOf<Self>: IsText,
        {
            call(Function::$function, self, [count(n)])
        }
    )* };
}

fn like<E: Expression>(text: E, pattern: String, case_insensitive: bool, negated: bool) -> Condition<E::Dialect> {
    let pattern = match pattern.contains('\0') {
        true => Value::Invalid("a pattern for LIKE has a NUL character in it".to_owned()),
        false => Value::Text(pattern),
    };
    let pattern = ir::Node::Argument(ir::Argument::new(pattern, String::SQL_TYPE));
    Expr::from_ir(ir::Node::Like(Box::new(PatternMatch {
        operand: text.into_ir(),
        pattern,
        case_insensitive,
        negated,
    })))
}

/// Operations on text.
///
/// ```
/// # use relvar_query::{dialect::Portable, expr::{Condition, Expr, Text, concat_ws, contains}};
/// # fn of(title: Expr<String, Portable>, note: Expr<Option<String>, Portable>) {
/// let found: Condition<Portable> = title.clone().like(contains("100%"));     // the percent sign stands for itself
/// let code: Expr<String, Portable> = title.clone().left(3).upper().pad_start(5, '0');
/// let shown: Expr<String, Portable> = concat_ws(", ", [title.trim().replace("\n", " ")]);
/// let size: Expr<Option<i32>, Portable> = note.char_length();                // nullable, as the note is
/// # }
/// ```
pub trait Text: Expression {
    /// `self LIKE pattern`. Whether case counts is the column's collation; on SQLite it does not for A to Z.
    ///
    /// A NUL character in the pattern is an error when the statement is built: SQLite would take the pattern to end there,
    /// as it takes the text. <https://www.sqlite.org/nulinstr.html>
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

    /// `self NOT ILIKE pattern`
    fn not_ilike(self, pattern: impl LikePattern) -> Condition<DialectOf<Self>>
    where
        TypeOf<Self>: IsText,
        DialectOf<Self>: HasIlike,
    {
        like(self, pattern.into_pattern(), true, true)
    }

    /// Whether the regular expression matches anywhere in it; case counts.
    ///
    /// The expression is of the database's own language: POSIX on PostgreSQL, ICU's on MySQL, PCRE on MariaDB.
    /// `^`, `$`, `.`, `[a-z]`, `*`, `+`, `?`, `{2,3}`, `(a|b)` mean the same in all three.
    fn matches_regex(self, pattern: impl TextValue) -> Condition<DialectOf<Self>>
    where
        TypeOf<Self>: IsText,
        DialectOf<Self>: HasRegex,
    {
        Expr::from_ir(ir::Node::binary(BinaryOp::MatchesRegex, self.into_ir(), regex(pattern)))
    }

    /// Like [`matches_regex`](Text::matches_regex), but case does not count.
    fn matches_regex_ignoring_case(self, pattern: impl TextValue) -> Condition<DialectOf<Self>>
    where
        TypeOf<Self>: IsText,
        DialectOf<Self>: HasRegex,
    {
        Expr::from_ir(ir::Node::binary(BinaryOp::MatchesRegexIgnoringCase, self.into_ir(), regex(pattern)))
    }

    /// Every match of the regular expression replaced by `by`: a text, in which nothing has a meaning, neither `$1` nor
    /// `\1`, or a tuple of texts and what groups matched, [`regex_group(1)`](super::regex_group). Case counts. For the
    /// languages see [`matches_regex`](Text::matches_regex).
    fn regex_replace<R: Replacement>(
        self,
        pattern: impl TextValue,
        by: R,
    ) -> Expr<OrText<NullOf<TypeOf<Self>>, R::Null>, Met<DialectOf<Self>, R::Dialect>>
    where
        TypeOf<Self>: IsText,
        DialectOf<Self>: HasRegex + Meet<R::Dialect>,
    {
        super::regex::replaced(self.into_ir(), pattern.into_text(), by)
    }

    /// What the regular expression matches first; NULL if it does nowhere. Case counts. For the languages see
    /// [`matches_regex`](Text::matches_regex).
    fn regex_first(self, pattern: impl TextValue) -> Expr<Option<String>, DialectOf<Self>>
    where
        TypeOf<Self>: IsText,
        DialectOf<Self>: HasRegex,
    {
        call(Function::RegexFirst, self, [regex(pattern)])
    }

    /// How many times the regular expression matches. Case counts.
    fn regex_count(self, pattern: impl TextValue) -> Expr<Wrap<NullOf<TypeOf<Self>>, i32>, DialectOf<Self>>
    where
        TypeOf<Self>: IsText,
        DialectOf<Self>: HasRegexCount,
    {
        call(Function::RegexCount, self, [regex(pattern)])
    }

    of_text_or_nothing! {
        /// The date that it is, `2026-01-31`; NULL if it is none, on every database and in every statement. Nothing
        /// may stand before or behind it.
        parse_date ParseDate -> NaiveDate;
        /// The time of day that it is, `14:30:00` with up to six digits of a fraction; NULL if it is none.
        parse_time ParseTime -> NaiveTime;
        /// The timestamp without a zone that it is, a date and a time with a space or a `T` between them; NULL if it
        /// is none. One in UTC is [`and_utc`](super::Temporal::and_utc) of it.
        parse_date_time ParseDateTime -> NaiveDateTime;
    }

    /// `self COLLATE collation`: compared and sorted by other rules than the column's own.
    ///
    /// [`Collation::CODE_POINTS`] is the same order on every database; the others have the database's own names.
    fn collate(self, collation: Collation) -> Expr<TextOf<Self>, DialectOf<Self>>
    where
        TypeOf<Self>: IsText,
    {
        Expr::from_ir(ir::Node::Collate(Box::new(self.into_ir()), collation))
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
        Expr::from_ir(ir::Node::binary(ir::BinaryOp::Concat, self.into_ir(), other))
    }

    of_text! {
        /// `LOWER(self)`. SQLite knows the case of A to Z only.
        lower Lower -> String;
        /// `UPPER(self)`. SQLite knows the case of A to Z only.
        upper Upper -> String;
        /// The length in characters.
        char_length CharLength -> i32;
        /// The length in bytes of UTF-8.
        byte_length ByteLength -> i32;
        /// Without spaces at both ends.
        trim Trim -> String;
        /// Without spaces at the start.
        trim_start TrimStart -> String;
        /// Without spaces at the end.
        trim_end TrimEnd -> String;
    }

    of_text_and_char! {
        /// Without `c` at both ends.
        trim_char TrimChar;
        /// Without `c` at the start.
        trim_char_start TrimCharStart;
        /// Without `c` at the end.
        trim_char_end TrimCharEnd;
    }

    of_text_and_count! {
        /// The first `n` characters.
        left Left;
        /// The last `n` characters.
        right Right;
        /// It, `n` times in a row.
        repeat Repeat;
    }

    /// Filled up with `fill` at the start until it is `n` characters long; cut off at the end if it is longer.
    fn pad_start(self, n: u32, fill: char) -> Expr<TextOf<Self>, DialectOf<Self>>
    where
        TypeOf<Self>: IsText,
    {
        call(Function::PadStart, self, [count(n), character(fill)])
    }

    /// Filled up with `fill` at the end until it is `n` characters long; cut off at the end if it is longer.
    fn pad_end(self, n: u32, fill: char) -> Expr<TextOf<Self>, DialectOf<Self>>
    where
        TypeOf<Self>: IsText,
    {
        call(Function::PadEnd, self, [count(n), character(fill)])
    }

    /// Its characters in the opposite order.
    fn reverse(self) -> Expr<TextOf<Self>, DialectOf<Self>>
    where
        TypeOf<Self>: IsText,
        DialectOf<Self>: HasReverse,
    {
        call(Function::Reverse, self, [])
    }

    /// The part before the first `separator`, between two of them, or after the last: `n` counts from 1. Empty
    /// if there are fewer parts.
    fn split_part(self, separator: char, n: u32) -> Expr<TextOf<Self>, DialectOf<Self>>
    where
        TypeOf<Self>: IsText,
        DialectOf<Self>: HasSplitPart,
    {
        call(Function::SplitPart, self, [character(separator), count(n.max(1))])
    }

    /// `length` characters from position `from`, which counts from 1. What lies before the start is not there, as
    /// the standard has it: `substring(0, 3)` is two characters.
    fn substring(self, from: i32, length: i32) -> Expr<TextOf<Self>, DialectOf<Self>>
    where
        TypeOf<Self>: IsText,
    {
        // the databases have other ideas of positions before the first
        let (start, end) = (from.max(1), from.saturating_add(length));
        call(Function::Substring, self, [start, end.saturating_sub(start).max(0)].map(|n| bind(n, i32::SQL_TYPE)))
    }

    /// As [`substring`](Text::substring), from a position and of a length that are calculated:
    /// `email.substring_of(1, email.position("@") - 1)`.
    fn substring_of<F: Operand<i32>, L: Operand<i32>>(
        self,
        from: F,
        length: L,
    ) -> Expr<OrText<OrNull<NullOf<TypeOf<Self>>, F::Null>, L::Null>, Met<Met<DialectOf<Self>, F::Dialect>, L::Dialect>>
    where
        TypeOf<Self>: IsText,
        DialectOf<Self>: Meet<F::Dialect>,
        Met<DialectOf<Self>, F::Dialect>: Meet<L::Dialect>,
    {
        let (from, length) = (from.operand(i32::SQL_TYPE), length.operand(i32::SQL_TYPE));
        Expr::from_ir(ir::Node::Call(Function::SubstringOf, vec![self.into_ir(), from, length]))
    }

    /// Every occurrence of `from` replaced by `to`; case counts. Nothing is replaced if `from` is empty: for SQLite
    /// and MariaDB not even if `to` is NULL, of which it is NULL elsewhere.
    fn replace<A, B>(
        self,
        from: A,
        to: B,
    ) -> Expr<OrText<OrNull<NullOf<TypeOf<Self>>, A::Null>, B::Null>, DialectOf<Self>>
    where
        TypeOf<Self>: IsText,
        A: Operand<String>,
        B: Operand<String>,
        DialectOf<Self>: Meet<A::Dialect, Out = DialectOf<Self>> + Meet<B::Dialect, Out = DialectOf<Self>>,
    {
        call(Function::Replace, self, [from.operand(String::SQL_TYPE), to.operand(String::SQL_TYPE)])
    }

    /// The position of the first occurrence of `text`, from 1; 0 if there is none. Case counts, unless a column of
    /// MySQL or MariaDB has a collation that says otherwise.
    fn position<R: Operand<String>>(
        self,
        text: R,
    ) -> Expr<Wrap<OrNull<NullOf<TypeOf<Self>>, R::Null>, i32>, Met<DialectOf<Self>, R::Dialect>>
    where
        TypeOf<Self>: IsText,
        DialectOf<Self>: Meet<R::Dialect>,
    {
        Expr::from_ir(ir::Node::Call(Function::Position, vec![self.into_ir(), text.operand(String::SQL_TYPE)]))
    }
}

impl<E: Expression> Text for E {}

/// Texts one after the other with `separator` between them, those that are NULL left out: a tuple of columns, values and
/// other expressions, or a list of one kind of them.
///
/// ```
/// # use relvar_query::{dialect::Portable, expr::{Expr, concat_ws}};
/// # fn of(name: Expr<String, Portable>, city: Expr<Option<String>, Portable>) {
/// let address: Expr<String, Portable> = concat_ws(", ", (name, city, "Earth"));
/// # }
/// ```
pub fn concat_ws<P: TextParts>(separator: impl TextValue, parts: P) -> Expr<String, P::Dialect> {
    let mut arguments = vec![bind(separator.into_text(), String::SQL_TYPE)];
    parts.nodes(&mut arguments);
    if arguments.len() == 1 {
        return Expr::from_ir(ir::Node::Constant(ir::Constant::Text("".into())));
    }
    Expr::from_ir(ir::Node::Call(Function::ConcatWs, arguments))
}
