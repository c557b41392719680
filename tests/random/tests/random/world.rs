//! The tables, their random rows, and the four databases that have them.

use relvar::chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use relvar::prelude::*;
use relvar::rust_decimal::Decimal;
use relvar_test_support::{TempMySql, TempPostgres, TempSqlite, mariadb, mysql, postgres, sqlite_file};

use crate::draw::Draw;
use crate::node::{Cell, Row};

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "items")]
pub(crate) struct Item {
    #[column(primary_key)]
    pub(crate) id: i64,
    pub(crate) n: Option<i64>,
    pub(crate) t: Option<String>,
    pub(crate) b: Option<bool>,
    pub(crate) d: Option<NaiveDate>,
    pub(crate) w: Option<DateTime<Utc>>,
    #[column(precision = (12, 2))]
    pub(crate) x: Option<Decimal>,
    pub(crate) u: String,
}

/// Of the same columns, declared otherwise: what is nullable there, and how long.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "other things")]
pub(crate) struct Other {
    #[column(primary_key)]
    pub(crate) id: i32,
    pub(crate) n: Option<i16>,
    #[column(len = 40)]
    pub(crate) t: String,
    pub(crate) b: bool,
    pub(crate) d: NaiveDate,
    #[column(name = "the \"when\"")]
    pub(crate) w: DateTime<Utc>,
    #[column(precision = (12, 2))]
    pub(crate) x: Decimal,
    #[column(len = 40)]
    pub(crate) u: Option<String>,
}

/// The characters of texts. SQLite knows the case of A to Z only, so there is none that has another case beside them.
pub(crate) const CHARACTERS: [char; 20] =
    ['a', 'b', 'c', 'A', 'B', '0', '7', ' ', '%', '_', '\\', '\'', '"', '?', '$', '-', '日', '🦀', 'א', '\u{301}'];

pub(crate) fn text(draw: &mut Draw) -> String {
    let length = *draw.of(&[0, 1, 1, 2, 2, 3, 5]);
    (0..length).map(|_| *draw.of(&CHARACTERS)).collect()
}

pub(crate) fn int(draw: &mut Draw) -> i64 {
    match draw.below(12) {
        0 => 0,
        1 => 1,
        2 => -1,
        3 => 3_000_000_000,
        4 => -2_147_483_649,
        _ => draw.between(-12, 12),
    }
}

pub(crate) fn date(draw: &mut Draw) -> NaiveDate {
    let leap = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap();
    match draw.below(5) {
        0 => leap,
        1 => NaiveDate::from_ymd_opt(2020, 12, 31).unwrap(),
        _ => leap + TimeDelta::days(draw.between(-3_000, 1_000)),
    }
}

pub(crate) fn time(draw: &mut Draw) -> DateTime<Utc> {
    let micros = *draw.of(&[0, 0, 1, 999_999, 500_000, 123_456]);
    let midnight = date(draw).and_hms_opt(0, 0, 0).unwrap().and_utc();
    let seconds = *draw.of(&[0, 86_399, 43_200, 4_711, 59]);
    midnight + TimeDelta::seconds(seconds) + TimeDelta::microseconds(micros)
}

/// A multiple of a quarter: as exact in floating point, which SQLite calculates with, as in decimals.
pub(crate) fn num(draw: &mut Draw) -> Decimal {
    Decimal::new(draw.between(-40, 40) * 25, 2).normalize()
}

fn maybe<T>(draw: &mut Draw, of: fn(&mut Draw) -> T) -> Option<T> {
    if draw.once_in(4) { None } else { Some(of(draw)) }
}

/// What the tables hold, for the databases and for the evaluator.
pub(crate) struct World {
    items: Vec<Item>,
    others: Vec<Other>,
    pub(crate) item_rows: Vec<Row>,
    pub(crate) other_rows: Vec<Row>,
}

fn cell<T>(value: Option<T>, cell: fn(T) -> Cell) -> Cell {
    value.map_or(Cell::Null, cell)
}

impl World {
    pub(crate) fn new(draw: &mut Draw) -> World {
        let b = |draw: &mut Draw| draw.once_in(2);
        let small = |draw: &mut Draw| draw.between(-12, 12) as i16;
        let item = |id: usize| Item {
            id: id as i64,
            n: maybe(draw, int),
            t: maybe(draw, text),
            b: maybe(draw, b),
            d: maybe(draw, date),
            w: maybe(draw, time),
            x: maybe(draw, num),
            u: text(draw),
        };
        let items: Vec<Item> = (1..=7).map(item).collect();
        let other = |id: i32| Other {
            id,
            n: maybe(draw, small),
            t: text(draw),
            b: b(draw),
            d: date(draw),
            w: time(draw),
            x: num(draw),
            u: maybe(draw, text),
        };
        let others: Vec<Other> = (3..=7).map(other).collect();
        let item_rows = items.iter().cloned().map(|i| {
            [
                Cell::Int(i.id),
                cell(i.n, Cell::Int),
                cell(i.t, Cell::Text),
                cell(i.b, Cell::Bool),
                cell(i.d, Cell::Date),
                cell(i.w, Cell::Time),
                cell(i.x, Cell::Num),
                Cell::Text(i.u),
            ]
        });
        let other_rows = others.iter().cloned().map(|o| {
            [
                Cell::Int(o.id.into()),
                cell(o.n.map(i64::from), Cell::Int),
                Cell::Text(o.t),
                Cell::Bool(o.b),
                Cell::Date(o.d),
                Cell::Time(o.w),
                Cell::Num(o.x),
                cell(o.u, Cell::Text),
            ]
        });
        World { item_rows: item_rows.collect(), other_rows: other_rows.collect(), items, others }
    }
}

/// What keeps a database there.
#[expect(dead_code, reason = "they are dropped")]
enum Guard {
    Postgres(TempPostgres),
    MySql(TempMySql),
    Sqlite(TempSqlite),
}

/// One of the databases.
pub(crate) struct Place {
    pub(crate) db: AnyDb,
    _guard: Guard,
}

/// All there are, with the tables.
pub(crate) async fn places() -> Vec<Place> {
    let file = sqlite_file();
    let mut guards = vec![(file.url(), Guard::Sqlite(file))];
    if let Some(server) = postgres() {
        let database = server.database();
        // compiling takes longer than running on so few rows, of which the planner expects many
        guards.push((format!("{}?options=-cjit%3Doff", database.url()), Guard::Postgres(database)));
    }
    for server in [mysql(), mariadb()].into_iter().flatten() {
        let database = server.database();
        guards.push((database.url().to_owned(), Guard::MySql(database)));
    }
    let mut places = Vec::new();
    for (url, guard) in guards {
        let db = AnyDb::connect(&url).await.unwrap();
        Schema::new().table::<Item>().table::<Other>().create(&db).await.unwrap();
        places.push(Place { db, _guard: guard });
    }
    places
}

impl Place {
    /// Has these rows in place of what was there.
    pub(crate) async fn fill(&self, world: &World) {
        Item::delete().everywhere().execute(&self.db).await.unwrap();
        Other::delete().everywhere().execute(&self.db).await.unwrap();
        Item::insert_many(world.items.clone()).execute(&self.db).await.unwrap();
        Other::insert_many(world.others.clone()).execute(&self.db).await.unwrap();
    }
}
