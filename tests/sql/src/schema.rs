//! The tables of the cases: most for all dialects, some declared again for fewer, for what not all of them can say.
#![allow(missing_docs, reason = "the columns say what they are")]

use relvar::chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use relvar::prelude::*;
use relvar::query::dialect::Engine;
use relvar::rust_decimal::Decimal;
use relvar::uuid::Uuid;
use relvar::{Result, Unchecked};
use serde_json::Value;

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "users")]
pub struct User {
    #[column(primary_key)]
    pub id: i64,
    #[column(unique, len = 200)]
    pub email: String,
    pub name: String,
    pub bio: Option<String>,
    pub age: Option<i32>,
    pub active: bool,
}

/// `users` where there are upserts, RETURNING, FULL JOIN, FILTER and NULLS LAST.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "users", dialect = (Postgres, Sqlite))]
pub struct Person {
    #[column(primary_key)]
    pub id: i64,
    #[column(unique, len = 200)]
    pub email: String,
    pub name: String,
    pub bio: Option<String>,
    pub age: Option<i32>,
    pub active: bool,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "threads")]
pub struct Thread {
    #[column(primary_key)]
    pub id: i64,
    #[column(references = User::id)]
    pub user_id: i64,
    pub title: String,
    pub note: Option<String>,
    pub metadata: Json<Value>,
    #[column(default = false)]
    pub done: bool,
    #[column(created_at)]
    pub created_at: DateTime<Utc>,
    #[column(updated_at)]
    pub updated_at: DateTime<Utc>,
}

/// `threads` where there are upserts and RETURNING.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "threads", dialect = (Postgres, Sqlite))]
pub struct Topic {
    #[column(primary_key)]
    pub id: i64,
    pub user_id: i64,
    pub title: String,
    pub note: Option<String>,
    pub metadata: Json<Value>,
    #[column(default = false)]
    pub done: bool,
    #[column(created_at)]
    pub created_at: DateTime<Utc>,
    #[column(updated_at)]
    pub updated_at: DateTime<Utc>,
}

/// `threads` where documents can contain each other.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "threads", dialect = Postgres)]
pub struct Report {
    #[column(primary_key)]
    pub id: i64,
    pub metadata: Json<Value>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "comments")]
pub struct Comment {
    #[column(primary_key, auto_increment)]
    pub id: i64,
    #[column(references = Thread::id)]
    pub thread_id: i64,
    pub author_id: Option<i64>,
    pub parent_id: Option<i64>,
    pub body: String,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "numbers")]
pub struct Number {
    #[column(primary_key)]
    pub id: i64,
    pub small: i16,
    pub int: Option<i32>,
    pub big: i64,
    pub real: f64,
    #[column(precision = (20, 2))]
    pub exact: Option<Decimal>,
    pub flag: Option<bool>,
}

/// `numbers` where decimals are calculated with exactly.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "numbers", dialect = Postgres)]
pub struct Amount {
    #[column(primary_key)]
    pub id: i64,
    pub small: i16,
    pub int: Option<i32>,
    pub big: i64,
    pub real: f64,
    #[column(precision = (20, 2))]
    pub exact: Option<Decimal>,
    pub flag: Option<bool>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "events")]
pub struct Event {
    #[column(primary_key)]
    pub id: i64,
    pub at: DateTime<Utc>,
    pub ended: Option<DateTime<Utc>>,
    pub local: NaiveDateTime,
    pub day: NaiveDate,
    pub clock: NaiveTime,
}

/// What kind of seat it is.
#[derive(SqlType, Debug, Clone, Copy, PartialEq, Eq)]
#[sql_type(name = "seat_kind")]
pub enum SeatKind {
    Window,
    Aisle,
}

/// A number on a door.
#[derive(SqlType, Debug, Clone, Copy, PartialEq, Eq)]
#[sql_type(arithmetic)]
pub struct SeatNumber(pub i32);

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "seats", dialect = (Postgres, Sqlite))]
#[index(unique, name = "seats_taken", on = |s| (s.room, s.number), filter = |s| s.gone.eq(false))]
pub struct Seat {
    #[column(primary_key, auto_increment)]
    pub id: i64,
    pub room: String,
    pub number: SeatNumber,
    #[column(default = SeatKind::Window)]
    pub kind: SeatKind,
    pub guest: Option<String>,
    #[column(default = false)]
    pub gone: bool,
    #[column(version)]
    pub version: i64,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "counters")]
pub struct Counter {
    #[column(primary_key, auto_increment)]
    pub id: i64,
    #[column(default = 0)]
    pub hits: i64,
    #[column(default = "none", len = 40)]
    pub label: String,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "articles", dialect = Postgres)]
pub struct Article {
    #[column(primary_key)]
    pub id: i64,
    #[column(default = gen_random_uuid())]
    pub key: Uuid,
    pub title: String,
    pub body: Option<String>,
    pub tags: Vec<String>,
    pub scores: Option<Vec<i32>>,
}

#[derive(Insert, Row, Debug, Clone)]
#[insert(table = Thread)]
pub struct NewThread {
    pub id: i64,
    pub user_id: i64,
    pub title: String,
    pub metadata: Json<Value>,
}

#[derive(Insert, Row, Debug, Clone)]
#[insert(table = Topic)]
pub struct NewTopic {
    pub id: i64,
    pub user_id: i64,
    pub title: String,
    pub metadata: Json<Value>,
}

#[derive(Insert, Row, Debug, Clone)]
#[insert(table = Comment)]
pub struct NewComment {
    pub thread_id: i64,
    pub author_id: Option<i64>,
    pub body: String,
}

#[derive(Insert, Debug, Clone)]
#[insert(table = Seat)]
pub struct NewSeat {
    pub room: String,
    pub number: SeatNumber,
    pub guest: Option<String>,
}

#[derive(Patch, Debug, Clone, Default)]
#[patch(table = Thread)]
pub struct ThreadPatch {
    pub title: Set<String>,
    pub note: Set<Option<String>>,
    pub done: Set<bool>,
}

#[derive(Row, Debug, Clone, PartialEq)]
pub struct Summary {
    pub title: String,
    pub author: Option<String>,
}

#[derive(Row, Debug, Clone, PartialEq)]
pub struct Card {
    pub id: i64,
    #[row(nested)]
    pub summary: Summary,
    #[row(nested)]
    pub owner: User,
}

/// Creates the tables, with their data.
///
/// # Errors
/// What the database says.
pub async fn create<D: 'static>(db: &Db<D>) -> Result<()> {
    let mut schema = Schema::new()
        .table::<User>()
        .table::<Thread>()
        .table::<Comment>()
        .table::<Number>()
        .table::<Event>()
        .table::<Seat>()
        .table::<Counter>();
    let mut data = include_str!("data.sql").to_owned();
    if db.engine() == Engine::Postgres {
        schema = schema.table::<Article>();
        data.push_str(include_str!("postgres.sql"));
    }
    schema.create(db).await?;
    db.raw_script(Unchecked(data)).await
}
