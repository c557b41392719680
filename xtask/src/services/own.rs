//! A server of our own: its data in a folder below the target folder, on a free port of the loopback.
//!
//! Which one runs is read from the table of processes, by the folder in its arguments: a file that says so can be stale, and its
//! process number another program's.

use std::fs::{self, File};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::{Outcome, process};

const INITIALISING: Duration = Duration::from_secs(180);
const STARTING: Duration = Duration::from_secs(60);
const STOPPING: Duration = Duration::from_secs(30);
const MARKER: &str = "initialised";

/// What the two kinds of servers have in common, all that is durable left out: the data is thrown away.
const OPTIONS: [&str; 7] = [
    "--bind-address=127.0.0.1",
    // Relative to the data, as the whole path may be longer than a socket's may be.
    "--socket=socket",
    "--skip-log-bin",
    "--max-connections=300",
    "--innodb-buffer-pool-size=64M",
    "--innodb-flush-log-at-trx-commit=0",
    "--innodb-use-native-aio=OFF",
];

/// The folder of a server, whether it runs or not.
pub(super) struct Own {
    name: &'static str,
    folder: PathBuf,
    /// Answers whether it is this kind of server that listens on a port, and lets us in.
    answers: fn(u16) -> Outcome,
}

/// How to make the data of a server and how to run it; the folder of the data is not among the arguments yet.
pub(super) struct Programs {
    pub(super) initialise: Command,
    pub(super) serve: Command,
}

/// A process that works on our data.
struct Running {
    process: u32,
    /// None while the data is being made.
    port: Option<u16>,
}

