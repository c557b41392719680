//! MariaDB: a named server, one that runs, the distribution's that was stopped, or one of our own.

mod distribution;

use std::path::{Path, PathBuf};
use std::process::Command;

use super::address::{Address, Scheme};
use super::mysql::{self, handshake};
use super::own::{Own, Programs};
use super::{Found, Service};
use crate::{Outcome, process};

const VARIABLE: &str = "RELVAR_TEST_MARIADB";
const OLDEST: [u32; 2] = [10, 11];
const SCHEME: Scheme = Scheme { names: &["mariadb", "mysql"], port: 3306, user: "root", database: "" };
const SOCKETS: [&str; 3] = ["/run/mysqld/mysqld.sock", "/var/lib/mysql/mysql.sock", "/tmp/mysql.sock"];

pub(super) const SERVICE: Service = Service { name: "MariaDB", variable: Some(VARIABLE), find, stop };

fn find() -> Outcome<Found> {
    if let Ok(url) = std::env::var(VARIABLE) {
        return reach(&url).map_err(|reason| format!("{VARIABLE} does not lead to one: {reason}"));
    }
    let mut refusals = Vec::new();
    start_one(&mut refusals).map_err(|reason| {
        let tried: String = refusals.iter().map(|refusal| format!("\n      tried {refusal}")).collect();
        let [major, minor] = OLDEST;
        format!("{reason}\n      set {VARIABLE} to the URL of a server, version {major}.{minor} or newer{tried}")
    })
}

fn start_one(refusals: &mut Vec<String>) -> Outcome<Found> {
    if let Some(found) = running(refusals) {
        return Ok(found);
    }
    let mut own = folder();
    let lock = own.lock()?;
    if let Some(port) = own.port(&lock) {
        return reach(&url(port));
    }
    if server().is_none() {
        super::distribution::install("mariadb-server")?;
        if let Some(found) = running(refusals) {
            return Ok(found);
        }
    }
    match distribution::start(own.folder()) {
        Ok(()) => {
            if let Some(found) = running(refusals) {
                return Ok(found);
            }
            // It refuses us, and was not running before.
            distribution::stop(own.folder())?;
        }
        Err(reason) => refusals.push(reason),
    }
    let server = server().ok_or("mariadbd is not installed")?;
    own.start(&mut programs(server, own.folder())?, &lock).and_then(|port| reach(&url(port)))
}

fn stop() -> Outcome {
    let mut own = folder();
    distribution::stop(own.folder())?;
    own.stop()
}

/// The first server on the usual port or a usual socket that lets the user root in without a password.
fn running(refusals: &mut Vec<String>) -> Option<Found> {
    let sockets = SOCKETS.iter().filter(|path| Path::new(path).exists());
    let urls =
        std::iter::once(url(SCHEME.port)).chain(sockets.map(|path| format!("mariadb://root@localhost/?socket={path}")));
    for url in urls {
        match reach(&url) {
            Ok(found) => return Some(found),
            Err(reason) if refusals.contains(&reason) => {}
            Err(reason) => refusals.push(reason),
        }
    }
    None
}

fn folder() -> Own {
    Own::new("MariaDB", "mariadb", |port| reach(&url(port)).map(drop))
}

fn url(port: u16) -> String {
    format!("mariadb://root@127.0.0.1:{port}/")
}

/// Where the server is, also for those who have no folder of the administrator's on their path.
fn server() -> Option<PathBuf> {
    program("mariadbd", &["/usr/sbin", "/usr/libexec", "/usr/local/sbin"])
}

fn program(name: &str, more: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).chain(more.iter().map(PathBuf::from));
    folders.map(|folder| folder.join(name)).find(|path| path.is_file())
}

fn programs(server: PathBuf, folder: &Path) -> Outcome<Programs> {
    let installer = program("mariadb-install-db", &["/usr/bin"]).ok_or("mariadb-install-db is not installed")?;
    let mut programs = Programs { initialise: Command::new(installer), serve: Command::new(server) };
    for command in [&mut programs.initialise, &mut programs.serve] {
        command.arg("--no-defaults");
        if process::is_root() {
            command.arg("--user=root");
        }
    }
    programs.initialise.args(["--auth-root-authentication-method=normal", "--skip-name-resolve", "--skip-test-db"]);
    // Everybody on this machine may log in, so files may be read and written through it in one empty folder alone.
    let files = folder.join("files");
    std::fs::create_dir_all(&files).map_err(|error| format!("{}: {error}", files.display()))?;
    programs.serve.arg(format!("--secure-file-priv={}", files.display()));
    programs.serve.args(["--skip-name-resolve", "--pid-file=pid"]);
    Ok(programs)
}

/// Logs in, so that a server that listens but refuses us does not count as found.
fn reach(url: &str) -> Outcome<Found> {
    let address = Address::parse(url, &SCHEME)?;
    let server = handshake::server(&address).map_err(|reason| format!("{}: {reason}", address.place()))?;
    if !server.is_mariadb {
        return Err(format!("{} is MySQL {}, not MariaDB", address.place(), server.version));
    }
    mysql::found(url, &address, server, OLDEST)
}
