//! The 22 queries of TPC-H in the typed builder, one source for all databases, against the answers that another
//! database gave to the specification's own SQL.

mod answer;
mod load;
mod naive;
mod queries;
mod schema;

use answer::{Decimals, compare};
use queries::{q08, q17};
use relvar::prelude::*;
use relvar::rust_decimal::prelude::ToPrimitive;
use relvar_test_support as support;
use std::path::Path;
use std::time::{Duration, Instant};

/// No query takes longer; most take a tenth of a second.
const PATIENCE: Duration = Duration::from_secs(20);

async fn proof(name: &str, url: &str, decimals: Decimals) {
    let Some(data) = support::test_data() else { return };
    let data = data.join("tpch");
    let started = Instant::now();
    let db = AnyDb::connect(url).await.unwrap();
    schema::schema().create(&db).await.unwrap();
    load::load(&db, &data).await;
    let mut report = format!("{name}: loaded in {:.1} s", started.elapsed().as_secs_f64());
    let mut wrong = Vec::new();
    let questions = queries::all();
    assert_eq!(questions.len(), 22);
    for question in questions {
        let started = Instant::now();
        let rows = question.ask(&db).await;
        let took = started.elapsed();
        report += &format!(", {} {:.0} ms", question.name, took.as_secs_f64() * 1e3);
        let expected = answer::read(&data.join("answers"), question.name);
        let compared = rows
            .map_err(|error| error.to_string())
            .and_then(|rows| compare(&rows, &expected, question.keys, decimals))
            .and_then(|()| if took < PATIENCE { Ok(()) } else { Err(format!("it took {took:?}")) });
        if let Err(why) = compared {
            wrong.push(format!("{} on {name}: {why}", question.name));
        }
    }
    wrong.extend(otherwise(&db, &data).await.into_iter().map(|why| format!("{why} on {name}")));
    db.close().await;
    println!("{report}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The queries that find nothing in this data, with parameters that find something.
async fn otherwise(db: &AnyDb, data: &Path) -> Vec<String> {
    let mut wrong = Vec::new();
    let near = |found: f64, expected: f64| (found - expected).abs() <= 1e-9 * expected.abs();
    let parameters = q08::Parameters { nation: "VIETNAM", region: "ASIA", kind: "MEDIUM PLATED STEEL" };
    let found = q08::query(parameters).all(db).await.unwrap();
    let expected = naive::market_shares(data, parameters);
    let same = found.len() == expected.len()
        && found.iter().zip(&expected).all(|((year, share), (expected_year, expected))| {
            year == expected_year && share.and_then(|share| share.0.to_f64()).is_some_and(|s| near(s, *expected))
        });
    if !same || expected.iter().all(|(_, share)| *share == 0.0) {
        wrong.push(format!("q08: {found:?}, not {expected:?}"));
    }
    let parameters = q17::Parameters { brand: "Brand#44", container: "WRAP CAN" };
    let found = q17::query(parameters).one(db).await.unwrap().and_then(|yearly| yearly.0.to_f64());
    let expected = naive::small_orders(data, parameters);
    if !found.zip(expected).is_some_and(|(found, expected)| near(found, expected)) {
        wrong.push(format!("q17: {found:?}, not {expected:?}"));
    }
    wrong
}

#[tokio::test]
async fn sqlite_gives_the_answers() {
    let file = support::sqlite_file();
    proof("SQLite", &file.url(), Decimals::Floating).await;
}

#[tokio::test]
async fn postgresql_gives_the_answers() {
    let Some(server) = support::postgres() else { return };
    proof("PostgreSQL", server.database().url(), Decimals::Exact).await;
}

#[tokio::test]
async fn mysql_gives_the_answers() {
    let Some(server) = support::mysql() else { return };
    proof("MySQL", server.database().url(), Decimals::Exact).await;
}

#[tokio::test]
async fn mariadb_gives_the_answers() {
    let Some(server) = support::mariadb() else { return };
    proof("MariaDB", server.database().url(), Decimals::Exact).await;
}

/// The queries are in the builder's words alone.
#[test]
fn no_query_is_raw_sql() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tpch/queries");
    let mut files = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        for word in ["raw", "Unchecked", "from_ir", "SELECT"] {
            assert!(!text.contains(word), "{} says {word}", path.display());
        }
        files += 1;
    }
    assert_eq!(files, 22);
}
