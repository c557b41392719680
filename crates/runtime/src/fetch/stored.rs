//! An insert that gives its row back, also where the database has no RETURNING.

use relvar_query::dialect::{Capability, Dialect};
use relvar_query::source::{Entity, Table};
use relvar_query::statement::{Insert, Statement};

use super::sink::Collect;
use super::{Running, only};
use crate::executor::{Executor, Job, Pace, Runs};

/// Inserts a row and gives it back as the database stored it: with its number, its defaults, and what it computes.
pub trait Stored: Statement {
    /// What a row is.
    type Row: Table;

    /// Inserts the row and gives it back.
    ///
    /// `let task: Task = Task::insert(NewTask { title: "write".into() }).stored(&db).await?;`
    ///
    /// It is one statement with RETURNING; on MySQL, which has none, an insert and a select by the primary key, in
    /// a transaction. The key is what the insert gives, or the
    /// [number that the database gave](https://dev.mysql.com/doc/refman/9.0/en/information-functions.html#function_last-insert-id).
    ///
    /// # Errors
    /// If it is not one row, if there is an ON CONFLICT, or if on MySQL the key is known neither way; what the
    /// database said.
    fn stored<'e, E: Executor<Self::Dialect> + 'e>(self, executor: E) -> Running<'e, Self::Row>
    where
        Self::Row: Entity + 'e;
}

impl<T: Table, D: Dialect> Stored for Insert<T, D> {
    type Row = T;

    fn stored<'e, E: Executor<D> + 'e>(self, executor: E) -> Running<'e, T>
    where
        T: Entity + 'e,
    {
        let decoder = <T as Table>::decoder();
        Box::pin(async move {
            let statements = self.stored_by(executor.limits().engine.has(Capability::HasReturning))?;
            let mut rows = Collect::new(&decoder, 2);
            let job = Job {
                runs: Runs::Statements(&statements),
                engines: D::ENGINES,
                expected: &|types| decoder.types(types),
                rows: &mut rows,
                stop_after: None,
                pace: Pace::Short,
                read_only: false,
                compiled: None,
            };
            executor.run(job).await?;
            only(rows.into_rows())
        })
    }
}
