//! For tests of back-ends: statements and what becomes of their rows, and servers that say what they are told to.

use relvar_query::ir::Bound;
use relvar_query::types::{CellTypes, Cells, DecodeError, RowReader, SqlType, Type};
use std::future::Future;
use std::ops::ControlFlow;
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::backend::{BadCell, Connection, Done, Request, RowSink, Work};
use crate::error::Result;

/// Rows as they are read, up to a number.
pub(crate) struct Rows<R> {
    pub(crate) read: fn(&mut RowReader<'_>) -> Result<R, DecodeError>,
    pub(crate) rows: Vec<R>,
    pub(crate) enough: usize,
}

impl<R: Send + 'static> RowSink for Rows<R> {
    fn row(&mut self, row: &dyn Cells) -> Result<ControlFlow<()>, BadCell> {
        let mut reader = RowReader::new(row);
        match (self.read)(&mut reader) {
            Ok(row) => self.rows.push(row),
            Err(why) => return Err(BadCell { position: reader.position(), why }),
        }
        Ok(if self.rows.len() >= self.enough { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    }
}

/// A statement and how to run it.
pub(crate) struct Run<'a> {
    pub(crate) sql: Arc<str>,
    pub(crate) arguments: Vec<Bound<'a>>,
    pub(crate) expected: Vec<&'static Type>,
    pub(crate) persistent: bool,
    pub(crate) stop_after: Option<u64>,
}

/// A statement without arguments or results, to be changed.
pub(crate) fn run(sql: &str) -> Run<'static> {
    Run { sql: sql.into(), arguments: Vec::new(), expected: Vec::new(), persistent: true, stop_after: None }
}

impl<'a> Run<'a> {
    /// With arguments.
    pub(crate) fn bind<'b>(self, arguments: Vec<Bound<'b>>) -> Run<'b>
    where
        'a: 'b,
    {
        Run { arguments, ..self }
    }

    /// Runs it.
    pub(crate) async fn on<R: Send + 'static>(
        &self,
        connection: &mut impl Connection,
        rows: &mut Rows<R>,
    ) -> Result<Done> {
        let label = |i| format!("t.c{i}");
        let request = Request {
            affected: Default::default(),
            sql: &self.sql,
            arguments: &self.arguments,
            expected: &CellTypes::listed(self.expected.clone()),
            label: &label,
            persistent: self.persistent,
            work: Work::Read,
            stop_after: self.stop_after,
        };
        connection.run(&request, rows).await
    }

    /// The first column of all rows.
    pub(crate) async fn column<T: SqlType + Send>(mut self, connection: &mut impl Connection) -> Result<Vec<T>> {
        self.expected = vec![T::SQL_TYPE];
        let mut rows = Rows { read: |cells| cells.read::<T>(), rows: Vec::new(), enough: usize::MAX };
        self.on(connection, &mut rows).await.map(|_| rows.rows)
    }

    /// How many rows were affected.
    pub(crate) async fn execute(self, connection: &mut impl Connection) -> Result<u64> {
        let mut rows = Rows::<()> { read: |_| unreachable!("no rows are wanted"), rows: Vec::new(), enough: 0 };
        self.on(connection, &mut rows).await.map(|done| done.affected)
    }
}

/// A port where each connection is treated as `serve` does.
pub(crate) async fn listen<F, W>(serve: F) -> u16
where
    F: Fn(TcpStream) -> W + Send + 'static,
    W: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream));
        }
    });
    port
}

/// Waits for the client to say something.
pub(crate) async fn hear(stream: &mut TcpStream) {
    let _ = stream.read(&mut [0; 8192]).await;
}

/// Says something to the client.
pub(crate) async fn say(stream: &mut TcpStream, bytes: &[u8]) {
    let _ = stream.write_all(bytes).await;
}
