//! An upsert that tells what became of its rows.

use relvar_query::dialect::{Dialect, Engine};
use relvar_query::ir::Statement as Ir;
use relvar_query::source::Table;
use relvar_query::statement::{Counted, Insert, Statement, Told};
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
    /// It is exact on every database, for rows of the program and for those of a query. On PostgreSQL the rows come back
    /// as `RETURNING xmax = 0`, and are counted there beside those of a query; MySQL, MariaDB and SQLite count them in
    /// the session, which is read before and after, in a transaction. Rows of one key among those that are given are an
    /// error on PostgreSQL; elsewhere the first is inserted and then updated.
    ///
    /// # Errors
    /// What the database said: that a partitioned table of PostgreSQL has no `xmax`, for example.
    fn upserted<'e, E: Executor<Self::Dialect> + 'e>(self, executor: E) -> Running<'e, Upserted>;
}

impl<T: Table, D: Dialect> Upsert for Insert<T, D> {
    fn upserted<'e, E: Executor<D> + 'e>(self, executor: E) -> Running<'e, Upserted> {
        Box::pin(async move {
            let limits = executor.limits();
            let Counted { statement, told } = self.counted(limits.engine);
            let parts = bulk::split(statement, limits);
            if parts.is_empty() {
                return Ok(Upserted::default());
            }
            Ok(match told {
                Told::Affected(rows) => {
                    let inserted = executor.run(job(&parts, D::ENGINES, &mut Ignore::default(), &|_| {})).await?;
                    Upserted { inserted, updated: 0, skipped: rows.map_or(0, |rows| rows.saturating_sub(inserted)) }
                }
                Told::Returned(rows) => {
                    let decoder = cell::<bool>();
                    let mut returned = Collect::new(&decoder, u64::MAX);
                    let expected: Expected<'_> = &|types| types.push(bool::SQL_TYPE);
                    let affected = executor.run(job(&parts, D::ENGINES, &mut returned, expected)).await?;
                    let updated = returned.into_rows().into_iter().filter(|inserted| !inserted).count() as u64;
                    outcome(rows, affected, updated)
                }
                Told::Row => {
                    let decoder = numbers::<3>();
                    let mut row = Collect::new(&decoder, 1);
                    executor.run(job(&parts, D::ENGINES, &mut row, &|types| types.extend([i64::SQL_TYPE; 3]))).await?;
                    let [rows, inserted, updated] = row.into_rows().first().copied().unwrap_or_default().map(count);
                    Upserted { inserted, updated, skipped: rows.saturating_sub(inserted + updated) }
                }
                Told::Grown(counted, rows) => {
                    // in one session, to which the numbers belong
                    let unit = executor.begin_unit().await?;
                    match grown(&unit, &parts, &counted, D::ENGINES).await {
                        Ok((affected, [updated, given])) => {
                            unit.0.commit().await?;
                            outcome(rows.unwrap_or(given), affected, updated)
                        }
                        Err(error) => {
                            // the first error says more than that there was nothing left to roll back
                            let _ = unit.0.rollback().await;
                            return Err(error);
                        }
                    }
                }
            })
        })
    }
}

/// Of so many rows, so many were affected, and so many of these updated.
fn outcome(rows: u64, affected: u64, updated: u64) -> Upserted {
    Upserted { inserted: affected.saturating_sub(updated), updated, skipped: rows.saturating_sub(affected) }
}

/// How many rows the statements affected, and by how much the numbers have grown meanwhile.
async fn grown(unit: &Unit, statements: &[Ir], counted: &Ir, engines: &'static [Engine]) -> Result<(u64, [u64; 2])> {
    let decoder = numbers::<2>();
    let mut rows = Collect::new(&decoder, 2);
    let (counted, types): (_, Expected<'_>) =
        (std::slice::from_ref(counted), &|types| types.extend([i64::SQL_TYPE; 2]));
    unit.0.run(job(counted, engines, &mut rows, types)).await?;
    let affected = unit.0.run(job(statements, engines, &mut Ignore::default(), &|_| {})).await?;
    unit.0.run(job(counted, engines, &mut rows, types)).await?;
    let grown = match rows.into_rows().as_slice() {
        [before, after] => [after[0] - before[0], after[1] - before[1]],
        _ => [0, 0],
    };
    Ok((affected, grown.map(count)))
}

fn count(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

/// How a row of numbers is read.
fn numbers<const N: usize>() -> Decoder<[i64; N]> {
    Decoder::new(
        |row| {
            let mut numbers = [0; N];
            for number in &mut numbers {
                *number = row.read()?;
            }
            Ok(numbers)
        },
        |types| types.extend([i64::SQL_TYPE; N]),
    )
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
    Job { runs, engines, expected, rows, stop_after: None, pace: Pace::Short, read_only: false, compiled: None }
}
