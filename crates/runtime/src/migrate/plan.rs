//! What the history says of each step, and what is to be done about it; no database is asked here.

use chrono::{DateTime, Utc};
use std::time::Duration;

use super::history::{Row, State};
use super::migration::{Step, label};
use crate::error::{Error, MigrationProblem, Result};

/// A migration and how the database stands to it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MigrationStatus {
    /// The version.
    pub version: i64,
    /// The name behind the version.
    pub name: String,
    /// How the database stands to it.
    pub state: MigrationState,
    /// When it was applied, or begun.
    pub applied_at: Option<DateTime<Utc>>,
    /// How long that took.
    pub took: Option<Duration>,
}

/// How a database stands to a migration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MigrationState {
    /// Not applied yet.
    Pending,
    /// Not applied, though a newer one was.
    OutOfOrder,
    /// Applied.
    Applied,
    /// Applied, and its text was edited since.
    Edited,
    /// Applied, and not among the migrations any more.
    Missing,
    /// Begun, and not ended.
    Unfinished,
    /// Its undoing was begun, and not ended.
    HalfUndone,
}

impl MigrationState {
    /// Whether a run would leave it alone because it is done.
    pub fn is_applied(self) -> bool {
        self == MigrationState::Applied
    }

    /// Whether a run would apply it.
    pub fn is_pending(self) -> bool {
        self == MigrationState::Pending
    }
}

/// What is let pass.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Allowed {
    pub(super) out_of_order: bool,
    pub(super) missing: bool,
}

/// Each step and each row of the history, by version.
pub(super) fn statuses<D>(steps: &[Step<'_, D>], rows: &[Row], allowed: Allowed) -> Vec<MigrationStatus> {
    let newest = newest(rows);
    let of_step = |step: &Step<'_, D>| {
        let row = row_of(rows, step.version);
        let state = match row {
            Some(row) => match row.state {
                State::Started => MigrationState::Unfinished,
                State::Undoing => MigrationState::HalfUndone,
                State::Applied if row.checksum != step.checksum => MigrationState::Edited,
                State::Applied => MigrationState::Applied,
            },
            None if newest > Some(step.version) && !allowed.out_of_order => MigrationState::OutOfOrder,
            None => MigrationState::Pending,
        };
        status(step.version, &step.name, state, row)
    };
    let missing = rows.iter().filter(|row| !steps.iter().any(|step| step.version == row.version)).map(|row| {
        let state = match row.state {
            State::Started => MigrationState::Unfinished,
            State::Undoing => MigrationState::HalfUndone,
            State::Applied => MigrationState::Missing,
        };
        status(row.version, &row.name, state, Some(row))
    });
    let mut all: Vec<MigrationStatus> = steps.iter().map(of_step).chain(missing).collect();
    all.sort_by_key(|status| status.version);
    all
}

fn status(version: i64, name: &str, state: MigrationState, row: Option<&Row>) -> MigrationStatus {
    let applied_at = row.map(|row| row.applied_at);
    let took = row.filter(|row| row.state == State::Applied).map(|row| row.duration);
    MigrationStatus { version, name: name.to_owned(), state, applied_at, took }
}

/// That the database is where the steps say.
///
/// # Errors
/// By name what is unfinished, edited or missing.
pub(super) fn check<D>(steps: &[Step<'_, D>], rows: &[Row], allowed: Allowed) -> Result<()> {
    if let Some(row) = rows.iter().find(|row| row.state != State::Applied) {
        let problem = MigrationProblem::Unfinished { undoing: row.state == State::Undoing };
        return Err(Error::in_migration(name_of(steps, row), problem));
    }
    for row in rows {
        match steps.iter().find(|step| step.version == row.version) {
            Some(step) if step.checksum != row.checksum => {
                return Err(Error::in_migration(&*step.up.label, MigrationProblem::Edited));
            }
            None if !allowed.missing => {
                return Err(Error::in_migration(name_of(steps, row), MigrationProblem::Missing));
            }
            _ => {}
        }
    }
    Ok(())
}

/// What is to be applied, in order.
///
/// # Errors
/// By name what [`check`] finds, and what is older than what was applied.
pub(super) fn pending<'s, 'm, D>(
    steps: &'s [Step<'m, D>],
    rows: &[Row],
    allowed: Allowed,
) -> Result<Vec<&'s Step<'m, D>>> {
    check(steps, rows, allowed)?;
    let pending: Vec<_> = steps.iter().filter(|step| row_of(rows, step.version).is_none()).collect();
    let newest = newest(rows);
    let late = pending.iter().find(|step| newest > Some(step.version)).filter(|_| !allowed.out_of_order);
    if let (Some(late), Some(newest)) = (late, newest.and_then(|newest| row_of(rows, newest))) {
        let problem = MigrationProblem::OutOfOrder { newest: name_of(steps, newest) };
        return Err(Error::in_migration(&*late.up.label, problem));
    }
    Ok(pending)
}

/// The `count` newest steps that were applied, newest first.
///
/// # Errors
/// By name what [`check`] finds, and what has no way down.
pub(super) fn to_undo<'s, 'm, D>(
    steps: &'s [Step<'m, D>],
    rows: &[Row],
    allowed: Allowed,
    count: usize,
) -> Result<Vec<&'s Step<'m, D>>> {
    check(steps, rows, allowed)?;
    let mut undone = Vec::new();
    for row in rows.iter().rev().take(count) {
        let step = steps.iter().find(|step| step.version == row.version);
        let step = step.ok_or_else(|| Error::in_migration(name_of(steps, row), MigrationProblem::Missing))?;
        if step.down.is_none() {
            return Err(Error::in_migration(&*step.up.label, MigrationProblem::NoDown));
        }
        undone.push(step);
    }
    Ok(undone)
}

pub(super) fn row_of(rows: &[Row], version: i64) -> Option<&Row> {
    rows.iter().find(|row| row.version == version)
}

fn newest(rows: &[Row]) -> Option<i64> {
    rows.iter().map(|row| row.version).max()
}

fn name_of<D>(steps: &[Step<'_, D>], row: &Row) -> String {
    let step = steps.iter().find(|step| step.version == row.version);
    step.map_or_else(|| label(row.version, &row.name), |step| step.up.label.clone())
}
