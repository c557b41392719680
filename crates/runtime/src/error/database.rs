//! What a database says is wrong: its class, its code and the names concerned; its words only on request.

use std::fmt;

/// What the database said.
///
/// `Display` and `Debug` show the class, the code and names, never the database's own words: those may quote
/// values of the row that was written, and errors end up in logs.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct DatabaseError {
    /// What rule was broken.
    pub category: Category,
    /// The SQLSTATE; on MySQL and MariaDB the error's number, on SQLite the extended result code.
    pub code: String,
    /// The constraint that was violated.
    pub constraint: Option<String>,
    /// The table concerned.
    pub table: Option<String>,
    /// The column concerned.
    pub column: Option<String>,
    /// The words of the database.
    pub(crate) message: String,
}

/// The classes of error that programs react to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
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
    /// A table, column, function or operator of the statement does not exist.
    Undefined,
    /// What is to be created exists already.
    AlreadyDefined,
    /// The statement is not of the database's language.
    Syntax,
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

impl DatabaseError {
    /// The database's own words, **which may quote values**: PostgreSQL's `Key (email)=(..) already exists`, MySQL's
    /// `Duplicate entry '..' for key`, the text near a syntax error.
    ///
    /// For a developer's eyes, and for logs that may hold the data of users.
    pub fn message_with_data(&self) -> &str {
        &self.message
    }
}

impl Category {
    /// What is said of an error of this class.
    fn words(self) -> &'static str {
        match self {
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
            Category::Undefined => "a table, column, function or operator of the statement does not exist",
            Category::AlreadyDefined => "what is to be created already exists",
            Category::Syntax => "the database does not understand the statement",
            Category::PermissionDenied => "permission denied",
            Category::DataException => "a value does not fit its column",
            Category::ReadOnly => "a write in a read-only transaction",
            Category::Storage => "storage failed",
            Category::Other => "the database refused the statement; `message_with_data` has its words",
        }
    }
}

impl fmt::Display for DatabaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.category.words())?;
        for (word, name) in [("constraint", &self.constraint), ("table", &self.table), ("column", &self.column)] {
            if let Some(name) = name {
                write!(f, ", {word} `{name}`")?;
            }
        }
        write!(f, " ({})", self.code)
    }
}

impl fmt::Debug for DatabaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let DatabaseError { category, code, constraint, table, column, message: _ } = self;
        f.debug_struct("DatabaseError")
            .field("category", category)
            .field("code", code)
            .field("constraint", constraint)
            .field("table", table)
            .field("column", column)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{Error, ErrorKind};

    const ALL: [Category; 18] = [
        Category::UniqueViolation,
        Category::ForeignKeyViolation,
        Category::NotNullViolation,
        Category::CheckViolation,
        Category::ExclusionViolation,
        Category::SerializationFailure,
        Category::Deadlock,
        Category::LockTimeout,
        Category::StalePlan,
        Category::Cancelled,
        Category::Undefined,
        Category::AlreadyDefined,
        Category::Syntax,
        Category::PermissionDenied,
        Category::DataException,
        Category::ReadOnly,
        Category::Storage,
        Category::Other,
    ];

    #[test]
    fn the_words_of_the_database_are_shown_on_request_only() {
        for category in ALL {
            let said = DatabaseError { category, message: "hunter2".into(), code: "X".into(), ..Default::default() };
            let error = Error::new(ErrorKind::Database(said)).in_statement(&"SELECT 1".into());
            let shown = format!("{error} {error:?} {:?} {:?}", error.kind(), error.database());
            assert!(!shown.contains("hunter2"), "{shown}");
            assert!(shown.contains("(X)") && shown.contains("in: SELECT 1"), "{shown}");
            assert_eq!(error.database().map(DatabaseError::message_with_data), Some("hunter2"));
        }
    }
}
