//! Files of migrations: what their names say, and reading a folder of them.

use std::borrow::Cow;
use std::fs;
use std::path::Path;

use crate::error::{Error, MigrationProblem, Result};
use relvar_query::dialect::Engine;

/// A file of SQL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct File {
    /// Its name, without the folder.
    pub(super) file: Cow<'static, str>,
    pub(super) version: i64,
    pub(super) name: String,
    pub(super) direction: Direction,
    /// The database it is for, as its name has it; all if nothing.
    pub(super) variant: Option<String>,
    pub(super) text: Cow<'static, str>,
}

/// Which way a script goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Up,
    Down,
}

const EXTENSION: &str = "sql";
/// What fits the history's column everywhere.
const LONGEST_NAME: usize = 200;

impl File {
    /// Reads the name of a file.
    ///
    /// # Errors
    /// Why it is not a migration's.
    pub(super) fn new(file: Cow<'static, str>, text: Cow<'static, str>) -> Result<File> {
        let refuse = |why: &str| Error::in_migration(&*file, MigrationProblem::FileName(why.to_owned()));
        let Some((stem, EXTENSION)) = file.rsplit_once('.') else { return Err(refuse("it does not end in `.sql`")) };
        let mut parts = stem.split('.');
        let versioned = parts.next().unwrap_or_default();
        let (mut direction, mut variant) = (None, None);
        for part in parts {
            let way = match part {
                "up" => Some(Direction::Up),
                "down" => Some(Direction::Down),
                _ => None,
            };
            match (way, variant.is_none()) {
                (Some(way), true) if direction.is_none() => direction = Some(way),
                (None, true) if is_suffix(part) => variant = Some(part.to_owned()),
                (Some(_), _) => return Err(refuse("`.up` or `.down` stands once, before the database")),
                (None, _) => return Err(refuse(&format!("`.{part}` is no direction and no database"))),
            }
        }
        let Some((digits, name)) = versioned.split_once('_') else {
            return Err(refuse("there is no `_` behind the version"));
        };
        let (version, name) = (version(digits).map_err(|why| refuse(&why))?, name.to_owned());
        check_name(&name).map_err(|why| refuse(&why))?;
        let direction = direction.unwrap_or(Direction::Up);
        Ok(File { version, name, direction, variant, file, text })
    }

    /// Reads all migrations of a folder. Files that neither begin with a digit nor end in `.sql` are none; all
    /// others have to be.
    ///
    /// # Errors
    /// A folder or file that cannot be read, a name that is not a migration's.
    pub(super) fn folder(folder: &Path) -> Result<Vec<File>> {
        let unreadable = |path: &Path, why: String| {
            Error::in_migration(path.display().to_string(), MigrationProblem::Unreadable(why))
        };
        let entries = fs::read_dir(folder).map_err(|error| unreadable(folder, error.to_string()))?;
        let mut files = Vec::new();
        for entry in entries {
            let path = entry.map_err(|error| unreadable(folder, error.to_string()))?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let is_sql = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(EXTENSION));
            if !name.starts_with(|c: char| c.is_ascii_digit()) && (!is_sql || name.starts_with('.')) {
                continue;
            }
            let text = fs::read_to_string(&path).map_err(|error| unreadable(&path, error.to_string()))?;
            files.push(File::new(name.into(), text.into())?);
        }
        Ok(files)
    }
}

fn is_suffix(part: &str) -> bool {
    Engine::ALL.iter().any(|engine| engine.script().suffixes.contains(&part))
}

/// A version: digits that fit the history's column.
fn version(digits: &str) -> Result<i64, String> {
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err("the version is not a number".to_owned());
    }
    digits.parse().map_err(|_| "the version is too large".to_owned())
}

/// Whether a step can have this name.
pub(super) fn check_name(name: &str) -> Result<(), String> {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ');
    if name.is_empty() {
        Err("there is no name behind the version".to_owned())
    } else if name.chars().count() > LONGEST_NAME {
        Err(format!("the name is longer than {LONGEST_NAME} characters"))
    } else if !name.chars().all(fits) {
        Err("the name has other characters than letters, digits, `_` and `-`".to_owned())
    } else {
        Ok(())
    }
}
