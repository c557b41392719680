//! How the tests get databases, data and faults; everything here blocks and may be called from async tests.
//!
//! - [`postgres()`]: a running PostgreSQL, and throw-away databases on it;
//! - [`mysql()`] and [`mariadb()`]: the same of MySQL and of MariaDB;
//! - [`sqlite_file()`]: a path for a SQLite database that is removed with its guard;
//! - [`test_data()`]: the folder of the test data;
//! - [`FaultProxy`]: a server behind a line that can be cut and stalled.
//!
//! What is missing is said on the error stream, past the capture of the test harness; with `CI` set it is a panic.

mod blocking;
mod data;
mod missing;
mod mysql;
mod postgres;
mod proxy;
mod sqlite;
mod temporary;
mod unique;

pub use data::test_data;
pub use mysql::{MySqlServer, TempMySql, mariadb, mysql};
pub use postgres::{PostgresServer, TempPostgres, postgres};
pub use proxy::{Direction, FaultProxy};
pub use sqlite::{TempSqlite, sqlite_file};
