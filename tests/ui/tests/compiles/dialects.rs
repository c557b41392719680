//! Sets of dialects: a portable table beside one of PostgreSQL, in both orders.

use relvar::prelude::*;
use relvar::query::statement::Statement;
use schema::*;

use crate::{rows, sql};

fn only_postgres<S: Statement<Dialect = Postgres>>(statement: S) -> S {
    statement
}

/// A condition for every database that the table is for, in a query for fewer.
fn titled(i: ItemColumns) -> Condition<Portable> {
    i.title.ne("")
}

#[test]
fn a_portable_table_joins_one_of_postgres() {
    let first = Item::query().filter(titled).join(Thread::table(), |i, t| i.id.eq(t.id));
    rows::<(Item, Thread)>(only_postgres(first.clone()).filter(|(i, t)| titled(i) & t.title.eq(i.title)));
    let second = Thread::query().join(Item::table(), |t, i| t.id.eq(i.id)).filter(|(t, i)| titled(i) & t.done);
    rows::<(Thread, Item)>(only_postgres(second));
    let matched = first.filter(|(i, _)| exists(Item::query().filter(|other| other.id.ne(i.id))));
    rows::<(Item, Thread)>(matched);
}

#[test]
fn a_portable_query_runs_on_each() {
    let query = Item::query().filter(|i| titled(i) & i.id.gt(2)).select(|i| (i.id, i.price));
    for text in [
        query.clone().to_sql::<Postgres>(),
        query.clone().to_sql::<MySql>(),
        query.clone().to_sql::<MariaDb>(),
        query.clone().to_sql::<Sqlite>(),
    ] {
        assert!(text.unwrap().contains("items"));
    }
}

/// A condition with a parameter.
fn above(least: i64) -> impl Fn(ItemColumns) -> Condition<Portable> {
    move |i| i.id.gt(least)
}

#[test]
fn a_subquery_of_a_portable_table_in_one_of_postgres() {
    let query = Thread::query()
        .filter(|t| exists(Item::query().filter(above(3)).only_on::<Postgres>().filter(|i| i.id.eq(t.id) & titled(i))))
        .filter(|t| t.id.in_query(Item::query().select(|i| i.id)));
    rows::<Thread>(only_postgres(query));
    assert!(sql(Order::query().filter(|o| o.number.gt("3"))).contains("orders"));
}
