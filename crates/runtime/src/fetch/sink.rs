//! Where rows go: collected, or merely counted.

use relvar_query::types::{Cells, Decoder};
use std::ops::ControlFlow;

use crate::backend::{BadCell, Parcels, Reader, RowSink};

/// Decodes and keeps rows, up to a limit.
pub(crate) struct Collect<R> {
    decoder: Decoder<R>,
    rows: Vec<R>,
    parcels: Option<Parcels<R>>,
    limit: u64,
}

impl<R> Collect<R> {
    pub(crate) fn new(decoder: Decoder<R>, limit: u64) -> Collect<R> {
        Collect { decoder, rows: Vec::new(), parcels: None, limit }
    }

    pub(crate) fn into_rows(self) -> Vec<R> {
        self.rows
    }
}

impl<R: Send + 'static> RowSink for Collect<R> {
    fn row(&mut self, row: &dyn Cells) -> Result<ControlFlow<()>, BadCell> {
        // what a statement that writes gives beyond the limit is passed over: it is not stopped half-way
        if (self.rows.len() as u64) < self.limit {
            self.rows.push(decode(&self.decoder, row)?);
        }
        Ok(ControlFlow::Continue(()))
    }

    fn reader(&mut self) -> Box<dyn Reader> {
        let decoder = self.decoder.clone();
        self.parcels.insert(Parcels::default()).reader(move |row| decode(&decoder, row))
    }

    fn parcel(&mut self, _rows: u64) -> ControlFlow<()> {
        let mut parcel = self.parcels.as_ref().map(Parcels::next).unwrap_or_default();
        let room = self.limit.saturating_sub(self.rows.len() as u64);
        parcel.truncate(usize::try_from(room).unwrap_or(usize::MAX));
        self.rows.append(&mut parcel);
        ControlFlow::Continue(())
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

    fn reader(&mut self) -> Box<dyn Reader> {
        Parcels::default().reader(|_| Ok(()))
    }

    fn parcel(&mut self, rows: u64) -> ControlFlow<()> {
        self.count += rows;
        ControlFlow::Continue(())
    }
}

/// Reads one row.
pub(super) fn decode<R>(decoder: &Decoder<R>, row: &dyn Cells) -> Result<R, BadCell> {
    decoder.read(row).map_err(|(position, why)| BadCell { position, why })
}
