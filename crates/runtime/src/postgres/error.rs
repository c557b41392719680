//! Errors of the server, in the runtime's words.

use sqlx::postgres::{PgConnectOptions, PgDatabaseError, PgSeverity};

use super::PostgresBackend;
use crate::backend::Backend;
use crate::error::{Category, DatabaseError, Error, ErrorKind};
use crate::server::error::{self as server, Failure};

/// Translates an error of the driver.
pub(super) fn failure(error: sqlx::Error) -> Failure {
    server::failure(error, |error| match error.try_downcast_ref::<PgDatabaseError>() {
        Some(said) if ends_session(said) => server::lost(said.message()),
        Some(said) => Failure { error: Error::new(ErrorKind::Database(database(said))), broken: false },
        None => server::lost(error.message()),
    })
}

/// Why no connection could be made, in words.
pub(super) fn connect_words(error: &sqlx::Error, options: &PgConnectOptions) -> String {
    let sqlx::Error::Database(error) = error else {
        return server::connect_words(error, PostgresBackend::ENGINE.name());
    };
    let user = options.get_username();
    match error.code().as_deref() {
        Some("28P01") => format!("the password of user `{user}` is wrong"),
        Some("3D000") => format!("there is no database `{}`", options.get_database().unwrap_or(user)),
        Some("53300") => format!("the server has no connection left: {}", error.message()),
        _ => error.message().to_owned(),
    }
}

fn ends_session(error: &PgDatabaseError) -> bool {
    matches!(error.severity(), PgSeverity::Fatal | PgSeverity::Panic)
}

/// What the server said.
fn database(error: &PgDatabaseError) -> DatabaseError {
    let owned = |name: Option<&str>| name.map(str::to_owned);
    let (table, column) = undefined(error.code(), error.message());
    DatabaseError {
        category: category(error),
        code: error.code().to_owned(),
        message: error.message().to_owned(),
        constraint: owned(error.constraint()),
        table: owned(error.table()).or(table),
        column: owned(error.column()).or(column),
    }
}

/// The class of an error: by its SQLSTATE, except that a stale plan has none of its own.
fn category(error: &PgDatabaseError) -> Category {
    let code = error.code();
    match code {
        "23505" => Category::UniqueViolation,
        "23001" | "23503" => Category::ForeignKeyViolation,
        "23502" => Category::NotNullViolation,
        "23514" => Category::CheckViolation,
        "23P01" => Category::ExclusionViolation,
        "40001" => Category::SerializationFailure,
        "40P01" => Category::Deadlock,
        "55P03" => Category::LockTimeout,
        "57014" => Category::Cancelled,
        "25006" => Category::ReadOnly,
        "0A000" if error.routine() == Some("RevalidateCachedQuery") => Category::StalePlan,
        // the plan names a type that was dropped; the words of internal errors are not translated
        "XX000" if error.message().starts_with("cache lookup failed") => Category::StalePlan,
        // the prepared statement is gone: somebody said DEALLOCATE or DISCARD
        "26000" => Category::StalePlan,
        "3D000" | "3F000" | "42P01" | "42703" | "42704" | "42883" | "42P02" => Category::Undefined,
        "42701" | "42710" | "42723" | "42P04" | "42P06" | "42P07" => Category::AlreadyDefined,
        "42601" => Category::Syntax,
        "42501" | "28000" | "28P01" => Category::PermissionDenied,
        "53100" | "XX001" | "XX002" => Category::Storage,
        _ if code.starts_with("22") => Category::DataException,
        _ if code.starts_with("58") => Category::Storage,
        _ => Category::Other,
    }
}

/// The table and the column that do not exist, which the server names in its words alone. In these are names of
/// the statement, no values; a server that speaks another language names nothing here.
fn undefined(code: &str, message: &str) -> (Option<String>, Option<String>) {
    let inside = |before: &str| {
        let (name, rest) = message.strip_prefix(before)?.split_once('"')?;
        Some((name.to_owned(), rest))
    };
    match code {
        "42P01" => (inside("relation \"").map(|(table, _)| table), None),
        "42703" => match inside("column \"") {
            Some((column, rest)) => {
                let table = rest.strip_prefix(" of relation \"").and_then(|rest| rest.split_once('"'));
                (table.map(|(table, _)| table.to_owned()), Some(column))
            }
            // of an alias and a name nothing stands in quotes: column t.x does not exist
            None => {
                let name = message.strip_prefix("column ").and_then(|rest| rest.strip_suffix(" does not exist"));
                let name = name.filter(|name| !name.contains(['"', ' ']));
                (None, name.map(|name| name.rsplit('.').next().unwrap_or(name).to_owned()))
            }
        },
        _ => (None, None),
    }
}
