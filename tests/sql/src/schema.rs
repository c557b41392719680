//! The tables of the cases. Most are for all dialects; some are declared a second time for fewer, for what not all can say.

#![allow(missing_docs)]

use relvar_query::derive as d;
use relvar_query::dialect::{Portable, Postgres, Sqlite};
use relvar_query::types::Json;
use relvar_runtime::Db;
use rust_decimal::Decimal;
use uuid::Uuid;
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use crate::{table, insert, row, patch};
use relvar_query::schema::Role;

table! { User UserColumns "users" Portable, key i64 [0], required [], stamps [] {
    0 id: i64, 1 email: String, 2 name: String, 3 bio: Option<String>, 4 age: Option<i32>, 5 active: bool,
} }
table! { Person PersonColumns "users" (Postgres, Sqlite), key i64 [0], required [], stamps [] {
    0 id: i64, 1 email: String, 2 name: String, 3 bio: Option<String>, 4 age: Option<i32>, 5 active: bool,
} }
impl Person {
    pub const EMAIL_KEY: d::UniqueKey<Person, String> = d::UniqueKey::new(&[1]);
}
table! { Thread ThreadColumns "threads" Portable, key i64 [0], required [],
    stamps [d::Stamp { column: 6, role: Role::CreatedAt }, d::Stamp { column: 7, role: Role::UpdatedAt }] {
    0 id: i64, 1 user_id: i64, 2 title: String, 3 note: Option<String>, 4 metadata: Json<serde_json::Value>, 5 done: bool,
    6 created_at: DateTime<Utc>, 7 updated_at: DateTime<Utc>,
} }
table! { Topic TopicColumns "threads" (Postgres, Sqlite), key i64 [0], required [],
    stamps [d::Stamp { column: 6, role: Role::CreatedAt }, d::Stamp { column: 7, role: Role::UpdatedAt }] {
    0 id: i64, 1 user_id: i64, 2 title: String, 3 note: Option<String>, 4 metadata: Json<serde_json::Value>, 5 done: bool,
    6 created_at: DateTime<Utc>, 7 updated_at: DateTime<Utc>,
} }
impl Topic {
    pub const PRIMARY_KEY: d::UniqueKey<Topic, i64> = d::UniqueKey::new(&[0]);
}
table! { Comment CommentColumns "comments" Portable, key i64 [0], required [], stamps [] {
    0 id: i64, 1 thread_id: i64, 2 author_id: Option<i64>, 3 parent_id: Option<i64>, 4 body: String,
} }
table! { Number NumberColumns "numbers" Portable, key i64 [0], required [], stamps [] {
    0 id: i64, 1 small: i16, 2 int: Option<i32>, 3 big: i64, 4 real: f64, 5 exact: Option<Decimal>, 6 flag: Option<bool>,
} }
table! { Amount AmountColumns "numbers" Postgres, key i64 [0], required [], stamps [] {
    0 id: i64, 1 small: i16, 2 int: Option<i32>, 3 big: i64, 4 real: f64, 5 exact: Option<Decimal>, 6 flag: Option<bool>,
} }
table! { Event EventColumns "events" Portable, key i64 [0], required [], stamps [] {
    0 id: i64, 1 at: DateTime<Utc>, 2 ended: Option<DateTime<Utc>>, 3 local: NaiveDateTime, 4 day: NaiveDate, 5 clock: NaiveTime,
} }
table! { Seat SeatColumns "seats" (Postgres, Sqlite), key i64 [0], required [], stamps [] {
    0 id: i64, 1 room: String, 2 number: i32, 3 guest: Option<String>, 4 gone: bool,
} }
impl Seat {
    pub const TAKEN_KEY: d::PartialKey<Seat, (String, i32)> = d::PartialKey::new(&[1, 2], || {
        use relvar_query::expr::{Compare, Expression};
        <Seat as d::Table>::columns::<d::NotNull>(d::SourceId::SCHEMA).gone.eq(false).into_ir().inlined().unwrap()
    });
}
table! { Counter CounterColumns "counters" Portable, key i64 [0], required [], stamps [] {
    0 id: i64, 1 hits: i64, 2 label: String,
} }
table! { Article ArticleColumns "articles" Postgres, key i64 [0], required [], stamps [] {
    0 id: i64, 1 key: Uuid, 2 title: String, 3 body: Option<String>, 4 tags: Vec<String>, 5 scores: Option<Vec<i32>>,
} }
insert! { NewThread NewThreadExprs Thread { 0 id: i64, A 1 user_id: i64, B 2 title: String, C 4 metadata: Json<serde_json::Value>, E } }
insert! { NewTopic NewTopicExprs Topic { 0 id: i64, A 1 user_id: i64, B 2 title: String, C 4 metadata: Json<serde_json::Value>, E } }
insert! { NewComment NewCommentExprs Comment { 1 thread_id: i64, A 2 author_id: Option<i64>, B 4 body: String, C } }
insert! { NewSeat NewSeatExprs Seat { 1 room: String, A 2 number: i32, B 3 guest: Option<String>, C } }
row! { Summary SummaryExprs SummaryColumns { 0 title: String, A 1 author: Option<String>, B } }
row! { Card CardExprs None { 0 id: i64, A 1 summary: Summary, B 2 owner: User, C } }
patch! { ThreadPatch Thread { title: String, note: Option<String>, done: bool, } }

