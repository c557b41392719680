//! `cargo xtask test`: the databases, then every test.

use crate::{Outcome, process, services};

/// Names the folder of the test data.
pub(crate) const DATA: &str = "RELVAR_TEST_DATA";

/// Finds the databases, prints which ones run, and hands their URLs to `cargo test`.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    let passed = match arguments.split_first() {
        None => &[],
        Some((first, rest)) if first == "--" => rest,
        Some((first, _)) => return Err(format!("'{first}' is not understood; arguments for cargo test follow a `--`")),
    };
    let found = services::find_all(&services::TESTED)?;
    println!("databases: {}", services::summary(&found));

    let mut command = process::cargo(&["test", "--all-features", "--no-fail-fast"]);
    let one_package =
        passed.iter().take_while(|word| *word != "--").any(|word| word == "-p" || word.starts_with("--package"));
    if !one_package {
        command.arg("--workspace");
    }
    command.args(passed);
    for (variable, url) in services::variables(&found) {
        command.env(variable, url);
    }
    process::run(&mut command)
}
