//! The answers to a statement: rows as they arrive, checked and handed over, and the rest read to its end.

use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use sqlx::{Database, Either, Row};
use std::ops::ControlFlow;

use super::guard::Guard;
use crate::backend::sink::{more, room};
use crate::backend::{BadCell, Done, Request, RowSink};
use crate::error::{Error, ErrorKind, Result};

/// How the rows of one protocol are read.
pub(crate) trait Reader {
    /// The driver's word for the protocol.
    type Driver: Database;

    /// Compares the columns of a result, of which this is the first row, with what the request expects.
    ///
    /// # Errors
    /// `Drift`, at the first column that is not as expected.
    fn check(&mut self, first: &<Self::Driver as Database>::Row) -> Result<()>;

    /// Hands one row over.
    fn row(&self, row: &<Self::Driver as Database>::Row, rows: &mut dyn RowSink) -> Result<ControlFlow<()>, BadCell>;

    /// How many rows a statement changed.
    fn affected(result: &<Self::Driver as Database>::QueryResult) -> u64;
}

/// What a statement came to.
pub(crate) struct Outcome {
    /// How many rows it changed.
    pub(crate) done: Done,
    /// What was wrong with its rows, if anything.
    pub(crate) bad: Option<Error>,
    /// What the driver or the server said instead of an answer, or behind it.
    pub(crate) refused: Option<sqlx::Error>,
}

/// What a stream of the driver's yields.
pub(crate) type Answer<D> = Result<Either<<D as Database>::QueryResult, <D as Database>::Row>, sqlx::Error>;

/// Reads all that the server answers. Whatever ends the rows early, the rest is read, so that the session
/// stays in step.
pub(crate) async fn read<R: Reader>(
    mut answers: BoxStream<'_, Answer<R::Driver>>,
    reader: &mut R,
    request: &Request<'_>,
    rows: &mut dyn RowSink,
    guard: &Guard,
) -> Outcome {
    let mut done = Done::default();
    let mut taken = 0u64;
    // the rows of one result share one description, whose place may be used again for the next
    let mut checked = None;
    let mut end: Option<Option<Error>> = request.expected.is_empty().then_some(None);
    let refused = loop {
        let row = match more(rows, |context| answers.poll_next_unpin(context)).await {
            None => break None,
            Some(Err(error)) => break Some(error),
            Some(Ok(Either::Left(result))) => {
                done.affected += R::affected(&result);
                checked = None;
                continue;
            }
            Some(Ok(Either::Right(_))) if end.is_some() => continue,
            Some(Ok(Either::Right(row))) => row,
        };
        let description = row.columns().as_ptr().addr();
        if checked != Some(description) {
            checked = Some(description);
            if let Err(drift) = reader.check(&row) {
                end = Some(Some(drift));
                continue;
            }
        }
        room(rows).await;
        taken += 1;
        match guard.outside(|| reader.row(&row, rows)) {
            Ok(ControlFlow::Continue(())) if request.stop_after != Some(taken) => {}
            Ok(_) => end = Some(None),
            Err(BadCell { position, why }) => {
                let column = (request.label)(position);
                end = Some(Some(Error::new(ErrorKind::Decode { column, why })));
            }
        }
    };
    Outcome { done, bad: end.flatten(), refused }
}
