//! Errors of the driver and the network, in the runtime's words.

use std::io;

use crate::error::{Error, ErrorKind, Result};

/// What an error of the driver is, and what it means for the connection.
pub(crate) struct Failure {
    /// The error.
    pub(crate) error: Error,
    /// Whether the session is over or out of step.
    pub(crate) broken: bool,
}

/// The connection is gone, or out of step.
pub(crate) fn lost(why: impl Into<String>) -> Failure {
    Failure { error: Error::new(ErrorKind::ConnectionLost(why.into())), broken: true }
}

/// A value that cannot be sent.
pub(crate) fn refused(why: impl Into<String>) -> Error {
    Error::new(ErrorKind::Value(why.into()))
}

/// Translates an error of the driver; what the server said is left to `said`.
pub(crate) fn failure(
    error: sqlx::Error,
    said: impl FnOnce(Box<dyn sqlx::error::DatabaseError>) -> Failure,
) -> Failure {
    match error {
        sqlx::Error::Database(error) => said(error),
        sqlx::Error::Io(error) => {
            let mut failure = lost(unreachable_words(&error));
            failure.error = failure.error.with_source(error);
            failure
        }
        sqlx::Error::Encode(why) => Failure { error: refused(why.to_string()), broken: false },
        sqlx::Error::Protocol(why) => lost(format!("the server broke the protocol: {why}")),
        // what else there is says that an answer made no sense
        other => lost(format!("the server broke the protocol: {other}")),
    }
}

/// Whether an error says that the connection is gone.
pub(crate) fn is_lost<T>(result: &Result<T>) -> bool {
    matches!(result, Err(error) if matches!(error.kind(), ErrorKind::ConnectionLost(_)))
}

/// Why no connection could be made, in words, where it was not the server who said so. `name` is the
/// project's name of the database.
pub(crate) fn connect_words(error: &sqlx::Error, name: &str) -> String {
    match error {
        sqlx::Error::Io(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
            format!("the server closed the connection; is it {name} that listens there?")
        }
        sqlx::Error::Io(error) => unreachable_words(error),
        sqlx::Error::Tls(why) if why.to_string().contains("without TLS") => {
            "the URL asks for encryption, and this build has no TLS: enable `tls-rustls` or `tls-native-tls`".to_owned()
        }
        sqlx::Error::Tls(why) => format!("no encrypted connection can be made: {why}"),
        sqlx::Error::Protocol(why) => format!("what answers there does not speak {name}'s protocol: {why}"),
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
