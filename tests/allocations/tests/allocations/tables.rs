//! The tables that the statements are about.

use relvar::prelude::*;

/// Somebody.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "users")]
pub(crate) struct User {
    #[column(primary_key)]
    pub(crate) id: i64,
    #[column(len = 100)]
    pub(crate) name: String,
    pub(crate) age: Option<i32>,
}

/// What somebody has begun.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "threads")]
pub(crate) struct Thread {
    #[column(primary_key)]
    pub(crate) id: i64,
    #[column(references = User::id)]
    pub(crate) user_id: i64,
    #[column(len = 100)]
    pub(crate) title: String,
}

/// What somebody has said about it.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "comments")]
pub(crate) struct Comment {
    #[column(primary_key)]
    pub(crate) id: i64,
    #[column(references = Thread::id)]
    pub(crate) thread_id: i64,
    #[column(len = 100)]
    pub(crate) body: String,
}
