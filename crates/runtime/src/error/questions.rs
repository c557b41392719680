//! The questions that an error answers, one method each: by the class of what the database said, or by kind.

use super::{Category, Error, ErrorKind};

/// Methods that ask for classes of database errors.
macro_rules! by_category {
    ($($(#[$doc:meta])* $name:ident: $($category:ident)|+;)*) => {
        impl Error {
            $(
                $(#[$doc])*
                pub fn $name(&self) -> bool {
                    matches!(self.category(), Some($(Category::$category)|+))
                }
            )*
        }
    };
}

/// Methods that ask for kinds of errors.
macro_rules! by_kind {
    ($($(#[$doc:meta])* $name:ident = $kind:pat,)*) => {
        impl Error {
            $(
                $(#[$doc])*
                pub fn $name(&self) -> bool {
                    matches!(self.kind(), $kind)
                }
            )*
        }
    };
}

by_category! {
    /// Whether a row with this key exists already.
    is_unique_violation: UniqueViolation;
    /// Whether a row that is referred to does not exist, or one that is referred to would go.
    is_foreign_key_violation: ForeignKeyViolation;
    /// Whether a CHECK failed.
    is_check_violation: CheckViolation;
    /// Whether a NOT NULL column was given NULL.
    is_not_null_violation: NotNullViolation;
    /// Whether a row that excludes this one exists already (EXCLUDE, on PostgreSQL).
    is_exclusion_violation: ExclusionViolation;
    /// Whether a constraint was violated, of whatever kind.
    is_constraint_violation:
        UniqueViolation | ForeignKeyViolation | CheckViolation | NotNullViolation | ExclusionViolation;
    /// Whether a value does not fit its column: too long, out of range, not of the type.
    is_data_exception: DataException;
    /// Whether the same transaction may succeed when it is run again from its start.
    is_retryable: SerializationFailure | Deadlock | StalePlan;
    /// Whether the transaction and another one cannot be put in an order.
    is_serialization_failure: SerializationFailure;
    /// Whether the transaction and another one waited for each other.
    is_deadlock: Deadlock;
    /// Whether the table was changed after the statement was prepared.
    is_stale_plan: StalePlan;
    /// Whether a lock was not had in time.
    is_lock_timeout: LockTimeout;
    /// Whether the server ended the statement before it was done.
    is_cancelled: Cancelled;
    /// Whether a table, column, function or operator of the statement does not exist.
    is_undefined: Undefined;
    /// Whether what is to be created exists already.
    is_already_defined: AlreadyDefined;
    /// Whether the statement is not of the database's language.
    is_syntax_error: Syntax;
    /// Whether the session may not do this.
    is_permission_denied: PermissionDenied;
    /// Whether it is a write where only reads are allowed.
    is_read_only: ReadOnly;
    /// Whether the disk is full or storage failed.
    is_storage_failure: Storage;
}

by_kind! {
    /// Whether `one` found no row.
    is_no_row = ErrorKind::NoRow,
    /// Whether `one` or `optional` found more than one row.
    is_many_rows = ErrorKind::ManyRows,
    /// Whether no connection became free in time.
    is_pool_timeout = ErrorKind::PoolTimeout { .. },
    /// Whether the pool was closed.
    is_pool_closed = ErrorKind::PoolClosed,
    /// Whether no connection can be made, or its session not be set up.
    is_connect = ErrorKind::Connect { .. } | ErrorKind::Session(_),
    /// Whether the connection broke. A statement that it broke under may have been done.
    is_connection_lost = ErrorKind::ConnectionLost(_),
    /// Whether there was no answer in time. The statement may have been done.
    is_timeout = ErrorKind::Timeout(_),
    /// Whether it is not known if the transaction was committed.
    is_outcome_unknown = ErrorKind::OutcomeUnknown,
    /// Whether the transaction has ended already.
    is_transaction_ended = ErrorKind::TransactionEnded,
    /// Whether the transaction was rolled back because a statement of it had failed.
    is_transaction_aborted = ErrorKind::TransactionAborted { .. },
    /// Whether a cell does not hold what the Rust type needs.
    is_decode = ErrorKind::Decode { .. },
    /// Whether a column is missing or has another type than the struct says.
    is_drift = ErrorKind::Drift { .. },
    /// Whether a value cannot be sent to this database at all; nothing was sent.
    is_value_refused = ErrorKind::Value(_),
    /// Whether what was asked for is not available here.
    is_unsupported = ErrorKind::Unsupported(_),
    /// Whether the statement has a mistake that types cannot catch; nothing was sent.
    is_build = ErrorKind::Build(_),
}
