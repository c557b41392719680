//! An upsert that tells what became of its rows.

use relvar_query::dialect::{Dialect, Engine};
use relvar_query::ir::Statement as Ir;
use relvar_query::source::Table;
use relvar_query::statement::{Counted, Insert, Statement, Updated};
use relvar_query::types::{Decoder, SqlType};

use super::sink::{Collect, Ignore};
use super::{Expected, Running, bulk};
use crate::backend::RowSink;
use crate::error::Result;
use crate::executor::{Executor, Job, Pace, Runs, Unit};

/// What became of the rows that an upsert was given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Upserted {
    /// They were not there.
    pub inserted: u64,
    /// They were there, and were changed as `update` says, be it to what they were.
    pub updated: u64,
    /// They were there and stayed as they were: by `do_nothing`, or because the condition of `when` did not hold.
    pub skipped: u64,
}

/// Runs inserts whose outcome is to be known.
pub trait Upsert: Statement {
    /// Runs it, and says how many rows were inserted, how many updated, and how many left as they were; with one row,
    /// which of these it was.
    ///
    /// `let outcome = Tag::insert(tag).on_conflict(Tag::NAME_KEY).do_nothing().upserted(&db).await?;`
    ///
    /// It is exact on every database. On PostgreSQL the rows come back as `RETURNING xmax = 0`; MySQL, MariaDB and
    /// SQLite count the updates in the session, which is read before and after, in a transaction. Rows of one key
    /// among those that are given are an error on PostgreSQL; elsewhere the first is inserted and then updated.
    ///
    /// # Errors
    /// If it is an insert of the rows of a query, whose number nobody knows; what the database said: that a
    /// partitioned table of PostgreSQL has no `xmax`, for example.
    fn upserted<'e, E: Executor<Self::Dialect> + 'e>(self, executor: E) -> Running<'e, Upserted>;
}

impl<T: Table, D: Dialect> Upsert for Insert<T, D> {
    fn upserted<'e, E: Executor<D> + 'e>(self, executor: E) -> Running<'e, Upserted> {
        Box::pin(async move {
            let limits = executor.limits();
            let Counted { statement, rows, updated } = self.counted(limits.engine)?;
            let parts = bulk::split(statement, limits);
            if parts.is_empty() {
                return Ok(Upserted::default());
            }
            let (affected, updated) = match updated {
                Updated::None => {
                    let affected = executor.run(job(&parts, D::ENGINES, &mut Ignore::default(), &|_| {})).await?;
                    (affected, 0)
                }
                Updated::Returned => {
                    let mut rows = Collect::new(cell::<bool>(), u64::MAX);
                    let expected: Expected<'_> = &|types| types.push(bool::SQL_TYPE);
                    let affected = executor.run(job(&parts, D::ENGINES, &mut rows, expected)).await?;
                    (affected, rows.into_rows().into_iter().filter(|inserted| !inserted).count() as u64)
                }
                Updated::Grown(number) => {
                    // in one session, to which the number belongs
                    let unit = executor.begin_unit().await?;
                    match grown(&unit, &parts, &number, D::ENGINES).await {
                        Ok(counts) => {
                            unit.0.commit().await?;
                            counts
                        }
                        Err(error) => {
                            // the first error says more than that there was nothing left to roll back
                            let _ = unit.0.rollback().await;
                            return Err(error);
                        }
                    }
                }
            };
            let (inserted, skipped) = (affected.saturating_sub(updated), rows.saturating_sub(affected));
            Ok(Upserted { inserted, updated, skipped })
        })
    }
}

/// How many rows the statements affected, and by how much the number has grown meanwhile.
async fn grown(unit: &Unit, statements: &[Ir], number: &Ir, engines: &'static [Engine]) -> Result<(u64, u64)> {
    let mut numbers = Collect::new(cell::<i64>(), 2);
    let before = std::slice::from_ref(number);
    unit.0.run(job(before, engines, &mut numbers, &|types| types.push(i64::SQL_TYPE))).await?;
    let affected = unit.0.run(job(statements, engines, &mut Ignore::default(), &|_| {})).await?;
    unit.0.run(job(before, engines, &mut numbers, &|types| types.push(i64::SQL_TYPE))).await?;
    let grown = match numbers.into_rows().as_slice() {
        [before, after] => after - before,
        _ => 0,
    };
    Ok((affected, u64::try_from(grown).unwrap_or(0)))
}

/// How a row of one cell is read.
fn cell<T: SqlType>() -> Decoder<T> {
    Decoder::new(|row| row.read(), |types| types.push(T::SQL_TYPE))
}

fn job<'a>(
    statements: &'a [Ir],
    engines: &'static [Engine],
    rows: &'a mut dyn RowSink,
    expected: Expected<'a>,
) -> Job<'a> {
    let runs = Runs::Statements(statements);
    Job { runs, engines, expected, rows, stop_after: None, pace: Pace::Short, read_only: false }
}
