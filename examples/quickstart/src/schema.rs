//! The tables: tenants with their organisations and users, threads with comments, and who has read what.

use relvar::chrono::{DateTime, Utc};
use relvar::prelude::*;
use relvar::uuid::Uuid;
use serde::{Deserialize, Serialize};

/// Whether a user may post.
#[derive(SqlType, Debug, Clone, Copy, PartialEq, Eq)]
#[sql_type(name = "user_status", rename_all = "snake_case")]
pub(crate) enum Status {
    Active,
    Suspended,
}

/// The key of a user: not to be mixed up with that of a thread.
#[derive(SqlType, Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct UserId(pub(crate) Uuid);

/// The key of a thread.
#[derive(SqlType, Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ThreadId(pub(crate) Uuid);

#[derive(Table, Debug, Clone)]
#[table(name = "tenants", dialect = (Postgres, Sqlite))]
pub(crate) struct Tenant {
    #[column(primary_key)]
    pub(crate) id: i64,
    #[column(unique)]
    pub(crate) slug: String,
}

#[derive(Table, Debug, Clone)]
#[table(name = "organisations", dialect = (Postgres, Sqlite))]
#[index(unique, name = "organisations_tenant_name", on = |o| (o.tenant_id, o.name))]
pub(crate) struct Organisation {
    #[column(primary_key)]
    pub(crate) id: i64,
    #[column(references = Tenant::id, on_delete = Cascade)]
    pub(crate) tenant_id: i64,
    pub(crate) name: String,
}

#[derive(Table, Debug, Clone)]
#[table(name = "users", dialect = (Postgres, Sqlite))]
#[index(on = |u| u.organisation_id)]
#[index(name = "users_email_lower", on = |u| u.email.lower())]
pub(crate) struct User {
    #[column(primary_key)]
    pub(crate) id: UserId,
    #[column(references = Organisation::id, on_delete = Cascade)]
    pub(crate) organisation_id: i64,
    #[column(unique)]
    pub(crate) email: String,
    pub(crate) name: String,
    pub(crate) status: Status,
    #[column(created_at)]
    pub(crate) created_at: DateTime<Utc>,
}

/// What a thread carries beside its text.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Metadata {
    pub(crate) priority: String,
    pub(crate) tags: Vec<String>,
}

#[derive(Table, Debug, Clone)]
#[table(name = "threads", dialect = (Postgres, Sqlite))]
#[index(name = "threads_of_user", on = |t| (t.user_id, t.updated_at.desc()))]
#[index(name = "threads_open", on = |t| (t.updated_at.desc(), t.id), filter = |t| t.archived.eq(false))]
#[index(name = "threads_priority", on = |t| t.metadata.text("priority"))]
pub(crate) struct Thread {
    #[column(primary_key)]
    pub(crate) id: ThreadId,
    #[column(references = User::id, on_delete = Cascade)]
    pub(crate) user_id: UserId,
    pub(crate) title: String,
    pub(crate) note: Option<String>,
    pub(crate) metadata: Json<Metadata>,
    #[column(default = false)]
    pub(crate) archived: bool,
    #[column(created_at)]
    pub(crate) created_at: DateTime<Utc>,
    #[column(updated_at)]
    pub(crate) updated_at: DateTime<Utc>,
}

#[derive(Table, Debug, Clone)]
#[table(name = "comments", dialect = (Postgres, Sqlite))]
#[index(name = "comments_of_thread", on = |c| (c.thread_id, c.id))]
#[index(on = |c| c.author_id)]
#[index(on = |c| c.parent_id)]
pub(crate) struct Comment {
    #[column(primary_key, auto_increment)]
    pub(crate) id: i64,
    #[column(references = Thread::id, on_delete = Cascade)]
    pub(crate) thread_id: ThreadId,
    #[column(references = User::id, on_delete = Cascade)]
    pub(crate) author_id: UserId,
    #[column(references = Comment::id, on_delete = Cascade)]
    pub(crate) parent_id: Option<i64>,
    pub(crate) body: String,
    #[column(created_at)]
    pub(crate) created_at: DateTime<Utc>,
}

/// How often somebody has read a thread.
#[derive(Table, Debug, Clone)]
#[table(name = "reads", dialect = (Postgres, Sqlite), primary_key(thread_id, user_id))]
#[index(on = |r| r.user_id)]
pub(crate) struct Read {
    #[column(references = Thread::id, on_delete = Cascade)]
    pub(crate) thread_id: ThreadId,
    #[column(references = User::id, on_delete = Cascade)]
    pub(crate) user_id: UserId,
    pub(crate) times: i32,
    pub(crate) last_read: DateTime<Utc>,
}

#[derive(Insert)]
#[insert(table = User)]
pub(crate) struct NewUser {
    pub(crate) id: UserId,
    pub(crate) organisation_id: i64,
    pub(crate) email: String,
    pub(crate) name: String,
    pub(crate) status: Status,
}

#[derive(Insert)]
#[insert(table = Thread)]
pub(crate) struct NewThread {
    pub(crate) id: ThreadId,
    pub(crate) user_id: UserId,
    pub(crate) title: String,
    pub(crate) note: Option<String>,
    pub(crate) metadata: Json<Metadata>,
}

#[derive(Insert)]
#[insert(table = Comment)]
pub(crate) struct NewComment {
    pub(crate) thread_id: ThreadId,
    pub(crate) author_id: UserId,
    pub(crate) parent_id: Option<i64>,
    pub(crate) body: String,
}

/// Changes to a thread: every field is left as it is unless it is set.
#[derive(Patch, Default)]
#[patch(table = Thread)]
pub(crate) struct ThreadPatch {
    pub(crate) title: Set<String>,
    pub(crate) note: Set<Option<String>>,
}

/// Drops what an earlier run left, and creates everything anew.
pub(crate) async fn create(db: &AnyDb) -> relvar::Result<()> {
    let schema = Schema::new()
        .table::<Tenant>()
        .table::<Organisation>()
        .table::<User>()
        .table::<Thread>()
        .table::<Comment>()
        .table::<Read>();
    schema.drop(db).await?;
    schema.create(db).await
}
