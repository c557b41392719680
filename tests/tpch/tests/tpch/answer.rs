//! Answers: what a query gives, and whether it is what it should be, cell by cell and in the order that was asked for.

use relvar::chrono::NaiveDate;
use relvar::prelude::Lossy;
use relvar::rust_decimal::Decimal;
use relvar::rust_decimal::prelude::ToPrimitive;
use std::path::Path;

/// How far an average, a quotient or what SQLite calculates may be off, of what it should be.
const TOLERANCE: f64 = 1e-9;

/// A value that a query gave.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    /// Text.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// A calendar date.
    Date(NaiveDate),
    /// A decimal as it was stored: exact everywhere.
    Stored(Decimal),
    /// A decimal that was calculated by sums, differences and products: exact where the database has decimals.
    Calculated(Decimal),
    /// An average or a quotient.
    Near(f64),
    /// NULL.
    Null,
}

/// How exact the decimals of a database are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Decimals {
    /// It has them.
    Exact,
    /// It calculates in floating point.
    Floating,
}

/// The columns that a query sorts by, from its ORDER BY: what is in other columns does not say anything of the order.
pub(crate) type SortKeys = &'static [usize];

/// Rows of cells.
pub(crate) type Cells = Vec<Vec<Cell>>;
/// The rows of an answer's file; an empty field is NULL.
pub(crate) type Expected = Vec<Vec<Option<String>>>;

/// The rows of the file with the answer to a query.
pub(crate) fn read(folder: &Path, name: &str) -> Expected {
    let path = folder.join(name).with_extension("csv");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    parse(&text)
}

fn parse(text: &str) -> Expected {
    let cell = |cell: &str| (!cell.is_empty()).then(|| cell.to_owned());
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    if reader.headers().unwrap().len() == 1 {
        // a row of one NULL is an empty line, which what reads CSV leaves out
        return text.lines().skip(1).map(|line| vec![cell(line)]).collect();
    }
    reader.records().map(|row| row.unwrap().iter().map(cell).collect()).collect()
}

/// Compares rows with those expected: the same number, and in the order that the keys say. Rows with the same keys
/// may come in any order among themselves.
pub(crate) fn compare(rows: &Cells, expected: &Expected, keys: SortKeys, decimals: Decimals) -> Result<(), String> {
    if rows.len() != expected.len() {
        return Err(format!("{} rows, not {}", rows.len(), expected.len()));
    }
    let key = |row: &[Option<String>]| -> Vec<Option<String>> { keys.iter().map(|&k| row[k].clone()).collect() };
    let mut start = 0;
    for tied in expected.chunk_by(|a, b| key(a) == key(b)) {
        let mut left: Vec<&Vec<Cell>> = rows[start..start + tied.len()].iter().collect();
        for row in tied {
            let Some(found) = left.iter().position(|cells| matches(cells, row, decimals)) else {
                return Err(format!("row {}: {left:?} is not {row:?}", start + 1));
            };
            left.remove(found);
        }
        start += tied.len();
    }
    Ok(())
}

fn matches(cells: &[Cell], expected: &[Option<String>], decimals: Decimals) -> bool {
    cells.len() == expected.len() && cells.iter().zip(expected).all(|(cell, expected)| cell.is(expected, decimals))
}

impl Cell {
    /// A quotient of decimals, or a decimal made of an average.
    pub(crate) fn near(number: Option<Lossy>) -> Cell {
        number.and_then(|Lossy(number)| number.to_f64()).map_or(Cell::Null, Cell::Near)
    }

    fn is(&self, expected: &Option<String>, decimals: Decimals) -> bool {
        let Some(expected) = expected else { return *self == Cell::Null };
        match self {
            Cell::Text(text) => text == expected,
            Cell::Whole(number) => expected.parse() == Ok(*number),
            Cell::Date(date) => expected.parse() == Ok(*date),
            Cell::Stored(number) => expected.parse() == Ok(*number),
            Cell::Calculated(number) if decimals == Decimals::Exact => expected.parse() == Ok(*number),
            Cell::Calculated(number) => number.to_f64().is_some_and(|number| near(number, expected)),
            Cell::Near(number) => near(*number, expected),
            Cell::Null => false,
        }
    }
}

