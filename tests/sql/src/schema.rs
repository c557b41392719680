//! The tables of the cases: most for all dialects, some declared again for fewer, for what not all of them can say.
#![allow(missing_docs, reason = "the columns say what they are")]

use relvar::chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use relvar::prelude::*;
use relvar::query::dialect::Engine;
use relvar::rust_decimal::Decimal;
use relvar::uuid::Uuid;
use relvar::{Result, Unchecked};
use serde_json::Value;

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "users")]
pub struct User {
    #[column(primary_key)]
    pub id: i64,
    #[column(unique, len = 200)]
    pub email: String,
    pub name: String,
    pub bio: Option<String>,
    pub age: Option<i32>,
    pub active: bool,
}

/// `users` where there are ON CONFLICT, UPDATE … RETURNING and FULL JOIN.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "users", dialect = (Postgres, Sqlite))]
pub struct Person {
    #[column(primary_key)]
    pub id: i64,
    #[column(unique, len = 200)]
    pub email: String,
    pub name: String,
    pub bio: Option<String>,
    pub age: Option<i32>,
    pub active: bool,
}

/// `users` where INSERT has RETURNING.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "users", dialect = (Postgres, MariaDb, Sqlite))]
pub struct Member {
    #[column(primary_key)]
    pub id: i64,
    #[column(unique, len = 200)]
    pub email: String,
    pub name: String,
    pub bio: Option<String>,
    pub age: Option<i32>,
    pub active: bool,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "threads")]
pub struct Thread {
    #[column(primary_key)]
    pub id: i64,
    #[column(references = User::id)]
    pub user_id: i64,
    pub title: String,
    pub note: Option<String>,
    pub metadata: Json<Value>,
    #[column(default = false)]
    pub done: bool,
    #[column(created_at)]
    pub created_at: DateTime<Utc>,
    #[column(updated_at)]
    pub updated_at: DateTime<Utc>,
}

/// `threads` where there are ON CONFLICT and RETURNING on every change.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "threads", dialect = (Postgres, Sqlite))]
pub struct Topic {
    #[column(primary_key)]
    pub id: i64,
    pub user_id: i64,
    pub title: String,
    pub note: Option<String>,
    pub metadata: Json<Value>,
    #[column(default = false)]
    pub done: bool,
    #[column(created_at)]
    pub created_at: DateTime<Utc>,
    #[column(updated_at)]
    pub updated_at: DateTime<Utc>,
}

/// `users` where there are regular expressions.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "users", dialect = (Postgres, MySql, MariaDb))]
pub struct Account {
    #[column(primary_key)]
    pub id: i64,
    pub name: String,
    pub bio: Option<String>,
}

/// `events` where there are time zones by name.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "events", dialect = Postgres)]
pub struct Moment {
    #[column(primary_key)]
    pub id: i64,
    pub at: DateTime<Utc>,
    pub ended: Option<DateTime<Utc>>,
    pub local: NaiveDateTime,
    pub day: NaiveDate,
}

/// `threads` where documents are merged by RFC 7396.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "threads", dialect = (MySql, MariaDb, Sqlite))]
pub struct Memo {
    #[column(primary_key)]
    pub id: i64,
    pub metadata: Json<Value>,
}

/// `threads` where INSERT has RETURNING.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "threads", dialect = (Postgres, MariaDb, Sqlite))]
pub struct Post {
    #[column(primary_key)]
    pub id: i64,
    pub user_id: i64,
    pub title: String,
    pub note: Option<String>,
    pub metadata: Json<Value>,
    #[column(default = false)]
    pub done: bool,
    #[column(created_at)]
    pub created_at: DateTime<Utc>,
    #[column(updated_at)]
    pub updated_at: DateTime<Utc>,
}

/// `threads` where documents can contain each other.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "threads", dialect = Postgres)]
pub struct Report {
    #[column(primary_key)]
    pub id: i64,
    pub metadata: Json<Value>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "comments")]
pub struct Comment {
    #[column(primary_key, auto_increment)]
    pub id: i64,
    #[column(references = Thread::id)]
    pub thread_id: i64,
    pub author_id: Option<i64>,
    pub parent_id: Option<i64>,
    pub body: String,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "numbers")]
pub struct Number {
    #[column(primary_key)]
    pub id: i64,
    pub small: i16,
    pub int: Option<i32>,
    pub big: i64,
    pub real: f64,
    #[column(precision = (20, 2))]
    pub exact: Option<Decimal>,
    pub flag: Option<bool>,
}

