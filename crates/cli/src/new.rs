//! The files of a new migration.

use relvar::chrono::Utc;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::migrate::Failure;

const VERSION: &str = "%Y%m%d%H%M%S";

/// Makes them, empty but for a comment, and says where they are.
///
/// # Errors
/// A name that files cannot have, a folder that cannot be written to.
pub(crate) fn create(folder: &Path, name: &str, up_only: bool) -> Result<Vec<PathBuf>, Failure> {
    if name.is_empty() || !name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-')) {
        return Err("a migration's name consists of letters, digits, `_` and `-`".into());
    }
    fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let version = version(folder)?;
    let files: &[(&str, &str)] = match up_only {
        true => &[("sql", "What is to be done.")],
        false => &[("up.sql", "What is to be done."), ("down.sql", "What undoes it.")],
    };
    let mut paths = Vec::new();
    for (ending, comment) in files {
        let path = folder.join(format!("{version}_{name}.{ending}"));
        let mut file = OpenOptions::new().write(true).create_new(true).open(&path)?;
        writeln!(file, "-- {comment}")?;
        paths.push(path);
    }
    Ok(paths)
}

/// The time, or one more than the newest version where that is later: versions tell the order.
fn version(folder: &Path) -> Result<i64, Failure> {
    let now: i64 = Utc::now().format(VERSION).to_string().parse()?;
    let mut newest = 0;
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let version = name.split('_').next().and_then(|digits| digits.parse::<i64>().ok());
        newest = newest.max(version.unwrap_or(0));
    }
    Ok(now.max(newest.saturating_add(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_grow_and_names_are_checked() {
        let folder = std::env::temp_dir().join(format!("relvar_new_{}", std::process::id()));
        let names = |paths: Vec<PathBuf>| -> Vec<String> {
            paths.iter().map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect()
        };
        let first = names(create(&folder, "one", false).unwrap());
        let second = names(create(&folder, "two", true).unwrap());
        let bad = create(&folder, "../three", false);
        fs::remove_dir_all(&folder).unwrap();
        assert!(first[0].ends_with("_one.up.sql") && first[1].ends_with("_one.down.sql"), "{first:?}");
        assert!(second[0].ends_with("_two.sql") && second[0] > first[0], "{second:?}");
        assert!(bad.is_err());
    }
}
