//! The seam between the runtime and a driver: the only place where a driver's work begins.
//!
//! A back-end speaks one protocol. It binds, runs, checks the types of the result and hands over rows as
//! [`Cells`]; it knows nothing of pools, transactions or typed queries, and no driver type passes upwards.

pub(crate) mod sink;

use futures_core::future::BoxFuture;
use relvar_query::dialect::{Engine, OneDialect};
use relvar_query::ir::Bound;
use relvar_query::lower::Affected;
use relvar_query::types::CellTypes;
use std::borrow::Cow;
use std::future::Future;
use std::sync::Arc;

use crate::error::Result;
use crate::options::Options;
use crate::transaction::Begin;

pub(crate) use sink::{BadCell, RowSink};

/// A database by its protocol: how connections are made, and how one that was given up is brought to an end.
pub(crate) trait Backend: Send + Sync + 'static {
    /// A connection.
    type Connection: Connection;
    /// Whose protocol it is.
    const ENGINE: Engine;
    /// Whether it compares what a result has with the types of the cells; elsewhere their number is enough.
    const TYPED: bool = true;
    /// Whether there is a server, which may have given up a connection that nobody used for a while.
    const REMOTE: bool = true;
    /// What a URL of this database starts with, up to the colon.
    const SCHEMES: &'static [&'static str];

    /// Reads the URL; connects to nothing yet.
    ///
    /// # Errors
    /// `Url` if it cannot be understood; passwords are left out.
    fn from_url(url: &str, options: &Options) -> Result<Self>
    where
        Self: Sized;

    /// Where it connects to, without the password.
    fn address(&self) -> String;

    /// How many connections there are for what.
    fn lanes(&self) -> Lanes;

    /// Whether an error inside of a transaction lets nothing but a rollback follow.
    fn errors_abort_transactions(&self) -> bool;

    /// The statement that begins a transaction.
    ///
    /// # Errors
    /// `Unsupported` if there is no such transaction here.
    fn begin_sql(&self, begin: &Begin) -> Result<Cow<'static, str>>;

    /// The file whose lock keeps migrators of this database apart, where the server has no locks for that.
    #[cfg(feature = "migrate")]
    fn migration_lock(&self) -> Option<std::path::PathBuf> {
        None
    }

    /// Whether runs come to their end without waiting as a rule.
    fn runs_now(&self) -> bool {
        false
    }

    /// Connects, and brings the session into the state the contract asks for: UTC, strict, UTF-8.
    ///
    /// # Errors
    /// `Connect` with the reason, without the password; `Session` if the contract cannot be had.
    fn connect(&self, lane: Lane) -> impl Future<Output = Result<Self::Connection>> + Send;

    /// Ends what a connection that was given up in the middle of something may still be doing on the
    /// server. Returns when nothing of it can happen any more; the pool keeps the slot taken until then.
    ///
    /// A back-end that can prove the session to be as it was after `connect` (everything rolled back,
    /// settings as they were) may give the connection back; where the connection is the database it must.
    fn bury(&self, connection: Self::Connection) -> impl Future<Output = Option<Self::Connection>> + Send;
}

/// How many connections a database takes, and for what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lanes {
    /// For writes, and for everything where `read` is nothing.
    pub(crate) write: u32,
    /// For statements and transactions that only read.
    pub(crate) read: Option<u32>,
    /// Whether a connection must be kept for as long as the database is used: with the last one, the data goes.
    pub(crate) permanent: bool,
}

/// What a connection is for. Back-ends that do not care make the same for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lane {
    /// Anything.
    Write,
    /// Statements that only read.
    Read,
}

/// A live connection.
///
/// Dropping a future of these in the middle leaves the connection in an unknown state: the pool's guard
/// notes that before every call and never hands such a connection on.
pub(crate) trait Connection: Send + 'static {
    /// Runs one statement and hands its rows to `rows` one after the other.
    ///
    /// # Errors
    /// What the database said, by kind; `Decode` and `Drift` errors for results that are not what the
    /// statement was typed for. After an error the session is still in step unless [`is_broken`](Self::is_broken).
    fn run<'a>(
        &'a mut self,
        request: &'a Request<'a>,
        rows: &'a mut (dyn RowSink + 'a),
    ) -> impl Future<Output = Result<Done>> + Send;

    /// Runs one statement if nothing has to be waited for; without a result, nothing was done and no row handed over.
    fn run_now(&mut self, _request: &Request<'_>, _rows: &mut dyn RowSink) -> Option<Result<Done>> {
        None
    }

    /// Runs SQL text without arguments or results: transaction control, DDL, scripts of several statements.
    ///
    /// # Errors
    /// What the database said.
    fn script<'a>(&'a mut self, sql: &'a str) -> BoxFuture<'a, Result<()>>;

    /// Whether the connection is known to be unusable (closed by the server, protocol out of step).
    fn is_broken(&self) -> bool;

    /// Whether the session is in a transaction, where the driver knows for certain.
    fn in_transaction(&self) -> Option<bool> {
        None
    }

    /// Asks the server whether it is there; for connections that have been idle for long.
    ///
    /// # Errors
    /// If it is not.
    fn ping(&mut self) -> BoxFuture<'_, Result<()>>;

    /// Closes in good order.
    fn close(self) -> impl Future<Output = ()> + Send;

    /// How many bytes the server takes at once, if it has a limit that a statement can come near.
    fn max_bytes(&self) -> Option<usize> {
        None
    }

    /// The version of the server: major, minor.
    fn server_version(&self) -> (u16, u16);
}

/// A statement ready to run.
#[derive(Clone, Copy)]
pub(crate) struct Request<'a> {
    /// The SQL text. Equal texts are one prepared statement.
    pub(crate) sql: &'a Arc<str>,
    /// What to bind, in placeholder order.
    pub(crate) arguments: &'a [Bound<'a>],
    /// What the cells of each row must be; empty if no rows are wanted.
    pub(crate) expected: &'a CellTypes,
    /// What the cell at a position is called in errors: `table.column`, or what stands in the select list.
    pub(crate) label: &'a (dyn Fn(usize) -> String + Sync),
    /// Whether to keep it prepared under a name: its shape was seen before, or a transaction depends on it.
    pub(crate) persistent: bool,
    /// What kind of run this is, for back-ends that choose where to do the work.
    pub(crate) work: Work,
    /// How many rows the caller takes at most; after these the back-end may stop.
    pub(crate) stop_after: Option<u64>,
    /// How to come to the number of rows affected that every database would say.
    pub(crate) affected: Affected,
}

/// How much work a statement is expected to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Work {
    /// A read of a few rows.
    Read,
    /// A write of a few rows.
    Write,
    /// Long or unknown: bulk, DDL, streams, raw SQL.
    Long,
}

/// What a statement did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Done {
    /// Rows inserted, updated or deleted.
    pub(crate) affected: u64,
}

/// A dialect whose database this build can talk to.
#[diagnostic::on_unimplemented(
    message = "this build of relvar has no driver for {Self}",
    note = "enable the feature of that database"
)]
#[expect(private_bounds, reason = "the back-end is named by the runtime alone")]
pub trait Database: OneDialect {
    #[doc(hidden)]
    type Backend: Backend;
    /// The database.
    const DATABASE: Engine = Self::ENGINE;
}
