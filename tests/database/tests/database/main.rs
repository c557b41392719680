//! What relvar does on live databases: SQLite in memory and in files, and PostgreSQL.

mod bulk;
mod conflict;
mod contention;
mod dropped;
mod faults;
mod place;
mod sqlx_pool;
mod stream;
mod tables;
mod transaction;