const TABLES: &str = "
CREATE TABLE users (id BIGINT PRIMARY KEY, email TEXT NOT NULL UNIQUE, name TEXT NOT NULL, bio TEXT, age INTEGER, active BOOLEAN NOT NULL);
CREATE TABLE threads (id BIGINT PRIMARY KEY, user_id BIGINT NOT NULL REFERENCES users, title TEXT NOT NULL, note TEXT, metadata JSON_ NOT NULL, done BOOLEAN NOT NULL DEFAULT FALSE,
  created_at TIMESTAMPTZ_ NOT NULL, updated_at TIMESTAMPTZ_ NOT NULL);
CREATE TABLE comments (id SERIAL_, thread_id BIGINT NOT NULL REFERENCES threads, author_id BIGINT, parent_id BIGINT, body TEXT NOT NULL);
CREATE TABLE numbers (id BIGINT PRIMARY KEY, small SMALLINT NOT NULL, int INTEGER, big BIGINT NOT NULL, real DOUBLE PRECISION NOT NULL, exact DECIMAL_, flag BOOLEAN);
CREATE TABLE events (id BIGINT PRIMARY KEY, at TIMESTAMPTZ_ NOT NULL, ended TIMESTAMPTZ_, local TIMESTAMP_ NOT NULL, day DATE_ NOT NULL, clock TIME_ NOT NULL);
CREATE TABLE seats (id SERIAL_, room TEXT NOT NULL, number INTEGER NOT NULL, guest TEXT, gone BOOLEAN NOT NULL DEFAULT FALSE);
CREATE UNIQUE INDEX seats_taken ON seats (room, number) WHERE gone = FALSE;
CREATE TABLE counters (id SERIAL_, hits BIGINT NOT NULL DEFAULT 0, label TEXT NOT NULL DEFAULT 'none');
";

/// Creates the tables, with their data.
pub async fn create<D: 'static>(db: &Db<D>) -> relvar_runtime::Result<()> {
    let pg = db.engine() == relvar_query::dialect::Engine::Postgres;
    let types = if pg {
        [("JSON_", "jsonb"), ("TIMESTAMPTZ_", "timestamptz"), ("SERIAL_", "bigint generated by default as identity primary key"), ("DECIMAL_", "numeric"), ("TIMESTAMP_", "timestamp"), ("DATE_", "date"), ("TIME_", "time")]
    } else {
        [("JSON_", "text"), ("TIMESTAMPTZ_", "text"), ("SERIAL_", "integer primary key"), ("DECIMAL_", "text"), ("TIMESTAMP_", "text"), ("DATE_", "text"), ("TIME_", "text")]
    };
    let mut sql = TABLES.to_owned();
    for (a, b) in types { sql = sql.replace(a, b); }
    sql.push_str(include_str!("data.sql"));
    if pg {
        sql.push_str("CREATE TABLE articles (id bigint primary key, key uuid not null default gen_random_uuid(), title text not null, body text, tags text[] not null, scores integer[]);");
        sql.push_str(include_str!("postgres.sql"));
    }
    db.raw_script(relvar_runtime::Unchecked(sql)).await
}
