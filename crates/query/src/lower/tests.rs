//! Every construct on every dialect: the text it becomes, and on SQLite that the database takes it.

mod aggregate;
mod ddl;
mod expr;
mod from;
mod function;
mod hostile;
mod json;
mod select;
mod typed;
mod write;

use std::borrow::Cow;

use crate::compile::{Compiled, render};
use crate::dialect::{Engine, Target};
use crate::error::BuildError;
use crate::ir::*;
use crate::types::{Kind, Type};
use crate::value::Value;
use rusqlite::functions::FunctionFlags;

pub(super) use Engine::{MariaDb, MySql, Postgres, Sqlite};

pub(super) const USERS: TableRef = TableRef {
    schema: None,
    name: Cow::Borrowed("users"),
    columns: Cow::Borrowed(&[Cow::Borrowed("id"), Cow::Borrowed("name"), Cow::Borrowed("manager_id")]),
};
pub(super) const THREADS: TableRef = TableRef {
    schema: None,
    name: Cow::Borrowed("threads"),
    columns: Cow::Borrowed(&[
        Cow::Borrowed("id"),
        Cow::Borrowed("user_id"),
        Cow::Borrowed("title"),
        Cow::Borrowed("metadata"),
        Cow::Borrowed("created_at"),
        Cow::Borrowed("score"),
    ]),
};

/// The tables above, on SQLite.
pub(super) fn sqlite() -> rusqlite::Connection {
    let db = rusqlite::Connection::open_in_memory().unwrap();
    db.execute_batch(
        "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, manager_id INTEGER);
         CREATE TABLE threads (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL, title TEXT NOT NULL, metadata TEXT,
             created_at TEXT NOT NULL, score REAL);
         CREATE UNIQUE INDEX partly ON threads (title) WHERE score > 0;",
    )
    .unwrap();
    // as connections of ours have it
    for function in ["relvar_count_update", "relvar_count_row"] {
        db.create_scalar_function(function, 0, FunctionFlags::SQLITE_UTF8, |_| Ok(true)).unwrap();
    }
    db
}

/// Source 1 is a use of `users`, 2 one of `threads`.
pub(super) const U: SourceId = SourceId(1);
pub(super) const T: SourceId = SourceId(2);

pub(super) static I64: Type = Type::of(Kind::I64);
pub(super) static TEXT: Type = Type::of(Kind::Text);

pub(super) fn col(source: SourceId, index: u32) -> Node {
    Node::Column(ColumnRef { source, index })
}

/// A column of `threads`.
pub(super) fn c(index: u32) -> Node {
    col(T, index)
}

pub(super) fn call(function: Function, arguments: Vec<Node>) -> Node {
    Node::Call(function, arguments)
}

pub(super) fn int(i: i64) -> Node {
    Node::Argument(Argument::new(Value::I64(i), &I64))
}

pub(super) fn text(s: &str) -> Node {
    Node::Argument(Argument::new(Value::Text(s.to_owned()), &TEXT))
}

pub(super) fn constant(s: &'static str) -> Node {
    Node::Constant(Constant::Text(s.into()))
}

pub(super) fn eq(a: Node, b: Node) -> Node {
    Node::binary(BinaryOp::Equal, a, b)
}

pub(super) fn join(kind: JoinKind, table: &TableRef, source: SourceId, on: Option<Node>) -> Join {
    Join { kind, relation: Relation::Table(Ref::Owned(Box::new(table.clone()))), source, on }
}

/// `SELECT items FROM table`
pub(super) fn select(table: &TableRef, source: SourceId, items: Vec<Item>) -> Select {
    Select::new(items, [join(JoinKind::From, table, source, None)])
}

/// `SELECT expr FROM threads`
pub(super) fn of_threads(expr: Node) -> Statement {
    Statement::Select(select(&THREADS, T, vec![Item::Expr(expr)]).into())
}

pub(super) fn on(engine: Engine, statement: &Statement) -> Result<Compiled, BuildError> {
    render(statement, Target::oldest(engine))
}

/// That `statement` is this text on these databases, and that SQLite takes its own.
#[track_caller]
pub(super) fn check(statement: &Statement, expected: &[(Engine, &str)]) {
    for (engine, sql) in expected {
        let compiled = on(*engine, statement).unwrap_or_else(|e| panic!("{engine:?}: {e}"));
        assert_eq!(&*compiled.sql, *sql, "{engine:?}");
        if *engine == Sqlite {
            let db = sqlite();
            let prepared = db.prepare(sql).unwrap_or_else(|e| panic!("{sql}: {e}"));
            assert_eq!(prepared.parameter_count(), compiled.slots.len(), "{sql}");
        }
    }
}

/// The same for an expression over `threads`, which stands alone in a select list.
#[track_caller]
pub(super) fn check_expr(expr: Node, expected: &[(Engine, &str)]) {
    let quoted = |engine| if matches!(engine, MySql | MariaDb) { "`threads`" } else { "\"threads\"" };
    let whole: Vec<(Engine, String)> =
        expected.iter().map(|(engine, sql)| (*engine, format!("SELECT {sql} FROM {}", quoted(*engine)))).collect();
    let whole: Vec<(Engine, &str)> = whole.iter().map(|(engine, sql)| (*engine, sql.as_str())).collect();
    check(&of_threads(expr), &whole);
}

/// That these databases cannot say it, and that the error names what they lack.
#[track_caller]
pub(super) fn lacks(statement: &Statement, engines: &[Engine]) {
    for engine in engines {
        match on(*engine, statement) {
            Err(BuildError::Unsupported { dialect, .. }) => assert_eq!(dialect, engine.name()),
            other => panic!("{engine:?}: {other:?}"),
        }
    }
}

/// What SQLite makes of an expression without tables; NULL is `None`.
#[track_caller]
pub(super) fn sqlite_value(expr: Node) -> Option<String> {
    let mut statement = select(&USERS, U, vec![Item::Expr(expr)]);
    statement.from.clear();
    let statement = Statement::Select(statement.into());
    let target = Target::oldest(Sqlite);
    let cache = crate::compile::ShapeCache::new(target);
    let bindings = cache.get(&statement).unwrap();
    let db = sqlite();
    let mut prepared = db.prepare(&bindings.compiled.sql).unwrap_or_else(|e| panic!("{}: {e}", bindings.compiled.sql));
    for (i, bound) in bindings.iter().enumerate() {
        match bound {
            Bound::Value(Value::Text(s), _) => prepared.raw_bind_parameter(i + 1, s).unwrap(),
            Bound::Value(Value::I64(n), _) => prepared.raw_bind_parameter(i + 1, n).unwrap(),
            Bound::Value(Value::Null, _) => prepared.raw_bind_parameter(i + 1, None::<i64>).unwrap(),
            Bound::Value(other, _) => panic!("{other:?}"),
            Bound::Text(s, _) => prepared.raw_bind_parameter(i + 1, s).unwrap(),
            Bound::Array(..) | Bound::Texts(..) => panic!("an array"),
        }
    }
    let mut rows = prepared.raw_query();
    let row = rows.next().unwrap().unwrap();
    match row.get_ref(0).unwrap() {
        rusqlite::types::ValueRef::Null => None,
        rusqlite::types::ValueRef::Integer(i) => Some(i.to_string()),
        rusqlite::types::ValueRef::Real(r) => Some(format!("{r:?}")),
        rusqlite::types::ValueRef::Text(t) => Some(String::from_utf8(t.to_vec()).unwrap()),
        rusqlite::types::ValueRef::Blob(b) => Some(format!("{b:?}")),
    }
}
