//! Tests against live servers, at `RELVAR_TEST_MYSQL` and `RELVAR_TEST_MARIADB`, and against servers that misbehave.

mod drift;
mod errors;
mod fake;
mod faults;
mod session;
mod slice;
mod types;

use relvar_query::dialect::{MariaDb, MySql};
use relvar_query::ir::Bound;
use relvar_query::types::SqlType;
use relvar_query::value::Value;
use std::io::Write;
use tokio::sync::OnceCell;

use super::Server;
use super::connection::MySqlConnection;
use super::variant::Dialect;
use crate::backend::{Backend, Connection, Lane};
use crate::options::Options;
use crate::server::harness::{Rows, run};

/// A kind of server that tests run on.
pub(crate) trait Site: Dialect {
    /// What names the server.
    const VARIABLE: &'static str;
    /// Where it is if nothing names it.
    const DEFAULT: &'static str;
    /// Its list of sessions, whose column `id` is their number.
    const SESSIONS: &'static str;
    /// Whether it is there.
    fn there() -> &'static OnceCell<bool>;
}

impl Site for MySql {
    const VARIABLE: &'static str = "RELVAR_TEST_MYSQL";
    const DEFAULT: &'static str = "mysql://root@127.0.0.1:3399";
    // the list of processes cannot be read while a statement has bytes in it that are no `utf8mb3`
    const SESSIONS: &'static str = "(SELECT processlist_id AS id FROM performance_schema.threads)";

    fn there() -> &'static OnceCell<bool> {
        static THERE: OnceCell<bool> = OnceCell::const_new();
        &THERE
    }
}

impl Site for MariaDb {
    const VARIABLE: &'static str = "RELVAR_TEST_MARIADB";
    const DEFAULT: &'static str = "mariadb://root@127.0.0.1:3306";
    const SESSIONS: &'static str = "information_schema.processlist";

    fn there() -> &'static OnceCell<bool> {
        static THERE: OnceCell<bool> = OnceCell::const_new();
        &THERE
    }
}

/// Makes a test of each function for each kind of server.
macro_rules! on_both {
    ($($test:ident)*) => {
        mod mysql {
            $(#[tokio::test]
            async fn $test() {
                if crate::mysql::tests::is_there::<relvar_query::dialect::MySql>().await {
                    super::$test::<relvar_query::dialect::MySql>().await;
                }
            })*
        }
        mod mariadb {
            $(#[tokio::test]
            async fn $test() {
                if crate::mysql::tests::is_there::<relvar_query::dialect::MariaDb>().await {
                    super::$test::<relvar_query::dialect::MariaDb>().await;
                }
            })*
        }
    };
}
use on_both;

/// Whether the server is there. One that is named must be; without it nothing is tested, which is said aloud.
async fn is_there<D: Site>() -> bool {
    *D::there()
        .get_or_init(|| async {
            let Err(error) = server::<D>().connect(Lane::Write).await else { return true };
            let ci = std::env::var("CI").is_ok_and(|ci| !matches!(ci.as_str(), "" | "0" | "false"));
            assert!(!ci && std::env::var(D::VARIABLE).is_err(), "{}: {error}", D::VARIABLE);
            // past the capture of the test harness
            let name = D::VARIANT.engine.name();
            let _ = writeln!(std::io::stderr(), "\n!!! SKIPPED: no {name}, its tests do nothing: {error}\n");
            false
        })
        .await
}

fn url<D: Site>() -> String {
    std::env::var(D::VARIABLE).unwrap_or_else(|_| D::DEFAULT.to_owned())
}

fn server<D: Site>() -> Server<D> {
    server_with(&Options::default())
}

fn server_with<D: Site>(options: &Options) -> Server<D> {
    Server::from_url(&url::<D>(), options).unwrap()
}

/// The URL of a database that is empty and for one test of other modules; nothing if the server is not there.
pub(crate) async fn database<D: Site>(test: &str) -> Option<String> {
    if !is_there::<D>().await {
        return None;
    }
    let database = format!("relvar_live_{test}");
    connect::<D>(&database).await;
    let url = url::<D>();
    let (scheme, rest) = url.split_once("://")?;
    Some(format!("{scheme}://{}/{database}", rest.split(['/', '?']).next()?))
}

/// A connection whose database is empty and its own.
async fn connect<D: Site>(database: &str) -> MySqlConnection {
    let mut connection = server::<D>().connect(Lane::Write).await.unwrap();
    let sql =
        format!("DROP DATABASE IF EXISTS {database}; CREATE DATABASE {database} CHARACTER SET utf8mb4; USE {database}");
    connection.script(&sql).await.unwrap();
    connection
}

/// One more connection to a database.
async fn another<D: Site>(database: &str) -> MySqlConnection {
    let mut connection = server::<D>().connect(Lane::Write).await.unwrap();
    connection.script(&format!("USE {database}")).await.unwrap();
    connection
}

/// How many sessions have this number.
async fn sessions<D: Site>(connection: &mut MySqlConnection, id: u64) -> i64 {
    let sql = format!("SELECT COUNT(*) FROM {} AS s WHERE id = {id}", D::SESSIONS);
    run(&sql).column::<i64>(connection).await.unwrap()[0]
}

/// Shows that the connection is in step.
async fn in_step(connection: &mut MySqlConnection) {
    assert!(!connection.is_broken());
    let seven = run("SELECT ?").bind(vec![Bound::Value(&Value::I32(7), i32::SQL_TYPE)]);
    assert_eq!(seven.column::<i32>(connection).await.unwrap(), [7]);
}
