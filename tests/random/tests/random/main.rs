//! Random well-typed queries, made by the typed builder, on every database at once: each must give the rows that an
//! evaluator in memory gives, and so the same ones everywhere.
//!
//! Two more things are asked of random conditions, which need no evaluator: that the rows for which one is true, is
//! not true and is NULL are all rows (ternary logic partitioning), and that as many rows pass it as a filter as have it
//! true in their select list.
//!
//! What fails says its seed and its number, which make it again:
//!
//! - `RELVAR_TEST_SEED`: the seed; another one each time if it is `random`;
//! - `RELVAR_TEST_QUERIES`: how many statements are run, over all databases;
//! - `RELVAR_TEST_NUMBER`: the only one to be made.

mod build;
mod draw;
mod evaluate;
mod generate;
mod node;
mod shrink;
mod world;

use relvar::query::compile::render;
use relvar::query::dialect::Target;
use std::fmt::Write;
use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

use build::asking;
use draw::Draw;
use evaluate::Evaluator;
use node::{Cell, List, Node, Op, Query, Row};
use world::{Place, World, places};

/// Where every run without a seed of its own begins.
const SEED: u64 = 20_260_101;
/// How many statements are run, over all databases.
const STATEMENTS: u64 = 20_000;
/// How long a query that fails is made smaller.
const PATIENCE: Duration = Duration::from_secs(6);
/// How many queries see the same rows.
const PER_WORLD: u64 = 250;

fn setting(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok().filter(|text| !text.is_empty())?;
    if text == "random" {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
        return Some(now.as_nanos() as u64);
    }
    Some(text.parse().unwrap_or_else(|_| panic!("{name} is no number: {text}")))
}

/// A query on every database; each must give these rows, in this order if the query has one.
async fn check(places: &[Place], query: &Query, expected: &[Row]) -> Result<(), String> {
    let mut expected = expected.to_vec();
    if query.order.is_none() {
        expected.sort();
    }
    let asking = asking(query);
    let ask = async |place: &Place| {
        if !asking.engines().contains(&place.db.engine()) {
            return None;
        }
        let mut rows = match asking.rows(place).await {
            Ok(rows) => rows,
            Err(error) => return Some(said(&error)),
        };
        if query.order.is_none() {
            rows.sort();
        }
        (rows != expected).then(|| difference(&rows, &expected))
    };
    let mut wrong = String::new();
    let mut answers = Vec::new();
    match places {
        [one, two, three, four] => {
            let (one, two, three, four) = tokio::join!(ask(one), ask(two), ask(three), ask(four));
            answers.extend([one, two, three, four]);
        }
        places => {
            for place in places {
                answers.push(ask(place).await);
            }
        }
    }
    for (place, answer) in places.iter().zip(answers) {
        let Some(why) = answer else { continue };
        let engine = place.db.engine();
        let sql = render(&asking.statement(), Target::oldest(engine)).map(|compiled| compiled.sql.to_string());
        let _ = writeln!(wrong, "\non {}: {why}\n{}\n", engine.name(), sql.unwrap_or_else(|error| error.to_string()));
    }
    if wrong.is_empty() { Ok(()) } else { Err(format!("{wrong}\nof {query:?}")) }
}

/// The smallest query that can be had of one that fails, and why it does.
async fn smallest(places: &[Place], world: &World, mut query: Query, mut why: String) -> String {
    let hook = std::panic::take_hook();
    // a step may be no query at all
    std::panic::set_hook(Box::new(|_| ()));
    let until = Instant::now() + PATIENCE;
    'smaller: while Instant::now() < until {
        for step in shrink::steps(&query) {
            let tried = std::panic::catch_unwind(AssertUnwindSafe(|| {
                asking(&step);
                Evaluator::new(world).rows(&step)
            }));
            let Ok(rows) = tried else { continue };
            if let Err(because) = check(places, &step, &rows).await {
                (query, why) = (step, because);
                continue 'smaller;
            }
            if Instant::now() > until {
                break;
            }
        }
        break;
    }
    std::panic::set_hook(hook);
    why
}

