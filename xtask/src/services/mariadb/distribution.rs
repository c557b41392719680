//! The distribution's own server: started where it was stopped, and stopped again where we started it.

use std::fs;
use std::net::TcpStream;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{SCHEME, SOCKETS};
use crate::{Outcome, process};

const SCRIPT: &str = "/etc/init.d/mariadb";
const PROCESS: &str = "/run/mysqld/mysqld.pid";
const PATIENCE: Duration = Duration::from_secs(90);

/// Starts it, and notes in this folder which process it is.
pub(super) fn start(folder: &Path) -> Outcome {
    if !Path::new(SCRIPT).is_file() {
        return Err("the distribution's server is not installed".into());
    }
    if is_up() {
        // Somebody else's, which we must not take for ours and stop.
        return Err("the distribution's server: it is not down, or another is in its place".into());
    }
    println!("starting the distribution's MariaDB");
    service("start")?;
    let process = fs::read(PROCESS).map_err(|error| format!("{PROCESS}: {error}"))?;
    fs::write(note(folder), process).map_err(|error| format!("{}: {error}", note(folder).display()))
}

/// Ends it if we started it and nobody has restarted it since.
pub(super) fn stop(folder: &Path) -> Outcome {
    let Ok(noted) = fs::read(note(folder)) else { return Ok(()) };
    if fs::read(PROCESS).is_ok_and(|process| process == noted) {
        println!("stopping the distribution's MariaDB");
        service("stop")?;
    }
    fs::remove_file(note(folder)).map_err(|error| error.to_string())
}

fn is_up() -> bool {
    let process = fs::read_to_string(PROCESS).unwrap_or_default();
    let lives = !process.trim().is_empty() && Path::new("/proc").join(process.trim()).is_dir();
    lives
        || TcpStream::connect(("127.0.0.1", SCHEME.port)).is_ok()
        || SOCKETS.iter().any(|path| UnixStream::connect(path).is_ok())
}

fn note(folder: &Path) -> PathBuf {
    folder.join("started")
}

fn service(action: &str) -> Outcome {
    let mut command = process::as_root("service")
        .ok_or_else(|| format!("to {action} the distribution's server: not the administrator"))?;
    process::output_within(command.args(["mariadb", action]), PATIENCE).map(drop)
}
