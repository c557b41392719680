//! A connection: statements in the binary protocol, scripts in the text protocol.

use futures_core::future::BoxFuture;
use relvar_query::dialect::{GIVEN, PASSED_OVER, UPDATED};
use relvar_query::lower::{Affected, AffectedRows};
use relvar_query::types::{Cell, Cells, DecodeError, Type};
use sqlx::mysql::{MySqlQueryResult, MySqlRow, MySqlTypeInfo};
use sqlx::{AssertSqlSafe, Decode, Executor, MySql, Row, ValueRef};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use super::bind::{bind, declared};
use super::check::{Form, check};
use super::error::{ends_transaction, failure};
use super::session::{Session, count_rows, number};
use super::variant::Variant;
use crate::backend::{BadCell, Connection, Done, Request, RowSink};
use crate::error::{Category, Error, ErrorKind, Result};
use crate::server::answers::{self, Outcome, Reader};
use crate::server::error::is_lost;
use crate::server::guard::Guard;
use crate::server::signature::Signatures;
use crate::server::value::refuse_nul;

/// A session of a server.
pub(crate) struct MySqlConnection {
    driver: sqlx::MySqlConnection,
    session: Session,
    /// The argument types that each statement was prepared with: what it computes keeps the types that follow
    /// from them, whatever it is sent later.
    prepared: Signatures<MySqlTypeInfo>,
    /// Whether the server has ended the session's transaction unasked.
    rolled_back: bool,
    broken: bool,
}

/// How many statements a connection keeps prepared: ten connections stay below what servers allow all together,
/// which is 16 382.
pub(super) const STATEMENTS: usize = 1024;

/// The error of an argument with characters that its place has none for.
const NO_SUCH_CHARACTER: &str = "3988";

/// How long saying goodbye may take.
const FAREWELL: Duration = Duration::from_secs(1);

/// What [`GIVEN`] was before a statement.
const GIVEN_BEFORE: &str = "@relvar_given_before";

impl MySqlConnection {
    pub(super) fn new(driver: sqlx::MySqlConnection, session: Session) -> MySqlConnection {
        MySqlConnection { driver, session, prepared: Signatures::default(), rolled_back: false, broken: false }
    }

    /// Closes the socket at once and tells whose session it was.
    pub(super) fn into_session(self) -> Session {
        self.session
    }

    /// The number of the session.
    #[cfg(test)]
    pub(super) fn id(&self) -> u64 {
        self.session.id
    }

    /// How many statements it keeps prepared.
    #[cfg(test)]
    pub(super) fn kept(&self) -> usize {
        sqlx::Connection::cached_statements_size(&self.driver)
    }

    async fn perform(&mut self, request: &Request<'_>, rows: &mut dyn RowSink, guard: &Guard) -> Result<Done> {
        match self.execute(request, rows, guard).await {
            // an argument has the character set of what it stood beside when the statement was prepared, and
            // that may have been something else than text; nothing has run yet
            Err(error) if error.database().is_some_and(|said| said.code == NO_SUCH_CHARACTER) => {
                self.forget().await?;
                self.execute(request, rows, guard).await
            }
            result => result,
        }
    }

