//! The queries, and how each is asked.

mod q01;
mod q02;
mod q03;
mod q04;
mod q05;
mod q06;
mod q07;
pub(crate) mod q08;
mod q09;
mod q10;
mod q11;
mod q12;
mod q13;
mod q14;
mod q15;
mod q16;
pub(crate) mod q17;
mod q18;
mod q19;
mod q20;
mod q21;
mod q22;

use relvar::AnyDb;
use relvar::chrono::NaiveDate;
use relvar::prelude::*;
use relvar::rust_decimal::Decimal;
use std::future::Future;
use std::pin::Pin;

use crate::answer::{Cell, Cells, SortKeys};
use crate::schema::LineItemColumns;

type Asking = Pin<Box<dyn Future<Output = relvar::Result<Cells>> + Send>>;

/// A query of the specification.
pub(crate) struct Question {
    /// The name of the file with its answer.
    pub(crate) name: &'static str,
    /// The columns of the answer that it is sorted by.
    pub(crate) keys: SortKeys,
    ask: Box<dyn Fn(AnyDb) -> Asking + Send + Sync>,
}

impl Question {
    /// A query for rows, and the cells of one of them.
    fn new<R: Send + 'static>(
        name: &'static str,
        keys: SortKeys,
        query: Rows<R, Portable>,
        cells: fn(R) -> Vec<Cell>,
    ) -> Question {
        let ask = move |db: AnyDb| -> Asking {
            let query = query.clone();
            Box::pin(async move { Ok(query.all(&db).await?.into_iter().map(cells).collect()) })
        };
        Question { name, keys, ask: Box::new(ask) }
    }

    /// Runs it.
    pub(crate) fn ask(&self, db: &AnyDb) -> Asking {
        (self.ask)(db.clone())
    }
}

/// All queries, in the order of the specification.
pub(crate) fn all() -> Vec<Question> {
    vec![
        q01::question(),
        q02::question(),
        q03::question(),
        q04::question(),
        q05::question(),
        q06::question(),
        q07::question(),
        q08::question(),
        q09::question(),
        q10::question(),
        q11::question(),
        q12::question(),
        q13::question(),
        q14::question(),
        q15::question(),
        q16::question(),
        q17::question(),
        q18::question(),
        q19::question(),
        q20::question(),
        q21::question(),
        q22::question(),
    ]
}

/// A date of the queries' parameters.
pub(crate) fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// A decimal of the queries' parameters: `decimal(5, 2)` is 0.05.
fn decimal(digits: i64, scale: u32) -> Decimal {
    Decimal::new(digits, scale)
}

/// What a line item brings in.
fn revenue(l: LineItemColumns) -> Expr<Lossy, Portable> {
    l.l_extendedprice.lossy() * (Lossy::from(1) - l.l_discount.lossy())
}
