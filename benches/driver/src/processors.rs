//! The processors that contenders and the server run on, and for how long they ran.

use relvar::prelude::*;
use relvar::{AnyDb, sql};
use std::collections::HashMap;
use std::process::{Command, Stdio};

use crate::Result;
use crate::seed::NAME;

/// The processors of everything that runs on several.
pub(crate) const ALL: &str = "0-1";
/// The processor of everything that runs on one.
pub(crate) const ONE: &str = "0";

/// The part of the server that works for the contenders: a process or a thread for each of their connections.
pub(crate) enum Server {
    /// There is none.
    None,
    /// Asked through a connection to another database, so that it does not name itself.
    Of(AnyDb),
}

impl Server {
    /// The server of a URL.
    ///
    /// # Errors
    /// There is no such server.
    pub(crate) async fn at(url: &str) -> Result<Server> {
        Ok(Server::Of(AnyDb::connect(url).await?))
    }

    /// The numbers of its processes or threads.
    async fn tasks(&self) -> Result<Vec<u32>> {
        let Server::Of(db) = self else { return Ok(Vec::new()) };
        let rows: Vec<(i64, String)> = if let Some(db) = db.as_dialect::<Postgres>() {
            let of_all = sql!(
                "SELECT CAST(pid AS bigint), CAST(datname AS text) FROM pg_stat_activity WHERE datname IS NOT NULL"
            );
            of_all.only_on::<Postgres>().rows().all(&db).await?
        } else if let Some(db) = db.as_dialect::<MariaDb>() {
            let of_all =
                sql!("SELECT CAST(tid AS SIGNED), db FROM information_schema.processlist WHERE db IS NOT NULL");
            of_all.only_on::<MariaDb>().rows().all(&db).await?
        } else {
            Vec::new()
        };
        Ok(rows
            .into_iter()
            .filter(|(_, database)| database == NAME)
            .filter_map(|(task, _)| task.try_into().ok())
            .collect())
    }

    /// Puts it on these processors.
    ///
    /// # Errors
    /// The server does not answer.
    pub(crate) async fn pin(&self, processors: &str) -> Result {
        self.tasks().await?.into_iter().for_each(|task| pin_one(task, processors));
        Ok(())
    }

    /// For how long each of its tasks ran so far.
    ///
    /// # Errors
    /// The server does not answer.
    pub(crate) async fn ran(&self) -> Result<Ran> {
        Ok(Ran(self.tasks().await?.into_iter().map(|task| (task, of_task(task, task))).collect()))
    }
}

/// For how many nanoseconds tasks ran.
#[derive(Clone, Debug)]
pub(crate) struct Ran(HashMap<u32, u64>);

impl Ran {
    /// The threads of a process.
    pub(crate) fn of_process(pid: u32) -> Ran {
        let threads = std::fs::read_dir(format!("/proc/{pid}/task")).into_iter().flatten().flatten();
        let threads = threads.filter_map(|thread| thread.file_name().to_str()?.parse().ok());
        Ran(threads.map(|thread| (thread, of_task(pid, thread))).collect())
    }

    /// How much longer it was than before: of tasks that have come meanwhile, all.
    pub(crate) fn since(&self, before: &Ran) -> u64 {
        self.0.iter().map(|(task, now)| now.saturating_sub(before.0.get(task).copied().unwrap_or(0))).sum()
    }
}

/// The kernel's count, which is up to date for a task that waits.
fn of_task(process: u32, thread: u32) -> u64 {
    let text = std::fs::read_to_string(format!("/proc/{process}/task/{thread}/schedstat")).unwrap_or_default();
    text.split(' ').next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// Puts a process with all its threads on these processors.
pub(crate) fn pin(process: u32, processors: &str) {
    taskset(&["-acp", processors, &process.to_string()]);
}

fn pin_one(task: u32, processors: &str) {
    taskset(&["-cp", processors, &task.to_string()]);
}

fn taskset(arguments: &[&str]) {
    let taskset = Command::new("taskset").args(arguments).stdout(Stdio::null()).status();
    if !taskset.is_ok_and(|status| status.success()) {
        eprintln!("`taskset {}` failed: the figures of this run are not comparable", arguments.join(" "));
    }
}
