//! What MySQL and MariaDB alone have or do: modes, zero dates, unsigned numbers, wide decimals, bits, enums.

use relvar::chrono::{DateTime, NaiveDate, Utc};
use relvar::prelude::*;
use relvar::rust_decimal::Decimal;
use relvar::{ErrorKind, Schema, Unchecked};

use crate::place::{Place, everywhere};

everywhere!(on(mysql, mariadb): (
    texts_in_every_mode,
    a_mode_is_gone_with_its_connection,
    another_time_zone,
    zero_dates,
    unsigned_numbers,
    decimals_that_are_too_wide,
    booleans_and_bits,
    enum_columns,
    documents_by_key,
    long_columns,
));

/// Most tables here are as somebody else made them.
type My = (MySql, MariaDb);

/// What breaks out of quotes, or changes on its way, where somebody is careless.
const HOSTILE: [&str; 14] = [
    "",
    "'",
    "\"",
    "\\",
    "\\'",
    "\\\\'; DROP TABLE m_texts; -- ",
    "' OR 1=1 -- ",
    "\u{1a}",
    "\\Z\\0\\n",
    "🦀🏳️‍🌈",
    "%_\\%\\_|%|_",
    "`a` = \"b\"",
    "$1 ? :x @y",
    "\t\r\n\u{8}",
];

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "m_texts")]
pub(crate) struct Line {
    #[column(primary_key)]
    pub(crate) id: i64,
    pub(crate) text: String,
    pub(crate) json: Json<serde_json::Value>,
}

/// In every way that a value reaches SQL, whatever the mode of the session is by then.
async fn texts_in_every_mode(place: &Place) {
    let db = place.connect_narrow().await;
    Schema::new().table::<Line>().create(&db).await.unwrap();
    for mode in ["", "NO_BACKSLASH_ESCAPES", "ANSI_QUOTES", "ANSI_QUOTES,NO_BACKSLASH_ESCAPES"] {
        let tx = db.begin().await.unwrap();
        tx.raw_script(Unchecked(format!("SET SESSION sql_mode = '{mode}'"))).await.unwrap();
        let line = |(id, text): (usize, &&str)| Line {
            id: id as i64,
            text: (*text).to_owned(),
            json: Json(serde_json::json!({ *text: [text] })),
        };
        let lines: Vec<Line> = HOSTILE.iter().enumerate().map(line).collect();
        Line::insert_many(lines.clone()).execute(&tx).await.unwrap();
        assert_eq!(Line::query().order_by(|l| l.id.asc()).all(&tx).await.unwrap(), lines, "{mode}");
        for line in &lines {
            let text = || line.text.clone();
            let this = || Line::query().filter(|l| l.id.eq(line.id));
            // alone in a select list, bound and written
            let both = this().select(|_| (value(text()), constant(text()))).one(&tx).await.unwrap();
            assert_eq!(both, (text(), text()), "{mode}");
            // compared byte by byte, so that what a collation says is no matter
            let bytes = |text: &str| text.as_bytes().to_vec();
            assert_eq!(bytes(&both.0), bytes(&line.text));
            let same = Line::query().filter(|l| l.id.eq(line.id) & l.text.eq(text()) & l.text.eq(constant(text())));
            assert_eq!(same.count(&tx).await.unwrap(), 1, "{mode} {:?}", line.text);
            let listed = this().filter(|l| l.text.in_list([text()]) & l.text.in_list([constant(text())]));
            assert_eq!(listed.count(&tx).await.unwrap(), 1, "{mode} {:?}", line.text);
            // what is looked for is no pattern
            for pattern in [starts_with(text()), ends_with(text()), contains(text())] {
                assert_eq!(
                    this().filter(|l| l.text.like(pattern)).count(&tx).await.unwrap(),
                    1,
                    "{mode} {:?}",
                    line.text
                );
            }
            let inside = Line::insert(Line { id: 900, text: format!("x{}y", text()), json: line.json.clone() });
            inside.execute(&tx).await.unwrap();
            let found =
                Line::query().filter(|l| l.id.eq(900) & l.text.like(contains(text()))).count(&tx).await.unwrap();
            assert_eq!(found, 1, "{mode} {:?}", line.text);
            if !line.text.is_empty() {
                let other = Line::query().filter(|l| l.id.eq(900) & l.text.like(starts_with(text()))).count(&tx).await;
                assert_eq!(other.unwrap(), 0, "{mode} {:?}", line.text);
            }
            Line::delete().filter(|l| l.id.eq(900)).execute(&tx).await.unwrap();
            // a key of a document
            let key = this().select(|l| l.json.text((HOSTILE[line.id as usize], 0))).one(&tx).await.unwrap();
            assert_eq!(key.as_deref(), Some(line.text.as_str()), "{mode}");
        }
        let fallen = Line::update()
            .filter(|l| l.id.eq(0))
            .set(|l| l.text.set(constant("\\' -- ".to_owned())))
            .execute(&tx)
            .await;
        assert_eq!(fallen.unwrap(), 1);
        assert_eq!(Line::query().filter(|l| l.id.eq(0)).one(&tx).await.unwrap().text, "\\' -- ");
        tx.rollback().await.unwrap();
    }
}

