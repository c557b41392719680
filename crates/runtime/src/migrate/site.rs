//! A database that one migrator is at work on, while others wait.

use super::MigrationResolution;
use super::history::{History, State};
use super::lock::Lock;
use super::migration::{Step, label};
use super::plan;
use crate::error::{Error, MigrationProblem, Result};
use crate::held::Held;

/// The one connection that everything runs on, and what is known.
pub(super) struct Site<'m, D> {
    pub(super) held: Box<dyn Held>,
    pub(super) steps: Vec<Step<'m, D>>,
    pub(super) history: History,
    pub(super) lock: Lock,
}

impl<D> Site<'_, D> {
    /// Lets the next migrator in.
    pub(super) async fn close(mut self) {
        self.lock.release(&mut *self.held).await;
    }

    /// Writes down what became of a step.
    ///
    /// # Errors
    /// `Unknown`, `NothingToResolve`, or what the database said.
    pub(super) async fn resolve(&mut self, version: i64, resolution: MigrationResolution) -> Result<()> {
        let Site { held, steps, history, .. } = self;
        let held = &mut **held;
        history.create(held).await?;
        let rows = history.read(held).await?;
        let row = plan::row_of(&rows, version);
        let step = steps.iter().find(|step| step.version == version);
        let name = match (step, row) {
            (Some(step), _) => step.up.label.clone(),
            (None, Some(row)) => label(version, &row.name),
            (None, None) => return Err(Error::in_migration(version.to_string(), MigrationProblem::Unknown)),
        };
        let settled = match (resolution, row) {
            (MigrationResolution::Undone, row) => row.is_none(),
            (MigrationResolution::Applied, Some(row)) => {
                row.state == State::Applied && step.is_none_or(|step| step.checksum == row.checksum)
            }
            (MigrationResolution::Applied, None) => false,
        };
        if settled {
            return Err(Error::in_migration(name, MigrationProblem::NothingToResolve));
        }
        held.begin().await?;
        match (resolution, step, row) {
            (MigrationResolution::Applied, Some(step), row) => {
                if row.is_some() {
                    history.remove(held, version).await?;
                }
                history.start(held, step, State::Applied).await?;
            }
            (MigrationResolution::Applied, None, _) => history.set_state(held, version, State::Applied).await?,
            (MigrationResolution::Undone, ..) => history.remove(held, version).await?,
        }
        held.commit().await
    }
}
