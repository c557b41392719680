//! Errors of the server, in the runtime's words.

use sqlx::mysql::{MySqlConnectOptions, MySqlDatabaseError};

use super::message::{Names, names};
use super::variant::Variant;
use crate::error::{Category, DatabaseError, Error, ErrorKind};
use crate::server::error::{self as server, Failure};

/// Translates an error of the driver.
pub(super) fn failure(error: sqlx::Error, variant: &Variant) -> Failure {
    server::failure(error, |error| match error.try_downcast_ref::<MySqlDatabaseError>() {
        Some(said) if ends_session(said) => server::lost(said.message()),
        Some(said) => Failure { error: Error::new(ErrorKind::Database(database(said, variant))), broken: false },
        None => server::lost(error.message()),
    })
}

/// Why no connection could be made, in words.
pub(super) fn connect_words(error: &sqlx::Error, options: &MySqlConnectOptions, variant: &Variant) -> String {
    let name = variant.engine.name();
    let user = options.get_username();
    let said = match error {
        sqlx::Error::Database(error) => match error.try_downcast_ref::<MySqlDatabaseError>() {
            Some(said) => said,
            None => return error.message().to_owned(),
        },
        // the only thing that the driver finds missing while it connects
        sqlx::Error::Configuration(_) => {
            return format!(
                "{name} wants the password of user `{user}` encrypted: enable one of the features `tls-rustls` and \
                 `tls-native-tls`, or `mysql-rsa`"
            );
        }
        sqlx::Error::Protocol(why) if why.starts_with("unknown authentication plugin") => {
            return format!("user `{user}` logs in by a method that is not supported: {why}");
        }
        other => return server::connect_words(other, name),
    };
    match said.number() {
        1045 | 1698 => format!("the password of user `{user}` is wrong, or it may not log in from here"),
        1049 => format!("there is no database `{}`", options.get_database().unwrap_or_default()),
        1044 => format!("user `{user}` may not use the database `{}`", options.get_database().unwrap_or_default()),
        1040 | 1203 | 1226 => format!("the server has no connection left: {}", said.message()),
        1820 | 1862 => format!("the password of user `{user}` has expired"),
        _ => said.message().to_owned(),
    }
}

/// Whether the server closes the connection behind this error: it is told to stop, the session was killed or
/// was idle for too long, or a packet was too large or out of order.
fn ends_session(error: &MySqlDatabaseError) -> bool {
    matches!(error.number(), 1053 | 1077 | 1079 | 1152..=1161 | 1184 | 1835 | 1927 | 3169 | 4031)
}

/// Whether the server has rolled back the whole transaction. `lock_timeout` says whether a lock that was not
/// had in time does that, too.
pub(super) fn ends_transaction(error: &DatabaseError, lock_timeout: bool) -> bool {
    match error.code.as_str() {
        // a deadlock; too many locks; a row that was changed since the snapshot; a conflict within a cluster
        "1213" | "1206" | "1020" | "1180" | "3101" => true,
        "1205" => lock_timeout,
        _ => false,
    }
}

/// What the server said.
fn database(error: &MySqlDatabaseError, variant: &Variant) -> DatabaseError {
    let Names { constraint, table, column } = names(error.number(), error.message(), variant.keys_with_table);
    DatabaseError {
        category: category(error),
        code: error.number().to_string(),
        message: error.message().to_owned(),
        constraint,
        table,
        column,
    }
}

/// The class of an error: by its number, or by its SQLSTATE where that says it.
fn category(error: &MySqlDatabaseError) -> Category {
    let state = error.code().unwrap_or_default();
    match error.number() {
        1022 | 1062 | 1169 | 1557 | 1586 | 1761 | 1762 | 1859 => Category::UniqueViolation,
        1216 | 1217 | 1451 | 1452 => Category::ForeignKeyViolation,
        1048 | 1263 | 1364 => Category::NotNullViolation,
        3819 => Category::CheckViolation,
        // on MySQL this number is of something else
        4025 if state.starts_with("23") => Category::CheckViolation,
        1213 => Category::Deadlock,
        1020 | 3101 => Category::SerializationFailure,
        1205 | 1206 | 3572 => Category::LockTimeout,
        // a statement that the server has forgotten, cannot keep, or would have to prepare anew
        1243 | 1412 | 1461 | 1615 => Category::StalePlan,
        1317 | 1969 | 3024 | 1028 => Category::Cancelled,
        1792 | 1836 => Category::ReadOnly,
        1290 if error.message().contains("read-only") || error.message().contains("read_only") => Category::ReadOnly,
        1046 | 1049 | 1051 | 1054 | 1072 | 1091 | 1109 | 1128 | 1146 | 1176 | 1305 | 1630 => Category::Undefined,
        1007 | 1050 | 1060 | 1061 | 1068 | 1304 | 1826 | 3822 => Category::AlreadyDefined,
        1064 | 1149 => Category::Syntax,
        1044 | 1045 | 1095 | 1142 | 1143 | 1227 | 1370 | 1410 | 1419 => Category::PermissionDenied,
        3 | 1021 | 1023 | 1024 | 1026 | 1030 | 1034 | 1037 | 1041 | 1114 | 1877 => Category::Storage,
        1264 | 1265 | 1292 | 1365 | 1366 | 1367 | 1406 | 1411 | 1525 | 1690 | 3140 | 3141 | 3854 | 3988 => {
            Category::DataException
        }
        // MariaDB's words on JSON
        4036..=4038 => Category::DataException,
        _ if state.starts_with("22") => Category::DataException,
        _ => Category::Other,
    }
}
