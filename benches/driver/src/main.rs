//! Measures relvar and its peers in one run: `bench-driver <backend> <url> <folder of the programs> <folder for the report>`.

mod backend;
mod measure;
mod process;
mod processors;
mod report;
mod seed;

use std::error::Error;
use std::path::PathBuf;

/// What ends a run.
type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [backend, url, programs, reports, only @ ..] = arguments.as_slice() else {
        return Err("usage: bench-driver sqlite|postgres|mariadb|sql <url> <programs> <reports> [workload ..]".into());
    };
    let plan = backend::plan(backend, url, &PathBuf::from(programs)).await?;
    let mut running = Vec::new();
    for (number, contender) in plan.contenders.iter().enumerate() {
        let url = plan.place.fresh(url, number).await?;
        running.push(process::Running::start(contender, &url)?);
    }
    let table = measure::all(&plan, &mut running, only).await?;
    report::write(backend, &table, &PathBuf::from(reports))
}