    async fn execute(&mut self, request: &Request<'_>, rows: &mut dyn RowSink, guard: &Guard) -> Result<Done> {
        let arguments = bind(request.arguments, self.session.variant, self.session.max_packet)?;
        let sql = self.text(request).await?;
        match request.affected {
            Affected { rows: AffectedRows::Given, .. } => {
                // a variable that is not there yet is a constant to MariaDB, whatever the statement makes of it
                let number = |name| format!("coalesce({name}, 0)");
                let (updated, given) = (number(UPDATED), number(GIVEN));
                self.play(&format!(
                    "SET {PASSED_OVER} = 0, {UPDATED} = {updated}, {GIVEN} = {given}, {GIVEN_BEFORE} = {given}"
                ))
                .await?;
            }
            Affected { passed_over: true, .. } => self.play(&format!("SET {PASSED_OVER} = 0")).await?,
            Affected { passed_over: false, .. } => {}
        }
        // also what may never come again is kept: closing it would hold up the next request by 40 ms
        let query = sqlx::query_with(AssertSqlSafe(sql), arguments).persistent(true);
        let answers = (&mut self.driver).fetch_many(query);
        let mut reader = MySqlReader { request, variant: self.session.variant, forms: Vec::new(), guard };
        let outcome = answers::read(answers, &mut reader, request, rows, guard).await;
        match outcome {
            Outcome { bad: Some(error), refused, .. } => {
                if let Some(refused) = refused {
                    self.failed(refused).await;
                } else if matches!(error.kind(), ErrorKind::Drift { .. }) {
                    // what a statement computes has the types that were there when it was prepared
                    self.forget().await?;
                }
                Err(error)
            }
            Outcome { refused: Some(refused), .. } => Err(self.failed(refused).await),
            Outcome { done, .. } => self.counted(done, request.affected).await,
        }
    }

    /// The number of rows affected as every database counts them: here an update counts for two rows, and a row
    /// that is left as it was for one.
    async fn counted(&mut self, done: Done, affected: Affected) -> Result<Done> {
        let rows = match affected.rows {
            AffectedRows::Counted => done.affected,
            AffectedRows::Known(rows) => rows,
            AffectedRows::Given => {
                let given = format!("SELECT CAST({GIVEN} - {GIVEN_BEFORE} - {PASSED_OVER} AS SIGNED)");
                return Ok(Done { affected: self.number(&given).await? });
            }
        };
        let passed_over = match affected.passed_over {
            true => self.number(&format!("SELECT {PASSED_OVER}")).await?,
            false => 0,
        };
        Ok(Done { affected: rows.saturating_sub(passed_over) })
    }

    async fn number(&mut self, sql: &str) -> Result<u64> {
        match number(&mut self.driver, sql).await {
            Ok(number) => Ok(number),
            Err(refused) => Err(self.failed(refused).await),
        }
    }

    /// The text to send: the statement's own, or one of another form if that is prepared for other types.
    async fn text(&mut self, request: &Request<'_>) -> Result<Arc<str>> {
        if sqlx::Connection::cached_statements_size(&self.driver) >= STATEMENTS {
            self.forget().await?;
        }
        let types = request.arguments.iter().map(|bound| declared(bound, self.session.variant));
        if let Some(text) = self.prepared.text(request.sql, types.clone())? {
            return Ok(text);
        }
        refuse_nul(request.sql)?;
        self.prepared.insert(request.sql, types)?;
        Ok(request.sql.clone())
    }

    /// Runs a script.
    async fn play(&mut self, sql: &str) -> Result<()> {
        refuse_nul(sql)?;
        self.rolled_back = false;
        match count_rows(&mut self.driver, sql).await {
            Ok(_) => Ok(()),
            Err(refused) => Err(self.failed(refused).await),
        }
    }

    /// Takes in what an error means for the connection.
    async fn failed(&mut self, error: sqlx::Error) -> Error {
        let failure = failure(error, self.session.variant);
        self.broken |= failure.broken;
        if failure.error.category() == Some(Category::StalePlan) && self.forget().await.is_err() {
            self.broken = true;
        }
        let lock_timeout = self.session.lock_timeout_rolls_back;
        if failure.error.database().is_some_and(|said| ends_transaction(said, lock_timeout)) {
            // most have been rolled back by now; after this, all have
            self.rolled_back = true;
            self.broken |= count_rows(&mut self.driver, "ROLLBACK").await.is_err();
        }
        failure.error
    }

    /// Forgets all prepared statements, here and on the server.
    async fn forget(&mut self) -> Result<()> {
        self.prepared.clear();
        sqlx::Connection::clear_cached_statements(&mut self.driver).await.map_err(|error| {
            self.broken = true;
            failure(error, self.session.variant).error
        })
    }

