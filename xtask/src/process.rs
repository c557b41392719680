//! Running other programs, and where the workspace lies.

use std::io::Write;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use crate::Outcome;

/// The folder of the workspace's `Cargo.toml`.
pub(crate) fn workspace_root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own).to_path_buf()
}

/// The folder that cargo builds into.
pub(crate) fn target_dir() -> PathBuf {
    let named = std::env::var_os("CARGO_TARGET_DIR").filter(|path| !path.is_empty());
    workspace_root().join(named.map_or_else(|| PathBuf::from("target"), PathBuf::from))
}

/// Whether this is a run where nothing may be missing.
pub(crate) fn in_ci() -> bool {
    std::env::var("CI").is_ok_and(|value| !matches!(value.as_str(), "" | "0" | "false"))
}

/// The cargo that runs us, started in the workspace's root.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(workspace_root());
    command
}

/// Whether a program of this name is on the path.
pub(crate) fn on_path(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

/// Whether we are the machine's administrator.
pub(crate) fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout.trim_ascii() == b"0")
}

/// A command as the administrator: itself when we are, through `sudo` where that asks no password, otherwise none.
pub(crate) fn as_root(program: &str) -> Option<Command> {
    if is_root() {
        return Some(Command::new(program));
    }
    let free = on_path("sudo")
        && Command::new("sudo")
            .args(["-n", "true"])
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success());
    free.then(|| {
        let mut command = Command::new("sudo");
        command.args(["-n", program]);
        command
    })
}

/// Runs a command with our own output.
pub(crate) fn run(command: &mut Command) -> Outcome {
    std::io::stdout().flush().map_err(|error| error.to_string())?;
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{}: {status}", shown(command))),
        Err(error) => Err(format!("{}: {error}", shown(command))),
    }
}

/// Runs a command and gives its output; the end of what it wrote to its error stream is in the error.
pub(crate) fn output(command: &mut Command) -> Outcome<String> {
    output_of(command, "")
}

/// The same, with a text on its input.
pub(crate) fn output_of(command: &mut Command, input: &str) -> Outcome<String> {
    finished(command, input, |child| child.wait().map_err(|error| error.to_string()))
}

/// The same without input, for a command that must not take longer than this; it is ended with all that it started.
pub(crate) fn output_within(command: &mut Command, patience: Duration) -> Outcome<String> {
    // A group of its own can be ended as one.
    finished(command.process_group(0), "", |child| {
        if let Some(status) = ended_within(child, patience)? {
            return Ok(status);
        }
        signal("KILL", &format!("-{}", child.id()));
        // Not for good: one that runs as the administrator may not be ours to end.
        let _ = ended_within(child, Duration::from_secs(5));
        Err(format!("not done after {} seconds", patience.as_secs()))
    })
}

/// How a child ended, if it did within this time.
pub(crate) fn ended_within(child: &mut Child, patience: Duration) -> Outcome<Option<ExitStatus>> {
    let started = Instant::now();
    loop {
        let status = child.try_wait().map_err(|error| error.to_string())?;
        if status.is_some() || started.elapsed() >= patience {
            return Ok(status);
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Sends a signal to a process, or to a group by its number with a minus. It may have ended already, which is no failure.
pub(crate) fn signal(name: &str, to: &str) {
    // The shell's own `kill`: the program of that name is not on every machine.
    let script = "kill -s \"$0\" -- \"$1\"";
    let _ = Command::new("sh").args(["-c", script, name, to]).stderr(Stdio::null()).status();
}

/// The last lines of a text, where the reason of a failure stands.
pub(crate) fn tail(text: &str) -> String {
    const LINES: usize = 20;
    let lines: Vec<&str> = text.trim_end().lines().collect();
    lines.get(lines.len().saturating_sub(LINES)..).unwrap_or_default().join("\n")
}

fn finished(
    command: &mut Command,
    input: &str,
    wait: impl FnOnce(&mut Child) -> Outcome<ExitStatus>,
) -> Outcome<String> {
    let failed = |error: std::io::Error| format!("{}: {error}", shown(command));
    // Through a file: a server started in the background would hold a pipe open, and we would wait for its end.
    let errors = Scratch::new().map_err(failed)?;
    let results = Scratch::new().map_err(failed)?;
    let mut child = {
        let (out, err) = (results.writer().map_err(failed)?, errors.writer().map_err(failed)?);
        command.stdin(Stdio::piped()).stdout(out).stderr(err).spawn()
    }
    .map_err(|error| format!("{}: {error}", shown(command)))?;
    if let Some(mut pipe) = child.stdin.take() {
        // A program that does not read its input closes it, which is no failure.
        let _ = pipe.write_all(input.as_bytes());
    }
    let reason = match wait(&mut child) {
        Ok(status) if status.success() => return Ok(results.text()),
        Ok(status) => status.to_string(),
        Err(reason) => reason,
    };
    Err(format!("{}: {reason}\n{}", shown(command), tail(&errors.text())))
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

/// A file that lives as long as one command.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> std::io::Result<Self> {
        use std::sync::atomic::{AtomicU32, Ordering};
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let folder = target_dir().join("xtask");
        std::fs::create_dir_all(&folder)?;
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        Ok(Self(folder.join(format!("{}-{number}.out", std::process::id()))))
    }

    fn writer(&self) -> std::io::Result<std::fs::File> {
        std::fs::File::create(&self.0)
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&std::fs::read(&self.0).unwrap_or_default()).into_owned()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}
