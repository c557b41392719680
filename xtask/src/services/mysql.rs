//! MySQL: a named server, or one of our own, fetched from Debian's unstable suite into a folder of ours.

mod fetch;
pub(super) mod handshake;
mod sources;

use super::address::{Address, Scheme};
use super::own::{Own, Programs};
use super::{Found, Service};
use crate::{Outcome, process};
use handshake::Server;

const VARIABLE: &str = "RELVAR_TEST_MYSQL";
const OLDEST: [u32; 2] = [9, 0];
const SCHEME: Scheme = Scheme { names: &["mysql"], port: 3306, user: "root", database: "" };

pub(super) const SERVICE: Service = Service { name: "MySQL", variable: Some(VARIABLE), find, stop };

fn find() -> Outcome<Found> {
    if let Ok(url) = std::env::var(VARIABLE) {
        return reach(&url).map_err(|reason| format!("{VARIABLE} does not lead to one: {reason}"));
    }
    own().and_then(|port| reach(&url(port))).map_err(|reason| {
        let [major, minor] = OLDEST;
        format!("{reason}\n      set {VARIABLE} to the URL of a server, version {major}.{minor} or newer")
    })
}

fn stop() -> Outcome {
    folder().stop()
}

fn own() -> Outcome<u16> {
    let mut own = folder();
    let lock = own.lock()?;
    if let Some(port) = own.port(&lock) {
        return Ok(port);
    }
    let unpacked = fetch::unpacked(own.folder())?;
    let mut programs = Programs { initialise: unpacked.server(), serve: unpacked.server() };
    programs.initialise.arg("--initialize-insecure");
    for command in [&mut programs.initialise, &mut programs.serve] {
        // Everybody on this machine may log in, so nobody may read or write files through it.
        command.args(["--mysqlx=OFF", "--secure-file-priv=NULL", "--pid-file=pid"]);
        if process::is_root() {
            command.arg("--user=root");
        }
    }
    own.start(&mut programs, &lock)
}

fn folder() -> Own {
    Own::new("MySQL", "mysql", |port| reach(&url(port)).map(drop))
}

fn url(port: u16) -> String {
    format!("mysql://root@127.0.0.1:{port}/")
}

/// Logs in, so that a server that listens but refuses us does not count as found.
fn reach(url: &str) -> Outcome<Found> {
    let address = Address::parse(url, &SCHEME)?;
    let server = handshake::server(&address).map_err(|reason| format!("{}: {reason}", address.place()))?;
    if server.is_mariadb {
        return Err(format!("{} is MariaDB, not MySQL", address.place()));
    }
    found(url, &address, server, OLDEST)
}

/// What runs there, if it is not too old.
pub(super) fn found(url: &str, address: &Address, server: Server, oldest: [u32; 2]) -> Outcome<Found> {
    let mut numbers = server.version.split('.').map(|number| number.parse().unwrap_or(0));
    let place = address.place();
    if [numbers.next().unwrap_or(0), numbers.next().unwrap_or(0)] < oldest {
        let [major, minor] = oldest;
        return Err(format!("{place} runs version {}, and {major}.{minor} is the oldest that will do", server.version));
    }
    Ok(Found { version: server.version, place: format!("at {place}"), url: Some(url.to_owned()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_versions_will_not_do() {
        let address = Address::parse("mysql://h", &SCHEME).unwrap();
        let server = |version: &str| Server { is_mariadb: false, version: version.into() };
        for (version, good) in [("9.0.1", true), ("10.2", true), ("8.4.9", false), ("", false)] {
            assert_eq!(found("mysql://h", &address, server(version), [9, 0]).is_ok(), good, "{version}");
        }
        assert!(found("mysql://h", &address, server("10.5.9"), [10, 11]).is_err());
        assert!(found("mysql://h", &address, server("10.11.1"), [10, 11]).is_ok());
    }
}
