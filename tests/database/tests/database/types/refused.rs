//! Values that a database cannot take: a named error before anything is sent, and nothing changed.

use relvar::chrono::{DateTime, NaiveDate, Utc};
use relvar::prelude::*;
use relvar::{ErrorKind, Schema};

use crate::place::{Place, everywhere};

everywhere!(
    not_a_number,
    text_with_a_nul,
    years_out_of_range,
    a_json_that_cannot_be_written,
    nothing_was_sent,
    none_of_the_labels
);

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "things")]
pub(crate) struct Thing {
    #[column(primary_key)]
    pub(crate) id: i64,
    pub(crate) number: f64,
    pub(crate) small: f32,
    pub(crate) text: String,
    pub(crate) date: NaiveDate,
    pub(crate) time: DateTime<Utc>,
    pub(crate) json: Json<Strange>,
}

/// Something that can refuse to be JSON.
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
pub(crate) struct Strange(bool);

impl serde::Serialize for Strange {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0 { Err(serde::ser::Error::custom("too strange")) } else { serializer.serialize_bool(false) }
    }
}

fn thing(id: i64) -> Thing {
    let time = DateTime::UNIX_EPOCH;
    Thing {
        id,
        number: 0.0,
        small: 0.0,
        text: String::new(),
        date: time.date_naive(),
        time,
        json: Json(Strange(false)),
    }
}

async fn things(place: &Place) -> AnyDb {
    let db = place.connect().await;
    Schema::new().table::<Thing>().create(&db).await.unwrap();
    Thing::insert(thing(0)).execute(&db).await.unwrap();
    db
}

/// It is refused alone, among others, in a filter and a list, in and out of transactions; and then all is as before.
async fn refused(db: &AnyDb, bad: Thing, words: &str) {
    let named = |error: relvar::Error| {
        let why = match error.kind() {
            ErrorKind::Value(why) => why.clone(),
            ErrorKind::Build(why) => why.to_string(),
            _ => panic!("{error}"),
        };
        assert!(why.contains(words), "{words}: {error}");
        assert!(!format!("{error:?}").contains("geheim"), "{error}");
    };
    named(Thing::insert(bad.clone()).execute(db).await.unwrap_err());
    named(Thing::insert_many([thing(1), bad.clone(), thing(2)]).execute(db).await.unwrap_err());
    let tx = db.begin().await.unwrap();
    named(Thing::insert(bad.clone()).execute(&tx).await.unwrap_err());
    Thing::insert(thing(3)).execute(&tx).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(Thing::query().order_by(|t| t.id.asc()).select(|t| t.id).all(db).await.unwrap(), [0, 3]);
    Thing::delete().filter(|t| t.id.eq(3)).execute(db).await.unwrap();
}

async fn not_a_number(place: &Place) {
    let db = things(place).await;
    if place.is_my() {
        refused(&db, Thing { number: f64::INFINITY, ..thing(9) }, "no infinity").await;
        refused(&db, Thing { small: f32::NEG_INFINITY, ..thing(9) }, "no infinity").await;
    }
    if !place.is_postgres() {
        refused(&db, Thing { number: f64::NAN, ..thing(9) }, "NaN").await;
        refused(&db, Thing { small: f32::NAN, ..thing(9) }, "NaN").await;
        let error = Thing::query().filter(|t| t.number.in_list([0.0, f64::NAN])).all(&db).await.unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Value(_)), "{error}");
        return;
    }
    // there it is a value, greater than any other and equal to itself
    Thing::insert(Thing { number: f64::NAN, small: f32::NAN, ..thing(1) }).execute(&db).await.unwrap();
    Thing::insert(Thing { number: f64::INFINITY, small: f32::INFINITY, ..thing(2) }).execute(&db).await.unwrap();
    let same = Thing::query().filter(|t| t.number.eq(f64::NAN) & t.small.in_list([f32::NAN])).one(&db).await.unwrap();
    assert!(same.id == 1 && same.number.is_nan() && same.small.is_nan());
    let order = Thing::query().order_by(|t| t.number.desc()).select(|t| t.id).all(&db).await.unwrap();
    assert_eq!(order, [1, 2, 0]);
}

async fn text_with_a_nul(place: &Place) {
    let db = things(place).await;
    let with_nul = Thing { text: "geheim\0geheim".to_owned(), ..thing(9) };
    if place.is_postgres() {
        refused(&db, with_nul, "NUL").await;
    } else {
        Thing::insert(with_nul.clone()).execute(&db).await.unwrap();
        let same = Thing::query().filter(|t| t.text.eq(&with_nul.text)).one(&db).await.unwrap();
        assert_eq!(same, with_nul);
    }
}

