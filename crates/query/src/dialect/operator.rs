//! The operators and how each dialect spells them.

use super::Engine;
use super::spelling::{NONE, Spelling, all};
use crate::ir::BinaryOp;

/// How a dialect writes an operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    /// A word between the operands.
    Infix(&'static str),
    /// A template that is atomic: its arguments stand in it as operands.
    Template(&'static str),
}

/// How `engine` writes `op`, or what it lacks. To add an operator, add a row.
pub(crate) fn operator(engine: Engine, op: BinaryOp) -> Result<Operator, &'static str> {
    let (spelling, name): (Spelling, _) = match op {
        BinaryOp::Equal => (all("="), "="),
        BinaryOp::NotEqual => (all("<>"), "<>"),
        BinaryOp::Less => (all("<"), "<"),
        BinaryOp::LessOrEqual => (all("<="), "<="),
        BinaryOp::Greater => (all(">"), ">"),
        BinaryOp::GreaterOrEqual => (all(">="), ">="),
        BinaryOp::DistinctFrom => {
            (all("IS DISTINCT FROM").sqlite("IS NOT").mysql("(NOT ({0} <=> {1}))"), "IS DISTINCT FROM")
        }
        BinaryOp::NotDistinctFrom => (all("IS NOT DISTINCT FROM").sqlite("IS").mysql("<=>"), "IS NOT DISTINCT FROM"),
        BinaryOp::Add => (all("+"), "+"),
        BinaryOp::Subtract => (all("-"), "-"),
        BinaryOp::Multiply => (all("*"), "*"),
        BinaryOp::Divide => (all("/"), "/"),
        BinaryOp::DivideIntegers => (all("/").mysql("DIV"), "integer division"),
        BinaryOp::Modulo => (all("%"), "%"),
        // MySQL's bits have no sign
        BinaryOp::BitAnd => (all("&").mysql("CAST({0} & {1} AS SIGNED)"), "bit operators"),
        BinaryOp::BitOr => (all("|").mysql("CAST({0} | {1} AS SIGNED)"), "bit operators"),
        BinaryOp::BitXor => {
            (all("#").mysql("CAST({0} ^ {1} AS SIGNED)").sqlite("(({0} | {1}) - ({0} & {1}))"), "bit operators")
        }
        BinaryOp::ShiftLeft => (
            NONE.postgres("(CAST({0} AS bigint) << ({1} & 63))")
                .mysql("CAST({0} << ({1} & 63) AS SIGNED)")
                .sqlite("({0} << ({1} & 63))"),
            "bit operators",
        ),
        BinaryOp::ShiftRight => (
            NONE.postgres("(CAST({0} AS bigint) >> ({1} & 63))").mysql(MYSQL_SHIFT_RIGHT).sqlite("({0} >> ({1} & 63))"),
            "bit operators",
        ),
        BinaryOp::Concat => (all("||").mysql("CONCAT({0}, {1})"), "||"),
        BinaryOp::Contains => (NONE.postgres("@>"), "containment operator (@>)"),
        BinaryOp::ContainedBy => (NONE.postgres("<@"), "containment operator (<@)"),
        BinaryOp::Overlaps => (NONE.postgres("&&"), "overlap operator (&&)"),
        BinaryOp::HasKey => (NONE.postgres("?"), "JSON key operator (?)"),
        BinaryOp::HasAnyKey => (NONE.postgres("?|"), "JSON key operator (?|)"),
        BinaryOp::HasAllKeys => (NONE.postgres("?&"), "JSON key operator (?&)"),
        BinaryOp::MatchesRegex => (
            NONE.postgres("~").mysql("regexp_like({0}, {1}, 'c')").mariadb("({0} REGEXP concat('(?-i)', {1}))"),
            "regular expressions",
        ),
        BinaryOp::MatchesRegexIgnoringCase => (
            NONE.postgres("~*").mysql("regexp_like({0}, {1}, 'i')").mariadb("({0} REGEXP concat('(?i)', {1}))"),
            "regular expressions",
        ),
        BinaryOp::Adjacent => (NONE.postgres("-|-"), "ranges"),
        BinaryOp::LeftOf => (NONE.postgres("<<"), "ranges and networks"),
        BinaryOp::RightOf => (NONE.postgres(">>"), "ranges and networks"),
        BinaryOp::WithinOrEqual => (NONE.postgres("<<="), "networks"),
        BinaryOp::AroundOrEqual => (NONE.postgres(">>="), "networks"),
        BinaryOp::Similar => (NONE.postgres("%"), "trigrams"),
        BinaryOp::EuclideanDistance => (NONE.postgres("<->"), "vectors"),
        BinaryOp::CosineDistance => (NONE.postgres("<=>"), "vectors"),
        BinaryOp::NegativeInnerProduct => (NONE.postgres("<#>"), "vectors"),
        BinaryOp::MatchesFts5 => (NONE.sqlite("MATCH"), "FTS5"),
        BinaryOp::Matches => (NONE.postgres("@@"), "text-search operator (@@)"),
        BinaryOp::QueryAnd => (NONE.postgres("&&"), "tsquery"),
        BinaryOp::QueryOr => (NONE.postgres("||"), "tsquery"),
        BinaryOp::QueryFollowedBy => (NONE.postgres("<->"), "tsquery"),
    };
    let text = spelling.on(engine).ok_or(name)?;
    Ok(if text.contains('{') { Operator::Template(text) } else { Operator::Infix(text) })
}

/// Zeros come in from the left; of a negative number they are made ones. By 64 places nothing is left.
const MYSQL_SHIFT_RIGHT: &str = "CAST(({0} >> ({1} & 63)) | (-({0} < 0) << (64 - ({1} & 63))) AS SIGNED)";
