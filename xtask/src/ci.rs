//! `cargo xtask ci`: what must hold beside the tests.

mod features;
mod licences;

use std::process::Command;

use crate::{Outcome, process};

const CHECKS: [(&str, fn() -> Outcome); 5] = [
    ("formatting", formatting),
    ("lints", lints),
    ("docs", docs),
    ("features", features::check),
    ("licences", licences::check),
];

/// Runs every check, so that one run names all that is wrong.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    if let Some(word) = arguments.first() {
        return Err(format!("'{word}' is not understood; it takes no argument"));
    }
    let mut failed = Vec::new();
    for (name, check) in CHECKS {
        println!("== {name}");
        if let Err(reason) = check() {
            eprintln!("{name}: {reason}");
            failed.push(name);
        }
    }
    if failed.is_empty() { Ok(()) } else { Err(format!("failed: {}", failed.join(", "))) }
}

fn formatting() -> Outcome {
    process::run(&mut process::cargo(&["fmt", "--all", "--check"]))
}

fn lints() -> Outcome {
    process::run(&mut clippy(&["--workspace", "--all-targets", "--all-features"]))
}

fn docs() -> Outcome {
    let mut command = process::cargo(&["doc", "--quiet", "--workspace", "--no-deps", "--all-features"]);
    process::run(command.env("RUSTDOCFLAGS", "-Dwarnings"))
}

/// Clippy does all that `cargo check` does, and its warnings can be made errors without compiling the dependencies anew.
fn clippy(selection: &[&str]) -> Command {
    let mut command = process::cargo(&["clippy", "--quiet"]);
    command.args(selection).args(["--", "-Dwarnings"]);
    command
}
