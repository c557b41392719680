//! The outcome of an upsert: how it is known which rows were inserted, which updated and which left as they were.

use std::borrow::Cow;
use std::sync::Arc;

use super::{Insert, Statement};
use crate::dialect::{Dialect, Engine};
use crate::ir::{
    self, Aggregate, AggregateFunction, ColumnRef, ConflictAction, CteBody, CteRef, Function, InsertSource, Item,
    Items, Join, JoinKind, Names, Node, Relation, Select, SourceId, Test,
};
use crate::source::{Table, fresh_cte};
use crate::types::SqlType;

/// An insert whose outcome can be told.
#[derive(Clone, Debug)]
pub struct Counted {
    /// The insert.
    pub statement: ir::Statement,
    /// What tells its outcome.
    pub told: Told,
}

/// What tells what became of the rows that an insert was given.
#[derive(Clone, Debug)]
pub enum Told {
    /// None is updated: those that are affected were inserted. So many were given; nothing, where all are inserted.
    Affected(Option<u64>),
    /// The rows that it gives back, each TRUE for one that was inserted, and how many were given.
    Returned(u64),
    /// The one row that it gives back: how many rows were given, inserted and updated.
    Row,
    /// This query, run before and after it in the same session, by how much its two numbers have grown: how many rows
    /// were updated, and how many a query gave. If it is known without, so many were given.
    Grown(Box<ir::Statement>, Option<u64>),
}

impl<T: Table, D: Dialect> Insert<T, D> {
    /// The insert, made so that its outcome can be told on `engine`.
    pub fn counted(self, engine: Engine) -> Counted {
        let mut statement = self.into_ir();
        let ir::Statement::Insert(insert) = &mut statement else {
            return Counted { statement, told: Told::Affected(None) };
        };
        let rows = insert.rows.rows(insert.columns.len()).map(|rows| rows as u64);
        let Some(conflict) = &mut insert.conflict else { return Counted { statement, told: Told::Affected(rows) } };
        let updates = matches!(conflict.action, ConflictAction::Update { .. });
        let told = match rows {
            Some(_) if !updates => Told::Affected(rows),
            _ if engine.syntax().counts_update.is_some() => {
                conflict.counted = true;
                let numbers = [Function::UpdatesCounted, Function::RowsCounted].map(call);
                let numbers = Select::new(numbers.map(Item::Expr).to_vec(), []);
                Told::Grown(Box::new(ir::Statement::Select(Box::new(numbers))), rows)
            }
            Some(rows) => {
                insert.returning = vec![Item::Expr(call(Function::IsInserted))];
                Told::Returned(rows)
            }
            None => {
                statement = in_one_row(insert.clone());
                Told::Row
            }
        };
        Counted { statement, told }
    }
}

/// The insert of a query's rows as a query of one row: how many there were, and how many were inserted and updated.
fn in_one_row(mut insert: Box<ir::Insert>) -> ir::Statement {
    let (given, head) = (SourceId::fresh(), std::mem::take(&mut insert.head));
    let columns = (0..insert.columns.len()).map(|position| Cow::Owned(format!("c{position}"))).collect();
    let all = Select::new(Items::Rows, []);
    let InsertSource::Query(query) = std::mem::replace(&mut insert.rows, InsertSource::Query(Box::new(all))) else {
        return ir::Statement::Insert(insert);
    };
    let query = cte("relvar_given", Cow::Owned(columns), CteBody::Select(query));
    if let InsertSource::Query(all) = &mut insert.rows {
        all.from.push(from(&query, given));
    }
    insert.returning = vec![Item::Expr(call(Function::IsInserted))];
    let insert = cte("relvar_upserted", Cow::Borrowed(&[Cow::Borrowed("inserted")]), CteBody::Insert(insert));

    let (counted, upserted) = (SourceId::fresh(), SourceId::fresh());
    let rows = Select::new(vec![Item::Expr(count(None))], [from(&query, counted)]);
    let is = |test| {
        let inserted = Node::Column(ColumnRef { source: upserted, index: 0 });
        Item::Expr(count(Some(Node::Test(test, Box::new(inserted)))))
    };
    let items = vec![Item::Expr(Node::Scalar(Box::new(rows))), is(Test::True), is(Test::NotTrue)];
    let mut select = Box::new(Select::new(items, [from(&insert, upserted)]));
    select.further.head = head;
    ir::Statement::Select(select)
}

fn cte(name: &'static str, columns: Names, body: CteBody) -> Arc<ir::Cte> {
    Arc::new(ir::Cte::new(fresh_cte(), Cow::Borrowed(name), columns, body))
}

fn from(cte: &Arc<ir::Cte>, source: SourceId) -> Join {
    Join { kind: JoinKind::From, relation: Relation::Cte(CteRef::Of(Arc::clone(cte))), source, on: None }
}

fn count(filter: Option<Node>) -> Node {
    let count = Aggregate::new(AggregateFunction::Count, Vec::new(), i64::SQL_TYPE);
    Node::Aggregate(Box::new(Aggregate { filter, ..count }))
}

fn call(function: Function) -> Node {
    Node::Call(function, Vec::new())
}
