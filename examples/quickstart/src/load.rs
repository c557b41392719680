//! Loads some thousands of rows, a table in as few statements as it takes.

use relvar::chrono::{Duration, Utc};
use relvar::prelude::*;
use relvar::uuid::Uuid;

use crate::schema::*;

/// Who the queries that follow are about.
pub(crate) struct People {
    /// The tenant whose feed is shown.
    pub(crate) tenant: i64,
    /// Somebody in it.
    pub(crate) user: UserId,
    /// A thread of theirs.
    pub(crate) thread: ThreadId,
}

const TENANTS: i64 = 3;
const USERS: u128 = 120;
const THREADS: u128 = 2_000;
const COMMENTS: u128 = 6_000;

/// Keys that are the same in every run.
fn user_id(n: u128) -> UserId {
    UserId(Uuid::from_u128(0x1000_0000 + n % USERS))
}

fn thread_id(n: u128) -> ThreadId {
    ThreadId(Uuid::from_u128(0x2000_0000 + n % THREADS))
}

/// Fills all tables in one transaction: everything or nothing is there afterwards.
pub(crate) async fn load(db: &AnyDb) -> relvar::Result<People> {
    db.transaction(|tx| async move {
        let tenants = (1..=TENANTS).map(|id| Tenant { id, slug: format!("tenant-{id}") });
        Tenant::insert_many(tenants).execute(&tx).await?;

        let organisations = (1..=TENANTS * 4).map(|id| Organisation {
            id,
            tenant_id: 1 + id % TENANTS,
            name: format!("Organisation {id}"),
        });
        Organisation::insert_many(organisations).execute(&tx).await?;

        let users = (0..USERS).map(|n| NewUser {
            id: user_id(n),
            organisation_id: 1 + (n as i64) % (TENANTS * 4),
            email: format!("User{n}@example.org"),
            name: format!("User {n}"),
            status: if n % 17 == 0 { Status::Suspended } else { Status::Active },
        });
        User::insert_many(users).execute(&tx).await?;

        let threads = (0..THREADS).map(|n| NewThread {
            id: thread_id(n),
            user_id: user_id(n * 7),
            title: format!("Thread {n}: 100% \"quoted\" 🦀"),
            note: (n % 3 == 0).then(|| format!("note {n}")),
            metadata: Json(Metadata {
                priority: ["low", "normal", "high"][(n / 5 % 3) as usize].to_owned(),
                tags: vec![format!("tag{}", n % 5)],
            }),
        });
        let loaded = Thread::insert_many(threads).execute(&tx).await?;

        let comments = (0..COMMENTS).map(|n| NewComment {
            thread_id: thread_id(n * 13),
            author_id: user_id(n * 11),
            parent_id: None,
            body: format!("comment {n}"),
        });
        let commented = Comment::insert_many(comments).execute(&tx).await?;

        let read = |n: u128| Read {
            thread_id: thread_id(n),
            user_id: user_id(n * 3),
            times: 1,
            last_read: Utc::now() - Duration::minutes(n as i64),
        };
        Read::insert_many((0..THREADS).map(read)).execute(&tx).await?;
        println!("loaded {loaded} threads and {commented} comments\n");
        Ok(People { tenant: 2, user: user_id(1), thread: thread_id(103) })
    })
    .await
}
