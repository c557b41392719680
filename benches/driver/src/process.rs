//! Contenders as processes that wait for commands.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use crate::Result;
use crate::backend::Contender;
use crate::processors::{self, Ran};

/// A contender that waits for commands.
#[derive(Debug)]
pub(crate) struct Running {
    pub(crate) name: &'static str,
    contender: Contender,
    url: String,
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
}

/// What a contender answers: nanoseconds, the sum over the data, further numbers.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) nanoseconds: u64,
    pub(crate) sum: i64,
    pub(crate) more: Vec<u64>,
}

impl Running {
    pub(crate) fn start(contender: &Contender, url: &str) -> Result<Running> {
        let mut command = Command::new(&contender.program);
        command.arg(url).args(contender.flavour).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().map_err(|e| format!("{}: {e}", contender.program.display()))?;
        let to = child.stdin.take().ok_or("no way to the contender")?;
        let mut from = BufReader::new(child.stdout.take().ok_or("no way from the contender")?);
        let mut line = String::new();
        from.read_line(&mut line)?;
        if !line.starts_with("ready") {
            return Err(format!("{} said '{line}' and is not ready", contender.name).into());
        }
        Ok(Running { name: contender.name, contender: contender.clone(), url: url.into(), child, to, from })
    }

    /// Does a workload so many times; `None` if it has no way to.
    pub(crate) fn run(&mut self, workload: &str, times: u64) -> Result<Option<Answer>> {
        writeln!(self.to, "{workload} {times}")?;
        self.to.flush()?;
        let mut line = String::new();
        self.from.read_line(&mut line)?;
        if line.trim() == "unsupported" {
            return Ok(None);
        }
        let numbers: Option<Vec<i64>> = line.split_whitespace().map(|word| word.parse().ok()).collect();
        match numbers.as_deref() {
            Some([nanoseconds, sum, more @ ..]) => Ok(Some(Answer {
                nanoseconds: *nanoseconds as u64,
                sum: *sum,
                more: more.iter().map(|number| *number as u64).collect(),
            })),
            _ => Err(format!("{} answered '{}' to {workload}", self.name, line.trim()).into()),
        }
    }

    /// Its most memory so far, in KiB.
    pub(crate) fn peak_memory(&self) -> Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no peak of memory is known")?;
        Ok(line.trim().trim_end_matches("kB").trim().parse()?)
    }

    /// A new process of the same contender, with nothing in its memory yet.
    pub(crate) fn again(&self) -> Result<Running> {
        Running::start(&self.contender, &self.url)
    }

    pub(crate) fn pin(&self, processors: &str) {
        processors::pin(self.child.id(), processors);
    }

    /// For how long its threads ran so far.
    pub(crate) fn ran(&self) -> Ran {
        Ran::of_process(self.child.id())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // nobody waits for what it does
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
