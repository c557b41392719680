//! Which contenders and workloads there are on each backend.

use std::path::{Path, PathBuf};

use crate::Result;
use crate::processors::Server;
use crate::seed::Place;

/// One contender: a program, and what it is told beside the URL.
#[derive(Clone, Debug)]
pub(crate) struct Contender {
    pub(crate) name: &'static str,
    pub(crate) program: PathBuf,
    pub(crate) flavour: Option<&'static str>,
    /// Works without a library on top of the driver: the limit, no peer.
    pub(crate) raw: bool,
}

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) workload: &'static str,
    /// Done instead by those who cannot do the workload.
    pub(crate) instead: Option<&'static str>,
    /// On all processors; the others have client and server on one.
    pub(crate) concurrent: bool,
    /// In the geometric mean.
    pub(crate) mean: bool,
}

/// What is measured in one run.
pub(crate) struct Plan {
    pub(crate) contenders: Vec<Contender>,
    pub(crate) rows: Vec<Row>,
    pub(crate) place: Place,
    pub(crate) server: Server,
}

const ROWS: [(&str, &str); 19] = [
    ("load 1 row", "load-1"),
    ("load 10 rows", "load-10"),
    ("load 100 rows", "load-100"),
    ("load 1 000 rows", "load-1000"),
    ("load 10 000 rows", "load-10000"),
    ("join, 1 row", "joined-1"),
    ("join, 10 rows", "joined-10"),
    ("join, 100 rows", "joined-100"),
    ("join, 1 000 rows", "joined-1000"),
    ("join, 10 000 rows", "joined-10000"),
    ("associations 10 × 10 × 10", "associations-20001-20010"),
    ("associations 100 × 5 × 2", "associations-30001-30100"),
    ("point select by key", "point"),
    ("insert 1", "insert-1"),
    ("insert 100", "insert-100"),
    ("insert 10 000 as values", "insert-10000"),
    ("insert 10 000, each one's best way", "bulk"),
    ("five optional filters", "filters"),
    // the last: what it changes is no longer the same for all
    ("update by key", "update"),
];

/// The plan of a backend.
///
/// # Errors
/// There is no such backend, or no server at its URL.
pub(crate) async fn plan(backend: &str, url: &str, programs: &Path) -> Result<Plan> {
    let contender =
        |name, program: &str, flavour| Contender { name, program: programs.join(program), flavour, raw: false };
    let raw = |name, program, flavour| Contender { raw: true, ..contender(name, program, flavour) };
    let (contenders, place, server) = match backend {
        "sqlite" => (
            vec![
                contender("relvar", "bench-relvar", None),
                contender("relvar, prepared", "bench-relvar", Some("prepared")),
                raw("rusqlite", "bench-native", None),
                contender("Diesel", "bench-diesel", None),
                raw("sqlx, held", "bench-sqlx", Some("held")),
                contender("sqlx, pool", "bench-sqlx", Some("pool")),
                contender("SeaORM", "bench-sea-orm", None),
                contender("Toasty", "bench-toasty", None),
            ],
            Place::File(url.trim_start_matches("sqlite://").into()),
            Server::None,
        ),
        "postgres" => (
            vec![
                contender("relvar", "bench-relvar", None),
                contender("relvar, prepared", "bench-relvar", Some("prepared")),
                raw("tokio-postgres", "bench-native", None),
                contender("Diesel", "bench-diesel", Some("blocking")),
                contender("diesel-async", "bench-diesel", None),
                raw("sqlx, held", "bench-sqlx", Some("held")),
                contender("sqlx, pool", "bench-sqlx", Some("pool")),
                contender("SeaORM", "bench-sea-orm", None),
                contender("Toasty", "bench-toasty", None),
            ],
            Place::Postgres,
            Server::at(url).await?,
        ),
        "mariadb" => (
            vec![
                contender("relvar", "bench-relvar", None),
                contender("relvar, prepared", "bench-relvar", Some("prepared")),
                contender("diesel-async", "bench-diesel", None),
                raw("sqlx, held", "bench-sqlx", Some("held")),
                contender("sqlx, pool", "bench-sqlx", Some("pool")),
                contender("SeaORM", "bench-sea-orm", None),
                contender("Toasty", "bench-toasty", None),
            ],
            Place::MariaDb,
            Server::at(url).await?,
        ),
        "sql" => return Ok(building(contender)),
        _ => return Err(format!("there is no backend '{backend}': sqlite, postgres, mariadb, sql").into()),
    };
    let row = |(name, workload)| Row {
        name,
        workload,
        instead: (workload == "bulk").then_some("insert-10000"),
        concurrent: false,
        mean: true,
    };
    let apart = |name, workload, concurrent| Row { name, workload, instead: None, concurrent, mean: false };
    let mut rows = vec![
        apart("16 tasks on 4 connections", "concurrent-16", true),
        apart("stream of 1 000 000 rows", "stream", false),
    ];
    rows.extend(ROWS.into_iter().map(row));
    Ok(Plan { contenders, rows, place, server })
}

/// Only the building of SQL, which needs no database.
fn building(contender: impl Fn(&'static str, &str, Option<&'static str>) -> Contender) -> Plan {
    let row = |name, workload| Row { name, workload, instead: None, concurrent: false, mean: true };
    Plan {
        contenders: vec![
            contender("relvar", "bench-relvar", Some("build")),
            contender("format!", "bench-native", Some("build")),
            contender("sqlx QueryBuilder", "bench-sqlx", Some("build")),
            contender("Diesel", "bench-diesel", Some("build")),
            contender("SeaORM", "bench-sea-orm", Some("build")),
            contender("sea-query", "bench-sea-orm", Some("build-sea-query")),
        ],
        rows: vec![row("select by key", "build-simple"), row("join of three tables", "build-join")],
        place: Place::Nowhere,
        server: Server::None,
    }
}
