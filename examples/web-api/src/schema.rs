//! The tables: users with their threads and accounts, and the tags of threads; portable over the four databases.

use relvar::chrono::{DateTime, Utc};
use relvar::error::Category;
use relvar::prelude::*;
use relvar::uuid::Uuid;
use serde::{Deserialize, Serialize};

macro_rules! keys {
    ($($(#[$doc:meta])* $name:ident)*) => { $(
        $(#[$doc])*
        #[derive(SqlType, Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) struct $name(pub(crate) Uuid);

        impl $name {
            /// A new one, made here and not by the database: not all four can give back what they made.
            pub(crate) fn new() -> $name {
                $name(Uuid::now_v7())
            }
        }
    )* };
}
keys! {
    /// The key of a user: not to be mixed up with that of a thread.
    UserId
    /// The key of a thread.
    ThreadId
    /// The key of an account.
    AccountId
}

/// The most that an account can hold, in the smallest unit of its money: no sum of two of them overflows.
pub(crate) const MOST: i64 = 1_000_000_000_000_000;

#[derive(Table, Serialize, Debug, Clone)]
#[table(name = "users")]
pub(crate) struct User {
    #[column(primary_key)]
    pub(crate) id: UserId,
    #[column(unique, len = 254)]
    pub(crate) email: String,
    #[column(len = 100)]
    pub(crate) name: String,
    #[column(created_at)]
    pub(crate) created_at: DateTime<Utc>,
}

#[derive(Table, Serialize, Debug, Clone)]
#[table(name = "threads")]
#[index(name = "threads_by_age", on = |t| (t.created_at.desc(), t.id.desc()))]
#[index(name = "threads_of_user", on = |t| (t.user_id, t.created_at.desc(), t.id.desc()))]
pub(crate) struct Thread {
    #[column(primary_key)]
    pub(crate) id: ThreadId,
    #[column(references = User::id)]
    pub(crate) user_id: UserId,
    #[column(len = 200)]
    pub(crate) title: String,
    pub(crate) note: Option<String>,
    #[column(default = false)]
    pub(crate) done: bool,
    #[column(created_at)]
    pub(crate) created_at: DateTime<Utc>,
    #[column(updated_at)]
    pub(crate) updated_at: DateTime<Utc>,
}

#[derive(Table, Serialize, Debug, Clone)]
#[table(name = "tags")]
pub(crate) struct Tag {
    #[column(primary_key, len = 50)]
    pub(crate) name: String,
    #[column(len = 200)]
    pub(crate) description: String,
}

#[derive(Table, Debug, Clone)]
#[table(name = "thread_tags", primary_key(thread_id, tag))]
#[index(on = |t| t.tag)]
pub(crate) struct ThreadTag {
    #[column(references = Thread::id, on_delete = Cascade)]
    pub(crate) thread_id: ThreadId,
    #[column(references = Tag::name, len = 50)]
    pub(crate) tag: String,
}

#[derive(Table, Serialize, Debug, Clone)]
#[table(name = "accounts")]
#[index(on = |a| a.user_id)]
#[check(name = "accounts_balance", condition = |a| a.balance.gte(0) & a.balance.lte(MOST))]
pub(crate) struct Account {
    #[column(primary_key)]
    pub(crate) id: AccountId,
    #[column(references = User::id)]
    pub(crate) user_id: UserId,
    pub(crate) balance: i64,
}

/// Creates the tables, unless they are there.
///
/// # Errors
/// What the database said.
pub async fn create(db: &AnyDb) -> relvar::Result<()> {
    // not every database has CREATE INDEX IF NOT EXISTS: the table that is created last tells
    match Account::query().exists(db).await {
        Err(error) if error.category() == Some(Category::Undefined) => {}
        there => return there.map(drop),
    }
    let schema = Schema::new().table::<User>().table::<Thread>().table::<Tag>().table::<ThreadTag>().table::<Account>();
    schema.create(db).await
}
