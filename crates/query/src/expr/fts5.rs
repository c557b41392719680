//! FTS5 tables of SQLite as a whole: what is found in any of their columns, how well, and where.

use super::operand::bind;
use super::search::{fts5, prefixes, quoted_words};
use super::{Column, Condition, Expr};
use crate::dialect::HasFts5;
use crate::ir::{self, BinaryOp, ColumnRef, Function};
use crate::source::{Table, TableColumns};
use crate::types::{IsText, SqlType, TextValue};

/// The column that has the name of its table, and stands for all of them: it is behind those that are declared.
fn whole<C: TableColumns>(table: &C) -> ir::Node {
    let index = u32::try_from(C::PARTS.len()).unwrap_or(u32::MAX);
    ir::Node::Column(ColumnRef { source: table.source(), index })
}

fn found<C: TableColumns>(table: C, search: String) -> Condition<C::Dialect> {
    Expr::from_ir(ir::Node::binary(BinaryOp::MatchesFts5, whole(&table), fts5(search)))
}

/// `table MATCH words`, of an FTS5 table: all of the words, in whatever columns, nothing in them meaning anything else.
///
/// ```
/// # use relvar_query::dialect::HasFts5;
/// # use relvar_query::expr::{Condition, match_fts5};
/// # use relvar_query::source::TableColumns;
/// # fn found<C: TableColumns<Dialect: HasFts5>>(leaflets: C, typed: &str) -> Condition<C::Dialect> {
/// match_fts5(leaflets, typed)
/// # }
/// ```
pub fn match_fts5<C: TableColumns<Dialect: HasFts5>>(table: C, words: impl TextValue) -> Condition<C::Dialect> {
    found(table, quoted_words(&words.into_text()))
}

/// Like [`match_fts5`], each word being the start of one.
pub fn match_fts5_prefix<C: TableColumns<Dialect: HasFts5>>(table: C, words: impl TextValue) -> Condition<C::Dialect> {
    found(table, prefixes(&words.into_text()))
}

/// `bm25(table)`: how well a row matches, in a query with a `MATCH`. The less, the better: sort by it ascending.
pub fn fts5_rank<C: TableColumns<Dialect: HasFts5>>(table: C) -> Expr<f64, C::Dialect> {
    fts5_rank_by(table, [])
}

/// `bm25(table, weights)`: as [`fts5_rank`], the words of each column counting as the weight in its place says, and 1
/// where there is none.
pub fn fts5_rank_by<C: TableColumns<Dialect: HasFts5>>(
    table: C,
    weights: impl IntoIterator<Item = f64>,
) -> Expr<f64, C::Dialect> {
    let mut arguments = vec![whole(&table)];
    arguments.extend(weights.into_iter().map(|weight| bind(weight, f64::SQL_TYPE)));
    Expr::from_ir(ir::Node::Call(Function::Fts5Rank, arguments))
}

/// The column of the whole table, and the number that a column has among those that are searched: the number of a row
/// is none of them.
fn place<O: Table, T>(column: Column<O, T>) -> [ir::Node; 2] {
    let (columns, ColumnRef { source, index }) = (&O::TABLE.columns, column.at());
    let searched = columns.iter().take(index as usize).filter(|name| !name.eq_ignore_ascii_case("rowid")).count();
    let all = ColumnRef { source, index: u32::try_from(columns.len()).unwrap_or(u32::MAX) };
    let number = ir::Constant::Integer(i64::try_from(searched).unwrap_or(i64::MAX));
    [ir::Node::Column(all), ir::Node::Constant(number)]
}

fn marked<O: Table, T>(column: Column<O, T>, texts: impl IntoIterator<Item = String>) -> Vec<ir::Node> {
    let mut arguments = Vec::from(place(column));
    arguments.extend(texts.into_iter().map(|text| bind(text, String::SQL_TYPE)));
    arguments
}

/// `highlight(table, column, before, after)`: the text with what matches marked. The struct of the table has its columns
/// in their order; the text is not escaped: what shows it as HTML escapes it first.
pub fn fts5_highlight<O: Table<Dialect: HasFts5>, T: IsText>(
    column: Column<O, T>,
    before: impl TextValue,
    after: impl TextValue,
) -> Expr<T, O::Dialect> {
    let arguments = marked(column, [before.into_text(), after.into_text()]);
    Expr::from_ir(ir::Node::Call(Function::Fts5Highlight, arguments))
}

/// `snippet(table, column, before, after, ellipsis, words)`: as [`fts5_highlight`], but so many words at most, 64 being
/// the greatest number, and `ellipsis` where text is left out.
pub fn fts5_snippet<O: Table<Dialect: HasFts5>, T: IsText>(
    column: Column<O, T>,
    before: impl TextValue,
    after: impl TextValue,
    ellipsis: impl TextValue,
    words: u8,
) -> Expr<T, O::Dialect> {
    let texts = [before.into_text(), after.into_text(), ellipsis.into_text()];
    let mut arguments = marked(column, texts);
    arguments.push(bind(i32::from(words.clamp(1, 64)), i32::SQL_TYPE));
    Expr::from_ir(ir::Node::Call(Function::Fts5Snippet, arguments))
}