    /// A lost connection is broken, also if it was the driver's panic that told.
    fn noted<T>(&mut self, result: Result<T>) -> Result<T> {
        self.broken |= is_lost(&result);
        result
    }
}

impl Connection for MySqlConnection {
    fn run<'a>(
        &'a mut self,
        request: &'a Request<'a>,
        rows: &'a mut (dyn RowSink + 'a),
    ) -> impl Future<Output = Result<Done>> + Send {
        // boxed, so that what every statement awaits stays small
        Box::pin(async move {
            let guard = Guard::default();
            let result = guard.run(self.perform(request, rows, &guard)).await;
            self.noted(result).map_err(|error| error.in_statement(request.sql))
        })
    }

    fn script<'a>(&'a mut self, sql: &'a str) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let result = Guard::default().run(self.play(sql)).await;
            self.noted(result).map_err(|error| error.in_statement(&Arc::from(sql)))
        })
    }

    fn is_broken(&self) -> bool {
        self.broken
    }

    fn in_transaction(&self) -> Option<bool> {
        self.rolled_back.then_some(false)
    }

    fn ping(&mut self) -> BoxFuture<'_, Result<()>> {
        Box::pin(async move {
            let variant = self.session.variant;
            let ping =
                async { sqlx::Connection::ping(&mut self.driver).await.map_err(|error| failure(error, variant).error) };
            let result = Guard::default().run(ping).await;
            // whatever is wrong with an idle connection, another one is better
            self.broken |= result.is_err();
            result
        })
    }

    async fn close(self) {
        let variant = self.session.variant;
        let farewell =
            async { sqlx::Connection::close(self.driver).await.map_err(|error| failure(error, variant).error) };
        // the socket is closed in any case
        let _ = tokio::time::timeout(FAREWELL, Guard::default().run(farewell)).await;
    }

    fn max_bytes(&self) -> Option<usize> {
        Some(self.session.max_packet)
    }

    fn server_version(&self) -> (u16, u16) {
        self.session.version
    }
}

/// Reads the rows of one request.
struct MySqlReader<'a> {
    request: &'a Request<'a>,
    variant: &'static Variant,
    /// How the cells of each column are read.
    forms: Vec<Form>,
    guard: &'a Guard,
}

impl Reader for MySqlReader<'_> {
    type Driver = MySql;

    fn check(&mut self, row: &MySqlRow) -> Result<()> {
        let is_null = |column| row.try_get_raw(column).is_ok_and(|value| value.is_null());
        self.forms = check(row.columns(), is_null, self.request, self.variant)?;
        Ok(())
    }

    fn row(&self, row: &MySqlRow, rows: &mut dyn RowSink) -> Result<ControlFlow<()>, BadCell> {
        rows.row(&Cursor { row, forms: &self.forms, expected: self.request.expected.types(), guard: self.guard })
    }

    fn affected(result: &MySqlQueryResult) -> u64 {
        result.rows_affected()
    }
}

/// A row in the binary format.
struct Cursor<'r> {
    row: &'r MySqlRow,
    forms: &'r [Form],
    expected: &'r [&'static Type],
    guard: &'r Guard,
}

impl Cells for Cursor<'_> {
    fn cell(&self, index: usize) -> Result<Cell<'_>, DecodeError> {
        let (Some(form), Some(expected)) = (self.forms.get(index), self.expected.get(index)) else {
            return Err(DecodeError::Missing);
        };
        let value = self.guard.inside(|| self.row.try_get_raw(index)).map_err(|_| DecodeError::Missing)?;
        match <&[u8] as Decode<MySql>>::decode(value) {
            Ok(bytes) => match form {
                Form::Of(wire) => wire.cell(expected.kind, bytes),
                Form::Unlike(found) => {
                    let why = format!("the database computed a {found}");
                    Err(DecodeError::invalid("value", why))
                }
            },
            // the driver has no other error than that there is no value
            Err(_) => Ok(Cell::Null),
        }
    }
}
