//! The project's own commands: `cargo xtask help` lists them.

mod bench;
mod ci;
#[cfg(test)]
mod house;
mod process;
mod services;
mod test;

use std::process::ExitCode;

/// What a command gives back: nothing, or the sentence that says why it failed.
type Outcome<T = ()> = Result<T, String>;

/// One command, as `cargo xtask <name>`.
struct Task {
    name: &'static str,
    arguments: &'static str,
    about: &'static str,
    run: fn(&[String]) -> Outcome,
}

const TASKS: [Task; 5] = [
    Task {
        name: "test",
        arguments: "[-- CARGO TEST ARGUMENTS]",
        about: "find or start the databases, say which, and run every test of the workspace",
        run: test::run,
    },
    Task {
        name: "services",
        arguments: "[stop]",
        about: "find or start the databases and print their URLs; `stop` ends those started by the project",
        run: services::run,
    },
    Task {
        name: "ci",
        arguments: "",
        about: "the checks beside the tests: formatting, lints, docs, every combination of features, licences",
        run: ci::run,
    },
    Task {
        name: "bench",
        arguments: "[BACKEND [WORKLOAD ..]]",
        about: "relvar beside its peers: sql, sqlite, postgres, mariadb or all four; or build times: build",
        run: bench::run,
    },
    Task { name: "help", arguments: "", about: "this text", run: help },
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let name = arguments.first().map_or("help", String::as_str);
    let Some(task) = TASKS.iter().find(|task| task.name == name.trim_start_matches("--")) else {
        eprintln!("xtask: no command is called '{name}'; `cargo xtask help` lists them");
        return ExitCode::from(2);
    };
    match (task.run)(arguments.get(1..).unwrap_or_default()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("xtask {name}: {reason}");
            ExitCode::FAILURE
        }
    }
}

fn help(_: &[String]) -> Outcome {
    println!("cargo xtask COMMAND\n");
    for task in TASKS {
        println!("  {:<36} {}", format!("{} {}", task.name, task.arguments), task.about);
    }
    println!("\nEnvironment\n");
    for service in services::SERVICES {
        if let Some(variable) = service.variable {
            println!("  {variable:<36} URL of the {} server to use; goes before any that is found", service.name);
        }
    }
    println!("  {:<36} folder of the test data; default ../shared/data beside the workspace", test::DATA);
    println!("  {:<36} when true, a missing database is a failure instead of a warning", "CI");
    Ok(())
}
