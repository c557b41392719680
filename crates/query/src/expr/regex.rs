//! What goes in place of a match of a regular expression: text, and what its groups matched.

use super::{Expr, Operand};
use crate::dialect::{Dialect, Meet, Met, Portable};
use crate::ir::{self, BinaryOp, Constant, Function};
use crate::types::{NotNull, Nullness, OrNull, SqlType};
use crate::value::Value;

/// As many groups as all databases can name.
const GROUPS: u8 = 9;

/// What a group of a regular expression matched: see [`regex_group`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RegexGroup(u8);

/// In what [`regex_replace`](super::Text::regex_replace) puts in place of a match: what the group matched, the first
/// being 1; of 0, the whole match. Empty if the group took no part in it.
///
/// Databases write this in ways of their own, `\1` or `$1`; so it is not text here, and text is never taken for it. An
/// expression that has no such group, or more than nine, is an error when the statement is built.
///
/// ```
/// # use relvar_query::{dialect::Postgres, expr::{Expr, Text, regex_group}};
/// # fn of(name: Expr<String, Postgres>) {
/// // Lem, Stanisław
/// let turned: Expr<String, Postgres> = name.regex_replace("^([^ ]+) (.+)$", (regex_group(2), ", ", regex_group(1)));
/// # }
/// ```
pub fn regex_group(number: u8) -> RegexGroup {
    RegexGroup(number)
}

/// What may go in place of a match: text, a [`regex_group`], or a tuple of some of each.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot go in place of a match",
    label = "neither text nor `regex_group(..)`, nor a tuple of these",
    note = "what a group matched is `regex_group(1)`: `.regex_replace(\"(a+)b\", (\"<\", regex_group(1), \">\"))`"
)]
pub trait Replacement {
    /// Whether it can be NULL.
    type Null: Nullness;
    /// The databases it exists on.
    type Dialect: Dialect;

    /// The greatest number of a group in it.
    #[doc(hidden)]
    fn greatest_group(&self) -> Option<u8>;
    /// Gives up the types.
    #[doc(hidden)]
    fn replacement(self) -> ir::Node;
}

#[diagnostic::do_not_recommend]
impl<R: Operand<String>> Replacement for R {
    type Null = R::Null;
    type Dialect = R::Dialect;

    fn greatest_group(&self) -> Option<u8> {
        None
    }

    fn replacement(self) -> ir::Node {
        ir::Node::Call(Function::RegexLiteral, vec![self.operand(String::SQL_TYPE)])
    }
}

impl Replacement for RegexGroup {
    type Null = NotNull;
    type Dialect = Portable;

    fn greatest_group(&self) -> Option<u8> {
        Some(self.0)
    }

    fn replacement(self) -> ir::Node {
        match self.0 {
            0 => ir::Node::Call(Function::RegexMatch, Vec::new()),
            n => ir::Node::Call(Function::RegexGroup, vec![ir::Node::Constant(Constant::Integer(n.into()))]),
        }
    }
}

macro_rules! tuples {
    ($(($first:ident $($rest:ident)+))*) => { $(
        #[diagnostic::do_not_recommend]
        #[allow(non_snake_case, reason = "the type parameters name the tuple's parts")]
        impl<$first: Replacement, $($rest: Replacement),+> Replacement for ($first, $($rest,)+)
        where
            ($($rest,)+): Replacement,
            $first::Dialect: Meet<<($($rest,)+) as Replacement>::Dialect>,
        {
            type Null = OrNull<$first::Null, <($($rest,)+) as Replacement>::Null>;
            type Dialect = Met<$first::Dialect, <($($rest,)+) as Replacement>::Dialect>;

            fn greatest_group(&self) -> Option<u8> {
                let ($first, $($rest,)+) = self;
                $first.greatest_group()$(.max($rest.greatest_group()))+
            }

            fn replacement(self) -> ir::Node {
                let ($first, $($rest,)+) = self;
                let text = $first.replacement();
                $(let text = ir::Node::binary(BinaryOp::Concat, text, $rest.replacement());)+
                text
            }
        }
    )* };
}
impl<A: Replacement> Replacement for (A,) {
    type Null = A::Null;
    type Dialect = A::Dialect;

