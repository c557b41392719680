//! Questions about a query: limits, existence and count, as statements around it.

use relvar_query::ir::{
    Aggregate, AggregateFunction, Argument, Distinct, Item, Items, Join, JoinKind, Node, Relation, Select, SourceId,
    Statement,
};
use relvar_query::types::SqlType;
use relvar_query::value::Value;
use std::borrow::Cow;

/// The same statement with LIMIT `rows`, if it is a query without a limit.
pub(super) fn limited(mut statement: Statement, rows: i64) -> Statement {
    if let Statement::Select(select) = &mut statement
        && select.limit.is_none()
    {
        select.limit = Some(Argument::new(Value::I64(rows), i64::SQL_TYPE));
    }
    statement
}

/// How a question about a statement is answered.
pub(super) enum Question {
    /// By the database: this query gives one row of one cell.
    Ask(Statement),
    /// By running the statement and looking at its rows: it is no query.
    Run(Statement),
}

/// `SELECT EXISTS (query)`
pub(super) fn exists(statement: Statement) -> Question {
    let Statement::Select(mut select) = statement else { return Question::Run(statement) };
    forget_order(&mut select);
    Question::Ask(of(vec![Item::Expr(Node::Exists(select))], Vec::new()))
}

/// `SELECT count(*)` of the query's rows.
pub(super) fn count(statement: Statement, cells: usize) -> Question {
    let Statement::Select(mut select) = statement else { return Question::Run(statement) };
    forget_order(&mut select);
    let count = vec![Item::Expr(Node::Aggregate(Box::new(Aggregate::new(
        AggregateFunction::Count,
        Vec::new(),
        i64::SQL_TYPE,
    ))))];
    if is_plain(&select) {
        select.items = count.into();
        return Question::Ask(Statement::Select(select));
    }
    let columns: Vec<Cow<'static, str>> = (1..=cells).map(|i| Cow::Owned(format!("c{i}"))).collect();
    let relation = Relation::Derived { query: select, columns: Cow::Owned(columns), lateral: false };
    Question::Ask(of(count, vec![Join { kind: JoinKind::From, relation, source: SourceId::fresh(), on: None }]))
}

/// Whether every row of the sources that the filter lets through is a row of the query.
fn is_plain(select: &Select) -> bool {
    let plain_item = |item: &Item| matches!(item, Item::Row(_) | Item::Expr(Node::Column(_)));
    select.further.distinct == Distinct::All
        && select.further.group_by.is_empty()
        && select.further.having.is_empty()
        && select.limit.is_none()
        && select.further.offset.is_none()
        && select.further.compound.is_none()
        && match &select.items {
            Items::Rows => true,
            Items::List(items) => items.iter().all(plain_item),
        }
}

/// Drops ORDER BY where it does not decide which rows there are.
fn forget_order(select: &mut Select) {
    if select.limit.is_none() && select.further.offset.is_none() && !matches!(select.further.distinct, Distinct::On(_))
    {
        select.order_by.clear();
    }
}

fn of(items: Vec<Item>, from: Vec<Join>) -> Statement {
    Statement::Select(Box::new(Select::new(items, from)))
}
