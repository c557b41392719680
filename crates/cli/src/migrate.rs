//! What each task does, and what it says about it.

use relvar::AnyDb;
use relvar::migrate::{MigrationProgress, MigrationResolution, MigrationState, MigrationStatus, Migrator};
use std::fmt;
use std::process::ExitCode;
use std::time::Duration;

use crate::arguments::{Allow, Place, Task};
use crate::new;

/// What `status --check` says when not all is applied.
const NOT_APPLIED: u8 = 3;

/// Why something could not be done, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure(String);

impl<E: Into<Box<dyn std::error::Error>>> From<E> for Failure {
    fn from(error: E) -> Failure {
        Failure(error.into().to_string())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Does it.
///
/// # Errors
/// What went wrong, in words.
pub(crate) fn perform(task: Task) -> Result<ExitCode, Failure> {
    if let Task::New { folder, name, up_only } = task {
        for path in new::create(&folder, &name, up_only)? {
            println!("{}", path.display());
        }
        return Ok(ExitCode::SUCCESS);
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(on_database(task))
}

async fn on_database(task: Task) -> Result<ExitCode, Failure> {
    match task {
        Task::Run { place, allow, dry: true } => {
            let (migrator, db) = open(&place, allow).await?;
            for step in migrator.pending(&db).await? {
                let transaction = if step.no_transaction { ", without a transaction" } else { "" };
                println!("-- {}_{}{transaction}\n{}", step.version, step.name, step.sql.unwrap_or_default().trim_end());
            }
            db.close().await;
        }
        Task::Run { place, allow, dry: false } => {
            let (migrator, db) = open(&place, allow).await?;
            let result = migrator.run(&db).await;
            db.close().await;
            if result?.is_empty() {
                println!("nothing to apply");
            }
        }
        Task::Undo { place, allow, count } => {
            let (migrator, db) = open(&place, allow).await?;
            let result = migrator.undo(&db, count).await;
            db.close().await;
            if result?.is_empty() {
                println!("nothing to undo");
            }
        }
        Task::Status { place, check } => {
            let (migrator, db) = open(&place, Allow { out_of_order: false, missing: false }).await?;
            let result = migrator.status(&db).await;
            db.close().await;
            let all = result?;
            print!("{}", table(&all));
            if check && !all.iter().all(|status| status.state.is_applied()) {
                return Ok(ExitCode::from(NOT_APPLIED));
            }
        }
        Task::Resolve { place, version, applied } => {
            let (migrator, db) = open(&place, Allow { out_of_order: false, missing: false }).await?;
            let resolution = if applied { MigrationResolution::Applied } else { MigrationResolution::Undone };
            let result = migrator.resolve(&db, version, resolution).await;
            db.close().await;
            result?;
            println!("{version} counts as {}", if applied { "applied" } else { "not applied" });
        }
        Task::New { .. } => {}
    }
    Ok(ExitCode::SUCCESS)
}

async fn open(place: &Place, allow: Allow) -> Result<(Migrator<relvar::Any>, AnyDb), Failure> {
    let migrator = Migrator::from_folder(&place.folder)?
        .allow_out_of_order(allow.out_of_order)
        .allow_missing(allow.missing)
        .lock_timeout(Duration::from_secs(place.wait))
        .on_progress(tell);
    Ok((migrator, AnyDb::connect(&place.url).await?))
}

fn tell(progress: &MigrationProgress) {
    if let MigrationProgress::Ended { label, undo, took, .. } = progress {
        println!("{} {label} ({})", if *undo { "undone " } else { "applied" }, seconds(*took));
    }
}

/// One line for each, in columns.
fn table(all: &[MigrationStatus]) -> String {
    let width = all.iter().map(|status| status.version.to_string().len()).max().unwrap_or_default();
    let line = |status: &MigrationStatus| {
        let at = status.applied_at.map(|at| at.format("  %Y-%m-%d %H:%M:%S UTC").to_string()).unwrap_or_default();
        let took = status.took.map(|took| format!("  {}", seconds(took))).unwrap_or_default();
        format!("{:<width$}  {:<12}  {}{at}{took}\n", status.version, word(status.state), status.name)
    };
    all.iter().map(line).collect()
}

fn word(state: MigrationState) -> &'static str {
    match state {
        MigrationState::Pending => "pending",
        MigrationState::OutOfOrder => "out of order",
        MigrationState::Applied => "applied",
        MigrationState::Edited => "edited",
        MigrationState::Missing => "missing",
        MigrationState::Unfinished => "unfinished",
        MigrationState::HalfUndone => "half undone",
        _ => "?",
    }
}

fn seconds(duration: Duration) -> String {
    format!("{:.3} s", duration.as_secs_f64())
}