/// An error with the database's own words: there is no data here that anybody minds.
fn said(error: &relvar::Error) -> String {
    let words = error.database().map(|database| database.message_with_data().to_owned());
    format!("{error}\n{}", words.unwrap_or_default())
}

fn difference(rows: &[Row], expected: &[Row]) -> String {
    let mut text = format!("{} rows, not {}", rows.len(), expected.len());
    let pairs = rows.iter().zip(expected).find(|(row, expected)| row != expected);
    if let Some((row, expected)) = pairs {
        let _ = write!(text, "\n  is {row:?}\n not {expected:?}");
    }
    text
}

/// A condition and what partitions by it: all rows, those where it is true, where it is not, where it is NULL.
fn partitions(query: &Query, condition: &Node) -> [Query; 5] {
    let with = |condition: Node| Query { filter: vec![condition], ..query.clone() };
    let of = |op: Op| Node::Op(op, vec![condition.clone()]);
    let null = Op::Null { ty: node::Ty::Bool, negated: false };
    let mut listed = query.clone();
    if let List::Rows(nodes) = &mut listed.list {
        nodes[3] = of(Op::IsTrue);
    }
    [query.clone(), with(condition.clone()), with(of(Op::Not)), with(of(null)), listed]
}

/// The partitions together are all rows, and as many rows are true as pass.
fn parts_are_the_whole(evaluator: &Evaluator<'_>, parts: &[Query; 5]) -> Result<[Vec<Row>; 5], String> {
    let rows = parts.each_ref().map(|query| evaluator.rows(query));
    let mut together: Vec<Row> = rows[1..4].concat();
    let mut all = rows[0].clone();
    together.sort();
    all.sort();
    let listed = rows[4].iter().filter(|row| row[3] == Cell::Bool(true)).count();
    if together != all || listed != rows[1].len() {
        return Err("the evaluator itself is wrong".to_owned());
    }
    Ok(rows)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn random_queries() {
    let seed = setting("RELVAR_TEST_SEED").unwrap_or(SEED);
    let statements = setting("RELVAR_TEST_QUERIES").unwrap_or(STATEMENTS);
    let only = setting("RELVAR_TEST_NUMBER");
    let places = places().await;
    let (mut run, mut number, mut failed) = (0, 0, String::new());
    let mut world = World::new(&mut Draw::new(seed, u64::MAX));
    let mut failures = 0;
    while run < statements {
        let number_here = only.unwrap_or(number);
        if number % PER_WORLD == 0 || only.is_some() {
            world = World::new(&mut Draw::new(seed, u64::MAX - number_here / PER_WORLD));
            for place in &places {
                place.fill(&world).await;
            }
        }
        let mut draw = Draw::new(seed, number_here);
        // the first ones are the smallest, so that what fails first is easy to read
        let size = (number_here as usize / 200).min(2);
        let evaluator = Evaluator::new(&world);
        let result = if number_here.is_multiple_of(10) {
            let (query, condition) = generate::predicate_of(&mut draw, size);
            run += 5 * places.len() as u64;
            let parts = partitions(&query, &condition);
            match parts_are_the_whole(&evaluator, &parts) {
                Ok(rows) => {
                    let mut result = Ok(());
                    for (part, rows) in parts.iter().zip(&rows) {
                        result = check(&places, part, rows).await.map_err(|why| (part.clone(), why));
                        if result.is_err() {
                            break;
                        }
                    }
                    result
                }
                Err(why) => panic!("number {number_here} with seed {seed}: {why}"),
            }
        } else {
            let query = match number_here % 10 {
                5 if size > 0 => generate::full(&mut draw, size),
                _ => generate::query(&mut draw, size),
            };
            run += places.len() as u64;
            check(&places, &query, &evaluator.rows(&query)).await.map_err(|why| (query, why))
        };
        if let Err((query, why)) = result {
            let why = smallest(&places, &world, query, why).await;
            let _ = writeln!(failed, "number {number_here} with seed {seed}:{why}\n");
            failures += 1;
        }
        number += 1;
        if only.is_some() || failures == 10 {
            break;
        }
    }
    for place in &places {
        place.db.close().await;
    }
    println!("{run} statements of {number} queries on {} databases with seed {seed}", places.len());
    assert!(failed.is_empty(), "{failed}");
}
