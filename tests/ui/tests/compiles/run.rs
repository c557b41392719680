//! Running statements: one function for databases and transactions, repositories behind traits, tasks.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use relvar::prelude::*;
use schema::*;

/// Serves inside and outside of transactions.
async fn rename(executor: impl Executor<Postgres>, id: i64, name: &str) -> relvar::Result<u64> {
    User::update().filter(|u| u.id.eq(id)).set(|u| u.name.set(name)).execute(executor).await
}

async fn called_with_both(db: &Db<Postgres>) -> relvar::Result<u64> {
    let first = rename(db, 1, "x").await?;
    let tx = db.begin().await?;
    let second = rename(&tx, 1, "y").await?;
    tx.commit().await?;
    Ok(first + second)
}

async fn behind_a_pointer(db: &dyn Executor<Postgres>) -> relvar::Result<Vec<User>> {
    User::query().all(db).await
}

type Boxed<'a, T> = Pin<Box<dyn Future<Output = relvar::Result<T>> + Send + 'a>>;

/// What a program's logic knows of its storage.
trait Users: Send + Sync {
    fn by_email<'a>(&'a self, email: &'a str) -> Boxed<'a, Option<User>>;
}

struct Stored {
    db: Db<Postgres>,
}

impl Users for Stored {
    fn by_email<'a>(&'a self, email: &'a str) -> Boxed<'a, Option<User>> {
        Box::pin(async move { User::find_by(User::EMAIL_KEY, email).optional(&self.db).await })
    }
}

async fn through_a_repository(users: Arc<dyn Users>) -> relvar::Result<bool> {
    let task = tokio::spawn(async move { users.by_email("a@example.org").await });
    task.await.map_or(Ok(false), |user| Ok(user?.is_some()))
}

/// A retried transaction in a task of its own.
fn spawned(db: Db<Postgres>, amount: i64) -> tokio::task::JoinHandle<relvar::Result<i64>> {
    tokio::spawn(async move {
        db.transaction(|tx| async move {
            let users = User::query().filter(|u| u.logins.gt(amount)).all(&tx).await?;
            for user in &users {
                rename(&tx, user.id, "x").await?;
                tx.transaction(|inner| async move { rename(&inner, amount, "y").await }).await?;
            }
            relvar::Result::Ok(users.len() as i64)
        })
        .isolation(Isolation::Serializable)
        .retry(5)
        .await
    })
}

async fn terminals(db: &Db<Sqlite>) -> relvar::Result<()> {
    let query = Draft::query().filter(|d| d.id.gt(3));
    let _: Vec<Draft> = query.clone().all(db).await?;
    let _: Draft = query.clone().one(db).await?;
    let _: Option<Draft> = query.clone().first(db).await?;
    let _: bool = query.clone().exists(db).await?;
    let _: u64 = query.clone().count(db).await?;
    let _: Option<Draft> = Draft::find(3, db).await?;
    let portable: Vec<Item> = Item::query().all(db).await?;
    drop((portable, query.stream(db.clone())));
    Ok(())
}

#[test]
fn futures_can_be_sent() {
    fn sent<F: Future + Send>(_: fn() -> F) {}
    fn never<T>() -> T {
        unreachable!("it is never called: only its type matters")
    }
    sent(|| called_with_both(never()));
    sent(|| behind_a_pointer(never()));
    sent(|| through_a_repository(never()));
    sent(|| spawned(never(), 1));
    sent(|| terminals(never()));
    let _: fn(Db<Postgres>) -> Arc<dyn Users> = |db| Arc::new(Stored { db });
}