async fn years_out_of_range(place: &Place) {
    let db = things(place).await;
    let ancient = if place.is_postgres() { "-4800-01-01" } else { "-0001-12-31" };
    let (y, md) = ancient[1..].split_once('-').unwrap();
    let (m, d) = md.split_once('-').unwrap();
    let date = NaiveDate::from_ymd_opt(-y.parse::<i32>().unwrap(), m.parse().unwrap(), d.parse().unwrap()).unwrap();
    let words = place.choose("4714 BC", "years 1 to 9999", "years 0 to 9999");
    refused(&db, Thing { date, ..thing(9) }, words).await;
    refused(&db, Thing { time: date.and_hms_opt(0, 0, 0).unwrap().and_utc(), ..thing(9) }, words).await;
    let far = NaiveDate::from_ymd_opt(10_000, 1, 1).unwrap();
    let far = Thing { date: far, time: far.and_hms_opt(0, 0, 0).unwrap().and_utc(), ..thing(9) };
    if place.is_postgres() {
        Thing::insert(far.clone()).execute(&db).await.unwrap();
        assert_eq!(Thing::query().filter(|t| t.date.eq(far.date)).one(&db).await.unwrap(), far);
    } else {
        refused(&db, far, words).await;
    }
}

async fn a_json_that_cannot_be_written(place: &Place) {
    let db = things(place).await;
    refused(&db, Thing { json: Json(Strange(true)), ..thing(9) }, "no JSON form").await;
}

/// On a pool that is closed, what would be sent is told so.
async fn nothing_was_sent(place: &Place) {
    let db = things(place).await;
    Thing::query().filter(|t| t.text.eq("x")).all(&db).await.unwrap();
    db.close().await;
    let bad = Thing { json: Json(Strange(true)), ..thing(9) };
    let error = Thing::insert(bad).execute(&db).await.unwrap_err();
    assert!(!matches!(error.kind(), ErrorKind::Database(_)), "{error}");
}

#[derive(SqlType, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Colour {
    Red,
    #[sql_type(label = "it's \"green\"")]
    Green,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "lamps")]
pub(crate) struct Lamp {
    #[column(primary_key)]
    pub(crate) id: i64,
    pub(crate) colour: Colour,
}

/// A label that the enum does not have, by somebody who writes past it, and one that the database does not have.
async fn none_of_the_labels(place: &Place) {
    let db = place.connect().await;
    Schema::new().table::<Lamp>().create(&db).await.unwrap();
    Lamp::insert_many([Lamp { id: 1, colour: Colour::Red }, Lamp { id: 2, colour: Colour::Green }])
        .execute(&db)
        .await
        .unwrap();
    assert_eq!(Lamp::query().filter(|l| l.colour.eq(Colour::Green)).select(|l| l.id).one(&db).await.unwrap(), 2);
    if place.is_my() {
        // a label that the columns have, and the enum of Rust has not
        place
            .script(
                &db,
                "SET sql_mode = ''; ALTER TABLE lamps MODIFY colour varchar(20); UPDATE lamps SET colour = 'geheim'",
            )
            .await;
    } else if place.is_server() {
        place.script(&db, "ALTER TYPE colour ADD VALUE 'geheim'").await;
        place.script(&db, "UPDATE lamps SET colour = 'geheim'").await;
    } else {
        let refused = db.raw_script("UPDATE lamps SET colour = 'geheim'").await.unwrap_err();
        assert!(refused.is_check_violation(), "{refused}");
        db.raw_script("PRAGMA ignore_check_constraints = ON; UPDATE lamps SET colour = 'geheim'").await.unwrap();
    }
    let error = Lamp::query().all(&db).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Decode { column, .. } if column == "lamps.colour"), "{error}");
    assert!(!format!("{error:?}").contains("geheim"), "{error}");
    if place.is_my() {
        place.script(&db, "DROP TABLE lamps; CREATE TABLE lamps (id bigint, colour enum('red'))").await;
        let error = Lamp::insert(Lamp { id: 1, colour: Colour::Green }).execute(&db).await.unwrap_err();
        assert_eq!(error.category(), Some(relvar::error::Category::DataException), "{error}");
    } else if place.is_server() {
        place.script(&db, "DROP TABLE lamps; DROP TYPE colour; CREATE TYPE colour AS ENUM ('red'); CREATE TABLE lamps (id bigint, colour colour)").await;
        let error = Lamp::insert(Lamp { id: 1, colour: Colour::Green }).execute(&db).await.unwrap_err();
        assert_eq!(error.category(), Some(relvar::error::Category::DataException), "{error}");
    }
}