    fn greatest_group(&self) -> Option<u8> {
        self.0.greatest_group()
    }

    fn replacement(self) -> ir::Node {
        self.0.replacement()
    }
}
tuples! {
    (A B) (A B C) (A B C E) (A B C E F) (A B C E F G) (A B C E F G H) (A B C E F G H I)
}

/// Every match of `pattern` in `text` by `by`.
pub(super) fn replaced<T, D, R: Replacement>(text: ir::Node, pattern: String, by: R) -> Expr<T, D> {
    let refused = by.greatest_group().and_then(|greatest| refused(&pattern, greatest));
    let pattern = Value::Text(pattern);
    let pattern = ir::Argument::new(refused.map_or(pattern, Value::Invalid), String::SQL_TYPE);
    let arguments = vec![text, ir::Node::Argument(pattern), by.replacement()];
    Expr::from_ir(ir::Node::Call(Function::RegexReplace, arguments))
}

/// Why a group cannot be named: databases would leave it empty, stop, or take the next digit for a part of its number.
fn refused(pattern: &str, greatest: u8) -> Option<String> {
    let there = groups(pattern);
    if there > usize::from(GROUPS) {
        return Some(format!("it has {there} groups, of which nine can be named: `(?:..)` makes no group"));
    }
    (usize::from(greatest) > there).then(|| format!("it has no group {greatest}: the last one is {there}"))
}

/// How many groups a regular expression has that can be named by a number.
fn groups(pattern: &str) -> usize {
    let (mut count, mut chars) = (0, pattern.chars().peekable());
    // how deep in brackets, and whether the next one is the first in them
    let (mut within, mut first) = (0_usize, false);
    while let Some(c) = chars.next() {
        let opens = std::mem::take(&mut first);
        match c {
            '\\' => drop(chars.next()),
            '[' if within == 0 => {
                chars.next_if_eq(&'^');
                (within, first) = (1, true);
            }
            // a class such as `[:alpha:]`
            '[' if chars.next_if(|next| matches!(next, ':' | '.' | '=')).is_some() => within += 1,
            ']' if within > 0 && !opens => within -= 1,
            '(' if within == 0 => {
                let mut ahead = chars.clone();
                count += usize::from(match (ahead.next(), ahead.next(), ahead.next()) {
                    // a group with a name; `(?<=` and `(?<!` look behind
                    (Some('?'), Some('<'), after) => !matches!(after, Some('=' | '!')),
                    (Some('?'), Some('P'), Some('<')) => true,
                    (Some('?' | '*'), ..) => false,
                    _ => true,
                });
            }
            _ => {}
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_counted() {
        for (pattern, count) in [
            ("", 0),
            ("(a)(b(c))", 3),
            (r"\((a)\)", 1),
            ("(?:a)(?=b)(?!c)(?<=d)(?<!e)(?i)(f)", 1),
            ("(?<name>a)(?P<other>b)", 2),
            ("[(](a)", 1),
            ("[]()](a)", 1),
            ("[^](]+(a)", 1),
            ("[[:alpha:](]+(a)", 1),
            (r"[\](]+(a)", 1),
        ] {
            assert_eq!(groups(pattern), count, "{pattern}");
        }
    }

    #[test]
    fn a_group_that_is_not_there_is_refused() {
        assert_eq!(refused("(a)", 1), None);
        assert_eq!(refused("a", 0), None);
        assert!(refused("(a)", 2).unwrap().contains("no group 2"));
        assert!(refused("()()()()()()()()()()", 1).unwrap().contains("10 groups"));
    }
}
