//! What SQLite's result codes and messages mean.

use rusqlite::ffi;

use crate::error::{Category, DatabaseError, Error, ErrorKind};

/// The extended result code of an error that comes from SQLite itself.
pub(super) fn code(error: &rusqlite::Error) -> Option<i32> {
    match error {
        rusqlite::Error::SqliteFailure(e, _) | rusqlite::Error::SqlInputError { error: e, .. } => Some(e.extended_code),
        _ => None,
    }
}

/// Whether the error says that someone else holds the lock, for whatever reason.
pub(super) fn is_busy(error: &rusqlite::Error) -> bool {
    code(error).is_some_and(|code| primary(code) == ffi::SQLITE_BUSY)
}

/// Whether the schema was found changed between two looks at it. SQLite itself looks again, but not while it connects
/// to a virtual table, whose own statements cannot replace the schema that names it.
/// See [SQLITE_SCHEMA](https://sqlite.org/rescode.html#schema).
pub(super) fn is_schema_changed(error: &rusqlite::Error) -> bool {
    code(error).is_some_and(|code| primary(code) == ffi::SQLITE_SCHEMA)
}

/// Whether the statement was interrupted.
pub(super) fn is_interrupt(error: &rusqlite::Error) -> bool {
    code(error).is_some_and(|code| primary(code) == ffi::SQLITE_INTERRUPT)
}

/// The error as the runtime knows it.
pub(super) fn convert(error: rusqlite::Error) -> Error {
    let (code, message) = match error {
        rusqlite::Error::SqliteFailure(e, Some(message)) => (e.extended_code, message),
        rusqlite::Error::SqliteFailure(e, None) => (e.extended_code, e.to_string()),
        rusqlite::Error::SqlInputError { error, msg, .. } => (error.extended_code, msg),
        rusqlite::Error::MultipleStatement => {
            return Error::new(ErrorKind::Unsupported("the text holds more than one statement".to_owned()));
        }
        other => {
            let message = other.to_string();
            let error = DatabaseError { message, ..DatabaseError::default() };
            return Error::new(ErrorKind::Database(error));
        }
    };
    Error::new(ErrorKind::Database(read(code, message)))
}

/// The same error as one of another category.
pub(super) fn convert_as(error: rusqlite::Error, category: Category) -> Error {
    match convert(error).kind() {
        ErrorKind::Database(e) => Error::new(ErrorKind::Database(DatabaseError { category, ..e.clone() })),
        kind => Error::new(kind.clone()),
    }
}

fn primary(code: i32) -> i32 {
    code & 0xff
}

fn read(code: i32, message: String) -> DatabaseError {
    let mut error = DatabaseError { category: category(code, &message), code: code.to_string(), ..Default::default() };
    locate(&message, &mut error);
    error.message = message;
    error
}

fn category(code: i32, message: &str) -> Category {
    match code {
        ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_ROWID => {
            return Category::UniqueViolation;
        }
        ffi::SQLITE_CONSTRAINT_FOREIGNKEY => return Category::ForeignKeyViolation,
        ffi::SQLITE_CONSTRAINT_NOTNULL => return Category::NotNullViolation,
        ffi::SQLITE_CONSTRAINT_CHECK => return Category::CheckViolation,
        ffi::SQLITE_CONSTRAINT_DATATYPE => return Category::DataException,
        ffi::SQLITE_BUSY_SNAPSHOT => return Category::SerializationFailure,
        _ => {}
    }
    match primary(code) {
        ffi::SQLITE_BUSY | ffi::SQLITE_LOCKED => Category::LockTimeout,
        ffi::SQLITE_INTERRUPT => Category::Cancelled,
        ffi::SQLITE_READONLY => Category::ReadOnly,
        ffi::SQLITE_PERM | ffi::SQLITE_AUTH => Category::PermissionDenied,
        ffi::SQLITE_MISMATCH | ffi::SQLITE_TOOBIG => Category::DataException,
        ffi::SQLITE_FULL | ffi::SQLITE_IOERR | ffi::SQLITE_CORRUPT | ffi::SQLITE_NOTADB | ffi::SQLITE_CANTOPEN => {
            Category::Storage
        }
        ffi::SQLITE_ERROR if UNDEFINED.iter().any(|p| message.starts_with(p)) => Category::Undefined,
        ffi::SQLITE_ERROR if message.contains(" has no column named ") => Category::Undefined,
        ffi::SQLITE_ERROR if message.contains(" already exists") || message.starts_with("duplicate column name: ") => {
            Category::AlreadyDefined
        }
        ffi::SQLITE_ERROR if message.contains("syntax error") || message.starts_with("incomplete input") => {
            Category::Syntax
        }
        _ => Category::Other,
    }
}

const UNDEFINED: [&str; 4] = ["no such table: ", "no such column: ", "no such function: ", "no such index: "];

/// Finds the names in a message. Messages are English and of a fixed form; none of those read here holds data.
fn locate(message: &str, error: &mut DatabaseError) {
    if let Some(index) = message.strip_prefix("UNIQUE constraint failed: index ") {
        error.constraint = Some(unquoted(index));
    } else if let Some(columns) = message.strip_prefix("UNIQUE constraint failed: ") {
        let mut names = Vec::new();
        for column in columns.split(", ") {
            let (table, column) = split(column);
            error.table = table.or(error.table.take());
            names.push(column);
        }
        error.column = Some(names.join(", "));
    } else if let Some(name) = message.strip_prefix("CHECK constraint failed: ") {
        error.constraint = Some(name.to_owned());
    } else if let Some(column) = message.strip_prefix("NOT NULL constraint failed: ") {
        place(column, error);
    } else if let Some(table) = message.strip_prefix("no such table: ") {
        error.table = Some(split(table).1);
    } else if let Some(column) = message.strip_prefix("no such column: ") {
        place(column.split(" - ").next().unwrap_or(column), error);
    } else if let Some((table, column)) = message.split_once(" has no column named ") {
        error.table = table.strip_prefix("table ").map(unquoted);
        error.column = Some(unquoted(column));
    } else if error.category == Category::DataException
        && let Some((_, column)) = message.split_once(" column ")
    {
        // cannot store TEXT value in INTEGER column t.c
        place(column, error);
    }
}

fn place(column: &str, error: &mut DatabaseError) {
    let (table, column) = split(column);
    error.table = table;
    error.column = Some(column);
}

/// The table and the column of `table.column` or `schema.table.column`.
fn split(name: &str) -> (Option<String>, String) {
    match name.rsplit_once('.') {
        Some((rest, column)) => (Some(unquoted(rest.rsplit('.').next().unwrap_or(rest))), unquoted(column)),
        None => (None, unquoted(name)),
    }
}

fn unquoted(name: &str) -> String {
    name.trim_matches(['"', '\'', '`']).to_owned()
}
