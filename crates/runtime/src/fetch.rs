//! Terminals: what runs a statement and says in what form its rows are wanted.

mod bulk;
mod load;
mod prepared;
mod sink;
mod stored;
mod stream;
mod upserted;
mod wrap;

use futures_core::future::BoxFuture;
use futures_util::future::Either;
use relvar_query::dialect::Dialect;
use relvar_query::ir;
use relvar_query::statement::{Fetchable, IsBounded, Statement};
use relvar_query::types::{CellTypes, Decoder, SqlType};
use std::future::{Ready, ready};

use crate::backend::RowSink;
use crate::error::{Error, ErrorKind, Result};
use crate::executor::{Executor, Job, Pace, Runs};
use bulk::Parts;
#[cfg(not(feature = "migrate"))]
use sink::{Collect, Ignore};
#[cfg(feature = "migrate")]
pub(crate) use sink::{Collect, Ignore};
use wrap::Question;

pub use load::{BulkInsert, InsertRows};
pub use prepared::{BoundStatement, NoParameters, Prepared, prepare};
pub use stored::Stored;
pub use stream::RowStream;
pub use upserted::{Upsert, Upserted};

/// A statement on its way. Dropping it half-way gives its connection up.
///
/// A type without the executor in it, so that a statement that cannot run there is one error, not three.
pub type Running<'e, T> = BoxFuture<'e, Result<T>>;

/// Runs statements that give rows.
pub trait Fetch: Fetchable {
    /// All rows.
    ///
    /// # Errors
    /// A mistake in the statement, what the database said, or a row that does not hold what it should.
    fn all<'e, E: Executor<Self::Dialect> + 'e>(self, executor: E) -> Running<'e, Vec<Self::Row>> {
        let decoder = self.decoder();
        collected::<Self::Dialect, _, _, _>(executor, self.into_ir(), decoder, None, Ok)
    }

    /// The only row.
    ///
    /// # Errors
    /// `NoRow`, `ManyRows`, and as [`all`](Fetch::all).
    fn one<'e, E: Executor<Self::Dialect> + 'e>(self, executor: E) -> Running<'e, Self::Row> {
        let decoder = self.decoder();
        let one = |rows| at_most_one(rows)?.ok_or_else(|| Error::new(ErrorKind::NoRow));
        collected::<Self::Dialect, _, _, _>(executor, wrap::limited(self.into_ir(), 2), decoder, Some(2), one)
    }

    /// The only row, if there is one.
    ///
    /// # Errors
    /// `ManyRows`, and as [`all`](Fetch::all).
    fn optional<'e, E: Executor<Self::Dialect> + 'e>(self, executor: E) -> Running<'e, Option<Self::Row>> {
        let decoder = self.decoder();
        collected::<Self::Dialect, _, _, _>(executor, wrap::limited(self.into_ir(), 2), decoder, Some(2), at_most_one)
    }

    /// The first row, if there is one; how many more there are does not matter.
    ///
    /// # Errors
    /// As [`all`](Fetch::all).
    fn first<'e, E: Executor<Self::Dialect> + 'e>(self, executor: E) -> Running<'e, Option<Self::Row>> {
        let decoder = self.decoder();
        let first = |mut rows: Vec<_>| Ok(rows.pop());
        collected::<Self::Dialect, _, _, _>(executor, wrap::limited(self.into_ir(), 1), decoder, Some(1), first)
    }

    /// The rows one after the other, while the statement runs; few are in memory at a time.
    ///
    /// Pass `&db` or, for a stream that may outlive it, `db.clone()`. The stream has a connection for as
    /// long as it runs. Dropping it before its end gives the connection up; on a transaction, that ends it.
    fn stream<'e, E: Executor<Self::Dialect> + 'e>(self, executor: E) -> RowStream<'e, Self::Row> {
        let decoder = self.decoder();
        RowStream::new::<Self::Dialect, _>(executor, self.into_ir(), decoder)
    }

    /// Whether there is a row.
    ///
    /// # Errors
    /// As [`all`](Fetch::all).
    fn exists<'e, E: Executor<Self::Dialect> + 'e>(self, executor: E) -> Running<'e, bool> {
        let decoder = self.decoder();
        let statement = self.into_ir();
        Box::pin(async move {
            match wrap::exists(statement) {
                Question::Ask(question) => scalar::<bool, Self::Dialect, _>(&executor, question).await,
                Question::Run(statement) => {
                    Ok(count_rows::<Self::Dialect, _>(&executor, statement, &|types| decoder.types(types)).await? > 0)
                }
            }
        })
    }

    /// How many rows there are.
    ///
    /// # Errors
    /// As [`all`](Fetch::all).
    fn count<'e, E: Executor<Self::Dialect> + 'e>(self, executor: E) -> Running<'e, u64> {
        let decoder = self.decoder();
        let statement = self.into_ir();
        Box::pin(async move {
            match wrap::count(statement, cells(&decoder)) {
                Question::Ask(question) => {
                    let count = scalar::<i64, Self::Dialect, _>(&executor, question).await?;
                    Ok(u64::try_from(count).unwrap_or(0))
                }
                Question::Run(statement) => {
                    count_rows::<Self::Dialect, _>(&executor, statement, &|types| decoder.types(types)).await
                }
            }
        })
    }
}

