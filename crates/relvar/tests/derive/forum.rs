//! The tables of a forum: one of everything.
#![deny(missing_docs, unreachable_pub, unused, private_interfaces)]
#![allow(dead_code, reason = "the tables are there to be derived, not all fields are read")]

use chrono::{DateTime, Utc};
use relvar::prelude::*;
use rust_decimal::Decimal;
use uuid::Uuid;

/// The id of a user.
#[derive(SqlType, Debug, Clone, Copy, PartialEq)]
pub(crate) struct UserId(pub(crate) i64);

/// Money.
#[derive(SqlType, Debug, Clone, PartialEq)]
#[sql_type(arithmetic)]
pub(crate) struct Money(pub(crate) Decimal);

/// A mood.
#[derive(SqlType, Debug, Clone, Copy, PartialEq)]
#[sql_type(schema = "app", rename_all = "kebab-case")]
pub(crate) enum Mood {
    /// Happy.
    VeryHappy,
    /// Sad.
    #[sql_type(label = "it's sad")]
    Sad,
}

/// A user.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(schema = "app", comment = "who writes")]
pub(crate) struct User {
    #[column(primary_key, auto_increment)]
    pub(crate) id: UserId,
    /// Where mails go.
    #[column(unique, len = 80, collate = "C")]
    pub(crate) email: String,
    #[column(name = "full name")]
    pub(crate) name: String,
    pub(crate) bio: Option<String>,
    #[column(default = 0, comment = "how often")]
    pub(crate) logins: i64,
    #[column(version)]
    pub(crate) version: i32,
}

/// A thread.
#[derive(Table, Debug, Clone)]
#[table(name = "threads", dialect = (Postgres))]
#[index(on = |t| (t.user_id, t.updated_at.desc()))]
#[index(on = |t| t.metadata, using = Gin, ops = JsonbPathOps)]
#[index(name = "idx_threads_active", on = |t| (t.user_id, t.created_at.desc().nulls_last()),
        filter = |t| t.metadata.text("status").is_distinct_from("archived"), include = |t| (t.title, t.note))]
#[index(on = |t| t.metadata.text("priority"))]
#[index(name = "idx_threads_search", using = Gin,
        on = |t| to_tsvector(English, t.title.concat(" ").concat(t.metadata.text("description").coalesce(""))))]
#[index(unique, on = |t| (t.user_id, t.title))]
#[index(unique, name = "one_open", on = |t| t.title, filter = |t| t.note.is_null())]
#[index(on = |t| t.tags, using = Gin)]
#[index(on = |t| t.title, using = Gin, ops = GinTrgmOps)]
#[index(name = "by_title", on = |t| t.title, using = Gist, ops = "gist_trgm_ops")]
#[index(name = "brin", on = |t| t.created_at, using = Brin)]
#[index(name = "hash", on = |t| t.id, using = Hash)]
#[index(name = "prefix", on = |t| t.title, ops = TextPatternOps)]
#[check(|t| t.title.ne("") & t.price.gt(Money(Decimal::ZERO)))]
#[check(name = "known_mood", condition = |t| t.mood.ne(Mood::Sad))]
pub(crate) struct Thread {
    #[column(primary_key, default = gen_random_uuid())]
    pub(crate) id: Uuid,
    #[column(references = User::id, on_delete = Cascade, on_update = Restrict)]
    pub(crate) user_id: UserId,
    #[column(references = Thread::id)]
    pub(crate) parent: Option<Uuid>,
    #[column(type = "citext")]
    pub(crate) title: String,
    #[column(index)]
    pub(crate) note: Option<String>,
    #[column(default = Mood::VeryHappy)]
    pub(crate) mood: Mood,
    #[column(precision = (10, 2))]
    pub(crate) price: Money,
    #[column(type = "citext[]")]
    pub(crate) tags: Vec<String>,
    pub(crate) moods: Vec<Mood>,
    pub(crate) metadata: Json<serde_json::Value>,
    #[column(generated = |t| t.title.lower())]
    pub(crate) title_lower: String,
    #[column(created_at)]
    pub(crate) created_at: DateTime<Utc>,
    #[column(updated_at)]
    pub(crate) updated_at: DateTime<Utc>,
    #[column(skip)]
    pub(crate) seen: bool,
}

/// Who reads what.
#[derive(Table, Debug, Clone)]
#[table(dialect = (Sqlite, Postgres), primary_key(user_id, thread_id))]
pub(crate) struct Reading {
    pub(crate) thread_id: Uuid,
    #[column(references = User::id)]
    pub(crate) user_id: UserId,
    pub(crate) page: i32,
}

/// A new thread.
#[derive(Insert)]
#[insert(table = Thread)]
pub(crate) struct NewThread<'a> {
    pub(crate) title: &'a str,
    pub(crate) user_id: UserId,
    pub(crate) price: Money,
    pub(crate) tags: Vec<String>,
    pub(crate) moods: Vec<Mood>,
    pub(crate) metadata: Json<serde_json::Value>,
}

/// A change of a thread.
#[derive(Patch, Default)]
#[patch(table = Thread)]
pub(crate) struct ThreadPatch {
    pub(crate) title: Set<String>,
    pub(crate) note: Set<Option<String>>,
}

/// A summary.
#[derive(Row, Debug, Clone, PartialEq)]
pub(crate) struct Summary {
    pub(crate) title: String,
    pub(crate) author: Option<String>,
}

/// A page.
#[derive(Row, Debug)]
pub(crate) struct Page {
    pub(crate) n: i64,
    #[row(nested)]
    pub(crate) summary: Summary,
    #[row(nested)]
    pub(crate) user: User,
    #[row(nested)]
    pub(crate) thread: Option<Thread>,
}
