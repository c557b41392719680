//! Errors of the runtime: opaque, with questions to ask, showing the statement and never its data.

mod database;
#[cfg(feature = "migrate")]
mod migration;
mod questions;

use relvar_query::error::{BuildError, NameError};
use relvar_query::types::DecodeError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

pub use database::{Category, DatabaseError};
#[cfg(feature = "migrate")]
pub use migration::{MigrationError, MigrationProblem};

/// The result of everything here.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why something could not be done.
///
/// `Display` and `Debug` show the statement, and never the values bound to it nor what the database says of
/// values: its own words are had from [`DatabaseError::message_with_data`].
///
/// # Questions
///
/// What a program does about an error depends on what kind of error it is. Each question has a method; what
/// remains is in [`kind`](Self::kind) and [`category`](Self::category).
///
/// | the question | what it is about | what to do |
/// |---|---|---|
/// | [`is_unique_violation`](Self::is_unique_violation) | a row with this key exists already | tell whoever gave the key |
/// | [`is_foreign_key_violation`](Self::is_foreign_key_violation) | a row that is referred to is missing, or would be | the same |
/// | [`is_check_violation`](Self::is_check_violation), [`is_not_null_violation`](Self::is_not_null_violation), [`is_exclusion_violation`](Self::is_exclusion_violation) | another constraint | the same |
/// | [`is_constraint_violation`](Self::is_constraint_violation) | any of these five | the same |
/// | [`is_data_exception`](Self::is_data_exception) | a value that does not fit its column | the same |
/// | [`is_value_refused`](Self::is_value_refused) | a value that the database has no room for at all; nothing was sent | the same |
/// | [`is_no_row`](Self::is_no_row), [`is_many_rows`](Self::is_many_rows) | another number of rows than asked for | not found; or a key that is none |
/// | [`is_retryable`](Self::is_retryable) | a conflict with another transaction, of one of the next three kinds | run the transaction again: [`retry`](crate::Transaction::retry) |
/// | [`is_serialization_failure`](Self::is_serialization_failure), [`is_deadlock`](Self::is_deadlock), [`is_stale_plan`](Self::is_stale_plan) | which kind | |
/// | [`is_lock_timeout`](Self::is_lock_timeout) | a lock not had in time | somebody holds it for long |
/// | [`is_cancelled`](Self::is_cancelled) | the server ended the statement: it was told to, or by `statement_timeout` | a quicker statement |
/// | [`is_timeout`](Self::is_timeout) | no answer within `response_timeout` | the line or the server is gone |
/// | [`is_pool_timeout`](Self::is_pool_timeout) | all connections were in use | the error says by whom |
/// | [`is_pool_closed`](Self::is_pool_closed) | the pool was closed | nothing: the program ends |
/// | [`is_connect`](Self::is_connect) | no connection can be made | look at the address, the password, the server |
/// | [`is_connection_lost`](Self::is_connection_lost) | the connection broke | a read can be run again; a write may have been done |
/// | [`is_outcome_unknown`](Self::is_outcome_unknown) | the answer to COMMIT is missing | look whether it was done |
/// | [`is_transaction_ended`](Self::is_transaction_ended), [`is_transaction_aborted`](Self::is_transaction_aborted) | there is no transaction any more | begin anew |
/// | [`is_undefined`](Self::is_undefined), [`is_drift`](Self::is_drift), [`is_decode`](Self::is_decode) | the database is not what the structs say | migrate |
/// | [`is_already_defined`](Self::is_already_defined) | what is to be created is there | |
/// | [`is_permission_denied`](Self::is_permission_denied), [`is_read_only`](Self::is_read_only) | the session may not do this | |
/// | [`is_storage_failure`](Self::is_storage_failure) | the disk is full or broken | wake somebody |
/// | [`is_syntax_error`](Self::is_syntax_error), [`is_unsupported`](Self::is_unsupported), [`is_build`](Self::is_build) | the statement cannot run here | a mistake of the program, or of ours |
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    statement: Option<Arc<str>>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// What went wrong, to match on.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The statement has a mistake that types cannot catch; nothing was sent.
    Build(BuildError),
    /// A column that was chosen at run time, or a value for it, that does not fit.
    Name(NameError),
    /// The URL cannot be understood. Passwords are left out.
    Url(String),
    /// No connection could be made: the server is not there, refuses, or the password is wrong.
    Connect {
        /// Where to: host, port, database or file; without the password.
        address: String,
        /// Why not.
        why: String,
    },
    /// The session cannot be brought into the state that types rely on: UTC, strict, UTF-8.
    Session(String),
    /// No connection became free in time.
    PoolTimeout {
        /// How long was waited.
        waited: Duration,
        /// Who holds connections, and for how long.
        holders: String,
    },
    /// The pool was closed.
    PoolClosed,
    /// The connection broke before or while the statement ran.
    ConnectionLost(String),
    /// The database refused the statement.
    Database(DatabaseError),
    /// A cell that does not hold what the Rust type needs.
    Decode {
        /// The column, as `table.column` where it is one, or what stands in the select list.
        column: String,
        /// Why.
        why: DecodeError,
    },
    /// The table is not what the struct says: a column is missing or has another type.
    Drift {
        /// The column, as `table.column` where it is one.
        column: String,
        /// What the Rust type needs.
        expected: String,
        /// What the database has.
        found: String,
    },
    /// `one` found no row.
    NoRow,
    /// `one` or `optional` found more than one row.
    ManyRows,
    /// The transaction has ended already, or its connection was given up.
    TransactionEnded,
    /// A statement of the transaction failed, so that nothing of it could be committed: it was rolled back.
    TransactionAborted {
        /// What failed.
        because: String,
    },
    /// Whether the transaction was committed is not known: the connection broke, or the future was dropped, during COMMIT.
    OutcomeUnknown,
    /// A value that the database cannot take, such as a date before the year 0 on SQLite; nothing was sent.
    Value(String),
    /// There was no answer for so long, which is longer than [`response_timeout`](crate::Options::response_timeout)
    /// allows. The connection was given up; whether the statement was done is not known.
    Timeout(Duration),
    /// What was asked for is not available here.
    Unsupported(String),
    /// Something is wrong with a migration, or with all of them.
    #[cfg(feature = "migrate")]
    Migration(MigrationError),
}

