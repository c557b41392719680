//! Inserts from iterators and streams of results: all or nothing, a few hundred rows in memory at a time.

use futures_core::Stream;
use futures_core::future::BoxFuture;
use futures_util::stream::{self, StreamExt};
use relvar_query::dialect::Dialect;
use relvar_query::expr::Origin;
use relvar_query::source::{Insertable, Table};
use relvar_query::statement::{Insert, Statement};
use std::pin::pin;

use super::bulk;
use super::sink::Ignore;
use crate::error::Error;
use crate::executor::{Executor, Job, Limits, Pace, Runs, Unit};

/// Inserts rows that are read while they are inserted: from a file, from the network, from another query.
///
/// For rows that are in memory already there is `Track::insert_many`.
pub trait InsertRows: Table {
    /// Inserts the rows that an iterator gives, or none of them: the first `Err` ends it, and undoes all.
    ///
    /// The iterator may take its time, for it runs where the statements do; of what really blocks, make a stream.
    fn insert_iter<'e, I, V, X>(rows: I) -> BulkInsert<'e, Self, stream::Iter<I::IntoIter>>
    where
        I: IntoIterator<Item = Result<V, X>>,
        V: Insertable<Self>,
        X: From<Error>,
    {
        BulkInsert::new(stream::iter(rows))
    }

    /// Inserts the rows that a stream gives, or none of them: the first `Err` ends it, and undoes all.
    ///
    /// The transaction is open for as long as the stream takes.
    fn insert_stream<'e, S, V, X>(rows: S) -> BulkInsert<'e, Self, S>
    where
        S: Stream<Item = Result<V, X>>,
        V: Insertable<Self>,
        X: From<Error>,
    {
        BulkInsert::new(rows)
    }
}

impl<T: Table> InsertRows for T {}

/// An insert of rows that are still to be read. Made by [`InsertRows`].
#[must_use = "an insert does nothing until it is run"]
pub struct BulkInsert<'e, T: Table, S> {
    rows: S,
    each: Option<Box<dyn FnMut(Insert<T>) -> Insert<T> + Send + 'e>>,
    progress: Option<Box<dyn FnMut(u64) + Send + 'e>>,
}

impl<'e, T: Table, S> BulkInsert<'e, T, S> {
    fn new(rows: S) -> Self {
        BulkInsert { rows, each: None, progress: None }
    }

    /// Calls `f` after every statement, with the number of rows that were sent so far.
    ///
    /// They are permanent only when the whole is done.
    pub fn progress(mut self, f: impl FnMut(u64) + Send + 'e) -> Self {
        self.progress = Some(Box::new(f));
        self
    }

    /// Changes every insert that the rows are split into: `.each_insert(|i| i.on_conflict(KEY).do_nothing())`.
    pub fn each_insert(mut self, f: impl FnMut(Insert<T>) -> Insert<T> + Send + 'e) -> Self {
        self.each = Some(Box::new(f));
        self
    }

    /// Runs it, and says how many rows were inserted or updated.
    ///
    /// On a database it is a transaction, in a transaction a savepoint. Dropped half-way, it leaves nothing.
    ///
    /// # Errors
    /// The first error of the rows; as `X` made from an [`Error`]: what the database said. Nothing was inserted then.
    pub fn execute<V, X, E>(self, executor: E) -> BoxFuture<'e, Result<u64, X>>
    where
        T: 'e,
        S: Stream<Item = Result<V, X>> + Send + 'e,
        V: Insertable<T> + Send + 'e,
        X: From<Error> + Send + 'e,
        E: Executor<<T as Origin>::Dialect> + 'e,
    {
        Box::pin(async move {
            let unit = executor.begin_unit().await?;
            match self.fill(&unit, executor.limits()).await {
                Ok(affected) => {
                    unit.0.commit().await?;
                    Ok(affected)
                }
                Err(error) => {
                    // the first error says more than that there was nothing left to roll back
                    let _ = unit.0.rollback().await;
                    Err(error)
                }
            }
        })
    }

    async fn fill<V, X>(mut self, unit: &Unit, limits: Limits) -> Result<u64, X>
    where
        S: Stream<Item = Result<V, X>>,
        V: Insertable<T>,
        X: From<Error>,
    {
        let most = bulk::at_once(V::COLUMNS.len() + T::STAMPS.len(), limits);
        let mut source = pin!(self.rows.fuse());
        let mut rows = Vec::with_capacity(most);
        let (mut sent, mut affected) = (0, 0);
        loop {
            while rows.len() < most
                && let Some(row) = source.next().await
            {
                rows.push(row?);
            }
            if rows.is_empty() {
                return Ok(affected);
            }
            let count = rows.len() as u64;
            let insert = T::insert_many(rows.drain(..));
            let insert = match &mut self.each {
                Some(each) => each(insert),
                None => insert,
            };
            affected += send(insert, unit, limits).await?;
            sent += count;
            if let Some(progress) = &mut self.progress {
                progress(sent);
            }
        }
    }
}

/// Runs an insert, in parts if need be.
async fn send<T: Table>(insert: Insert<T>, unit: &Unit, limits: Limits) -> crate::error::Result<u64> {
    let statements = bulk::split(insert.into_ir(), limits);
    let mut affected = 0;
    for statement in &statements {
        let job = Job {
            runs: Runs::Statements(std::slice::from_ref(statement)),
            engines: <T as Origin>::Dialect::ENGINES,
            expected: &|_| {},
            rows: &mut Ignore::default(),
            stop_after: None,
            pace: Pace::Short,
            read_only: false,
            compiled: None,
        };
        affected += unit.0.run(job).await?;
        // where nothing was waited for, others have had no turn
        tokio::task::yield_now().await;
    }
    Ok(affected)
}
