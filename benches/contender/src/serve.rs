//! The loop of a contender: read a command, do it, say how long it took.

use std::io::{BufRead, Write};
use std::time::{Duration, Instant};

use crate::workload::{BULK, Filters, NewUser, Workload, new_users};
use crate::{Contender, Result, Spread, UNSUPPORTED, allocations};

/// How many users can be looked up by key.
const USERS: u64 = 10_000;

/// What a run came to.
struct Done {
    took: Duration,
    sum: i64,
    /// Further numbers: percentiles in nanoseconds, allocations.
    more: Vec<u64>,
}

/// Does what the standard input says until it ends.
///
/// # Errors
/// What a workload came upon; that it is not supported is an answer, not an error.
pub async fn serve(mut contender: impl Contender) -> Result<()> {
    println!("ready {}", std::process::id());
    let users = new_users(BULK);
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let Some((name, times)) = line.split_once(' ') else { continue };
        let (workload, times) = (name.parse()?, times.parse()?);
        match run(&mut contender, workload, times, &users).await {
            Ok(Done { took, sum, more }) => {
                print!("{} {sum}", took.as_nanos());
                more.iter().for_each(|number| print!(" {number}"));
                println!();
            }
            Err(error) if error.to_string() == UNSUPPORTED => println!("{UNSUPPORTED}"),
            Err(error) => return Err(format!("{line}: {error}").into()),
        }
        std::io::stdout().flush()?;
    }
    Ok(())
}

async fn run<C: Contender>(c: &mut C, workload: Workload, times: usize, users: &[NewUser]) -> Result<Done> {
    let mut keys = Spread::new(USERS, times as u64);
    match workload {
        Workload::Concurrent(tasks) => return concurrent(c, tasks, times).await,
        Workload::Stream => {
            let begun = Instant::now();
            let (first, sum) = c.stream().await?;
            return Ok(Done { took: begun.elapsed(), sum, more: vec![first.as_nanos() as u64] });
        }
        Workload::BuildSimple => return build(times, |id| c.build_simple(id)),
        Workload::BuildJoin => return build(times, |id| c.build_join(id)),
        Workload::Clear => {
            c.execute("DELETE FROM inserted").await?;
            return Ok(Done { took: Duration::ZERO, sum: 0, more: Vec::new() });
        }
        _ => {}
    }
    let begun = Instant::now();
    let mut sum = 0;
    for number in 0..times {
        sum += match workload {
            Workload::Load(rows) => c.load(rows).await?,
            Workload::Joined(rows) => c.joined(rows).await?,
            Workload::Associations(first, last) => c.associations(first, last).await?,
            Workload::Point => c.point(keys.key()).await?,
            Workload::Insert(rows) => {
                let start = number * rows % (users.len() - rows + 1);
                c.insert(&users[start..start + rows]).await?
            }
            Workload::Bulk => c.bulk(users).await?,
            Workload::Update => c.update(keys.key(), (number % 80) as i32).await?,
            Workload::Filters => c.filters(&Filters::combination(number)).await?,
            _ => unreachable!("done above"),
        };
    }
    Ok(Done { took: begun.elapsed(), sum, more: Vec::new() })
}

/// Point selects by many tasks at once: the time of all, and the median and 99th percentile of one.
async fn concurrent<C: Contender>(c: &mut C, tasks: usize, times: usize) -> Result<Done> {
    let shares: Option<Vec<C>> = (0..tasks).map(|_| c.share()).collect();
    let shares = shares.ok_or(UNSUPPORTED)?;
    let begun = Instant::now();
    let running: Vec<_> = shares
        .into_iter()
        .enumerate()
        .map(|(number, share)| tokio::spawn(one_of_many(share, number as u64, times / tasks)))
        .collect();
    let (mut sum, mut latencies) = (0, Vec::with_capacity(times));
    for task in running {
        let (one, of_task) = task.await??;
        sum += one;
        latencies.extend(of_task);
    }
    let took = begun.elapsed();
    latencies.sort_unstable();
    let at = |percent: usize| latencies[(latencies.len() - 1) * percent / 100];
    Ok(Done { took, sum, more: vec![at(50), at(99)] })
}

async fn one_of_many<C: Contender>(mut c: C, seed: u64, times: usize) -> Result<(i64, Vec<u64>)> {
    let mut keys = Spread::new(USERS, seed);
    let (mut sum, mut latencies) = (0, Vec::with_capacity(times));
    for _ in 0..times {
        let begun = Instant::now();
        sum += c.point(keys.key()).await?;
        latencies.push(begun.elapsed().as_nanos() as u64);
    }
    Ok((sum, latencies))
}

fn build(times: usize, mut one: impl FnMut(i64) -> Option<i64>) -> Result<Done> {
    // what is built once for all is not counted
    one(1).ok_or(UNSUPPORTED)?;
    let (before, begun) = (allocations::count(), Instant::now());
    let mut sum = 0;
    for id in 0..times as i64 {
        sum += std::hint::black_box(one(std::hint::black_box(id))).unwrap_or_default();
    }
    let took = begun.elapsed();
    Ok(Done { took, sum, more: vec![(allocations::count() - before) / times.max(1) as u64] })
}