impl Error {
    /// An error of this kind.
    pub fn new(kind: ErrorKind) -> Error {
        Error(Box::new(Inner { kind, statement: None, source: None }))
    }

    /// With the error underneath.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
        self.0.source = Some(source.into());
        self
    }

    /// With the statement it happened in, unless it has one already.
    #[must_use]
    pub fn in_statement(mut self, sql: &Arc<str>) -> Error {
        self.0.statement.get_or_insert_with(|| sql.clone());
        self
    }

    /// What went wrong.
    pub fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    /// The SQL of the statement that failed, without its arguments.
    pub fn statement(&self) -> Option<&str> {
        self.0.statement.as_deref()
    }

    /// What is wrong with which migration, if it is about one.
    #[cfg(feature = "migrate")]
    pub fn migration(&self) -> Option<&MigrationError> {
        match self.kind() {
            ErrorKind::Migration(error) => Some(error),
            _ => None,
        }
    }

    /// An error about the migration of this name.
    #[cfg(feature = "migrate")]
    pub(crate) fn in_migration(migration: impl Into<String>, problem: MigrationProblem) -> Error {
        Error::new(ErrorKind::Migration(MigrationError { migration: migration.into(), problem }))
    }

    /// What the database said, if it was the database.
    pub fn database(&self) -> Option<&DatabaseError> {
        match self.kind() {
            ErrorKind::Database(error) => Some(error),
            _ => None,
        }
    }

    /// The class of a database error.
    pub fn category(&self) -> Option<Category> {
        self.database().map(|d| d.category)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.kind())?;
        match self.statement() {
            Some(sql) => write!(f, "\n  in: {sql}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ErrorKind::Build(error) => write!(f, "{error}")?,
            ErrorKind::Name(error) => write!(f, "{error}")?,
            ErrorKind::Url(why) => write!(f, "the database URL is not valid: {why}")?,
            ErrorKind::Connect { address, why } => write!(f, "cannot connect to {address}: {why}")?,
            ErrorKind::Session(why) => write!(f, "the session cannot be set up: {why}")?,
            ErrorKind::PoolTimeout { waited, holders } => {
                write!(f, "no connection became free within {waited:?}; {holders}")?;
            }
            ErrorKind::PoolClosed => write!(f, "the pool is closed")?,
            ErrorKind::ConnectionLost(why) => write!(f, "the connection was lost: {why}")?,
            ErrorKind::Database(error) => write!(f, "{error}")?,
            ErrorKind::Decode { column, why } => write!(f, "column `{column}`: {why}")?,
            ErrorKind::Drift { column, expected, found } => {
                write!(f, "column `{column}` is not what the struct says: expected {expected}, found {found}")?;
            }
            ErrorKind::NoRow => write!(f, "no row was found")?,
            ErrorKind::ManyRows => write!(f, "more than one row was found")?,
            ErrorKind::TransactionEnded => write!(f, "the transaction has ended")?,
            ErrorKind::TransactionAborted { because } => {
                write!(f, "the transaction was rolled back, because a statement of it had failed: {because}")?;
            }
            ErrorKind::OutcomeUnknown => write!(f, "whether the transaction was committed is not known")?,
            ErrorKind::Value(why) => write!(f, "a value cannot be sent: {why}")?,
            ErrorKind::Timeout(limit) => write!(f, "there was no answer within {limit:?}")?,
            ErrorKind::Unsupported(what) => write!(f, "{what}")?,
            #[cfg(feature = "migrate")]
            ErrorKind::Migration(error) => write!(f, "{error}")?,
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|e| e as _)
    }
}

impl From<NameError> for Error {
    fn from(error: NameError) -> Error {
        Error::new(ErrorKind::Name(error))
    }
}

impl From<BuildError> for Error {
    fn from(error: BuildError) -> Error {
        Error::new(ErrorKind::Build(error))
    }
}
