//! Errors of the driver and the server, in the runtime's words.

use sqlx::postgres::{PgConnectOptions, PgDatabaseError, PgSeverity};
use std::io;

use crate::error::{Category, DatabaseError, Error, ErrorKind};

/// What an error of the driver is, and what it means for the connection.
pub(super) struct Failure {
    /// The error.
    pub(super) error: Error,
    /// Whether the session is over or out of step.
    pub(super) broken: bool,
}

/// Translates an error of the driver.
pub(super) fn failure(error: sqlx::Error) -> Failure {
    let lost = |why: String| Failure { error: Error::new(ErrorKind::ConnectionLost(why)), broken: true };
    match error {
        sqlx::Error::Database(error) => match error.try_downcast_ref::<PgDatabaseError>() {
            Some(said) if ends_session(said) => lost(said.message().to_owned()),
            Some(said) => Failure { error: Error::new(ErrorKind::Database(database(said))), broken: false },
            None => lost(error.message().to_owned()),
        },
        sqlx::Error::Io(error) => {
            let mut failure = lost(unreachable_words(&error));
            failure.error = failure.error.with_source(error);
            failure
        }
        sqlx::Error::Encode(why) => Failure { error: Error::new(ErrorKind::Value(why.to_string())), broken: false },
        sqlx::Error::Protocol(why) => lost(format!("the server broke the protocol: {why}")),
        // what else there is says that an answer made no sense
        other => lost(format!("the server broke the protocol: {other}")),
    }
}

/// Why no connection could be made, in words.
pub(super) fn connect_words(error: &sqlx::Error, options: &PgConnectOptions) -> String {
    match error {
        sqlx::Error::Database(error) => {
            let user = options.get_username();
            let database = options.get_database().unwrap_or(user);
            match error.code().as_deref() {
                Some("28P01") => format!("the password of user `{user}` is wrong"),
                Some("3D000") => format!("there is no database `{database}`"),
                Some("53300") => format!("the server has no connection left: {}", error.message()),
                _ => error.message().to_owned(),
            }
        }
        sqlx::Error::Io(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
            "the server closed the connection; is it PostgreSQL that listens there?".to_owned()
        }
        sqlx::Error::Io(error) => unreachable_words(error),
        sqlx::Error::Tls(why) if why.to_string().contains("without TLS") => {
            "the URL asks for encryption, and this build has no TLS".to_owned()
        }
        sqlx::Error::Tls(why) => format!("no encrypted connection can be made: {why}"),
        sqlx::Error::Protocol(why) => format!("what answers there does not speak PostgreSQL's protocol: {why}"),
        other => other.to_string(),
    }
}

fn unreachable_words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::ConnectionRefused => "nothing listens there (connection refused)".to_owned(),
        io::ErrorKind::NotFound => "there is no such socket".to_owned(),
        io::ErrorKind::UnexpectedEof
        | io::ErrorKind::ConnectionReset
        | io::ErrorKind::ConnectionAborted
        | io::ErrorKind::BrokenPipe => "the server closed the connection".to_owned(),
        _ => error.to_string(),
    }
}

fn ends_session(error: &PgDatabaseError) -> bool {
    matches!(error.severity(), PgSeverity::Fatal | PgSeverity::Panic)
}

/// What the server said.
fn database(error: &PgDatabaseError) -> DatabaseError {
    let owned = |name: Option<&str>| name.map(str::to_owned);
    DatabaseError {
        category: category(error),
        code: error.code().to_owned(),
        message: error.message().to_owned(),
        constraint: owned(error.constraint()),
        table: owned(error.table()),
        column: owned(error.column()),
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
        "3D000" | "3F000" | "42P01" | "42703" | "42704" | "42883" => Category::Undefined,
        "42501" | "28000" | "28P01" => Category::PermissionDenied,
        "53100" | "XX001" | "XX002" => Category::Storage,
        _ if code.starts_with("22") => Category::DataException,
        _ if code.starts_with("58") => Category::Storage,
        _ => Category::Other,
    }
}
