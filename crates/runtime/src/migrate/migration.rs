//! Steps: a version, a name, a way up and perhaps a way down, in SQL or in Rust.

use futures_core::future::BoxFuture;
use relvar_query::dialect::Engine;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::future::Future;
use std::sync::Arc;

use super::file::{self, Direction, File};
use super::text::{Text, checksum};
use crate::error::{Error, MigrationProblem, Result};
use crate::transaction::Tx;

/// What a Rust step does.
type RustBody<D> = Arc<dyn Fn(Tx<D>) -> BoxFuture<'static, Result<()>> + Send + Sync>;

/// The checksum of what has no text.
const RUST: &str = "rust";

/// A step that is written in Rust, to stand among files of SQL.
///
/// It gets the transaction that its row in the history is written in. It cannot be looked into, so it has no
/// checksum: what is applied must not be changed.
///
/// An example that runs is at `relvar::migrate`.
pub struct Migration<D> {
    version: i64,
    name: Cow<'static, str>,
    up: RustBody<D>,
    down: Option<RustBody<D>>,
}

impl<D> Migration<D> {
    /// A step that `up` does. A file and a step cannot have one version.
    pub fn rust<F, Fut>(version: i64, name: impl Into<Cow<'static, str>>, up: F) -> Migration<D>
    where
        F: Fn(Tx<D>) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<()>> + Send + 'static,
    {
        Migration { version, name: name.into(), up: Arc::new(move |tx| Box::pin(up(tx))), down: None }
    }

    /// The same, undone by `down`.
    #[must_use]
    pub fn down<F, Fut>(self, down: F) -> Migration<D>
    where
        F: Fn(Tx<D>) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<()>> + Send + 'static,
    {
        Migration { down: Some(Arc::new(move |tx| Box::pin(down(tx)))), ..self }
    }
}

impl<D> Clone for Migration<D> {
    fn clone(&self) -> Self {
        Migration { version: self.version, name: self.name.clone(), up: self.up.clone(), down: self.down.clone() }
    }
}

impl<D> fmt::Debug for Migration<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Migration({})", label(self.version, &self.name))
    }
}

/// A step as it is on one database.
pub(super) struct Step<'m, D> {
    pub(super) version: i64,
    pub(super) name: Cow<'m, str>,
    pub(super) up: Way<'m, D>,
    pub(super) down: Option<Way<'m, D>>,
    /// Of the way up.
    pub(super) checksum: String,
}

/// One direction of a step.
pub(super) struct Way<'m, D> {
    /// What errors call it: the file, or the version and name.
    pub(super) label: String,
    pub(super) body: Body<'m, D>,
    pub(super) no_transaction: bool,
}

/// What is done.
pub(super) enum Body<'m, D> {
    Sql(Cow<'m, str>),
    Rust(&'m RustBody<D>),
}

/// What a step is called where there is no file.
pub(super) fn label(version: i64, name: &str) -> String {
    format!("{version}_{name}")
}

/// The steps as they are on `engine`, oldest first.
///
/// # Errors
/// What is wrong with names, versions and directives.
pub(super) fn steps<'m, D>(
    files: &'m [(Cow<'static, str>, Cow<'static, str>)],
    rust: &'m [Migration<D>],
    engine: Engine,
) -> Result<Vec<Step<'m, D>>> {
    let mut versions: BTreeMap<i64, Vec<File>> = BTreeMap::new();
    for (name, text) in files {
        let file = File::new(name.clone(), text.clone())?;
        versions.entry(file.version).or_default().push(file);
    }
    let mut steps = BTreeMap::new();
    for (version, files) in versions {
        check_apart(&files)?;
        steps.insert(version, of_files(files, engine)?);
    }
    for migration in rust {
        let name = label(migration.version, &migration.name);
        let refuse = |why: String| Error::in_migration(name.clone(), MigrationProblem::FileName(why));
        file::check_name(&migration.name).map_err(refuse)?;
        if migration.version < 0 {
            return Err(refuse("the version is negative".to_owned()));
        }
        let step = of_rust(migration);
        if let Some(other) = steps.insert(migration.version, step) {
            return Err(Error::in_migration(name, MigrationProblem::Duplicate { other: other.up.label }));
        }
    }
    Ok(steps.into_values().collect())
}

/// That the files of one version are one step.
fn check_apart(files: &[File]) -> Result<()> {
    for (at, file) in files.iter().enumerate() {
        let other = files.iter().take(at).find(|other| {
            other.name != file.name || (other.direction == file.direction && other.variant == file.variant)
        });
        if let Some(other) = other {
            let (first, second) = if other.file < file.file { (other, file) } else { (file, other) };
            let problem = MigrationProblem::Duplicate { other: first.file.to_string() };
            return Err(Error::in_migration(&*second.file, problem));
        }
    }
    Ok(())
}

/// The step of these files, which have one version.
fn of_files<'m, D>(mut files: Vec<File>, engine: Engine) -> Result<Step<'m, D>> {
    let script = engine.script();
    let mut take = |direction: Direction| {
        let variants = script.suffixes.iter().copied().map(Some).chain([None]);
        let mut candidates = variants.filter_map(|variant| {
            files.iter().position(|file| file.direction == direction && file.variant.as_deref() == variant)
        });
        candidates.next().map(|position| files.swap_remove(position))
    };
    let (up, down) = (take(Direction::Up), take(Direction::Down));
    let Some(up) = up else {
        let other = files.iter().find(|file| file.direction == Direction::Up);
        let suffix = script.suffixes.first().copied().unwrap_or_default();
        let (file, problem) = match (other, files.first().or(down.as_ref())) {
            (Some(file), _) => (file.file.to_string(), MigrationProblem::NoVariant { database: engine.name(), suffix }),
            (None, file) => (file.map(|file| file.file.to_string()).unwrap_or_default(), MigrationProblem::OnlyDown),
        };
        return Err(Error::in_migration(file, problem));
    };
    let (version, name, checksum) = (up.version, Cow::Owned(up.name.clone()), checksum(&up.text, engine));
    let way = |file: File| -> Result<Way<'m, D>> {
        let parsed = Text::parse(&file.text, engine);
        let no_transaction = match parsed {
            Ok(text) => text.no_transaction,
            Err(problem) => return Err(Error::in_migration(file.file, problem)),
        };
        Ok(Way { label: file.file.into_owned(), body: Body::Sql(file.text), no_transaction })
    };
    Ok(Step { version, name, up: way(up)?, down: down.map(way).transpose()?, checksum })
}

fn of_rust<D>(migration: &Migration<D>) -> Step<'_, D> {
    let label = label(migration.version, &migration.name);
    let way = |body| Way { label: label.clone(), body: Body::Rust(body), no_transaction: false };
    Step {
        version: migration.version,
        name: Cow::Borrowed(&migration.name),
        up: way(&migration.up),
        down: migration.down.as_ref().map(way),
        checksum: RUST.to_owned(),
    }
}
