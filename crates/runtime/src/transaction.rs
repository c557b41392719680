//! Transactions: isolation, savepoints, retries, and what happens when one is dropped.

mod builder;
mod session;

use futures_core::future::BoxFuture;
use relvar_query::dialect::RunsOn;
use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::sync::Arc;

use crate::error::{Error, Result};
use crate::executor::sealed::Sealed;
use crate::executor::{Executor, Job, Limits, Unit};
use crate::raw::SqlText;

pub use builder::Transaction;
pub(crate) use session::root;
#[cfg(feature = "migrate")]
pub(crate) use session::{Home, lent};

/// How a transaction begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Begin {
    /// How far other transactions are hidden; the database's default if nothing.
    pub(crate) isolation: Option<Isolation>,
    /// READ ONLY: runs where reads do.
    pub(crate) read_only: bool,
    /// DEFERRABLE
    pub(crate) deferrable: bool,
}

/// How far a transaction is kept apart from others.
///
/// Where a database has only stricter levels, it uses one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Isolation {
    /// READ UNCOMMITTED
    ReadUncommitted,
    /// READ COMMITTED
    ReadCommitted,
    /// REPEATABLE READ
    RepeatableRead,
    /// SERIALIZABLE
    Serializable,
}

impl Isolation {
    /// The level as SQL writes it.
    pub fn sql(self) -> &'static str {
        match self {
            Isolation::ReadUncommitted => "READ UNCOMMITTED",
            Isolation::ReadCommitted => "READ COMMITTED",
            Isolation::RepeatableRead => "REPEATABLE READ",
            Isolation::Serializable => "SERIALIZABLE",
        }
    }
}

/// A transaction, or a nested one. An owned handle: cloning gives another handle to the same transaction.
///
/// When the last handle is dropped without [`commit`](Tx::commit), it is rolled back. A statement whose
/// future is dropped half-way ends the transaction: what it did is not known, so nothing of it is kept.
pub struct Tx<D> {
    level: Arc<dyn Level>,
    dialect: PhantomData<fn() -> D>,
}

impl<D: 'static> Tx<D> {
    pub(crate) fn over(level: Arc<dyn Level>) -> Tx<D> {
        Tx { level, dialect: PhantomData }
    }

    /// Makes everything that was done permanent; of a nested transaction, part of the outer one.
    ///
    /// # Errors
    /// `TransactionEnded`; `TransactionAborted` if a statement had failed so that there was only a
    /// rollback; what the database said, and then nothing was done; `OutcomeUnknown` if the connection broke.
    pub async fn commit(self) -> Result<()> {
        self.level.commit().await
    }

    /// Undoes everything that was done; of a nested transaction, what was done in it.
    ///
    /// # Errors
    /// `TransactionEnded`, or why the connection broke; nothing was committed then either.
    pub async fn rollback(self) -> Result<()> {
        self.level.rollback().await
    }

    /// Begins a nested transaction: a savepoint, which ends with `commit` or `rollback` or is rolled
    /// back when dropped. Until then, what is done on the outer handle is part of it.
    ///
    /// # Errors
    /// `TransactionEnded`, `TransactionAborted`, or what the database said.
    #[doc(alias = "savepoint")]
    pub async fn begin(&self) -> Result<Tx<D>> {
        Ok(Tx::over(self.level.begin().await?))
    }

    /// Runs `body` in a nested transaction: kept if it returns `Ok`, undone if it returns `Err` or is dropped.
    ///
    /// # Errors
    /// What `body` returns; as `E` made from an [`Error`]: what the database said to the savepoint.
    #[doc(alias = "savepoint")]
    pub async fn transaction<F, Fut, T, E>(&self, body: F) -> Result<T, E>
    where
        F: FnOnce(Tx<D>) -> Fut + Send,
        Fut: Future<Output = Result<T, E>> + Send,
        T: Send,
        E: From<Error> + Send,
    {
        let level = self.level.begin().await?;
        let result = body(Tx::over(level.clone())).await;
        match result {
            Ok(value) => {
                level.commit().await?;
                Ok(value)
            }
            Err(error) => {
                // its own error says more than that there was nothing left to roll back
                let _ = level.rollback().await;
                Err(error)
            }
        }
    }

    /// Runs `hook` when the whole transaction has been committed, and only then: not if it, or the nested
    /// transaction that this is, is rolled back, nor if the outcome is not known.
    pub fn after_commit(&self, hook: impl FnOnce() + Send + 'static) {
        self.level.after_commit(Box::new(hook));
    }

    /// Runs SQL text, one statement or several, in the transaction. Its connection is closed afterwards.
    ///
    /// On MySQL and MariaDB a statement that changes the schema commits what was done before it.
    ///
    /// # Errors
    /// `TransactionEnded`, or what the database said.
    pub async fn raw_script(&self, sql: impl Into<SqlText>) -> Result<()> {
        let sql = sql.into();
        self.level.raw_script(sql.as_str()).await
    }
}

impl<D> Clone for Tx<D> {
    fn clone(&self) -> Self {
        Tx { level: self.level.clone(), dialect: PhantomData }
    }
}

impl<D> fmt::Debug for Tx<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tx")
    }
}

impl<D> Sealed for Tx<D> {}

#[diagnostic::do_not_recommend]
impl<D: 'static, Q: RunsOn<D>> Executor<Q> for Tx<D> {
    fn run<'a>(&'a self, job: Job<'a>) -> BoxFuture<'a, Result<u64>> {
        self.level.run(job)
    }

    fn limits(&self) -> Limits {
        self.level.limits()
    }

    fn begin_unit(&self) -> BoxFuture<'_, Result<Unit>> {
        Box::pin(async move { Ok(Unit(self.level.begin().await?)) })
    }
}

/// What runs after a commit.
pub(crate) type Hook = Box<dyn FnOnce() + Send>;

/// A transaction or a savepoint in one, whose back-end is not named.
pub(crate) trait Level: Send + Sync {
    fn run<'a>(&'a self, job: Job<'a>) -> BoxFuture<'a, Result<u64>>;
    fn begin(&self) -> BoxFuture<'_, Result<Arc<dyn Level>>>;
    fn commit(&self) -> BoxFuture<'_, Result<()>>;
    fn rollback(&self) -> BoxFuture<'_, Result<()>>;
    /// Runs SQL text of the library's own.
    fn script<'a>(&'a self, sql: &'a str) -> BoxFuture<'a, Result<()>>;
    /// Runs SQL text of the user's.
    fn raw_script<'a>(&'a self, sql: &'a str) -> BoxFuture<'a, Result<()>>;
    /// Ends what handles can do, and hands the connection back to whoever lent it, in the transaction, together
    /// with what is to be run after the commit.
    #[cfg(feature = "migrate")]
    fn hand_back(&self) -> BoxFuture<'_, Result<Vec<Hook>>>;
    fn after_commit(&self, hook: Hook);
    /// Ends the transaction whatever other handles are still there; what runs now is the last.
    fn abandon(&self);
    /// Whether something failed that may succeed when the whole transaction is run again.
    fn may_succeed_again(&self) -> bool;
    fn limits(&self) -> Limits;
}
