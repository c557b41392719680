//! Running one step, so that the history says the truth about it whenever the process may die.

use std::time::{Duration, Instant};

use super::history::{History, State};
use super::migration::{Body, Step, Way};
use super::text::Text;
use crate::error::{Error, ErrorKind, MigrationProblem, Result};
use crate::held::Held;
use crate::transaction::{Hook, Tx};

/// A step on its way up or down.
pub(super) struct Run<'r, 'm, D> {
    pub(super) history: &'r History,
    pub(super) step: &'r Step<'m, D>,
    pub(super) way: &'r Way<'m, D>,
    pub(super) up: bool,
}

impl<D: 'static> Run<'_, '_, D> {
    /// Does it. Where all can be rolled back, its row in the history is written in its own transaction. Where not,
    /// that it was begun is written before and that it has ended behind it.
    ///
    /// # Errors
    /// `Failed` with what the database said.
    pub(super) async fn perform(&self, held: &mut dyn Held) -> Result<Duration> {
        let start = Instant::now();
        let transaction = !self.way.no_transaction;
        let whole = transaction && held.target().engine.script().schema_changes_roll_back;
        if !whole {
            self.note_start(held).await?;
        }
        if transaction {
            held.begin().await?;
        }
        let done = self.inside(held, whole, start).await;
        let hooks = match done {
            Ok(hooks) => hooks,
            Err(error) => {
                if transaction {
                    // where that cannot be said any more, the server rolls back with the end of the session
                    let _ = held.rollback().await;
                }
                return Err(self.name(error, whole));
            }
        };
        if transaction && let Err(error) = held.commit().await {
            if whole && matches!(error.kind(), ErrorKind::OutcomeUnknown) {
                return Err(Error::in_migration(&*self.way.label, MigrationProblem::OutcomeUnknown).with_source(error));
            }
            return Err(self.name(Failure { error, line: None }, whole));
        }
        hooks.into_iter().for_each(|hook| hook());
        Ok(start.elapsed())
    }

    /// What is done between BEGIN and COMMIT.
    async fn inside(&self, held: &mut dyn Held, whole: bool, start: Instant) -> Result<Vec<Hook>, Failure> {
        if whole {
            self.note_start(held).await?;
        }
        let hooks = match &self.way.body {
            Body::Sql(text) => {
                self.script(held, text).await?;
                Vec::new()
            }
            Body::Rust(body) => {
                let level = held.lend()?;
                let result = match body(Tx::over(level.clone())).await {
                    Ok(()) => level.hand_back().await.map_err(|error| match error.kind() {
                        ErrorKind::TransactionEnded => {
                            Error::in_migration(&*self.way.label, MigrationProblem::EndedTransaction)
                        }
                        _ => error,
                    }),
                    Err(error) => Err(error),
                };
                level.abandon();
                let back = held.take_back();
                let hooks = result?;
                back?;
                hooks
            }
        };
        if !self.way.no_transaction && held.lost_transaction() {
            let error = Error::in_migration(&*self.way.label, MigrationProblem::EndedTransaction);
            return Err(error.into());
        }
        match self.up {
            true => self.history.finish(held, self.step.version, start.elapsed()).await?,
            false => self.history.remove(held, self.step.version).await?,
        }
        Ok(hooks)
    }

    async fn script(&self, held: &mut dyn Held, text: &str) -> Result<(), Failure> {
        let text = Text::parse(text, held.target().engine)
            .map_err(|problem| Error::in_migration(&*self.way.label, problem))?;
        for piece in text.pieces {
            held.script(piece.sql).await.map_err(|error| Failure { error, line: Some(piece.line) })?;
        }
        Ok(())
    }

    async fn note_start(&self, held: &mut dyn Held) -> Result<()> {
        match self.up {
            true => self.history.start(held, self.step, State::Started).await,
            false => self.history.set_state(held, self.step.version, State::Undoing).await,
        }
    }

    /// The error by the name of the step, with what was said underneath.
    fn name(&self, failure: Failure, rolled_back: bool) -> Error {
        let Failure { error, line } = failure;
        if let ErrorKind::Migration(_) = error.kind() {
            return error;
        }
        let statement = error.statement().map(std::sync::Arc::from);
        let why = error.kind().to_string();
        let named = Error::in_migration(&*self.way.label, MigrationProblem::Failed { line, rolled_back, why });
        let named = match statement {
            Some(statement) => named.in_statement(&statement),
            None => named,
        };
        named.with_source(error)
    }
}

/// An error, and the line of the file that it is about.
struct Failure {
    error: Error,
    line: Option<usize>,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure { error, line: None }
    }
}
