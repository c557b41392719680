//! Tests against the database in memory: nobody inherits, nothing is lost, nothing is done twice.

mod cancel;
mod fake;
mod fetch;
#[cfg(any(feature = "postgres", feature = "mysql", feature = "mariadb", feature = "sqlite"))]
mod live;
mod observe;
mod pool;
mod transaction;

use relvar_query::dialect::{Portable, Sqlite};
use relvar_query::ir;
use relvar_query::ir::{
    ColumnRef, Constant, Insert, InsertSource, Item, Join, JoinKind, Node, Ref, Relation, Select, SourceId, TableRef,
};
use relvar_query::statement::{Fetchable, Statement};
use relvar_query::types::{Decoder, SqlType};
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use crate::db::{Db, Shared};
use crate::options::Options;
use fake::Fake;

/// A statement on a table with one column of integers.
#[derive(Clone)]
pub(crate) struct Test(pub(crate) ir::Statement);

impl Test {
    /// An insert that gives back what it inserted.
    pub(crate) fn returning(self) -> Test {
        let ir::Statement::Insert(mut insert) = self.0 else { panic!("an insert") };
        insert.returning.push(Item::Expr(Node::Column(ColumnRef { source: insert.source, index: 0 })));
        Test(ir::Statement::Insert(insert))
    }
}

impl Statement for Test {
    type Dialect = Portable;
    type Reach = relvar_query::statement::Bounded;

    fn into_ir(self) -> ir::Statement {
        self.0
    }
}

impl Fetchable for Test {
    type Row = i64;

    fn decoder(&self) -> Decoder<i64> {
        Decoder::new(|row| row.read(), |types| types.push(i64::SQL_TYPE))
    }
}

fn table(name: &'static str) -> Ref<TableRef> {
    Ref::Owned(Box::new(TableRef { schema: None, name: name.into(), columns: vec!["n".into()].into() }))
}

/// `SELECT n FROM name`
pub(crate) fn select(name: &'static str) -> Test {
    let source = SourceId::fresh();
    Test(ir::Statement::Select(Box::new(Select::new(
        vec![Item::Expr(Node::Column(ColumnRef { source, index: 0 }))],
        [Join { kind: JoinKind::From, relation: Relation::Table(table(name)), source, on: None }],
    ))))
}

/// `INSERT INTO name VALUES …`
pub(crate) fn insert(name: &'static str, rows: usize) -> Test {
    let source = SourceId::fresh();
    Test(ir::Statement::Insert(Box::new(Insert {
        head: ir::Head::default(),
        table: table(name),
        source,
        columns: vec![0],
        rows: InsertSource::Values((0..rows).map(|i| Node::Constant(Constant::Integer(i as i64))).collect()),
        conflict: None,
        returning: Vec::new(),
    })))
}

pub(crate) async fn connect(fake: &Fake) -> Db<Sqlite> {
    connect_with(fake, Options::default()).await
}

pub(crate) async fn connect_with(fake: &Fake, options: Options) -> Db<Sqlite> {
    Db::over(Shared::connect(fake.clone(), options).await.unwrap())
}

/// Lets tasks in the background run until no connection is in use.
pub(crate) async fn settle<D: 'static>(db: &Db<D>) {
    for _ in 0..10_000 {
        if db.metrics().in_use == 0 {
            return;
        }
        tokio::time::sleep(Duration::from_micros(500)).await;
    }
    panic!("connections are still in use: {:?}", db.metrics());
}

/// Polls `future` at most `times` times; gives its result if it was ready by then, else drops it.
pub(crate) fn poll_times<F: Future + ?Sized>(mut future: Pin<&mut F>, times: usize) -> Option<F::Output> {
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..times {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return Some(value);
        }
    }
    None
}