fn near(number: f64, expected: &str) -> bool {
    expected.parse::<f64>().is_ok_and(|expected| (number - expected).abs() <= TOLERANCE * expected.abs())
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

impl From<NaiveDate> for Cell {
    fn from(date: NaiveDate) -> Cell {
        Cell::Date(date)
    }
}

impl From<Decimal> for Cell {
    fn from(number: Decimal) -> Cell {
        Cell::Stored(number)
    }
}

impl From<Lossy> for Cell {
    fn from(Lossy(number): Lossy) -> Cell {
        Cell::Calculated(number)
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Cell {
        Cell::Near(number)
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Cell {
        value.map_or(Cell::Null, T::into)
    }
}

mod tests {
    use super::*;

    fn number(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn rows<const N: usize>(texts: [&[&str]; N]) -> Expected {
        let cell = |text: &&str| (!text.is_empty()).then(|| (*text).to_owned());
        texts.iter().map(|row| row.iter().map(cell).collect()).collect()
    }

    #[test]
    fn an_empty_field_is_null_and_an_empty_line_a_row_of_one() {
        assert_eq!(parse("a,b\n\"1, 2\",\n,3\n"), rows([&["1, 2", ""], &["", "3"]]));
        assert_eq!(parse("a\n\n"), rows([&[""]]));
        assert_eq!(parse("a\n1.5\n"), rows([&["1.5"]]));
    }

    #[test]
    fn a_cell_is_what_it_should_be_and_nothing_else() {
        use Decimals::{Exact, Floating};
        let day = NaiveDate::from_ymd_opt(1995, 3, 15).unwrap();
        for (cell, decimals, yes, no) in [
            (Cell::Text("a".into()), Exact, "a", "A"),
            (Cell::Text("a".into()), Exact, "a", "a "),
            (Cell::Whole(10), Exact, "10", "10.5"),
            (Cell::Whole(0), Exact, "0", ""),
            (Cell::Date(day), Exact, "1995-03-15", "1995-03-16"),
            (Cell::Stored(number("1.50")), Exact, "1.5", "1.51"),
            (Cell::Stored(number("1000000000.50")), Floating, "1000000000.50", "1000000000.51"),
            (Cell::Calculated(number("1000000000.50")), Exact, "1000000000.5", "1000000000.51"),
            (Cell::Calculated(number("1000000000.50")), Floating, "1000000000.51", "1000000002"),
            (Cell::Near(0.5), Exact, "0.5000000004", "0.500000001"),
            (Cell::Near(-0.5), Floating, "-0.5", "0.5"),
            (Cell::Near(0.0), Floating, "0.0", "0.000000001"),
            (Cell::Near(1e-12), Exact, "0.000000000001", "0.0"),
            (Cell::Near(f64::NAN), Exact, "NaN", "NaN"),
            (Cell::Null, Exact, "", "0"),
            (Cell::Null, Exact, "", "NULL"),
        ] {
            let is = |text: &str| cell.is(&(!text.is_empty()).then(|| text.to_owned()), decimals);
            // nothing is near to what is no number
            assert_eq!(is(yes), yes != "NaN", "{cell:?} on {decimals:?} is {yes:?}");
            assert!(!is(no), "{cell:?} on {decimals:?} is not {no:?}");
        }
    }

    #[test]
    fn rows_come_in_order_and_those_that_tie_in_any() {
        let row = |key: i64, text: &str| vec![Cell::Whole(key), Cell::Text(text.to_owned())];
        let given = vec![row(1, "a"), row(2, "c"), row(2, "b"), row(3, "d")];
        let is = |expected: Expected, keys| compare(&given, &expected, keys, Decimals::Exact);
        let same = rows([&["1", "a"], &["2", "c"], &["2", "b"], &["3", "d"]]);
        let tied = rows([&["1", "a"], &["2", "b"], &["2", "c"], &["3", "d"]]);
        assert_eq!(is(same.clone(), &[0]), Ok(()));
        assert_eq!(is(same, &[0, 1]), Ok(()));
        assert_eq!(is(tied.clone(), &[0]), Ok(()), "rows 2 and 3 tie");
        assert!(is(tied, &[0, 1]).is_err(), "rows 2 and 3 do not tie");
        let swapped = rows([&["2", "c"], &["1", "a"], &["2", "b"], &["3", "d"]]);
        assert!(is(swapped, &[0]).is_err(), "rows 1 and 2 do not tie");
        let twice = rows([&["1", "a"], &["2", "b"], &["2", "b"], &["3", "d"]]);
        assert!(is(twice, &[0]).is_err(), "one row is not two");
        let wide = rows([&["1", "a", ""], &["2", "c", ""], &["2", "b", ""], &["3", "d", ""]]);
        assert!(is(wide, &[0]).is_err(), "a column is missing");
        assert!(is(rows([&["1", "a"]]), &[0]).is_err(), "there are more rows");
        assert!(is(rows([]), &[]).is_err(), "there are rows");
    }
}