/// Held while the folder is changed: two commands may run at once.
pub(super) struct Lock(#[expect(dead_code, reason = "closing the file unlocks it")] File);

impl Own {
    pub(super) fn new(name: &'static str, folder: &str, answers: fn(u16) -> Outcome) -> Self {
        let folder = process::target_dir().join("services").join(folder);
        Self { name, folder: folder.canonicalize().unwrap_or(folder), answers }
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Makes the folder and waits until it is ours alone.
    pub(super) fn lock(&mut self) -> Outcome<Lock> {
        let failed = |error: std::io::Error| format!("{}: {error}", self.folder.display());
        fs::create_dir_all(&self.folder).map_err(failed)?;
        let folder = self.folder.canonicalize().map_err(failed)?;
        let file = File::create(folder.join("lock")).map_err(failed)?;
        if file.try_lock().is_err() {
            println!("waiting for another command that works in {}", folder.display());
            file.lock().map_err(failed)?;
        }
        self.folder = folder;
        Ok(Lock(file))
    }

    /// The port of the server if it runs; one that has only just been started gets the time it needs.
    pub(super) fn port(&self, _: &Lock) -> Option<u16> {
        let server = self.running().into_iter().next()?;
        let started = Instant::now();
        let port = server.port?;
        while self.is_running(server.process) && started.elapsed() < STARTING {
            if (self.answers)(port).is_ok() {
                return Some(port);
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        None
    }

    /// Starts the server, making its data first if they are not there, and gives the port.
    pub(super) fn start(&self, programs: &mut Programs, _: &Lock) -> Outcome<u16> {
        if !Path::new("/proc/self/cmdline").exists() {
            return Err("this system has no table of processes where a server could be found again".into());
        }
        // What is left is a server that does not answer, or one that an interrupted command was making the data for.
        self.end_all()?;
        let data = self.folder.join("data");
        programs.initialise.arg(format!("--datadir={}", data.display()));
        programs.serve.arg(format!("--datadir={}", data.display())).args(OPTIONS);
        let had_data = self.folder.join(MARKER).is_file() && data.is_dir();
        match self.launch(programs) {
            Err(reason) if had_data => {
                // The machine may have gone down under them, and nothing in them is worth a repair.
                println!("the data of {} are made anew, as it did not start: {}", self.name, process::tail(&reason));
                fs::remove_file(self.folder.join(MARKER)).map_err(|error| error.to_string())?;
                self.launch(programs)
            }
            outcome => outcome,
        }
    }

    /// Ends the server if it runs.
    pub(super) fn stop(&mut self) -> Outcome {
        if !self.folder.is_dir() {
            return Ok(());
        }
        let _lock = self.lock()?;
        if !self.running().is_empty() {
            println!("stopping {} in {}", self.name, self.folder.display());
        }
        self.end_all()
    }

    fn launch(&self, programs: &mut Programs) -> Outcome<u16> {
        if !(self.folder.join(MARKER).is_file() && self.folder.join("data").is_dir()) {
            self.initialise(&mut programs.initialise)?;
        }
        let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let port = free.map_err(|error| format!("no free port: {error}"))?.port();
        println!("starting {} in {} on port {port}", self.name, self.folder.display());
        let log = self.log()?;
        let errors = log.try_clone().map_err(|error| error.to_string())?;
        let mut command = Command::new(programs.serve.get_program());
        command.args(programs.serve.get_args()).arg(format!("--port={port}"));
        command.current_dir("/").stdin(Stdio::null()).stdout(log).stderr(errors);
        // Not in our group: it outlives an interrupt from the keyboard, as it outlives us.
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut child = command.spawn().map_err(|error| format!("{}: {error}", self.name))?;
        let started = Instant::now();
        let mut last = String::new();
        while started.elapsed() < STARTING {
            if let Some(status) = process::ended_within(&mut child, Duration::from_millis(100))? {
                return Err(self.with_log(&format!("{} ended at its start: {status}", self.name)));
            }
            match (self.answers)(port) {
                Ok(()) => return Ok(port),
                Err(reason) => last = reason,
            }
        }
        self.end_all()?;
        let patience = STARTING.as_secs();
        Err(self.with_log(&format!("{} did not answer after {patience} seconds: {last}", self.name)))
    }

    /// The marker is written last, so that data half made are made again.
    fn initialise(&self, command: &mut Command) -> Outcome {
        println!("making the data of {} in {}", self.name, self.folder.display());
        let data = self.folder.join("data");
        remove(&data)?;
        let log = self.log()?;
        let errors = log.try_clone().map_err(|error| error.to_string())?;
        command.current_dir("/").stdin(Stdio::null()).stdout(log).stderr(errors);
        let mut child = command.spawn().map_err(|error| format!("{}: {error}", self.name))?;
        match process::ended_within(&mut child, INITIALISING)? {
            Some(status) if status.success() => {
                fs::write(self.folder.join(MARKER), "").map_err(|error| format!("{MARKER}: {error}"))
            }
            Some(status) => Err(self.with_log(&format!("making its data failed: {status}"))),
            None => {
                let _ = child.kill();
                self.end_all()?;
                Err(self.with_log(&format!("making its data took longer than {} seconds", INITIALISING.as_secs())))
            }
        }
    }

    fn log(&self) -> Outcome<File> {
        let path = self.folder.join("log");
        File::create(&path).map_err(|error| format!("{}: {error}", path.display()))
    }

    fn with_log(&self, reason: &str) -> String {
        let path = self.folder.join("log");
        let text = String::from_utf8_lossy(&fs::read(&path).unwrap_or_default()).into_owned();
        format!("{reason}\n{}\nthe whole log is {}", process::tail(&text), path.display())
    }

    /// The processes with our folder among their arguments.
    fn running(&self) -> Vec<Running> {
        let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
        let numbers = processes.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
        numbers.filter_map(|number| self.seen(number)).collect()
    }

    fn is_running(&self, process: u32) -> bool {
        self.seen(process).is_some()
    }

    fn seen(&self, process: u32) -> Option<Running> {
        let line = fs::read(format!("/proc/{process}/cmdline")).ok()?;
        let data = format!("--datadir={}", self.folder.join("data").display());
        let port = port_of(&line, &data)?;
        Some(Running { process, port })
    }

    fn end_all(&self) -> Outcome {
        for signal in ["TERM", "KILL"] {
            let running = self.running();
            running.iter().for_each(|server| process::signal(signal, &server.process.to_string()));
            let started = Instant::now();
            while started.elapsed() < STOPPING {
                if self.running().is_empty() {
                    return Ok(());
                }
                std::thread::sleep(Duration::from_millis(50));
            }
        }
        Err(format!("{} in {} does not end", self.name, self.folder.display()))
    }
}

/// Removes a folder with all that is in it, if it is there.
pub(super) fn remove(folder: &Path) -> Outcome {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(format!("{}: {error}", folder.display())),
        _ => Ok(()),
    }
}

/// Of a command line, words ended by zeros: none if this is not among them, otherwise the port if one is.
fn port_of(line: &[u8], data: &str) -> Option<Option<u16>> {
    let words: Vec<&[u8]> = line.split(|byte| *byte == 0).collect();
    words.contains(&data.as_bytes()).then(|| {
        let port = words.iter().find_map(|word| word.strip_prefix(b"--port="));
        port.and_then(|text| std::str::from_utf8(text).ok()?.parse().ok())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_its_server_by_the_folder() {
        let line = b"/lib/ld.so\0mysqld\0--datadir=/a/data\0--port=4000\0";
        assert_eq!(port_of(line, "--datadir=/a/data"), Some(Some(4000)));
        assert_eq!(port_of(b"mysqld\0--datadir=/a/data\0", "--datadir=/a/data"), Some(None));
        // A shorter path, another server's, and a process that has just ended.
        assert_eq!(port_of(line, "--datadir=/a"), None);
        assert_eq!(port_of(b"less\0/a/data/log\0", "--datadir=/a/data"), None);
        assert_eq!(port_of(b"", "--datadir=/a/data"), None);
    }
}
