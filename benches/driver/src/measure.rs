//! The rounds: in each, every contender has a turn, so that what disturbs the machine disturbs them all.

use std::collections::BTreeSet;
use std::time::Duration;

use crate::Result;
use crate::backend::{Plan, Row};
use crate::process::{Answer, Running};
use crate::processors::{ALL, ONE, Server};

/// How many turns a contender has in a row.
const ROUNDS: usize = 9;
/// How often all rows of the large table are read.
const STREAMS: usize = 3;
/// About how long a turn takes, in nanoseconds.
const TURN: u64 = 40_000_000;
/// How long a contender that has answered takes at most until it waits again.
const SETTLE: Duration = Duration::from_millis(2);

/// What was measured.
#[derive(Debug)]
pub(crate) struct Table {
    /// The contenders, and whether each is a limit instead of a peer.
    pub(crate) contenders: Vec<(&'static str, bool)>,
    pub(crate) rows: Vec<(Row, Vec<Option<Cell>>)>,
}

/// The medians of a contender's turns.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    /// Of one time the work, by the clock.
    pub(crate) nanoseconds: f64,
    /// Of one time the work, by the processors: the contender's and the server's. Other programs do not disturb it.
    pub(crate) processor: f64,
    pub(crate) more: Vec<f64>,
    /// In KiB, where it was asked for.
    pub(crate) peak: Option<u64>,
}

/// Runs the rows of the plan, or those that are named.
pub(crate) async fn all(plan: &Plan, running: &mut [Running], only: &[String]) -> Result<Table> {
    let mut table =
        Table { contenders: plan.contenders.iter().map(|it| (it.name, it.raw)).collect(), rows: Vec::new() };
    for row in &plan.rows {
        if !only.is_empty() && !only.iter().any(|name| row.workload.starts_with(name.as_str())) {
            continue;
        }
        let processors = if row.concurrent { ALL } else { ONE };
        running.iter().for_each(|contender| contender.pin(processors));
        let cells = if row.workload == "stream" {
            streams(row, plan, running).await?
        } else {
            measured(row, plan, running, processors).await?
        };
        for (contender, cell) in running.iter().zip(&cells) {
            let time = cell.as_ref().map_or("-".into(), |cell| format!("{:.2} µs", cell.nanoseconds / 1e3));
            let processor = cell.as_ref().map_or("-".into(), |cell| format!("{:.2} µs", cell.processor / 1e3));
            eprintln!("{:<36} {:<18} {time:>14} {processor:>14}", row.name, contender.name);
        }
        table.rows.push((*row, cells));
    }
    plan.server.pin(ALL).await?;
    Ok(table)
}

async fn measured(row: &Row, plan: &Plan, running: &mut [Running], processors: &str) -> Result<Vec<Option<Cell>>> {
    let mut turns: Vec<Option<Turn>> = Vec::new();
    let mut sum: Option<(i64, &'static str)> = None;
    for contender in running.iter_mut() {
        let (turn, one) = Turn::prepared(row, contender, &plan.server).await?;
        if let Some(one) = one.filter(|_| !row.workload.starts_with("build")) {
            let (expected, whose) = *sum.get_or_insert((one, contender.name));
            if expected != one {
                return Err(format!("{}: {} read {one}, {whose} {expected}", row.name, contender.name).into());
            }
        }
        turns.push(turn);
    }
    // by now every contender has its connections
    plan.server.pin(processors).await?;
    for round in 0..ROUNDS {
        for number in 0..running.len() {
            let number = (number + round) % running.len();
            if let Some(turn) = &mut turns[number] {
                turn.take(&mut running[number], &plan.server).await?;
            }
        }
    }
    Ok(turns.into_iter().map(|turn| turn.map(|turn| turn.cell())).collect())
}

struct Turn {
    workload: &'static str,
    times: u64,
    answers: Vec<Answer>,
    /// For how many nanoseconds the processors worked in each.
    processor: Vec<u64>,
}

impl Turn {
    /// Does the work.
    async fn take(&mut self, contender: &mut Running, server: &Server) -> Result {
        if self.workload.starts_with("insert") || self.workload == "bulk" {
            // what others have inserted is no work of this turn
            contender.run("clear", 1)?;
        }
        let before = (contender.ran(), server.ran().await?);
        let Some(answer) = contender.run(self.workload, self.times)? else { return Ok(()) };
        // what has just answered is counted when it waits
        tokio::time::sleep(SETTLE).await;
        let after = (contender.ran(), server.ran().await?);
        self.answers.push(answer);
        self.processor.push(after.0.since(&before.0) + after.1.since(&before.1));
        Ok(())
    }

    /// Finds out how often a contender does the work in a turn; and what it reads, done once.
    async fn prepared(row: &Row, contender: &mut Running, server: &Server) -> Result<(Option<Turn>, Option<i64>)> {
        let tasks = if row.concurrent { 64 } else { 1 };
        let mut workload = row.workload;
        let mut first = contender.run(workload, tasks)?;
        if let (None, Some(instead)) = (&first, row.instead) {
            workload = instead;
            first = contender.run(workload, tasks)?;
        }
        let Some(first) = first else { return Ok((None, None)) };
        // the second time is one without preparation
        let mut turn = Turn { workload, times: tasks, answers: Vec::new(), processor: Vec::new() };
        let goal = if row.concurrent { TURN * 4 } else { TURN };
        loop {
            turn.take(contender, server).await?;
            let clock = turn.answers.pop().map_or(0, |answer| answer.nanoseconds);
            // the clock goes on while other programs work
            let took = turn.processor.pop().unwrap_or(0).min(clock).max(1);
            if took >= goal / 4 {
                turn.times = (turn.times * goal / took).max(tasks);
                break;
            }
            turn.times *= 4;
        }
        Ok((Some(turn), Some(first.sum)))
    }

    fn cell(self) -> Cell {
        let more = self.answers.first().map_or(0, |answer| answer.more.len());
        Cell {
            nanoseconds: median(self.answers.iter().map(|it| it.nanoseconds as f64 / self.times as f64)),
            processor: median(self.processor.iter().map(|it| *it as f64 / self.times as f64)),
            more: (0..more).map(|at| median(self.answers.iter().map(|it| it.more[at] as f64))).collect(),
            peak: None,
        }
    }
}

/// Each time in a process of its own, for its peak of memory.
async fn streams(row: &Row, plan: &Plan, running: &[Running]) -> Result<Vec<Option<Cell>>> {
    let fresh_turn = || Turn { workload: row.workload, times: 1, answers: Vec::new(), processor: Vec::new() };
    let mut turns: Vec<(Turn, u64)> = running.iter().map(|_| (fresh_turn(), 0)).collect();
    for _ in 0..STREAMS {
        for (contender, (turn, peak)) in running.iter().zip(&mut turns) {
            let mut fresh = contender.again()?;
            fresh.pin(ONE);
            // so that it has a connection
            fresh.run("point", 1)?;
            plan.server.pin(ONE).await?;
            turn.take(&mut fresh, &plan.server).await?;
            *peak = (*peak).max(fresh.peak_memory()?);
        }
    }
    let sums: BTreeSet<i64> = turns.iter().flat_map(|(turn, _)| &turn.answers).map(|answer| answer.sum).collect();
    if sums.len() > 1 {
        return Err(format!("{}: not all read the same: {sums:?}", row.name).into());
    }
    let cell = |(turn, peak): (Turn, u64)| (!turn.answers.is_empty()).then(|| Cell { peak: Some(peak), ..turn.cell() });
    Ok(turns.into_iter().map(cell).collect())
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
