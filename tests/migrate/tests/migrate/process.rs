//! Migrators in processes of their own.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// A migrator that waits to be let go; it is killed when it is dropped.
pub(crate) struct Process {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Process {
    /// Starts one, which does nothing yet.
    pub(crate) fn start(url: &str, folder: &Path, stop: &[&str]) -> Process {
        let mut child = Command::new(env!("CARGO_BIN_EXE_migrator"))
            .arg(url)
            .arg(folder)
            .args(stop)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (input, output) = (child.stdin.take(), BufReader::new(child.stdout.take().unwrap()));
        let mut process = Process { child, input, output };
        process.hear("ready");
        process
    }

    /// Lets it go.
    pub(crate) fn go(&mut self) {
        writeln!(self.input.as_mut().unwrap(), "go").unwrap();
    }

    /// Waits until it says `word`.
    pub(crate) fn hear(&mut self, word: &str) {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        if line.trim() != word {
            let mut errors = String::new();
            let _ = self.child.kill();
            let _ = self.child.stderr.take().unwrap().read_to_string(&mut errors);
            panic!("it said '{}' instead of '{word}'; {errors}", line.trim());
        }
    }

    /// Ends it as `kill -9` does, and waits until it is no more.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Waits until it has ended by itself, and says how many migrations it has applied, or what went wrong.
    pub(crate) fn end(mut self) -> Result<usize, String> {
        drop(self.input.take());
        let (mut said, mut errors) = (String::new(), String::new());
        self.output.read_to_string(&mut said).unwrap();
        self.child.stderr.take().unwrap().read_to_string(&mut errors).unwrap();
        match self.child.wait().unwrap().success() {
            true => Ok(said.trim().rsplit(' ').next().unwrap().parse().unwrap()),
            false => Err(errors),
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