/// Whatever somebody sets, the next borrower has the session that the contract says.
async fn a_mode_is_gone_with_its_connection(place: &Place) {
    let db = place.connect_narrow().await;
    Schema::new().table::<Line>().create(&db).await.unwrap();
    let set = "SET SESSION sql_mode = 'NO_BACKSLASH_ESCAPES,ANSI_QUOTES', time_zone = '+09:00'";
    db.raw_script(set).await.unwrap();
    let tx = db.begin().await.unwrap();
    tx.raw_script(set).await.unwrap();
    tx.commit().await.unwrap();
    let mut raw = db.acquire_raw().await.unwrap();
    raw.execute_script("SELECT 1 WHERE NOT (@@sql_mode LIKE '%ANSI%') AND @@time_zone = '+00:00'").await.unwrap();
    // an error of the server if the mode is another: a string is no column
    raw.execute_script("SELECT \"a string\"").await.unwrap();
    drop(raw);
    let now_here = Utc::now();
    let line = Line { id: 1, text: String::new(), json: Json(serde_json::json!(1)) };
    Line::insert(line).execute(&db).await.unwrap();
    let there = Line::query().select(|_| now()).one(&db).await.unwrap();
    assert!((there - now_here).num_seconds().abs() < 60, "{there} {now_here}");
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "m_times", dialect = (MySql, MariaDb))]
pub(crate) struct Times {
    #[column(primary_key)]
    pub(crate) id: i64,
    pub(crate) stamp: Option<DateTime<Utc>>,
    pub(crate) date: Option<NaiveDate>,
    pub(crate) at: Option<DateTime<Utc>>,
}

/// Somebody else's session is hours away; what it writes as a point in time is read as that point.
async fn another_time_zone(place: &Place) {
    let db = place.connect().await;
    place.execute(
        "CREATE TABLE m_times (id bigint PRIMARY KEY, stamp timestamp(6) NULL, date date NULL, at datetime(6) NULL)",
    );
    place.execute("SET time_zone = '-11:30'; INSERT INTO m_times (id, stamp) VALUES (1, '2026-03-29 02:30:00.000001')");
    let there = Times::query().one(&db).await.unwrap();
    let point: DateTime<Utc> = "2026-03-29T14:00:00.000001Z".parse().unwrap();
    assert_eq!(there.stamp, Some(point));
    assert_eq!(Times::query().filter(|t| t.stamp.eq(point)).count(&db).await.unwrap(), 1);
    assert_eq!(Times::query().filter(|t| t.stamp.eq(constant(point))).count(&db).await.unwrap(), 1);
}

async fn zero_dates(place: &Place) {
    let db = place.connect().await;
    place.execute(
        "CREATE TABLE m_times (id bigint PRIMARY KEY, stamp timestamp(6) NULL, date date NULL, at datetime(6) NULL)",
    );
    let loosely = "SET sql_mode = ''; INSERT INTO m_times (id, stamp, date, at) VALUES";
    for (row, column) in [
        ("(1, '0000-00-00', NULL, NULL)", "m_times.stamp"),
        ("(1, NULL, '0000-00-00', NULL)", "m_times.date"),
        ("(1, NULL, '2026-00-07', NULL)", "m_times.date"),
        ("(1, NULL, NULL, '0000-00-00 00:00:00')", "m_times.at"),
        ("(1, NULL, NULL, '2026-07-00 00:00:00')", "m_times.at"),
    ] {
        place.execute(&format!("{loosely} {row}"));
        let error = Times::query().all(&db).await.unwrap_err();
        let ErrorKind::Decode { column: c, why } = error.kind() else { panic!("{row}: {error}") };
        assert!(c == column && why.to_string().contains("zero date"), "{row}: {error}");
        Times::delete().everywhere().execute(&db).await.unwrap();
    }
    // ours writes none
    let error = db.raw_script("INSERT INTO m_times (id, date) VALUES (1, '0000-00-00')").await.unwrap_err();
    assert!(error.is_data_exception(), "{error}");
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "m_numbers", dialect = (MySql, MariaDb))]
pub(crate) struct Numbers {
    #[column(primary_key)]
    pub(crate) id: i64,
    pub(crate) big: i64,
    #[column(precision = (65, 30))]
    pub(crate) wide: Decimal,
    pub(crate) tiny: bool,
}

