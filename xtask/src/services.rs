//! The databases the tests run on: one file each, one row each in a table.

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
pub(crate) const SERVICES: [Service; 2] = [sqlite::SERVICE, postgres::SERVICE];

/// `cargo xtask services [stop]`.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    match arguments {
        [] => {
            let found = find_all()?;
            println!("databases: {}", summary(&found));
            for (variable, url) in variables(&found) {
                println!("export {variable}='{url}'");
            }
            Ok(())
        }
        [word] if word == "stop" => SERVICES.iter().try_for_each(|service| (service.stop)()),
        _ => Err("it takes no argument but `stop`".into()),
    }
}

/// Those that run. A missing one is an error where nothing may be missing, elsewhere a warning nobody can overlook.
pub(crate) fn find_all() -> Outcome<Vec<(&'static Service, Found)>> {
    let mut all = Vec::new();
    let mut missing = Vec::new();
    for service in &SERVICES {
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
