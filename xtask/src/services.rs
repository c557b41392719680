//! The databases the tests run on: one file each, one row each in a table.

mod address;
mod distribution;
mod line;
mod mariadb;
mod mysql;
mod own;
mod postgres;
mod sqlite;

use crate::{Outcome, process};

/// A database the tests want.
pub(crate) struct Service {
    /// As the project writes it.
    pub(crate) name: &'static str,
    /// The variable that carries its URL to the tests; none for an embedded database.
    pub(crate) variable: Option<&'static str>,
    /// Finds one that runs, or starts or installs one.
    find: fn() -> Outcome<Found>,
    /// Ends the one that `find` started, if it did.
    stop: fn() -> Outcome,
}

/// A database that runs.
pub(crate) struct Found {
    version: String,
    place: String,
    url: Option<String>,
}

/// All of them, in the order they are printed.
pub(crate) const SERVICES: [Service; 4] = [sqlite::SERVICE, postgres::SERVICE, mariadb::SERVICE, mysql::SERVICE];

/// Those that `cargo xtask test` finds or starts; one that is not named here is neither looked for nor missed.
pub(crate) const TESTED: [&str; 4] = ["SQLite", "PostgreSQL", "MariaDB", "MySQL"];

/// `cargo xtask services [stop]`.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    match arguments {
        [] => {
            let found = find_all(&SERVICES.map(|service| service.name))?;
            println!("databases: {}", summary(&found));
            for (variable, url) in variables(&found) {
                println!("export {variable}='{url}'");
            }
            Ok(())
        }
        [word] if word == "stop" => stop_all(),
        _ => Err("it takes no argument but `stop`".into()),
    }
}

/// One that cannot be stopped does not keep the others running.
fn stop_all() -> Outcome {
    let reasons: Vec<String> = SERVICES.iter().filter_map(|service| (service.stop)().err()).collect();
    if reasons.is_empty() { Ok(()) } else { Err(reasons.join("\n")) }
}

/// Those of these names that run. A missing one is an error where nothing may be missing, elsewhere a warning nobody can overlook.
pub(crate) fn find_all(names: &[&str]) -> Outcome<Vec<(&'static Service, Found)>> {
    let mut all = Vec::new();
    let mut missing = Vec::new();
    for service in SERVICES.iter().filter(|service| names.contains(&service.name)) {
        let named = service.variable.filter(|variable| std::env::var_os(variable).is_some());
        match (service.find)() {
            Ok(found) => all.push((service, found)),
            // A URL somebody wrote down and that does not answer is a mistake, wherever we run.
            Err(reason) if named.is_some() => return Err(format!("no {}: {reason}", service.name)),
            Err(reason) => missing.push((service.name, reason)),
        }
    }
    for (name, reason) in &missing {
        eprintln!("\n!!! no {name}: {reason}\n!!! EVERY TEST THAT NEEDS {name} IS SKIPPED\n");
    }
    if process::in_ci() && !missing.is_empty() {
        let names: Vec<_> = missing.iter().map(|(name, _)| *name).collect();
        return Err(format!("missing: {}", names.join(", ")));
    }
    Ok(all)
}

/// One line: name, version and place of each.
pub(crate) fn summary(all: &[(&Service, Found)]) -> String {
    let one = |(service, found): &(&Service, Found)| format!("{} {} {}", service.name, found.version, found.place);
    if all.is_empty() { "none".into() } else { all.iter().map(one).collect::<Vec<_>>().join(", ") }
}

/// The variables the tests read, with their URLs.
pub(crate) fn variables<'a>(all: &'a [(&Service, Found)]) -> impl Iterator<Item = (&'static str, &'a str)> {
    all.iter().filter_map(|(service, found)| Some((service.variable?, found.url.as_deref()?)))
}
