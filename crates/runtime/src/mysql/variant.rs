//! What tells MySQL and MariaDB apart, as data.

use relvar_query::dialect::{Engine, MariaDb, MySql};
use std::time::Duration;

/// A dialect whose server speaks MySQL's protocol.
pub(crate) trait Dialect: Send + Sync + 'static {
    #[doc(hidden)]
    const VARIANT: &'static Variant;
}

/// A kind of server.
#[derive(Debug)]
pub(crate) struct Variant {
    /// Which database it is.
    pub(super) engine: Engine,
    /// What its URLs start with.
    pub(super) schemes: &'static [&'static str],
    /// The scheme for the other kind.
    pub(super) other: &'static str,
    /// Whether there is a type for UUIDs, which text is cast to; else they are bytes.
    pub(super) uuid_type: bool,
    /// Whether there is a type for JSON; else it is text.
    pub(super) json_type: bool,
    /// Whether the table's name stands before the key's in errors.
    pub(super) keys_with_table: bool,
    /// The setting that limits how long a statement runs, and how it counts.
    pub(super) statement_timeout: (&'static str, fn(Duration) -> String),
    /// The setting that limits how often a recursive query uses itself. By itself it is 1 000: MySQL refuses the
    /// query then, and MariaDB gives as many rows as there are by then, as if they were all.
    pub(super) recursion_limit: &'static str,
    /// The type of a column of UUIDs.
    pub(super) uuid: &'static str,
}

impl Dialect for MySql {
    const VARIANT: &'static Variant = &Variant {
        engine: Engine::MySql,
        schemes: &["mysql"],
        other: "mariadb",
        uuid_type: false,
        json_type: true,
        keys_with_table: true,
        // nought would mean no limit
        statement_timeout: ("max_execution_time", |limit| limit.as_millis().clamp(1, u128::from(u32::MAX)).to_string()),
        recursion_limit: "cte_max_recursion_depth",
        uuid: "binary(16)",
    };
}

impl Dialect for MariaDb {
    const VARIANT: &'static Variant = &Variant {
        engine: Engine::MariaDb,
        schemes: &["mariadb"],
        other: "mysql",
        uuid_type: true,
        json_type: false,
        keys_with_table: false,
        statement_timeout: ("max_statement_time", |limit| {
            let micros = limit.as_micros().clamp(1, 31_536_000_000_000);
            format!("{}.{:06}", micros / 1_000_000, micros % 1_000_000)
        }),
        recursion_limit: "max_recursive_iterations",
        uuid: "uuid",
    };
}
