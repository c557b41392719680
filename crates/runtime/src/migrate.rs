//! Migrations: steps that bring a database's schema to where the program needs it, each applied once.
//!
//! A [`Migrator`] has a folder of SQL files, built into the program by `relvar::migrations!` or read at run time,
//! and steps in Rust. The guide has the whole story: `docs/guide/migrations.md`.
//!
//! - Files are named `<version>_<name>.sql`, or `.up.sql` and `.down.sql` for a way up and a way down; before
//!   `.sql` may stand the database that a file is for: `.postgres.sql`, `.mysql.sql`, `.mariadb.sql`, `.sqlite.sql`.
//! - Each step is a transaction, together with its row in the history `_relvar_migrations`. Where the database
//!   cannot roll back changes of the schema (MySQL, MariaDB), and with `-- relvar: no transaction` in the file, the
//!   history says before that it was begun and afterwards that it has ended.
//! - Of two migrators at one database, one waits for the other. The lock goes with the process that holds it.
//! - A file that was edited after it was applied is refused by name. Comments, line ends and the layout do not count.

mod apply;
mod file;
mod history;
mod lock;
mod migration;
mod plan;
mod site;
#[cfg(test)]
mod tests;
mod text;

use std::borrow::Cow;
use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use crate::db::Db;
use crate::error::Result;
use crate::fetch::Running;
use crate::held::Held;
use apply::Run;
use history::{History, Row};
use migration::Step;
use plan::Allowed;
use site::Site;

pub use crate::error::{MigrationError, MigrationProblem};
pub use migration::Migration;
pub use plan::{MigrationState, MigrationStatus};

/// How long another migrator is waited for if nothing else is said.
const PATIENCE: Duration = Duration::from_secs(60);

/// Migrations, and how they are applied to a `Db<D>`.
///
/// An example that runs is at `relvar::migrate`.
pub struct Migrator<D> {
    files: Vec<(Cow<'static, str>, Cow<'static, str>)>,
    steps: Vec<Migration<D>>,
    allowed: Allowed,
    patience: Duration,
    progress: Option<Arc<dyn Fn(&MigrationProgress) + Send + Sync>>,
}

/// A step that was applied or undone.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Migrated {
    /// Its version.
    pub version: i64,
    /// The name behind the version.
    pub name: String,
    /// How long it took.
    pub took: Duration,
}

/// A step that has not been applied yet.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PendingMigration {
    /// Its version.
    pub version: i64,
    /// The name behind the version.
    pub name: String,
    /// The text that would be run; nothing of a step in Rust.
    pub sql: Option<String>,
    /// Whether it would be run without a transaction.
    pub no_transaction: bool,
}

/// What a migrator is at.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MigrationProgress {
    /// A step begins.
    Began {
        /// Its version.
        version: i64,
        /// Its file, or version and name.
        label: String,
        /// Whether it is undone.
        undo: bool,
    },
    /// A step has ended and is kept.
    Ended {
        /// Its version.
        version: i64,
        /// Its file, or version and name.
        label: String,
        /// Whether it was undone.
        undo: bool,
        /// How long it took.
        took: Duration,
    },
}

/// What is to be said of a step whose state is not clear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MigrationResolution {
    /// The database has all of it: it counts as applied, with the text that it has now.
    Applied,
    /// The database has nothing of it: it counts as not applied.
    Undone,
}

