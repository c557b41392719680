//! Where rows go: collected, or merely counted.

use relvar_query::types::{Cells, Decoder};
use std::ops::ControlFlow;

use crate::backend::{BadCell, RowSink};

/// Room for the first rows.
const FEW: usize = 4;

/// Decodes and keeps rows, up to a limit.
pub(crate) struct Collect<'d, R> {
    decoder: &'d Decoder<R>,
    rows: Vec<R>,
    limit: u64,
}

impl<'d, R> Collect<'d, R> {
    pub(crate) fn new(decoder: &'d Decoder<R>, limit: u64) -> Collect<'d, R> {
        Collect { decoder, rows: Vec::new(), limit }
    }

    pub(crate) fn into_rows(self) -> Vec<R> {
        self.rows
    }
}

impl<R: Send + 'static> RowSink for Collect<'_, R> {
    fn row(&mut self, row: &dyn Cells) -> Result<ControlFlow<()>, BadCell> {
        // what a statement that writes gives beyond the limit is passed over: it is not stopped half-way
        if (self.rows.len() as u64) < self.limit {
            if self.rows.capacity() == 0 {
                self.rows = Vec::with_capacity(usize::try_from(self.limit).unwrap_or(FEW).min(FEW));
            }
            self.rows.push(decode(self.decoder, row)?);
        }
        Ok(ControlFlow::Continue(()))
    }
}

/// Counts rows.
#[derive(Default)]
pub(crate) struct Ignore {
    pub(super) count: u64,
}

impl RowSink for Ignore {
    fn row(&mut self, _row: &dyn Cells) -> Result<ControlFlow<()>, BadCell> {
        self.count += 1;
        Ok(ControlFlow::Continue(()))
    }
}

/// Reads one row.
pub(super) fn decode<R>(decoder: &Decoder<R>, row: &dyn Cells) -> Result<R, BadCell> {
    decoder.read(row).map_err(|(position, why)| BadCell { position, why })
}
