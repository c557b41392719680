//! PostgreSQL: a named server, one that runs, one that was stopped, or one of our own.

mod clusters;
mod handshake;
mod own;

use super::address::{Address, Host, Scheme};
use super::{Found, Service, distribution};
use crate::Outcome;

const VARIABLE: &str = "RELVAR_TEST_POSTGRES";
const OLDEST: u32 = 15;
const PORT: u16 = 5432;
const SCHEME: Scheme =
    Scheme { names: &["postgres", "postgresql"], port: PORT, user: "postgres", database: "postgres" };

pub(super) const SERVICE: Service = Service { name: "PostgreSQL", variable: Some(VARIABLE), find, stop: own::stop };

fn find() -> Outcome<Found> {
    if let Ok(url) = std::env::var(VARIABLE) {
        return reach(&url).map_err(|reason| format!("{VARIABLE} does not lead to one: {reason}"));
    }
    let mut refusals = Vec::new();
    if let Some(found) = of_the_distribution(&mut refusals) {
        return Ok(found);
    }
    if own::binaries().is_none() {
        distribution::install("postgresql").map_err(|reason| with_refusals(reason, &refusals))?;
        if let Some(found) = of_the_distribution(&mut refusals) {
            return Ok(found);
        }
    }
    own::start().and_then(|url| reach(&url)).map_err(|reason| with_refusals(reason, &refusals))
}

/// The usual port first, then the clusters that run, then those that must be started, and no more of them than needed.
fn of_the_distribution(refusals: &mut Vec<String>) -> Option<Found> {
    let (down, up): (Vec<_>, Vec<_>) = clusters::all().into_iter().partition(|cluster| cluster.down);
    let mut ports = vec![PORT];
    ports.extend(up.iter().map(|cluster| cluster.port).filter(|port| *port != PORT));
    running(&ports, refusals).or_else(|| {
        down.iter().find_map(|cluster| match cluster.start() {
            Ok(()) => running(&[cluster.port], refusals),
            Err(reason) => {
                refusals.push(reason);
                None
            }
        })
    })
}

/// The first server on one of these ports that lets the user postgres in without a password.
fn running(ports: &[u16], refusals: &mut Vec<String>) -> Option<Found> {
    let urls = ports.iter().flat_map(|port| {
        let folders = ["/var/run/postgresql", "/tmp"];
        std::iter::once(format!("postgres://postgres@127.0.0.1:{port}/postgres"))
            .chain(folders.map(|folder| format!("postgres://postgres@localhost:{port}/postgres?host={folder}")))
    });
    for url in urls {
        match reach(&url) {
            Ok(found) => return Some(found),
            Err(reason) if refusals.contains(&reason) => {}
            Err(reason) => refusals.push(reason),
        }
    }
    None
}

/// Logs in, so that a server that listens but refuses us does not count as found.
fn reach(url: &str) -> Outcome<Found> {
    let address = address(url)?;
    let version = handshake::server_version(&address).map_err(|reason| format!("{}: {reason}", address.place()))?;
    let major = version.split(['.', ' ']).next().and_then(|number| number.parse().ok());
    if major.is_some_and(|major: u32| major < OLDEST) {
        return Err(format!("{} runs version {version}, and {OLDEST} is the oldest that will do", address.place()));
    }
    Ok(Found { version, place: format!("at {}", address.place()), url: Some(url.to_owned()) })
}

/// A socket is named by its folder, and its file by the port.
fn address(url: &str) -> Outcome<Address> {
    let mut address = Address::parse(url, &SCHEME)?;
    if let Host::Socket(path) = &mut address.host {
        path.push(format!(".s.PGSQL.{}", address.port));
    }
    Ok(address)
}

fn with_refusals(reason: String, refusals: &[String]) -> String {
    let tried: String = refusals.iter().map(|refusal| format!("\n      tried {refusal}")).collect();
    format!("{reason}\n      set {VARIABLE} to the URL of a server, version {OLDEST} or newer{tried}")
}