fn numbers() -> Numbers {
    Numbers { id: 1, big: 0, wide: Decimal::ZERO, tiny: false }
}

async fn with_numbers(place: &Place) -> AnyDb {
    let db = place.connect().await;
    place.execute(
        "CREATE TABLE m_numbers (id bigint PRIMARY KEY, big bigint unsigned NOT NULL, wide decimal(65,30) NOT NULL, \
         tiny tinyint(1) NOT NULL)",
    );
    Numbers::insert(numbers()).execute(&db).await.unwrap();
    db
}

async fn unsigned_numbers(place: &Place) {
    let db = with_numbers(place).await;
    for number in [0, 1, i64::MAX - 1, i64::MAX] {
        Numbers::update().everywhere().set(|n| n.big.set(number)).execute(&db).await.unwrap();
        assert_eq!(Numbers::query().filter(|n| n.big.eq(number)).one(&db).await.unwrap().big, number);
    }
    let negative = Numbers::update().everywhere().set(|n| n.big.set(-1)).execute(&db).await.unwrap_err();
    assert!(negative.is_data_exception(), "{negative}");
    for beyond in ["9223372036854775808", "18446744073709551615"] {
        place.execute(&format!("UPDATE m_numbers SET big = {beyond}"));
        let error = Numbers::query().all(&db).await.unwrap_err();
        assert!(error.is_decode() && error.to_string().contains("`m_numbers.big`"), "{error}");
        assert!(error.to_string().contains("out of range") && !error.to_string().contains(beyond), "{error}");
    }
}

async fn decimals_that_are_too_wide(place: &Place) {
    let db = with_numbers(place).await;
    for fits in [
        "0",
        "-1.5",
        "79228162514264337593543950335",
        "0.0000000000000000000000000001",
        "12345678901234.12345678901234",
    ] {
        let fits: Decimal = fits.parse().unwrap();
        Numbers::update().everywhere().set(|n| n.wide.set(fits)).execute(&db).await.unwrap();
        assert_eq!(Numbers::query().filter(|n| n.wide.eq(fits)).one(&db).await.unwrap().wide, fits);
    }
    for beyond in [
        "99999999999999999999999999999999999",
        "79228162514264337593543950336",
        "-79228162514264337593543950336.5",
        "0.123456789012345678901234567891",
    ] {
        place.execute(&format!("UPDATE m_numbers SET wide = {beyond}"));
        let error = Numbers::query().all(&db).await.unwrap_err();
        assert!(error.is_decode() && error.to_string().contains("`m_numbers.wide`"), "{beyond}: {error}");
        assert!(!error.to_string().contains(beyond), "{error}");
    }
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "m_bits", dialect = (MySql, MariaDb))]
pub(crate) struct Bits {
    #[column(primary_key)]
    pub(crate) id: i64,
    pub(crate) bit: bool,
}

async fn booleans_and_bits(place: &Place) {
    let db = with_numbers(place).await;
    for tiny in [true, false] {
        Numbers::update().everywhere().set(|n| n.tiny.set(tiny)).execute(&db).await.unwrap();
        assert_eq!(Numbers::query().filter(|n| n.tiny.eq(tiny)).one(&db).await.unwrap().tiny, tiny);
    }
    place.execute("CREATE TABLE m_bits (id bigint PRIMARY KEY, bit bit(1) NOT NULL)");
    Bits::insert_many([Bits { id: 1, bit: true }, Bits { id: 2, bit: false }]).execute(&db).await.unwrap();
    let bits = Bits::query().order_by(|b| b.id.asc()).select(|b| b.bit).all(&db).await.unwrap();
    assert_eq!(bits, [true, false]);
    assert_eq!(Bits::query().filter(|b| b.bit.eq(true)).select(|b| b.id).one(&db).await.unwrap(), 1);
    // two bits are more than a boolean
    place.execute("ALTER TABLE m_bits MODIFY bit bit(2) NOT NULL; UPDATE m_bits SET bit = 2 WHERE id = 2");
    let error = Bits::query().all(&db).await.unwrap_err();
    assert!(error.is_decode() && error.to_string().contains("`m_bits.bit`"), "{error}");
}

