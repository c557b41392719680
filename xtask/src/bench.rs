//! `cargo xtask bench`: relvar beside its peers, on the databases that run or are started.

mod build_time;
mod tables;

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Outcome, process, services};

/// A backend of the benchmarks: as its command names it, and as its service does.
const BACKENDS: [(&str, Option<&str>); 4] =
    [("sql", None), ("sqlite", None), ("postgres", Some("PostgreSQL")), ("mariadb", Some("MariaDB"))];

/// `cargo xtask bench [BACKEND [WORKLOAD ..]]`; without a backend, all of them. `cargo xtask bench build` is about
/// build times.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    let folder = process::target_dir().join("bench");
    let reports = folder.join("report");
    if arguments.first().is_some_and(|name| name == "build") {
        return build_time::run(&folder, &reports);
    }
    let (backends, workloads) = match arguments.split_first() {
        None => (BACKENDS.to_vec(), arguments),
        Some((name, workloads)) => match BACKENDS.iter().find(|(backend, _)| backend == name) {
            Some(backend) => (vec![*backend], workloads),
            None => {
                let names: Vec<&str> = BACKENDS.iter().map(|(backend, _)| *backend).collect();
                return Err(format!("there is no backend '{name}'; there are: {}, build", names.join(", ")));
            }
        },
    };
    let programs = build(&folder)?;
    for (backend, service) in backends {
        let url = match service {
            Some(service) => url(service)?,
            None => format!("sqlite://{}", folder.join("sqlite").display()),
        };
        let mut driver = Command::new(programs.join("bench-driver"));
        driver.arg(backend).arg(url).arg(&programs).arg(&reports).args(workloads);
        process::run(&mut driver)?;
    }
    println!("tables and plots: {}", reports.display());
    Ok(())
}

/// Builds the contenders and the driver, in their workspaces.
fn build(folder: &Path) -> Outcome<PathBuf> {
    for workspace in ["benches/Cargo.toml", "benches/toasty/Cargo.toml"] {
        let mut cargo = process::cargo(&["build", "--release", "--locked", "--manifest-path"]);
        cargo.arg(process::workspace_root().join(workspace)).arg("--target-dir").arg(folder);
        process::run(&mut cargo)?;
    }
    Ok(folder.join("release"))
}

/// Where the database of a service is; it is started if it does not run.
fn url(service: &str) -> Outcome<String> {
    let found = services::find_all(&[service])?;
    println!("{}", services::summary(&found));
    let url = services::variables(&found).map(|(_, url)| url.to_owned()).next();
    url.ok_or_else(|| format!("no {service} was found or could be started"))
}
