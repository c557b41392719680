//! What relvar does on live databases: SQLite in memory and in files, and PostgreSQL.

mod alter;
mod bad_input;
mod bulk;
mod conflict;
mod contention;
mod drift;
mod dropped;
mod faults;
mod place;
mod schema;
mod sqlx_pool;
mod stream;
mod tables;
mod transaction;
mod types;
