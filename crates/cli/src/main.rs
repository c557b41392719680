//! `relvar-cli`: migrations at the command line.
//!
//! - `arguments`: what it understands;
//! - `migrate`: what it does;
//! - `new`: the files of a new migration.

mod arguments;
mod migrate;
mod new;

use std::process::ExitCode;

/// What went wrong while it did what it was asked for; wrong usage is 2.
const FAILED: u8 = 1;

fn main() -> ExitCode {
    let command = arguments::command().get_matches();
    match arguments::Task::of(&command).and_then(migrate::perform) {
        Ok(code) => code,
        Err(why) => {
            eprintln!("relvar-cli: {why}");
            ExitCode::from(FAILED)
        }
    }
}