#[derive(SqlType, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Size {
    Small,
    #[sql_type(label = "it's \\ \"large\" 🦀")]
    Large,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "m_sizes")]
pub(crate) struct Sized {
    #[column(primary_key)]
    pub(crate) id: i64,
    #[column(default = Size::Large)]
    pub(crate) size: Size,
    pub(crate) other: Option<Size>,
}

#[derive(Insert)]
#[insert(table = Sized)]
struct NewSized {
    id: i64,
}

/// As the schema declares them, and in a column that somebody else made an ENUM.
async fn enum_columns(place: &Place) {
    let db = place.connect().await;
    Schema::new().table::<Sized>().create(&db).await.unwrap();
    for by_somebody_else in [false, true] {
        if by_somebody_else {
            let labels = "enum('small', 'it''s \\\\ \"large\" 🦀')";
            place.execute(&format!(
                "DROP TABLE m_sizes; CREATE TABLE m_sizes (id bigint PRIMARY KEY, size {labels} NOT NULL DEFAULT \
                 'it''s \\\\ \"large\" 🦀', other {labels}) CHARACTER SET utf8mb4"
            ));
        }
        Sized::insert(NewSized { id: 1 }).execute(&db).await.unwrap();
        Sized::insert(Sized { id: 2, size: Size::Small, other: Some(Size::Large) }).execute(&db).await.unwrap();
        let all = Sized::query().order_by(|s| s.id.asc()).all(&db).await.unwrap();
        let expected = [
            Sized { id: 1, size: Size::Large, other: None },
            Sized { id: 2, size: Size::Small, other: Some(Size::Large) },
        ];
        assert_eq!(all, expected);
        let large = Sized::query().filter(|s| s.size.eq(Size::Large) & s.size.eq(constant(Size::Large)));
        assert_eq!(large.select(|s| s.id).one(&db).await.unwrap(), 1);
        Sized::update().filter(|s| s.id.eq(2)).set(|s| s.other.set(None)).execute(&db).await.unwrap();
        assert_eq!(Sized::query().filter(|s| s.other.is_null()).count(&db).await.unwrap(), 2);
    }
}

/// A document is text on one of them, of its own type on the other.
async fn documents_by_key(place: &Place) {
    let db = place.connect().await;
    Schema::new().table::<Line>().create(&db).await.unwrap();
    let long = "🦀'\\\"".repeat(10_000);
    let document = serde_json::json!({"a": {"it's \"b\" \\": [1, null, long]}, "n": null, "t": "text", "x": 1.5});
    Line::insert(Line { id: 1, text: String::new(), json: Json(document.clone()) }).execute(&db).await.unwrap();
    assert_eq!(Line::query().one(&db).await.unwrap().json, Json(document));
    let deep = Line::query().select(|l| l.json.text(("a", "it's \"b\" \\", 2))).one(&db).await.unwrap();
    assert_eq!(deep, Some(long));
    let found = Line::query().filter(|l| l.json.text("t").eq("text") & l.json.text("no").is_null()).count(&db).await;
    assert_eq!(found.unwrap(), 1);
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "m_long", dialect = (MySql, MariaDb))]
pub(crate) struct Long {
    #[column(primary_key)]
    pub(crate) id: i64,
    pub(crate) text: String,
    pub(crate) bytes: Vec<u8>,
}

/// More than a text and a blob have room for.
async fn long_columns(place: &Place) {
    let db = place.connect().await;
    place.execute("CREATE TABLE m_long (id bigint PRIMARY KEY, text longtext NOT NULL, bytes longblob NOT NULL)");
    for n in [65_535, 65_536, 1 << 20] {
        let row = Long { id: n as i64, text: "'\\\u{1a}x".repeat(n / 4), bytes: vec![0x1a; n] };
        Long::insert(row.clone()).execute(&db).await.unwrap();
        assert!(Long::query().filter(|l| l.id.eq(n as i64)).one(&db).await.unwrap() == row, "{n}");
    }
    fn of_two<T: Table<Dialect = My>>() {}
    of_two::<Long>();
}
