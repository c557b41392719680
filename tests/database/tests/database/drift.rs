//! Tables that are not what their struct says: an error that names the column, and shows the statement.

use relvar::chrono::{DateTime, Utc};
use relvar::error::Category;
use relvar::prelude::*;
use relvar::{Error, ErrorKind};

use crate::place::{Place, everywhere};

everywhere!(
    a_table_that_is_missing,
    a_column_that_is_missing,
    columns_of_another_type,
    an_unexpected_null,
    a_column_too_many_is_nobodys_business,
    values_out_of_range,
    drift_in_a_joined_table,
);

mod given_back {
    use super::drift_in_what_is_returned;
    use super::everywhere;
    everywhere!(on(memory, file, postgres, mariadb): (drift_in_what_is_returned));
}

/// The same table where an update can give back what it changed.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "items", dialect = (Postgres, Sqlite))]
pub(crate) struct Given {
    #[column(primary_key)]
    pub(crate) id: i64,
    pub(crate) title: String,
    pub(crate) price: i32,
    pub(crate) weight: Option<f64>,
    pub(crate) added: DateTime<Utc>,
}

/// And where a delete can.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "items", dialect = (Postgres, MariaDb, Sqlite))]
pub(crate) struct Kept {
    #[column(primary_key)]
    pub(crate) id: i64,
    pub(crate) title: String,
    pub(crate) price: i32,
    pub(crate) weight: Option<f64>,
    pub(crate) added: DateTime<Utc>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "items")]
pub(crate) struct Item {
    #[column(primary_key)]
    pub(crate) id: i64,
    pub(crate) title: String,
    pub(crate) price: i32,
    pub(crate) weight: Option<f64>,
    pub(crate) added: DateTime<Utc>,
}

const ROW: &str = "(1, 'a secret', 7, 0.5, '2026-01-02 03:04:05.000006')";

/// A table of items as somebody else made it, with one row, and a database that knows nothing of that.
async fn drifted(place: &Place, columns: &str, row: &str) -> AnyDb {
    let db = place.connect_narrow().await;
    let columns = columns.replace("TIME", place.choose("timestamptz", "datetime(6)", "text"));
    let columns = columns.replace("REAL", place.choose("double precision", "double", "real"));
    place.script(&db, &format!("CREATE TABLE items ({columns}); INSERT INTO items VALUES {row}")).await;
    db
}

/// The same by somebody whose session refuses nothing.
async fn drifted_loosely(place: &Place, columns: &str, row: &str) -> AnyDb {
    let db = place.connect_narrow().await;
    let columns = columns.replace("TIME", "datetime(6)").replace("REAL", "double");
    let script = format!("SET sql_mode = ''; CREATE TABLE items ({columns}); INSERT INTO items VALUES {row}");
    place.script(&db, &script).await;
    db
}

/// Everything that reads the row fails in the same way, time and again.
async fn fails(db: &AnyDb, check: impl Fn(&Error)) {
    for _ in 0..3 {
        let outside = Item::query().all(db).await.unwrap_err();
        let tx = db.begin().await.unwrap();
        let inside = Item::query().all(&tx).await.unwrap_err();
        tx.rollback().await.unwrap();
        for error in [outside, inside] {
            check(&error);
            assert!(error.statement().is_some_and(|sql| sql.contains("items")), "{error}");
            let said = format!("{error} {error:?}");
            assert!(said.contains("in: SELECT") && !said.contains("secret"), "{said}");
        }
    }
}

async fn a_table_that_is_missing(place: &Place) {
    let db = place.connect().await;
    for _ in 0..3 {
        let error = Item::query().all(&db).await.unwrap_err();
        assert_eq!(error.category(), Some(Category::Undefined), "{error}");
        assert!(error.to_string().contains("items") && error.statement().is_some(), "{error}");
    }
}

async fn a_column_that_is_missing(place: &Place) {
    let db =
        drifted(place, "id bigint, title text, weight REAL, added TIME", "(1, 'a secret', 0.5, '2026-01-02')").await;
    for _ in 0..3 {
        let error = Item::query().all(&db).await.unwrap_err();
        assert_eq!(error.category(), Some(Category::Undefined), "{error}");
        assert!(error.to_string().contains("column `price`") && error.to_string().contains("items"), "{error}");
    }
    // the others can be read
    assert_eq!(Item::query().select(|i| i.title).all(&db).await.unwrap(), ["a secret"]);
    let error = Item::update().everywhere().set(|i| i.price.set(1)).execute(&db).await.unwrap_err();
    assert!(error.category() == Some(Category::Undefined) && error.to_string().contains("price"), "{error}");
}

