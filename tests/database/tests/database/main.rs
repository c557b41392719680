//! What relvar does on live databases: SQLite in memory and in files, PostgreSQL, MySQL and MariaDB.

mod alter;
mod bad_input;
mod bulk;
mod conflict;
mod contention;
mod drift;
mod dropped;
mod each;
mod faults;
mod login;
mod place;
mod prepared;
mod schema;
mod schema_keys;
mod schema_servers;
mod schema_text;
mod sqlx_pool;
mod stream;
mod tables;
mod transaction;
mod types;
mod writes;
