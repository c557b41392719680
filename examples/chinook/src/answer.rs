//! Answers: rows of cells, and how they are shown.

use relvar::chrono::NaiveDateTime;
use relvar::rust_decimal::Decimal;
use relvar::rust_decimal::prelude::ToPrimitive;
use std::fmt;

use crate::schema::Cents;

/// How many rows are shown; how many there are is said.
const SHOWN: usize = 20;

/// What a question gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The question.
    pub question: &'static str,
    /// What the columns hold.
    pub columns: Vec<&'static str>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
}

/// A value in an answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Text.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// Money, in cents.
    Cents(i64),
    /// A number that is shown with one digit after the point.
    Real(f64),
    /// Nothing.
    Null,
}

impl Answer {
    /// Rows under their columns' names.
    pub(crate) fn new<const N: usize>(
        question: &'static str,
        columns: [&'static str; N],
        rows: impl IntoIterator<Item = [Cell; N]>,
    ) -> Answer {
        Answer { question, columns: columns.into(), rows: rows.into_iter().map(Vec::from).collect() }
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown: Vec<Vec<String>> =
            self.rows.iter().take(SHOWN).map(|row| row.iter().map(Cell::to_string).collect()).collect();
        let widths: Vec<usize> = (0..self.columns.len())
            .map(|column| {
                let cells = shown.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count());
                cells.chain(self.columns.get(column).map(|name| name.len())).max().unwrap_or(0)
            })
            .collect();
        let right: Vec<bool> = (0..self.columns.len())
            .map(|column| self.rows.iter().any(|row| row.get(column).is_some_and(Cell::is_number)))
            .collect();
        writeln!(f, "## {}", self.question)?;
        let header: Vec<String> = self.columns.iter().map(|&name| name.to_owned()).collect();
        for row in std::iter::once(&header).chain(&shown) {
            let cells = row.iter().zip(&widths).zip(&right);
            let cells = cells.map(
                |((cell, &width), &right)| {
                    if right { format!("{cell:>width$}") } else { format!("{cell:<width$}") }
                },
            );
            writeln!(f, "   {}", cells.collect::<Vec<_>>().join("  ").trim_end())?;
        }
        match self.rows.len() {
            0..=SHOWN => Ok(()),
            rows => writeln!(f, "   … and {} more", rows - SHOWN),
        }
    }
}

impl Cell {
    fn is_number(&self) -> bool {
        matches!(self, Cell::Whole(_) | Cell::Cents(_) | Cell::Real(_))
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cell::Text(text) => f.write_str(text),
            Cell::Whole(number) => write!(f, "{number}"),
            Cell::Cents(cents) => {
                let sign = if *cents < 0 { "-" } else { "" };
                write!(f, "{sign}{}.{:02}", cents.unsigned_abs() / 100, cents.unsigned_abs() % 100)
            }
            Cell::Real(number) => write!(f, "{number:.1}"),
            Cell::Null => f.write_str("-"),
        }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell::Text(text)
    }
}

impl From<i32> for Cell {
    fn from(number: i32) -> Cell {
        Cell::Whole(number.into())
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Cell {
        Cell::Whole(number)
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Cell {
        Cell::Real(number)
    }
}

impl From<Cents> for Cell {
    fn from(Cents(cents): Cents) -> Cell {
        Cell::Cents(cents.into())
    }
}

impl From<NaiveDateTime> for Cell {
    fn from(time: NaiveDateTime) -> Cell {
        Cell::Text(time.date().to_string())
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Cell {
        value.map_or(Cell::Null, T::into)
    }
}

/// A sum of cents.
pub(crate) fn money(cents: i64) -> Cell {
    Cell::Cents(cents)
}

/// A sum of sums, which databases give as an exact number of any size.
pub(crate) fn money_of(cents: Decimal) -> Cell {
    // more than fits would be the money of all countries together
    cents.to_i64().map_or(Cell::Null, Cell::Cents)
}