impl<Q: Fetchable> Fetch for Q {}

/// Runs statements that change rows.
pub trait Execute: Statement {
    /// Runs it, and says how many rows were inserted, updated or deleted.
    ///
    /// An insert of many rows, and an update of many rows to values of their own, are split into several statements,
    /// which are all done or none; of no rows, nothing is sent.
    ///
    /// # Errors
    /// A mistake in the statement, or what the database said.
    fn execute<'e, E: Executor<Self::Dialect> + 'e>(self, executor: E) -> Running<'e, u64>
    where
        Self::Reach: IsBounded,
    {
        execute::<Self::Dialect, E>(executor, self.into_ir())
    }
}

impl<S: Statement> Execute for S {}

/// Appends the types of the cells of a row.
type Expected<'a> = &'a (dyn Fn(&mut CellTypes) + Sync);

/// How many cells a row has.
fn cells<R>(decoder: &Decoder<R>) -> usize {
    let mut types = CellTypes::counted();
    decoder.types(&mut types);
    types.len()
}

/// Runs statements whose rows are taken at once. What waits for nothing is done when this returns.
fn run<'a, D: Dialect, E: Executor<D>>(
    executor: &'a E,
    runs: Runs<'a>,
    expected: Expected<'a>,
    rows: &'a mut (dyn RowSink + 'a),
    stop_after: Option<u64>,
) -> Either<Ready<Result<u64>>, BoxFuture<'a, Result<u64>>> {
    let (pace, engines) = (Pace::Short, D::ENGINES);
    let mut job = Job { runs, engines, expected, rows, stop_after, pace, read_only: false, compiled: None };
    match executor.run_now(&mut job) {
        Some(done) => Either::Left(ready(done)),
        None => Either::Right(executor.run(job)),
    }
}

/// Runs a statement that changes rows. Apart from the statement's type, so that the compiler makes it once for an
/// executor.
pub(crate) fn execute<'e, D: Dialect, E: Executor<D> + 'e>(executor: E, statement: ir::Statement) -> Running<'e, u64> {
    let parts = Parts::of(statement, || executor.limits());
    Box::pin(async move { run::<D, E>(&executor, parts.runs(), &|_| {}, &mut Ignore::default(), None).await })
}

/// Runs a statement, collects its rows, so many at most, and makes of them what `finish` does.
fn collected<'e, D: Dialect, E: Executor<D> + 'e, R: Send + 'static, O: 'e>(
    executor: E,
    statement: ir::Statement,
    decoder: Decoder<R>,
    most: Option<u64>,
    finish: fn(Vec<R>) -> Result<O>,
) -> Running<'e, O> {
    let parts = Parts::of(statement, || executor.limits());
    Box::pin(async move {
        let mut rows = Collect::new(&decoder, most.unwrap_or(u64::MAX));
        run::<D, E>(&executor, parts.runs(), &|types| decoder.types(types), &mut rows, most).await?;
        finish(rows.into_rows())
    })
}

/// The row of a statement that has at most one.
fn at_most_one<R>(mut rows: Vec<R>) -> Result<Option<R>> {
    match rows.len() {
        0 | 1 => Ok(rows.pop()),
        _ => Err(Error::new(ErrorKind::ManyRows)),
    }
}

/// Runs a query of one row of one cell.
async fn scalar<T: SqlType + Send, D: Dialect, E: Executor<D>>(executor: &E, query: ir::Statement) -> Result<T> {
    let decoder: Decoder<T> = Decoder::new(|row| row.read(), |types| types.push(T::SQL_TYPE));
    let mut rows = Collect::new(&decoder, 1);
    let parts = Parts::of(query, || executor.limits());
    run::<D, E>(executor, parts.runs(), &|types| decoder.types(types), &mut rows, Some(1)).await?;
    rows.into_rows().pop().ok_or_else(|| Error::new(ErrorKind::NoRow))
}

/// Runs a statement that cannot be counted by the database, and counts its rows.
async fn count_rows<D: Dialect, E: Executor<D>>(
    executor: &E,
    statement: ir::Statement,
    types: Expected<'_>,
) -> Result<u64> {
    let mut rows = Ignore::default();
    let parts = Parts::of(statement, || executor.limits());
    run::<D, E>(executor, parts.runs(), types, &mut rows, None).await?;
    Ok(rows.count)
}

/// The row that has to be there.
fn only<R>(rows: Vec<R>) -> Result<R> {
    rows.into_iter().next().ok_or_else(|| Error::new(ErrorKind::NoRow))
}
