//! A table that changes under a statement that is prepared already: the right value or a named error, never anything else.

use relvar::error::Category;
use relvar::prelude::*;
use relvar::{Error, ErrorKind, Result, Schema};

use crate::place::{Place, everywhere};

everywhere!(
    a_wider_number,
    a_number_that_becomes_text,
    a_text_that_becomes_a_number,
    a_column_that_is_dropped,
    a_column_that_is_added,
    a_column_that_is_renamed,
    two_columns_that_change_places,
    a_table_that_is_replaced,
);

mod undone_with_its_transaction {
    use super::everywhere;
    use super::inside_of_the_transaction_that_changes_it;
    // on the others a change of a table ends the transaction
    everywhere!(on(memory, file, postgres): (inside_of_the_transaction_that_changes_it));
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "goods")]
pub(crate) struct Good {
    #[column(primary_key)]
    pub(crate) id: i64,
    pub(crate) number: i32,
    pub(crate) text: String,
    pub(crate) note: Option<String>,
}

/// The same table where an update can give back what it changed.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "goods", dialect = (Postgres, Sqlite))]
pub(crate) struct Given {
    #[column(primary_key)]
    pub(crate) id: i64,
    pub(crate) number: i32,
    pub(crate) text: String,
    pub(crate) note: Option<String>,
}

fn good(id: i64) -> Good {
    Good { id, number: 40 + id as i32, text: id.to_string(), note: None }
}

/// What is kept prepared, and what it says of the first row.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kept {
    Select,
    SelectNumber,
    SelectText,
    Insert,
    Update,
    Returning,
}

const ALL: [Kept; 6] =
    [Kept::Select, Kept::SelectNumber, Kept::SelectText, Kept::Insert, Kept::Update, Kept::Returning];

/// The statements that there are in a place.
fn all(place: &Place) -> &'static [Kept] {
    if place.is_my() { &ALL[..5] } else { &ALL }
}

/// What a statement gave: the number, the text, or both, of the row that it is about.
type Values = (Option<i32>, Option<String>);

impl Kept {
    /// Runs it; `id` is the key of a row to insert.
    async fn run<E>(self, on: &E, id: i64) -> Result<Values>
    where
        E: Executor<Portable> + Executor<(Postgres, Sqlite)>,
    {
        let both = |good: Good| (Some(good.number), Some(good.text));
        match self {
            Kept::Select => Good::query().filter(|g| g.id.eq(1)).one(on).await.map(both),
            Kept::SelectNumber => {
                let number = Good::query().filter(|g| g.number.gt(0)).order_by(|g| g.id.asc()).select(|g| g.number);
                Ok((number.first(on).await?, None))
            }
            Kept::SelectText => {
                let text = Good::query().filter(|g| g.text.ne("")).order_by(|g| g.id.asc()).select(|g| g.text);
                Ok((None, text.first(on).await?))
            }
            Kept::Insert => {
                Good::insert(good(id)).execute(on).await?;
                Ok((None, None))
            }
            Kept::Update => {
                Good::update().filter(|g| g.id.eq(1)).set(|g| (g.number.set(41), g.text.set("1"))).execute(on).await?;
                Ok((None, None))
            }
            Kept::Returning => {
                let update = Given::update().filter(|g| g.id.eq(1)).set(|g| g.note.set("seen"));
                update.returning().one(on).await.map(|given| (Some(given.number), Some(given.text)))
            }
        }
    }
}

/// The table with two rows, and every statement prepared on the only connection.
async fn prepared(place: &Place) -> AnyDb {
    let db = place.connect_narrow().await;
    Schema::new().table::<Good>().create(&db).await.unwrap();
    Good::insert_many([good(1), good(2)]).execute(&db).await.unwrap();
    for round in 0..3 {
        for &kept in all(place) {
            kept.run(&db, 100 + round).await.unwrap();
            let tx = db.begin().await.unwrap();
            kept.run(&tx, 200 + round).await.unwrap();
            tx.rollback().await.unwrap();
        }
    }
    db
}

/// Changes the table, in the words of each database: PostgreSQL; MySQL and MariaDB; and where there is no such ALTER.
async fn alter(place: &Place, db: &AnyDb, postgres: &str, my: &str, embedded: &str) {
    place.script(db, place.choose(postgres, my, embedded)).await;
}

/// SQLite's way to change a column's type: a new table under the old name.
fn rebuilt(columns: &str, values: &str) -> String {
    format!(
        "CREATE TABLE other ({columns}); INSERT INTO other SELECT {values} FROM goods; DROP TABLE goods; ALTER TABLE other RENAME TO goods"
    )
}

