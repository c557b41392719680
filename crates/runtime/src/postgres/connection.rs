//! A connection: statements in PostgreSQL's extended protocol, rows as they arrive.

use futures_core::future::BoxFuture;
use futures_util::StreamExt;
use relvar_query::ir::Bound;
use relvar_query::types::{Cell, Cells, DecodeError, Kind, Type};
use sqlx::postgres::{PgQueryResult, PgRow};
use sqlx::{AssertSqlSafe, Either, Executor, PgConnection, Row, ValueRef};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use super::bind::{bind, declared};
use super::check::check;
use super::error::failure;
use super::kinds::{CustomTypes, Numbers};
use super::session::Session;
use crate::backend::{BadCell, Connection, Done, Request, RowSink};
use crate::error::{Category, Error, Result};
use crate::server::answers::{self, Outcome, Reader};
use crate::server::error::is_lost;
use crate::server::guard::Guard;
use crate::server::signature::Signatures;
use crate::server::value::refuse_nul;

/// A session of a PostgreSQL server.
pub(crate) struct PostgresConnection {
    driver: PgConnection,
    session: Session,
    /// The parameter types that each statement was prepared with: it would be sent bytes of other types.
    prepared: Signatures<u32>,
    custom: CustomTypes,
    broken: bool,
}

/// How many statements' parameter types are remembered before all are forgotten together with the statements.
const REMEMBERED: usize = 4096;

/// How long saying goodbye may take.
const FAREWELL: Duration = Duration::from_secs(1);

impl PostgresConnection {
    pub(super) fn new(driver: PgConnection, session: Session) -> PostgresConnection {
        PostgresConnection {
            driver,
            session,
            prepared: Signatures::default(),
            custom: CustomTypes::new(),
            broken: false,
        }
    }

    /// Closes the socket at once and tells whose session it was.
    pub(super) fn into_session(self) -> Session {
        self.session
    }

    /// The number of the process that serves it.
    #[cfg(test)]
    pub(super) fn process(&self) -> i32 {
        self.session.process
    }

    async fn perform(&mut self, request: &Request<'_>, rows: &mut dyn RowSink, guard: &Guard) -> Result<Done> {
        self.look_up(request).await?;
        let arguments = bind(request.arguments, &self.custom)?;
        let sql = self.text(request).await?;
        let query = sqlx::query_with(AssertSqlSafe(sql), arguments).persistent(request.persistent);

        let answers = (&mut self.driver).fetch_many(query);
        let mut reader = PostgresReader { request, custom: &self.custom, guard };
        let outcome = answers::read(answers, &mut reader, request, rows, guard).await;
        match outcome {
            Outcome { bad: Some(error), refused, .. } => {
                self.broken |= refused.is_some_and(|refused| failure(refused).broken);
                Err(error)
            }
            Outcome { refused: Some(refused), .. } => Err(self.failed(refused).await),
            Outcome { done, .. } => Ok(done),
        }
    }

    /// The text to send: the statement's own, or one of another form if that is prepared for other types.
    async fn text(&mut self, request: &Request<'_>) -> Result<Arc<str>> {
        let types = request.arguments.iter().map(|bound| declared(bound, &self.custom));
        if let Some(text) = self.prepared.text(request.sql, types)? {
            return Ok(text);
        }
        refuse_nul(request.sql)?;
        match request.persistent {
            true => {
                if self.prepared.len() >= REMEMBERED {
                    self.forget().await?;
                }
                let types = request.arguments.iter().map(|bound| declared(bound, &self.custom));
                self.prepared.insert(request.sql, types)?;
                Ok(request.sql.clone())
            }
            false => Ok(request.sql.clone()),
        }
    }

    /// Looks up the numbers of types of the user's that a request names for the first time.
    async fn look_up(&mut self, request: &Request<'_>) -> Result<()> {
        for ty in request.arguments.iter().map(Bound::ty).chain(request.expected.types().iter().copied()) {
            if let Type { kind: Kind::Custom, name: Some(name), .. } = ty
                && !self.custom.contains_key(&**name)
                && let Some(numbers) = self.numbers(name).await?
            {
                self.custom.insert(name.as_ref().into(), numbers);
            }
        }
        Ok(())
    }

