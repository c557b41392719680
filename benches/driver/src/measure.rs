//! The rounds: in each, every contender has a turn, so that what disturbs the machine disturbs them all.

use crate::Result;
use crate::backend::{Plan, Row};
use crate::process::{ALL, Answer, ONE, Pins, Running};

/// How many turns a contender has in a row.
const ROUNDS: usize = 9;
/// About how long a turn takes, in nanoseconds.
const TURN: u64 = 40_000_000;

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
    /// Of one time the work.
    pub(crate) nanoseconds: f64,
    pub(crate) more: Vec<f64>,
    /// In KiB, where it was asked for.
    pub(crate) peak: Option<u64>,
}

/// Runs the rows of the plan, or those that are named.
pub(crate) fn all(plan: &Plan, running: &mut [Running], pins: &Pins, only: &[String]) -> Result<Table> {
    let mut table =
        Table { contenders: plan.contenders.iter().map(|it| (it.name, it.raw)).collect(), rows: Vec::new() };
    for row in &plan.rows {
        if !only.is_empty() && !only.iter().any(|name| row.workload.starts_with(name.as_str())) {
            continue;
        }
        let processors = if row.concurrent { ALL } else { ONE };
        running.iter().for_each(|contender| contender.pin(processors));
        pins.pin(processors);
        let cells = if row.workload == "stream" { streams(running)? } else { measured(row, running)? };
        for (contender, cell) in running.iter().zip(&cells) {
            let time = cell.as_ref().map_or("-".into(), |cell| format!("{:.2} µs", cell.nanoseconds / 1e3));
            eprintln!("{:<36} {:<18} {time}", row.name, contender.name);
        }
        table.rows.push((*row, cells));
    }
    Ok(table)
}

fn measured(row: &Row, running: &mut [Running]) -> Result<Vec<Option<Cell>>> {
    let mut turns: Vec<Option<Turn>> = Vec::new();
    let mut sum: Option<(i64, &'static str)> = None;
    for contender in running.iter_mut() {
        let (turn, one) = Turn::prepared(row, contender)?;
        if let Some(one) = one.filter(|_| !row.workload.starts_with("build")) {
            let (expected, whose) = *sum.get_or_insert((one, contender.name));
            if expected != one {
                return Err(format!("{}: {} read {one}, {whose} {expected}", row.name, contender.name).into());
            }
        }
        turns.push(turn);
    }
    for round in 0..ROUNDS {
        for number in 0..running.len() {
            let number = (number + round) % running.len();
            if let Some(turn) = &mut turns[number]
                && let Some(answer) = running[number].run(turn.workload, turn.times)?
            {
                turn.answers.push(answer);
            }
        }
    }
    Ok(turns.into_iter().map(|turn| turn.map(|turn| turn.cell())).collect())
}

struct Turn {
    workload: &'static str,
    times: u64,
    answers: Vec<Answer>,
}

impl Turn {
    /// Finds out how often a contender does the work in a turn; and what it reads, done once.
    fn prepared(row: &Row, contender: &mut Running) -> Result<(Option<Turn>, Option<i64>)> {
        let tasks = if row.concurrent { 64 } else { 1 };
        let mut workload = row.workload;
        let mut first = contender.run(workload, tasks)?;
        if let (None, Some(instead)) = (&first, row.instead) {
            workload = instead;
            first = contender.run(workload, tasks)?;
        }
        let Some(first) = first else { return Ok((None, None)) };
        // the second time is one without preparation
        let mut times = tasks;
        loop {
            let Some(answer) = contender.run(workload, times)? else { return Ok((None, None)) };
            let goal = if row.concurrent { TURN * 4 } else { TURN };
            if answer.nanoseconds >= goal / 4 {
                times = (times * goal / answer.nanoseconds.max(1)).max(tasks);
                break;
            }
            times *= 4;
        }
        Ok((Some(Turn { workload, times, answers: Vec::new() }), Some(first.sum)))
    }

    fn cell(self) -> Cell {
        let more = self.answers.first().map_or(0, |answer| answer.more.len());
        Cell {
            nanoseconds: median(self.answers.iter().map(|it| it.nanoseconds as f64 / self.times as f64)),
            more: (0..more).map(|at| median(self.answers.iter().map(|it| it.more[at] as f64))).collect(),
            peak: None,
        }
    }
}

/// Each in a process of its own, for its peak of memory.
fn streams(running: &[Running]) -> Result<Vec<Option<Cell>>> {
    running
        .iter()
        .map(|contender| {
            let mut fresh = contender.again()?;
            fresh.pin(ONE);
            let Some(answer) = fresh.run("stream", 1)? else { return Ok(None) };
            Ok(Some(Cell {
                nanoseconds: answer.nanoseconds as f64,
                more: answer.more.iter().map(|number| *number as f64).collect(),
                peak: Some(fresh.peak_memory()?),
            }))
        })
        .collect()
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