/// An error that says what is wrong: which column, or what the database said, and in which statement.
fn is_named(error: &Error) -> bool {
    let named = match error.kind() {
        ErrorKind::Drift { column, .. } | ErrorKind::Decode { column, .. } => column.starts_with("goods."),
        ErrorKind::Database(said) => !said.code.is_empty(),
        ErrorKind::TransactionAborted { because } => !because.is_empty(),
        _ => false,
    };
    named && (error.statement().is_some() || matches!(error.kind(), ErrorKind::TransactionAborted { .. }))
}

/// How each statement may end after the change.
enum Expected {
    /// With these values, at once, in and out of transactions.
    Right(Values),
    /// With an error that names this, every time.
    Named(&'static str),
    /// With either: the values, or an error.
    RightOrNamed(Values),
}

/// Runs every kept statement several times after a change; inside of a transaction the first one may have to be told
/// that its plan is stale, as nothing can be run again there, but a transaction that is retried does not notice.
async fn afterwards(place: &Place, db: &AnyDb, expected: impl Fn(Kept) -> Expected) {
    let mut id = 1_000;
    for inside in [true, false, true] {
        for &kept in all(place) {
            id += 1;
            let result = if inside {
                db.transaction(|tx| async move { kept.run(&tx, id).await }).retry(2).await
            } else {
                kept.run(db, id).await
            };
            match (expected(kept), result) {
                (Expected::Right(given), result) => {
                    assert_eq!(result.unwrap_or_else(|error| panic!("{kept:?} {error}")), given, "{kept:?}");
                }
                (Expected::Named(word), result) => {
                    let error = result.expect_err(&format!("{kept:?} must fail"));
                    assert!(is_named(&error) && error.to_string().contains(word), "{kept:?} {word} {error}");
                }
                (Expected::RightOrNamed(given), Ok(result)) => assert_eq!(result, given, "{kept:?}"),
                (Expected::RightOrNamed(_), Err(error)) => assert!(is_named(&error), "{kept:?} {error}"),
            }
        }
    }
}

fn number(kept: Kept) -> Values {
    given(kept, 41, "1")
}

fn given(kept: Kept, number: i32, text: &str) -> Values {
    match kept {
        Kept::Select | Kept::Returning => (Some(number), Some(text.to_owned())),
        Kept::SelectNumber => (Some(number), None),
        Kept::SelectText => (None, Some(text.to_owned())),
        Kept::Insert | Kept::Update => (None, None),
    }
}

async fn a_wider_number(place: &Place) {
    let db = prepared(place).await;
    let columns = "id bigint PRIMARY KEY, number bigint, text text, note text";
    alter(
        place,
        &db,
        "ALTER TABLE goods ALTER number TYPE bigint",
        "ALTER TABLE goods MODIFY number bigint",
        &rebuilt(columns, "*"),
    )
    .await;
    let server = place.is_server();
    afterwards(place, &db, |kept| match kept {
        Kept::Select | Kept::SelectNumber | Kept::Returning if server => Expected::Named("goods.number"),
        kept => Expected::Right(number(kept)),
    })
    .await;
    if !server {
        // what no longer fits is an error, too
        place.script(&db, "UPDATE goods SET number = 4000000000").await;
        let error = Kept::SelectNumber.run(&db, 0).await.unwrap_err();
        assert!(error.to_string().contains("goods.number") && error.to_string().contains("range"), "{error}");
    }
}

async fn a_number_that_becomes_text(place: &Place) {
    let db = prepared(place).await;
    let columns = "id bigint PRIMARY KEY, number text, text text, note text";
    alter(
        place,
        &db,
        "ALTER TABLE goods ALTER number TYPE text",
        "ALTER TABLE goods MODIFY number text",
        &rebuilt(columns, "*"),
    )
    .await;
    let server = place.is_postgres();
    afterwards(place, &db, |kept| match kept {
        Kept::Select | Kept::Returning => Expected::Named("goods.number"),
        // there the comparison with a number has no meaning any more
        Kept::SelectNumber => Expected::Named(if server { "does not exist" } else { "goods.number" }),
        kept => Expected::Right(number(kept)),
    })
    .await;
    // what was written since is the number's text
    if let Some(written) = place.scalar("SELECT number FROM goods WHERE id = 1") {
        assert_eq!(written, "41");
    }
}

async fn a_text_that_becomes_a_number(place: &Place) {
    let db = prepared(place).await;
    let columns = "id bigint PRIMARY KEY, number int, text int, note text";
    alter(
        place,
        &db,
        "ALTER TABLE goods ALTER text TYPE int USING text::int",
        "ALTER TABLE goods MODIFY text int",
        &rebuilt(columns, "*"),
    )
    .await;
    let server = place.is_postgres();
    afterwards(place, &db, |kept| match kept {
        Kept::Select | Kept::Returning => Expected::Named("goods.text"),
        Kept::SelectText => Expected::Named(if server { "does not exist" } else { "goods.text" }),
        Kept::Insert | Kept::Update if server => Expected::Named("text"),
        kept => Expected::Right(number(kept)),
    })
    .await;
}

async fn a_column_that_is_dropped(place: &Place) {
    let db = prepared(place).await;
    let drop = "ALTER TABLE goods DROP COLUMN number";
    alter(place, &db, drop, drop, drop).await;
    afterwards(place, &db, |kept| match kept {
        Kept::SelectText => Expected::Right(number(kept)),
        _ => Expected::Named("number"),
    })
    .await;
}

async fn a_column_that_is_added(place: &Place) {
    let db = prepared(place).await;
    let add = "ALTER TABLE goods ADD COLUMN extra int NOT NULL DEFAULT 9";
    alter(place, &db, add, add, add).await;
    afterwards(place, &db, |kept| Expected::Right(number(kept))).await;
    // and before the others
    let columns = "extra int DEFAULT 9, note text, text text, number int, id bigint PRIMARY KEY";
    place.script(&db, &rebuilt(columns, "9, note, text, number, id")).await;
    Good::delete().filter(|g| g.id.gt(2)).execute(&db).await.unwrap();
    afterwards(place, &db, |kept| Expected::Right(number(kept))).await;
}

async fn a_column_that_is_renamed(place: &Place) {
    let db = prepared(place).await;
    let rename = "ALTER TABLE goods RENAME COLUMN number TO amount";
    alter(place, &db, rename, rename, rename).await;
    afterwards(place, &db, |kept| match kept {
        Kept::SelectText => Expected::Right(number(kept)),
        _ => Expected::Named("number"),
    })
    .await;
    place.script(&db, "ALTER TABLE goods RENAME COLUMN amount TO number").await;
    afterwards(place, &db, |kept| Expected::RightOrNamed(number(kept))).await;
    let last = db.transaction(|tx| async move { Kept::Select.run(&tx, 0).await }).retry(1).await.unwrap();
    assert_eq!(last, number(Kept::Select));
}

/// Of one type, so that nothing but the name tells them apart.
async fn two_columns_that_change_places(place: &Place) {
    let db = prepared(place).await;
    place.script(&db, "UPDATE goods SET note = 'a note' WHERE id = 1").await;
    place.script(&db, "UPDATE goods SET note = 'other notes' WHERE id <> 1").await;
    let swap = "ALTER TABLE goods RENAME COLUMN text TO between; ALTER TABLE goods RENAME COLUMN note TO text; \
                ALTER TABLE goods RENAME COLUMN between TO note";
    let swap = swap.replace("between", "temporary");
    alter(place, &db, &swap, &swap, &swap).await;
    for inside in [false, true] {
        for kept in [Kept::Select, Kept::SelectText] {
            let result = if inside {
                db.transaction(|tx| async move { kept.run(&tx, 0).await }).retry(1).await
            } else {
                kept.run(&db, 0).await
            };
            assert_eq!(result.unwrap(), given(kept, 41, "a note"), "{kept:?}");
        }
    }
}

/// Dropped and made anew, with other types in the same places.
async fn a_table_that_is_replaced(place: &Place) {
    let db = prepared(place).await;
    let anew = "DROP TABLE goods; CREATE TABLE goods (text text, note text, id bigint PRIMARY KEY, number int); \
                INSERT INTO goods VALUES ('1', NULL, 1, 41)";
    alter(place, &db, anew, anew, anew).await;
    afterwards(place, &db, |kept| Expected::Right(number(kept))).await;
    place
        .script(&db, "DROP TABLE goods; CREATE TABLE goods (id bigint PRIMARY KEY, number text, text text, note text)")
        .await;
    place.script(&db, "INSERT INTO goods VALUES (1, 'x', NULL, NULL)").await;
    for kept in [Kept::Select, Kept::Returning].into_iter().filter(|kept| all(place).contains(kept)) {
        let error = kept.run(&db, 0).await.unwrap_err();
        assert!(is_named(&error) && error.to_string().contains("goods.number"), "{error}");
    }
}

/// The transaction that changes the table has used it before, and goes on afterwards.
async fn inside_of_the_transaction_that_changes_it(place: &Place) {
    let db = prepared(place).await;
    for kept in [Kept::Select, Kept::Returning, Kept::Insert] {
        let tx = db.begin().await.unwrap();
        kept.run(&tx, 5_000).await.unwrap();
        tx.raw_script("ALTER TABLE goods ADD COLUMN more int").await.unwrap();
        let result = kept.run(&tx, 5_001).await;
        match result {
            Ok(result) => assert_eq!(result, number(kept), "{kept:?}"),
            Err(error) => {
                assert_eq!(error.category(), Some(Category::StalePlan), "{kept:?} {error}");
                assert!(error.is_retryable());
            }
        }
        tx.rollback().await.unwrap();
        // the change is undone as well
        assert_eq!(Kept::Select.run(&db, 0).await.unwrap(), number(Kept::Select));
    }
}