async fn columns_of_another_type(place: &Place) {
    let cases = [
        ("id bigint, title text, price bigint, weight REAL, added TIME", ROW, "items.price", "bigint"),
        ("id bigint, title text, price text, weight REAL, added TIME", ROW, "items.price", "text"),
        ("id bigint, title bytea, price int, weight REAL, added TIME", ROW, "items.title", "bytea"),
        ("id bigint, title text, price int, weight text, added TIME", ROW, "items.weight", "text"),
        ("id bigint, title text, price int, weight REAL, added timestamp", ROW, "items.added", "timestamp"),
        ("id int, title text, price int, weight REAL, added TIME", ROW, "items.id", "integer"),
    ];
    let my_cases = [
        ("id bigint, title text, price bigint, weight REAL, added TIME", ROW, "items.price", "bigint"),
        ("id bigint, title text, price int unsigned, weight REAL, added TIME", ROW, "items.price", "int unsigned"),
        ("id bigint, title text, price text, weight REAL, added TIME", ROW, "items.price", "text"),
        ("id bigint, title blob, price int, weight REAL, added TIME", ROW, "items.title", "blob"),
        ("id bigint, title text, price int, weight text, added TIME", ROW, "items.weight", "text"),
        ("id bigint, title text, price int, weight decimal(9, 2), added TIME", ROW, "items.weight", "decimal"),
        ("id bigint, title text, price int, weight REAL, added text", ROW, "items.added", "text"),
        ("id decimal(20, 0), title text, price int, weight REAL, added TIME", ROW, "items.id", "decimal"),
    ];
    if !place.is_server() {
        // SQLite knows no types but those of the values
        return values_of_another_type(place).await;
    }
    let cases = if place.is_postgres() { cases.to_vec() } else { my_cases.to_vec() };
    for (columns, row, column, found) in cases {
        let db = drifted(place, columns, row).await;
        fails(&db, |error| {
            let ErrorKind::Drift { column: c, found: f, .. } = error.kind() else { panic!("{error}") };
            assert_eq!((c.as_str(), f.as_str()), (column, found), "{error}");
        })
        .await;
        db.close().await;
        place.script(&db, "DROP TABLE items").await;
    }
}

async fn values_of_another_type(place: &Place) {
    let columns = "id bigint, title, price, weight, added";
    for (row, column) in [
        ("(1, 'a secret', 'a secret', 0.5, '2026-01-02 03:04:05.000006')", "items.price"),
        ("(1, 'a secret', 0.5, 0.5, '2026-01-02 03:04:05.000006')", "items.price"),
        ("(1, x'ff00', 7, 0.5, '2026-01-02 03:04:05.000006')", "items.title"),
        ("(1, CAST(x'ff00' AS text), 7, 0.5, '2026-01-02 03:04:05.000006')", "items.title"),
        ("(1, 17, 7, 0.5, '2026-01-02 03:04:05.000006')", "items.title"),
        ("(1, 'a secret', 7, 'a secret', '2026-01-02 03:04:05.000006')", "items.weight"),
        ("(1, 'a secret', 7, 0.5, 'a secret')", "items.added"),
        ("(1, 'a secret', 7, 0.5, 1767323045)", "items.added"),
        ("(1, 'a secret', 7, 0.5, '2026-13-02 03:04:05.000006')", "items.added"),
    ] {
        let db = drifted(place, columns, row).await;
        fails(&db, |error| {
            assert!(matches!(error.kind(), ErrorKind::Decode { column: c, .. } if c == column), "{row}: {error}");
        })
        .await;
        place.script(&db, "DROP TABLE items").await;
    }
}

