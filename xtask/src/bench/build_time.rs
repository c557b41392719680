//! `cargo xtask bench build`: how long crates of many tables take to check and to build.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::tables::{Functions, LIBRARIES, Library};
use crate::{Outcome, process};

/// A crate that is measured.
struct Crate {
    library: &'static Library,
    tables: usize,
    functions: Functions,
    /// How often it is timed; the least time counts.
    rounds: usize,
}

/// Every library with 50 tables and a query for each, ours with 200, and every one with six functions for each table.
fn crates() -> Vec<Crate> {
    let of = |tables, functions, rounds| move |library| Crate { library, tables, functions, rounds };
    let ours = LIBRARIES.iter().take(1).map(of(200, Functions::One, 3));
    LIBRARIES
        .iter()
        .map(of(50, Functions::One, 3))
        .chain(ours)
        .chain(LIBRARIES.iter().map(of(50, Functions::Six, 2)))
        .collect()
}

impl Crate {
    fn name(&self) -> String {
        let functions = if self.functions == Functions::One { "one" } else { "six" };
        format!("{}-{}-{functions}", self.library.name.to_lowercase(), self.tables)
    }

    fn title(&self) -> String {
        let functions = if self.functions == Functions::One { "a query" } else { "six functions" };
        format!("{}, {} tables, {functions} each", self.library.name, self.tables)
    }
}

/// What was measured of one crate, in seconds of processor time, and of lines.
struct Measured {
    times: [Duration; 4],
    lines: usize,
}

/// Measures all libraries, and writes `build.md` into the folder of the reports.
pub(super) fn run(folder: &Path, reports: &Path) -> Outcome {
    let workspace = folder.join("build-time");
    write(&workspace)?;
    let mut table = "| processor time, s | check | check, touched | build | build, touched | lines of LLVM IR |\n\
        |---|---:|---:|---:|---:|---:|\n"
        .to_owned();
    for measured in crates() {
        let Measured { times, lines } = measure(&workspace, &measured)?;
        let times: Vec<String> = times.iter().map(|time| format!("{:.2}", time.as_secs_f64())).collect();
        let row = format!("| {} | {} | {lines} |", measured.title(), times.join(" | "));
        println!("{row}");
        // writing to a string cannot fail
        let _ = writeln!(table, "{row}");
    }
    fs::create_dir_all(reports).map_err(|error| format!("{}: {error}", reports.display()))?;
    let report = reports.join("build.md");
    fs::write(&report, &table).map_err(|error| format!("{}: {error}", report.display()))?;
    println!("{table}\n{}", report.display());
    Ok(())
}

/// A workspace of its own, with the versions of the benchmarks.
fn write(workspace: &Path) -> Outcome {
    let root = process::workspace_root();
    let mut members = Vec::new();
    for written in crates() {
        let name = written.name();
        let source = workspace.join(&name).join("src");
        create(&source)?;
        for (module, text) in written.library.sources(written.tables, written.functions) {
            save(&source.join(format!("{module}.rs")), &text)?;
        }
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n[dependencies]\n{}\n",
            written.library.dependencies
        );
        save(&workspace.join(&name).join("Cargo.toml"), &manifest)?;
        members.push(format!("\"{name}\""));
    }
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{}]\n\n[workspace.dependencies]\nrelvar = {{ path = {:?} }}\n",
        members.join(", "),
        root.join("crates/relvar")
    );
    save(&workspace.join("Cargo.toml"), &manifest)?;
    let lock = root.join("benches/Cargo.lock");
    fs::copy(&lock, workspace.join("Cargo.lock")).map(drop).map_err(|error| format!("{}: {error}", lock.display()))
}

/// Times the crate alone: what it depends on is built before.
fn measure(workspace: &Path, measured: &Crate) -> Outcome<Measured> {
    let name = measured.name();
    let module = workspace.join(&name).join("src/m0.rs");
    let mut times = [Duration::MAX; 4];
    for (at, command) in [(0, "check"), (2, "build")] {
        cargo(workspace, command, &name)?;
        for _ in 0..measured.rounds {
            process::output(&mut in_workspace(workspace, &["clean", "--package", &name]))?;
            let clean = cargo(workspace, command, &name)?;
            let text = fs::read_to_string(&module).map_err(|error| format!("{}: {error}", module.display()))?;
            save(&module, &text)?;
            let touched = cargo(workspace, command, &name)?;
            for (time, took) in times.iter_mut().skip(at).zip([clean, touched]) {
                *time = (*time).min(took);
            }
        }
    }
    Ok(Measured { times, lines: lines(workspace, &name)? })
}

/// Runs cargo for one crate; the time that it and what it started were on a processor.
fn cargo(workspace: &Path, command: &str, name: &str) -> Outcome<Duration> {
    let cargo = in_workspace(workspace, &[command, "--quiet", "--package", name]);
    let mut shell = Command::new("sh");
    // the second line of `times` is that of the shell's children
    shell.args(["-c", "\"$@\" && times", "sh"]).arg(cargo.get_program()).args(cargo.get_args());
    shell.current_dir(workspace).env("CARGO_TARGET_DIR", workspace.join("target")).env("CARGO_INCREMENTAL", "1");
    let output = process::output(&mut shell)?;
    let times = output.lines().nth(1).ok_or("the shell tells no times")?;
    times
        .split_whitespace()
        .map(seconds)
        .sum::<Option<f64>>()
        .map(Duration::from_secs_f64)
        .ok_or_else(|| format!("the shell tells times as '{times}'"))
}

/// `1m2.34s`
fn seconds(text: &str) -> Option<f64> {
    let (minutes, seconds) = text.trim_end_matches('s').split_once('m')?;
    Some(minutes.parse::<f64>().ok()? * 60.0 + seconds.parse::<f64>().ok()?)
}

/// How many lines of intermediate code the crate gives to the compiler's back-end.
fn lines(workspace: &Path, name: &str) -> Outcome<usize> {
    let arguments = ["rustc", "--quiet", "--package", name, "--", "--emit=llvm-ir", "-Ccodegen-units=1"];
    process::output(&mut in_workspace(workspace, &arguments))?;
    let folder = workspace.join("target/debug/deps");
    let prefix = format!("{}-", name.replace('-', "_"));
    let listed = fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let is_ir = |path: &PathBuf| {
        let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        file.starts_with(&prefix) && file.ends_with(".ll")
    };
    let files: Vec<PathBuf> = listed.flatten().map(|entry| entry.path()).filter(is_ir).collect();
    let mut lines = 0;
    for file in files {
        let text = fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        lines += text.split(|byte| *byte == b'\n').count();
        fs::remove_file(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    }
    Ok(lines)
}

fn in_workspace(workspace: &Path, arguments: &[&str]) -> Command {
    let mut command = process::cargo(arguments);
    command.current_dir(workspace).env("CARGO_TARGET_DIR", workspace.join("target")).env("CARGO_INCREMENTAL", "1");
    command
}

fn create(folder: &Path) -> Outcome {
    fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))
}

fn save(file: &Path, text: &str) -> Outcome {
    fs::write(file, text).map_err(|error| format!("{}: {error}", file.display()))
}