    async fn numbers(&mut self, name: &str) -> Result<Option<Numbers>> {
        const SQL: &str = "SELECT oid, typarray FROM pg_catalog.pg_type WHERE oid = to_regtype($1)";
        refuse_nul(name)?;
        let mut answers = (&mut self.driver).fetch_many(sqlx::query(SQL).bind(name));
        let mut found = None;
        let mut refused = None;
        while let Some(answer) = answers.next().await {
            match answer {
                Ok(Either::Right(row)) => found = word(&row, 0).zip(word(&row, 1)),
                Ok(Either::Left(_)) => {}
                Err(error) => refused = Some(error),
            }
        }
        drop(answers);
        match refused {
            Some(error) => Err(self.failed(error).await),
            None => Ok(found.map(|(oid, array)| Numbers { oid, array })),
        }
    }

    /// Runs a script.
    async fn play(&mut self, sql: &str) -> Result<()> {
        refuse_nul(sql)?;
        let mut answers = (&mut self.driver).fetch_many(sqlx::raw_sql(AssertSqlSafe(sql)));
        let mut refused = None;
        while let Some(answer) = answers.next().await {
            if let Err(error) = answer {
                refused = Some(error);
                break;
            }
        }
        drop(answers);
        match refused {
            Some(error) => Err(self.failed(error).await),
            None => Ok(()),
        }
    }

    /// Takes in what an error means for the connection.
    async fn failed(&mut self, error: sqlx::Error) -> Error {
        let failure = failure(error);
        self.broken |= failure.broken;
        if failure.error.category() == Some(Category::StalePlan) && self.forget().await.is_err() {
            self.broken = true;
        }
        // a type may have been dropped and made anew
        self.custom.clear();
        failure.error
    }

    /// Forgets all prepared statements, here and on the server.
    async fn forget(&mut self) -> Result<()> {
        self.prepared.clear();
        sqlx::Connection::clear_cached_statements(&mut self.driver).await.map_err(|error| {
            self.broken = true;
            failure(error).error
        })
    }
}

impl Connection for PostgresConnection {
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

    fn ping(&mut self) -> BoxFuture<'_, Result<()>> {
        Box::pin(async move {
            let ping = async { sqlx::Connection::ping(&mut self.driver).await.map_err(|error| failure(error).error) };
            let result = Guard::default().run(ping).await;
            // whatever is wrong with an idle connection, another one is better
            self.broken |= result.is_err();
            result
        })
    }

    async fn close(self) {
        let farewell = async { sqlx::Connection::close(self.driver).await.map_err(|error| failure(error).error) };
        // the socket is closed in any case
        let _ = tokio::time::timeout(FAREWELL, Guard::default().run(farewell)).await;
    }

    fn server_version(&self) -> (u16, u16) {
        self.session.version
    }
}

impl PostgresConnection {
    /// A lost connection is broken, also if it was the driver's panic that told.
    fn noted<T>(&mut self, result: Result<T>) -> Result<T> {
        self.broken |= is_lost(&result);
        result
    }
}

/// Reads the rows of one request.
struct PostgresReader<'a> {
    request: &'a Request<'a>,
    custom: &'a CustomTypes,
    guard: &'a Guard,
}

impl Reader for PostgresReader<'_> {
    type Driver = sqlx::Postgres;

    fn check(&mut self, first: &PgRow) -> Result<()> {
        check(first.columns(), self.request, self.custom)
    }

    fn row(&self, row: &PgRow, rows: &mut dyn RowSink) -> Result<ControlFlow<()>, BadCell> {
        rows.row(&PostgresRow { row, guard: self.guard })
    }

    fn affected(result: &PgQueryResult) -> u64 {
        result.rows_affected()
    }
}

/// A row in PostgreSQL's binary format.
struct PostgresRow<'r> {
    row: &'r PgRow,
    guard: &'r Guard,
}

impl Cells for PostgresRow<'_> {
    fn cell(&self, index: usize) -> Result<Cell<'_>, DecodeError> {
        // looked at where the driver has written it: moving it would take longer than all the rest
        let found = self.guard.inside(|| match &self.row.try_get_raw(index) {
            Ok(value) if value.is_null() => Some(None),
            Ok(value) => value.as_bytes().ok().map(Some),
            Err(_) => None,
        });
        found.map(|bytes| bytes.map_or(Cell::Null, Cell::Binary)).ok_or(DecodeError::Missing)
    }
}

/// A cell that holds the number of a type.
fn word(row: &PgRow, index: usize) -> Option<u32> {
    let bytes = row.try_get_raw(index).ok()?.as_bytes().ok()?.try_into().ok()?;
    Some(u32::from_be_bytes(bytes))
}