async fn an_unexpected_null(place: &Place) {
    let columns = "id bigint, title text, price int, weight REAL, added TIME";
    let db = drifted(place, columns, "(1, NULL, 7, NULL, '2026-01-02 03:04:05.000006')").await;
    fails(&db, |error| {
        assert!(matches!(error.kind(), ErrorKind::Decode { column, .. } if column == "items.title"), "{error}");
        assert!(error.to_string().contains("unexpected NULL"), "{error}");
    })
    .await;
    let expression = Item::query().select(|i| (i.id, i.title.upper())).all(&db).await.unwrap_err();
    assert!(expression.to_string().contains("expression 2 of the select list"), "{expression}");
}

async fn a_column_too_many_is_nobodys_business(place: &Place) {
    let columns = "extra text, id bigint, added TIME, title text, weight REAL, price int";
    let db = drifted(place, columns, "('x', 1, '2026-01-02 03:04:05.000006', 'a secret', 0.5, 7)").await;
    let item = Item::query().one(&db).await.unwrap();
    assert_eq!((item.id, item.title.as_str(), item.price, item.weight), (1, "a secret", 7, Some(0.5)));
    assert_eq!(item.added, "2026-01-02T03:04:05.000006Z".parse::<DateTime<Utc>>().unwrap());
    let other = Item { id: 2, ..item };
    Item::insert(other.clone()).execute(&db).await.unwrap();
    assert_eq!(Item::query().filter(|i| i.id.eq(2)).one(&db).await.unwrap(), other);
}

async fn values_out_of_range(place: &Place) {
    let columns = "id bigint, title text, price int, weight REAL, added TIME";
    if place.is_my() {
        // a date of zeros is none, and its row cannot be read in silence as some other date
        for zero in ["0000-00-00 00:00:00", "2026-00-00 00:00:00", "2026-02-00 01:02:03"] {
            let db = drifted_loosely(place, columns, &format!("(1, 'a secret', 7, 0.5, '{zero}')")).await;
            fails(&db, |error| {
                assert!(matches!(error.kind(), ErrorKind::Decode { column, .. } if column == "items.added"), "{error}");
                assert!(error.to_string().contains("zero date"), "{error}");
            })
            .await;
            place.script(&db, "DROP TABLE items").await;
        }
    } else if place.is_server() {
        let db = drifted(place, columns, "(1, 'a secret', 7, 0.5, 'infinity')").await;
        fails(&db, |error| {
            assert!(matches!(error.kind(), ErrorKind::Decode { column, .. } if column == "items.added"), "{error}");
        })
        .await;
    } else {
        let db = drifted(place, columns, "(1, 'a secret', 2147483648, 0.5, '2026-01-02 03:04:05.000006')").await;
        fails(&db, |error| {
            assert!(matches!(error.kind(), ErrorKind::Decode { column, .. } if column == "items.price"), "{error}");
            assert!(error.to_string().contains("out of range"), "{error}");
        })
        .await;
    }
}

async fn drift_in_what_is_returned(place: &Place) {
    let columns = "id bigint, title text, price text, weight REAL, added TIME";
    let db = drifted(place, columns, "(1, 'a secret', 'a secret', 0.5, '2026-01-02 03:04:05.000006')").await;
    let named = |error: Error| {
        let column = match error.kind() {
            ErrorKind::Drift { column, .. } | ErrorKind::Decode { column, .. } => column,
            _ => panic!("{error}"),
        };
        assert_eq!(column, "items.price", "{error}");
        assert!(!error.to_string().contains("secret"), "{error}");
    };
    if !place.is_my() {
        let update = Given::update().everywhere().set(|i| i.title.set("new"));
        named(update.returning().one(&db).await.unwrap_err());
    }
    named(Kept::delete().filter(|i| i.id.eq(1)).returning_as(|i| (i.id, i.price)).all(&db).await.unwrap_err());
}

async fn drift_in_a_joined_table(place: &Place) {
    let columns = "id bigint, title text, price text, weight REAL, added TIME";
    let db = drifted(place, columns, "(1, 'a secret', 'x', 0.5, '2026-01-02 03:04:05.000006')").await;
    crate::tables::create_users(&db).await;
    crate::tables::User::insert(crate::tables::user("somebody")).execute(&db).await.unwrap();
    let joined = crate::tables::User::query().left_join(Item::table(), |u, i| u.id.eq(i.id));
    let error = joined.all(&db).await.unwrap_err();
    assert!(error.to_string().starts_with("column `items.price`"), "{error}");
}
