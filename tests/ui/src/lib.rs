//! The tables that the cases are about: what the crate of a program's schema looks like.
#![allow(missing_docs, reason = "a program's schema, not a library")]

use relvar::chrono::{DateTime, NaiveDate, Utc};
use relvar::prelude::*;
use relvar::rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

#[derive(Table, Debug, Clone)]
#[table(name = "users", dialect = Postgres)]
#[index(unique, name = "users_live_name", on = |u| u.name, filter = |u| u.bio.is_null())]
pub struct User {
    #[column(primary_key, auto_increment)]
    pub id: i64,
    #[column(unique)]
    pub email: String,
    pub name: String,
    pub bio: Option<String>,
    #[column(default = 0)]
    pub logins: i64,
}

#[derive(Table, Debug, Clone)]
#[table(name = "threads", dialect = Postgres)]
#[index(name = "threads_open", on = |t| t.user_id, filter = |t| t.done.eq(false))]
pub struct Thread {
    #[column(primary_key, auto_increment)]
    pub id: i64,
    #[column(references = User::id, on_delete = Cascade)]
    pub user_id: i64,
    pub title: String,
    pub note: Option<String>,
    pub score: Option<f64>,
    #[column(default = 0)]
    pub replies: i64,
    #[column(default = false)]
    pub done: bool,
    pub due: Option<NaiveDate>,
    pub meta: Json<Meta>,
    #[column(created_at)]
    pub created_at: DateTime<Utc>,
}

#[derive(Table, Debug, Clone)]
#[table(name = "categories", dialect = Postgres)]
pub struct Category {
    #[column(primary_key)]
    pub id: i64,
    pub parent_id: Option<i64>,
}

/// For every database.
#[derive(Table, Debug, Clone)]
#[table(name = "items")]
pub struct Item {
    #[column(primary_key)]
    pub id: i64,
    #[column(len = 80)]
    pub title: String,
    #[column(precision = (12, 2))]
    pub price: Decimal,
}

#[derive(Table, Debug, Clone)]
#[table(name = "orders", dialect = MySql)]
pub struct Order {
    #[column(primary_key)]
    pub id: i64,
    #[column(unique, len = 20)]
    pub number: String,
    pub price: Decimal,
}

#[derive(Table, Debug, Clone)]
#[table(name = "parcels", dialect = MariaDb)]
pub struct Parcel {
    #[column(primary_key)]
    pub id: i64,
    pub weight: i64,
}

#[derive(Table, Debug, Clone)]
#[table(name = "drafts", dialect = Sqlite)]
pub struct Draft {
    #[column(primary_key)]
    pub id: i64,
    #[column(unique)]
    pub title: String,
    pub price: Decimal,
}

/// Without a key.
#[derive(Table, Debug, Clone)]
#[table(name = "events", dialect = (Postgres, Sqlite))]
pub struct Event {
    pub name: String,
    pub at: DateTime<Utc>,
}

#[derive(SqlType, Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct MemberId(pub i64);

#[derive(SqlType, Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TeamId(pub i64);

#[derive(SqlType, Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    Active,
    Gone,
}

#[derive(SqlType, Debug, Clone, Copy, PartialEq, Eq)]
#[sql_type(arithmetic)]
pub struct Money(pub i64);

#[derive(Table, Debug, Clone)]
#[table(name = "teams", dialect = Postgres)]
pub struct Team {
    #[column(primary_key)]
    pub id: TeamId,
    pub size: i64,
}

#[derive(Table, Debug, Clone)]
#[table(name = "members", dialect = Postgres)]
pub struct Member {
    #[column(primary_key)]
    pub id: MemberId,
    pub team_id: TeamId,
    pub boss: Option<MemberId>,
    pub status: Status,
    pub pay: Money,
    pub badges: Vec<String>,
}

#[derive(Insert, Debug, Clone)]
#[insert(table = Thread)]
pub struct NewThread {
    pub title: String,
    pub user_id: i64,
    pub note: Option<String>,
    pub meta: Json<Meta>,
}

#[derive(Insert, Debug, Clone)]
#[insert(table = User)]
pub struct NewUser {
    pub email: String,
    pub name: String,
}

#[derive(Patch, Debug, Clone, Default)]
#[patch(table = Thread)]
pub struct ThreadPatch {
    pub title: Set<String>,
    pub note: Set<Option<String>>,
}

#[derive(Row, Debug, Clone)]
pub struct Summary {
    pub title: String,
    pub author: Option<String>,
    pub replies: i64,
}

#[derive(Row, Debug, Clone)]
pub struct ActiveUser {
    pub id: i64,
    pub name: String,
}

#[derive(Row, Debug, Clone)]
pub struct Node {
    pub id: i64,
    pub depth: i64,
}

/// What a thread carries beside its text.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Meta {
    pub status: String,
}