impl<D: 'static> Migrator<D> {
    /// No migrations yet.
    pub fn new() -> Migrator<D> {
        let (files, steps) = (Vec::new(), Vec::new());
        Migrator { files, steps, allowed: Allowed::default(), patience: PATIENCE, progress: None }
    }

    /// Those of a folder, read now. Files that neither begin with a digit nor end in `.sql`, and hidden ones, are
    /// left aside; every other one must have a migration's name.
    ///
    /// # Errors
    /// A folder or file that cannot be read, or a name that is none of a migration, by name.
    pub fn from_folder(folder: impl AsRef<Path>) -> Result<Migrator<D>> {
        let files = file::File::folder(folder.as_ref())?.into_iter().map(|file| (file.file, file.text)).collect();
        Ok(Migrator { files, ..Migrator::new() })
    }

    /// What `relvar::migrations!` has found: names and texts.
    #[doc(hidden)]
    pub fn embedded(files: &[(&'static str, &'static str)]) -> Migrator<D> {
        let files = files.iter().map(|(name, text)| (Cow::Borrowed(*name), Cow::Borrowed(*text))).collect();
        Migrator { files, ..Migrator::new() }
    }

    /// With a step in Rust. Files and steps are applied in the order of their versions.
    #[must_use]
    pub fn with(mut self, step: Migration<D>) -> Migrator<D> {
        self.steps.push(step);
        self
    }

    /// Lets [`run`](Self::run) apply what is older than what was applied already: migrations of branches that were
    /// merged later. Refused by default, because nobody has tried them in that order.
    #[must_use]
    pub fn allow_out_of_order(mut self, allow: bool) -> Migrator<D> {
        self.allowed.out_of_order = allow;
        self
    }

    /// Puts up with applied migrations that are not here: a program that is started beside a newer one's database.
    /// Refused by default.
    #[must_use]
    pub fn allow_missing(mut self, allow: bool) -> Migrator<D> {
        self.allowed.missing = allow;
        self
    }

    /// How long another migrator is waited for: a minute by default.
    #[must_use]
    pub fn lock_timeout(mut self, timeout: Duration) -> Migrator<D> {
        self.patience = timeout;
        self
    }

    /// Tells `listener` when a step begins and when it has ended.
    #[must_use]
    pub fn on_progress(mut self, listener: impl Fn(&MigrationProgress) + Send + Sync + 'static) -> Migrator<D> {
        self.progress = Some(Arc::new(listener));
        self
    }

    /// Applies what has not been applied, oldest first, and says what that was.
    ///
    /// The limits on statements and locks that `db` was connected with hold here, too.
    ///
    /// # Errors
    /// [`MigrationError`] by the name of the migration: what is wrong with files and versions; what is unfinished,
    /// edited, missing or out of order, and then nothing was applied; the one that failed, and then those before it
    /// were applied; that another migrator was at work for longer than was waited. What the database said otherwise.
    pub fn run<'a>(&'a self, db: &'a Db<D>) -> Running<'a, Vec<Migrated>> {
        Box::pin(async move {
            let mut site = self.open(db).await?;
            let result = self.apply_all(&mut site).await;
            site.close().await;
            result
        })
    }

    /// Undoes the `count` newest that were applied, newest first, and says what that was. First it makes sure that
    /// each has a way down.
    ///
    /// # Errors
    /// As [`run`](Self::run).
    pub fn undo<'a>(&'a self, db: &'a Db<D>, count: usize) -> Running<'a, Vec<Migrated>> {
        Box::pin(async move {
            let mut site = self.open(db).await?;
            let result = self.undo_some(&mut site, count).await;
            site.close().await;
            result
        })
    }

    /// How the database stands to each migration, by version; nothing is changed, and nobody is waited for.
    ///
    /// # Errors
    /// What is wrong with files and versions, or what the database said.
    pub fn status<'a>(&'a self, db: &'a Db<D>) -> Running<'a, Vec<MigrationStatus>> {
        Box::pin(async move {
            let (steps, rows) = self.look(db).await?;
            Ok(plan::statuses(&steps, &rows, self.allowed))
        })
    }

    /// What [`run`](Self::run) would apply, in order; nothing is changed, and nobody is waited for.
    ///
    /// # Errors
    /// What `run` would refuse.
    pub fn pending<'a>(&'a self, db: &'a Db<D>) -> Running<'a, Vec<PendingMigration>> {
        Box::pin(async move {
            let (steps, rows) = self.look(db).await?;
            let pending = plan::pending(&steps, &rows, self.allowed)?.into_iter().map(|step| PendingMigration {
                version: step.version,
                name: step.name.to_string(),
                sql: match &step.up.body {
                    migration::Body::Sql(text) => Some(text.to_string()),
                    migration::Body::Rust(_) => None,
                },
                no_transaction: step.up.no_transaction,
            });
            Ok(pending.collect())
        })
    }

    /// Writes down what became of a step, without running anything: of one that is unfinished; of one that is to
    /// count as applied although this never applied it, as when a database had the schema before it had a history;
    /// or of one whose text was edited, to accept it.
    ///
    /// # Errors
    /// `Unknown`, `NothingToResolve`, or what the database said.
    pub fn resolve<'a>(&'a self, db: &'a Db<D>, version: i64, resolution: MigrationResolution) -> Running<'a, ()> {
        Box::pin(async move {
            let mut site = self.open(db).await?;
            let result = site.resolve(version, resolution).await;
            site.close().await;
            result
        })
    }

    /// What the files and the database say.
    async fn look(&self, db: &Db<D>) -> Result<(Vec<Step<'_, D>>, Vec<Row>)> {
        let mut held = db.core().clone().hold().await?;
        let steps = migration::steps(&self.files, &self.steps, held.target().engine)?;
        let rows = History::find(&mut *held).await?.read(&mut *held).await?;
        Ok((steps, rows))
    }

    /// Keeps other migrators away from the database.
    async fn open(&self, db: &Db<D>) -> Result<Site<'_, D>> {
        let mut held = db.core().clone().hold().await?;
        let steps = migration::steps(&self.files, &self.steps, held.target().engine)?;
        let history = History::find(&mut *held).await?;
        let lock = lock::acquire(&mut *held, self.patience).await?;
        Ok(Site { held, steps, history, lock })
    }

    async fn apply_all(&self, site: &mut Site<'_, D>) -> Result<Vec<Migrated>> {
        let Site { held, steps, history, .. } = site;
        history.create(&mut **held).await?;
        let rows = history.read(&mut **held).await?;
        let mut done = Vec::new();
        for step in plan::pending(steps, &rows, self.allowed)? {
            done.push(self.perform(&mut **held, &Run { history, step, way: &step.up, up: true }).await?);
        }
        Ok(done)
    }

    async fn undo_some(&self, site: &mut Site<'_, D>, count: usize) -> Result<Vec<Migrated>> {
        let Site { held, steps, history, .. } = site;
        let rows = history.read(&mut **held).await?;
        let mut done = Vec::new();
        for step in plan::to_undo(steps, &rows, self.allowed, count)? {
            let Some(way) = &step.down else { continue };
            done.push(self.perform(&mut **held, &Run { history, step, way, up: false }).await?);
        }
        Ok(done)
    }

    async fn perform(&self, held: &mut dyn Held, run: &Run<'_, '_, D>) -> Result<Migrated> {
        let (version, undo) = (run.step.version, !run.up);
        let label = || run.way.label.clone();
        self.tell(|| MigrationProgress::Began { version, label: label(), undo });
        let took = run.perform(held).await?;
        tracing::info!(migration = %run.way.label, undo, ?took, "migrated");
        self.tell(|| MigrationProgress::Ended { version, label: label(), undo, took });
        Ok(Migrated { version, name: run.step.name.to_string(), took })
    }

    fn tell(&self, progress: impl FnOnce() -> MigrationProgress) {
        if let Some(listener) = &self.progress {
            listener(&progress());
        }
    }
}

impl<D: 'static> Default for Migrator<D> {
    fn default() -> Self {
        Migrator::new()
    }
}

impl<D> Clone for Migrator<D> {
    fn clone(&self) -> Self {
        let Migrator { files, steps, allowed, patience, progress } = self;
        let (files, steps, progress) = (files.clone(), steps.clone(), progress.clone());
        Migrator { files, steps, allowed: *allowed, patience: *patience, progress }
    }
}

impl<D> fmt::Debug for Migrator<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let files: Vec<&str> = self.files.iter().map(|(name, _)| &**name).collect();
        f.debug_struct("Migrator").field("files", &files).field("steps", &self.steps).finish_non_exhaustive()
    }
}
