//! SQLite: compiled into the tests, so only its version is looked up.

use std::path::Path;

use super::{Found, Service};
use crate::{Outcome, process};

pub(super) const SERVICE: Service = Service { name: "SQLite", variable: None, find, stop: || Ok(()) };

fn find() -> Outcome<Found> {
    let version = embedded_version()?;
    Ok(Found { version, place: "(embedded)".into(), url: None })
}

/// Read from the header of the sources that are compiled in.
fn embedded_version() -> Outcome<String> {
    let tree = process::output(&mut process::cargo(&["metadata", "--all-features", "--format-version", "1"]))?;
    let manifest = tree
        .split("\"manifest_path\":\"")
        .filter_map(|rest| rest.split('"').next())
        .find(|path| path.contains("libsqlite3-sys-"))
        .ok_or("libsqlite3-sys is not among the dependencies")?;
    let header = Path::new(manifest).with_file_name("sqlite3").join("sqlite3.h");
    let text = std::fs::read_to_string(&header).map_err(|error| format!("{}: {error}", header.display()))?;
    text.lines()
        .find_map(|line| line.strip_prefix("#define SQLITE_VERSION ")?.trim().strip_prefix('"')?.strip_suffix('"'))
        .map(str::to_owned)
        .ok_or_else(|| format!("{} names no version", header.display()))
}