/// `numbers` where decimals are calculated with exactly.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "numbers", dialect = (Postgres, MySql, MariaDb))]
pub struct Amount {
    #[column(primary_key)]
    pub id: i64,
    pub small: i16,
    pub int: Option<i32>,
    pub big: i64,
    pub real: f64,
    #[column(precision = (20, 2))]
    pub exact: Option<Decimal>,
    pub flag: Option<bool>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "events")]
pub struct Event {
    #[column(primary_key)]
    pub id: i64,
    pub at: DateTime<Utc>,
    pub ended: Option<DateTime<Utc>>,
    pub local: NaiveDateTime,
    pub day: NaiveDate,
    pub clock: NaiveTime,
}

/// What kind of seat it is.
#[derive(SqlType, Debug, Clone, Copy, PartialEq, Eq)]
#[sql_type(name = "seat_kind")]
pub enum SeatKind {
    Window,
    Aisle,
}

/// A number on a door.
#[derive(SqlType, Debug, Clone, Copy, PartialEq, Eq)]
#[sql_type(arithmetic)]
pub struct SeatNumber(pub i32);

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "seats")]
pub struct Seat {
    #[column(primary_key, auto_increment)]
    pub id: i64,
    pub room: String,
    pub number: SeatNumber,
    #[column(default = SeatKind::Window)]
    pub kind: SeatKind,
    pub guest: Option<String>,
    #[column(default = false)]
    pub gone: bool,
    #[column(version)]
    pub version: i64,
}

/// `seats` where an index can be of only some rows.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "seats", dialect = (Postgres, Sqlite))]
#[index(unique, name = "seats_taken", on = |s| (s.room, s.number), filter = |s| s.gone.eq(false))]
pub struct Booking {
    #[column(primary_key, auto_increment)]
    pub id: i64,
    pub room: String,
    pub number: SeatNumber,
    #[column(default = SeatKind::Window)]
    pub kind: SeatKind,
    pub guest: Option<String>,
    #[column(default = false)]
    pub gone: bool,
    #[column(version)]
    pub version: i64,
}

/// `seats` where INSERT and DELETE have RETURNING.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "seats", dialect = (Postgres, MariaDb, Sqlite))]
pub struct Chair {
    #[column(primary_key, auto_increment)]
    pub id: i64,
    pub room: String,
    pub number: SeatNumber,
    #[column(default = SeatKind::Window)]
    pub kind: SeatKind,
    pub guest: Option<String>,
    #[column(default = false)]
    pub gone: bool,
    #[column(version)]
    pub version: i64,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "counters")]
pub struct Counter {
    #[column(primary_key, auto_increment)]
    pub id: i64,
    #[column(default = 0)]
    pub hits: i64,
    #[column(default = "none", len = 40)]
    pub label: String,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "articles", dialect = Postgres)]
pub struct Article {
    #[column(primary_key)]
    pub id: i64,
    #[column(default = gen_random_uuid())]
    pub key: Uuid,
    pub title: String,
    pub body: Option<String>,
    pub tags: Vec<String>,
    pub scores: Option<Vec<i32>>,
}

/// Ranges and network addresses.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "stays", dialect = Postgres)]
pub struct Stay {
    #[column(primary_key)]
    pub id: i64,
    pub nights: Range<NaiveDate>,
    pub during: Option<Range<DateTime<Utc>>>,
    pub floors: Range<i32>,
    pub ids: Range<i64>,
    pub price: Range<Decimal>,
    pub clock: Range<NaiveDateTime>,
    pub address: Option<Inet>,
}

#[derive(Insert, Row, Debug, Clone)]
#[insert(table = Thread)]
pub struct NewThread {
    pub id: i64,
    pub user_id: i64,
    pub title: String,
    pub metadata: Json<Value>,
}

#[derive(Insert, Row, Debug, Clone)]
#[insert(table = Topic)]
pub struct NewTopic {
    pub id: i64,
    pub user_id: i64,
    pub title: String,
    pub metadata: Json<Value>,
}

#[derive(Insert, Debug, Clone)]
#[insert(table = Post)]
pub struct NewPost {
    pub id: i64,
    pub user_id: i64,
    pub title: String,
    pub metadata: Json<Value>,
}

#[derive(Insert, Row, Debug, Clone)]
#[insert(table = Comment)]
pub struct NewComment {
    pub thread_id: i64,
    pub author_id: Option<i64>,
    pub body: String,
}

