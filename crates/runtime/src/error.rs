//! Errors of the runtime: opaque, with questions to ask, showing the statement and never its data.

use relvar_query::error::BuildError;
use relvar_query::types::DecodeError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// The result of everything here.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why something could not be done.
///
/// Shows the statement, never the values bound to it.
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
    /// It took longer than allowed.
    Timeout(Duration),
    /// What was asked for is not available here.
    Unsupported(String),
}

/// What the database said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct DatabaseError {
    /// What rule was broken.
    pub category: Category,
    /// The SQLSTATE; on MySQL and MariaDB the error's number, on SQLite the extended result code.
    pub code: String,
    /// The message. A message of the database may name values; it is shown only on request.
    pub message: String,
    /// The constraint that was violated.
    pub constraint: Option<String>,
    /// The table concerned.
    pub table: Option<String>,
    /// The column concerned.
    pub column: Option<String>,
}

/// The classes of error that programs react to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Category {
    /// UNIQUE or PRIMARY KEY.
    UniqueViolation,
    /// FOREIGN KEY.
    ForeignKeyViolation,
    /// NOT NULL.
    NotNullViolation,
    /// CHECK.
    CheckViolation,
    /// EXCLUDE.
    ExclusionViolation,
    /// Two transactions cannot be put in an order: run it again.
    SerializationFailure,
    /// Two transactions wait for each other: run it again.
    Deadlock,
    /// A lock was not had in time.
    LockTimeout,
    /// The table was changed after the statement was prepared: run it again. Outside of transactions that
    /// happens by itself.
    StalePlan,
    /// The statement was cancelled or took longer than the server allows.
    Cancelled,
    /// The table or column does not exist.
    Undefined,
    /// The session may not do this.
    PermissionDenied,
    /// A value does not fit its column.
    DataException,
    /// A write in a read-only transaction.
    ReadOnly,
    /// The disk is full or storage failed.
    Storage,
    /// Anything else.
    #[default]
    Other,
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

    /// Whether a row with this key exists already.
    pub fn is_unique_violation(&self) -> bool {
        self.category() == Some(Category::UniqueViolation)
    }

    /// Whether a row that is referred to does not exist, or one that is referred to would go.
    pub fn is_foreign_key_violation(&self) -> bool {
        self.category() == Some(Category::ForeignKeyViolation)
    }

    /// Whether a CHECK failed.
    pub fn is_check_violation(&self) -> bool {
        self.category() == Some(Category::CheckViolation)
    }

    /// Whether a NOT NULL column was given NULL.
    pub fn is_not_null_violation(&self) -> bool {
        self.category() == Some(Category::NotNullViolation)
    }

    /// Whether the same transaction may succeed when it is run again from its start.
    pub fn is_retryable(&self) -> bool {
        matches!(self.category(), Some(Category::SerializationFailure | Category::Deadlock | Category::StalePlan))
    }

    /// Whether `one` found no row.
    pub fn is_no_row(&self) -> bool {
        matches!(self.kind(), ErrorKind::NoRow)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind() {
            ErrorKind::Build(error) => write!(f, "{error}")?,
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
            ErrorKind::Timeout(limit) => write!(f, "it took longer than {limit:?}")?,
            ErrorKind::Unsupported(what) => write!(f, "{what}")?,
        }
        match self.statement() {
            Some(sql) => write!(f, "\n  in: {sql}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for DatabaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.category {
            Category::UniqueViolation => "a row with this key exists already",
            Category::ForeignKeyViolation => "a foreign key is violated",
            Category::NotNullViolation => "a column that is not null was given NULL",
            Category::CheckViolation => "a check is violated",
            Category::ExclusionViolation => "a row that excludes this one exists already",
            Category::SerializationFailure => "the transaction conflicts with another one",
            Category::Deadlock => "two transactions wait for each other",
            Category::StalePlan => "the table was changed after the statement was prepared",
            Category::LockTimeout => "a lock was not had in time",
            Category::Cancelled => "the statement was cancelled",
            Category::Undefined | Category::Other => &self.message,
            Category::PermissionDenied => "permission denied",
            Category::DataException => "a value does not fit its column",
            Category::ReadOnly => "a write in a read-only transaction",
            Category::Storage => "storage failed",
        };
        write!(f, "{what}")?;
        for (word, name) in [("constraint", &self.constraint), ("table", &self.table), ("column", &self.column)] {
            if let Some(name) = name {
                write!(f, ", {word} `{name}`")?;
            }
        }
        write!(f, " ({})", self.code)
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

impl From<BuildError> for Error {
    fn from(error: BuildError) -> Error {
        Error::new(ErrorKind::Build(error))
    }
}
