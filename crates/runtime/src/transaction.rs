//! Transactions: isolation, savepoints, retries, and what happens when one is dropped.

/// How a transaction begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Begin {
    /// How far other transactions are hidden; the database's default if nothing.
    pub(crate) isolation: Option<Isolation>,
    /// READ ONLY: runs where reads do.
    pub(crate) read_only: bool,
    /// DEFERRABLE
    pub(crate) deferrable: bool,
}

/// How far a transaction is kept apart from others.
///
/// Where a database has only stricter levels, it uses one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Isolation {
    /// READ UNCOMMITTED
    ReadUncommitted,
    /// READ COMMITTED
    ReadCommitted,
    /// REPEATABLE READ
    RepeatableRead,
    /// SERIALIZABLE
    Serializable,
}

impl Isolation {
    /// The level as SQL writes it.
    pub fn sql(self) -> &'static str {
        match self {
            Isolation::ReadUncommitted => "READ UNCOMMITTED",
            Isolation::ReadCommitted => "READ COMMITTED",
            Isolation::RepeatableRead => "REPEATABLE READ",
            Isolation::Serializable => "SERIALIZABLE",
        }
    }
}