#[derive(Insert, Debug, Clone)]
#[insert(table = Booking)]
pub struct NewBooking {
    pub room: String,
    pub number: SeatNumber,
    pub guest: Option<String>,
}

#[derive(Insert, Debug, Clone)]
#[insert(table = Chair)]
pub struct NewChair {
    pub room: String,
    pub number: SeatNumber,
    pub guest: Option<String>,
}

#[derive(Patch, Debug, Clone, Default)]
#[patch(table = Thread)]
pub struct ThreadPatch {
    pub title: Set<String>,
    pub note: Set<Option<String>>,
    pub done: Set<bool>,
}

#[derive(Row, Debug, Clone, PartialEq)]
pub struct Summary {
    pub title: String,
    pub author: Option<String>,
}

#[derive(Row, Debug, Clone, PartialEq)]
pub struct Card {
    pub id: i64,
    #[row(nested)]
    pub summary: Summary,
    #[row(nested)]
    pub owner: User,
}

/// The numbers that come next after the data, where the database does not know by itself.
pub(crate) const NEXT_NUMBERS: &str = "ALTER TABLE comments AUTO_INCREMENT = 6; \
    ALTER TABLE seats AUTO_INCREMENT = 4; ALTER TABLE counters AUTO_INCREMENT = 2";

/// Creates the tables, with their data.
///
/// # Errors
/// What the database says.
pub async fn create<D: 'static>(db: &Db<D>) -> Result<()> {
    let schema = Schema::new()
        .table::<User>()
        .table::<Thread>()
        .table::<Comment>()
        .table::<Number>()
        .table::<Event>()
        .table::<Counter>()
        .view::<BusyAuthor>()
        .view::<OpenThread>();
    let data = include_str!("data.sql");
    let (schema, data) = match db.engine() {
        Engine::Postgres => {
            let more = include_str!("postgres.sql");
            (schema.table::<Booking>().table::<Article>().table::<Stay>().view::<Written>(), format!("{data}{more}"))
        }
        Engine::MySql | Engine::MariaDb => (schema.table::<Seat>(), format!("{STANDARD_MODE}{data}{MODE_AS_IT_WAS}")),
        _ => (schema.table::<Booking>(), data.to_owned()),
    };
    schema.create(db).await?;
    db.raw_script(Unchecked(data)).await
}

/// Lets MySQL and MariaDB read names and texts as the standard has them.
const STANDARD_MODE: &str =
    "SET @mode = @@sql_mode, SESSION sql_mode = CONCAT(@@sql_mode, ',ANSI_QUOTES,NO_BACKSLASH_ESCAPES');\n";
const MODE_AS_IT_WAS: &str = "SET SESSION sql_mode = @mode;\n";

/// Threads that are not done, and who began them.
#[derive(View, Debug, Clone, PartialEq)]
#[view(name = "open_threads", query = || Thread::query()
    .join(User::table(), |t, u| t.user_id.eq(u.id))
    .filter(|(t, _)| t.done.eq(false).and(t.title.in_list(["Hello", "snake_case", "it's \\ 'x' -- $1 ?"])))
    .select(|(t, u)| OpenThreadExprs { id: t.id, title: t.title, author: u.name, note: t.note, kind: value(7i64) })
)]
pub struct OpenThread {
    pub id: i64,
    pub title: String,
    #[column(name = "the author")]
    pub author: String,
    pub note: Option<String>,
    pub kind: i64,
}

/// A view of a view.
#[derive(View, Debug, Clone, PartialEq)]
#[view(name = "a_busy_author", query = || OpenThread::query().filter(|t| t.id.gt(0)).order_by(|t| t.id.asc()).limit(10).select(|t| BusyAuthorExprs { name: t.author, threads: t.kind }))]
pub struct BusyAuthor {
    pub name: String,
    pub threads: i64,
}

/// What each user wrote, kept until it is refreshed.
#[derive(View, Debug, Clone, PartialEq)]
#[view(name = "written", materialized, dialect = Postgres, query = || {
    sql!("SELECT user_id, count(*) FROM {} GROUP BY user_id", Thread::table()).only_on::<Postgres>().rows::<Written>()
})]
#[index(unique, on = |w| w.user_id)]
#[index(name = "written_most", on = |w| w.threads.desc(), filter = |w| w.threads.gt(1))]
pub struct Written {
    pub user_id: i64,
    pub threads: i64,
}
