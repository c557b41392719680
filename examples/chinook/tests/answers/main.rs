//! The program's answers, on every database that is there, against hand-written SQL on a driver of its own.

mod databases;

use chinook::{Answer, Cell, FILES, create, load, questions};
use databases::{Database, databases};
use relvar::AnyDb;
use relvar_test_support::test_data;
use std::path::Path;

/// The questions in their order, and whether they are answered in the order of their text, which SQL cannot say for
/// all databases.
const EXPECTED: [(&str, bool); 12] = [
    (include_str!("sql/sales.sql"), true),
    (include_str!("sql/best_customers.sql"), false),
    (include_str!("sql/playlist_genres.sql"), false),
    (include_str!("sql/staff.sql"), false),
    (include_str!("sql/never_sold.sql"), false),
    (include_str!("sql/median_invoice.sql"), true),
    (include_str!("sql/top_artists.sql"), true),
    (include_str!("sql/track_length.sql"), false),
    (include_str!("sql/lost_customers.sql"), false),
    (include_str!("sql/checksum.sql"), false),
    (include_str!("sql/albums_of_long_tracks.sql"), false),
    (include_str!("sql/upsell.sql"), false),
];

/// The tables, by the files that they are loaded from.
const TABLES: [&str; 11] = [
    "genres",
    "media_types",
    "artists",
    "albums",
    "tracks",
    "playlists",
    "playlist_tracks",
    "employees",
    "customers",
    "invoices",
    "invoice_lines",
];

#[tokio::test]
async fn every_database_answers_as_hand_written_sql_does() {
    let Some(data) = test_data() else { return };
    let mut printed: Vec<(&str, String)> = Vec::new();
    for database in databases() {
        let db = AnyDb::connect(&database.url).await.unwrap();
        create(&db).await.unwrap();
        load(&db, &data.join("chinook"), |_, _| ()).await.unwrap();
        let answers = questions::all(&db).await.unwrap();
        db.close().await;
        assert_eq!(answers.len(), EXPECTED.len());
        for (answer, (sql, by_text)) in answers.iter().zip(EXPECTED) {
            compare(&database, answer, sql, by_text);
        }
        printed.push((database.name, answers.iter().map(Answer::to_string).collect()));
    }
    for pair in printed.windows(2) {
        assert_eq!(pair[0].1, pair[1].1, "{} and {} print different texts", pair[0].0, pair[1].0);
    }
}

#[tokio::test]
async fn every_cell_of_the_files_is_in_the_tables() {
    let Some(data) = test_data() else { return };
    let data = data.join("chinook");
    for database in databases() {
        let db = AnyDb::connect(&database.url).await.unwrap();
        create(&db).await.unwrap();
        let loaded = load(&db, &data, |_, _| ()).await.unwrap();
        db.close().await;
        let mut rows = 0;
        for (file, table) in FILES.into_iter().zip(TABLES) {
            let expected = file_cells(&data, file);
            let mut found = database.rows(&format!("SELECT * FROM {table}"));
            found.iter_mut().flatten().flatten().for_each(|cell| *cell = plain(cell).to_owned());
            found.sort();
            assert_eq!(found.len(), expected.len(), "{table} on {}", database.name);
            for (found, expected) in found.iter().zip(&expected) {
                assert_eq!(found, expected, "{table} on {}", database.name);
            }
            rows += expected.len() as u64;
        }
        assert_eq!(loaded, rows);
    }
}

#[tokio::test]
async fn a_broken_file_leaves_every_table_empty() {
    let Some(data) = test_data() else { return };
    for database in databases() {
        let folder = std::env::temp_dir().join(format!("chinook-broken-{}-{}", database.name, std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        for file in FILES {
            let text = std::fs::read_to_string(data.join("chinook").join(file).with_extension("csv")).unwrap();
            // the last file, three quarters down
            let text = if file == "InvoiceLine" { text.replace("\n1700,", "\nseventeen hundred,") } else { text };
            std::fs::write(folder.join(file).with_extension("csv"), text).unwrap();
        }
        let db = AnyDb::connect(&database.url).await.unwrap();
        create(&db).await.unwrap();
        let error = load(&db, &folder, |_, _| ()).await.unwrap_err().to_string();
        db.close().await;
        std::fs::remove_dir_all(&folder).unwrap();
        assert!(error.contains("InvoiceLine.csv") && error.contains("1701"), "{error}");
        for table in TABLES {
            let count = database.rows(&format!("SELECT COUNT(*) FROM {table}"));
            assert_eq!(count, [[Some("0".to_owned())]], "{table} on {}", database.name);
        }
    }
}

fn compare(database: &Database, answer: &Answer, sql: &str, by_text: bool) {
    let place = format!("{} on {}", answer.question, database.name);
    let mut expected = database.rows(sql);
    if by_text {
        expected.sort();
    }
    assert!(!expected.is_empty(), "{place}: a question without an answer proves nothing");
    assert_eq!(answer.rows.len(), expected.len(), "{place}");
    for (number, (row, expected)) in answer.rows.iter().zip(&expected).enumerate() {
        assert_eq!(row.len(), expected.len(), "{place}");
        for (cell, expected) in row.iter().zip(expected) {
            assert!(is(cell, expected.as_deref()), "{place}, row {number}: {row:?} is not {expected:?}");
        }
    }
}

/// Whether a cell is what hand-written SQL says. Databases write the same number in different ways.
fn is(cell: &Cell, expected: Option<&str>) -> bool {
    let number = || expected.and_then(|text| text.parse::<f64>().ok());
    match cell {
        Cell::Text(text) => expected == Some(text),
        Cell::Whole(whole) | Cell::Cents(whole) => number() == Some(*whole as f64),
        Cell::Real(real) => number().is_some_and(|number| (number - real).abs() <= 1e-9 * number.abs().max(1.0)),
        Cell::Null => expected.is_none(),
    }
}

/// The rows of a file, as the database should give them as text, sorted.
fn file_cells(data: &Path, file: &str) -> Vec<Vec<Option<String>>> {
    let mut reader = csv::Reader::from_path(data.join(file).with_extension("csv")).unwrap();
    let headers = reader.headers().unwrap().clone();
    let cell = |(header, cell): (&str, &str)| match (header, cell) {
        (_, "") => None,
        ("UnitPrice" | "Total", amount) => Some(format!("{:.0}", amount.parse::<f64>().unwrap() * 100.0)),
        (_, cell) => Some(plain(cell).to_owned()),
    };
    let mut rows: Vec<Vec<Option<String>>> =
        reader.records().map(|row| headers.iter().zip(row.unwrap().iter()).map(cell).collect()).collect();
    rows.sort();
    rows
}

/// A point in time without what is zero in it, for databases write more or less of that.
fn plain(cell: &str) -> &str {
    let cell = cell.strip_suffix(".000000").unwrap_or(cell);
    cell.strip_suffix(" 00:00:00").unwrap_or(cell)
}
