//! The shop of the guide: its tables, and what is in them.
#![allow(missing_docs, reason = "the columns say what they are")]

use relvar::chrono::{DateTime, NaiveDate, Utc};
use relvar::prelude::*;
use relvar::query::dialect::{Engine, RunsOn};
use relvar::rust_decimal::Decimal;
use relvar::uuid::Uuid;
use relvar::{Database, Result, Unchecked};
use serde_json::{Value, json};

// sample: tables
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "authors")]
pub struct Author {
    #[column(primary_key)]
    pub id: i64,
    pub name: String,
    pub country: Option<String>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "books")]
#[index(name = "books_genre", on = |b| b.genre)]
pub struct Book {
    #[column(primary_key)]
    pub id: i64,
    #[column(references = Author::id)]
    pub author_id: i64,
    pub title: String,
    #[column(len = 40)]
    pub genre: String,
    pub price: i32,
    pub pages: Option<i32>,
    pub published: NaiveDate,
    pub details: Json<Value>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "customers")]
pub struct Customer {
    #[column(primary_key, auto_increment)]
    pub id: i64,
    #[column(unique, len = 200)]
    pub email: String,
    pub name: String,
    pub city: Option<String>,
    #[column(references = Customer::id)]
    pub referred_by: Option<i64>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "orders")]
pub struct Order {
    #[column(primary_key, auto_increment)]
    pub id: i64,
    #[column(references = Customer::id)]
    pub customer_id: i64,
    pub status: OrderStatus,
    #[column(precision = (10, 2))]
    pub total: Decimal,
    pub placed_at: DateTime<Utc>,
    pub shipped_at: Option<DateTime<Utc>>,
}

#[derive(SqlType, Debug, Clone, Copy, PartialEq, Eq)]
#[sql_type(name = "order_status", rename_all = "snake_case")]
pub enum OrderStatus {
    Paid,
    Shipped,
    Returned,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "items", primary_key(order_id, book_id))]
pub struct Item {
    #[column(references = Order::id)]
    pub order_id: i64,
    #[column(references = Book::id)]
    pub book_id: i64,
    pub amount: i32,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "stock")]
pub struct Stock {
    #[column(primary_key, references = Book::id)]
    pub book_id: i64,
    pub amount: i32,
    #[column(default = "A1", len = 10)]
    pub shelf: String,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "visits")]
pub struct Visit {
    #[column(primary_key, auto_increment)]
    pub id: i64,
    #[column(default = "/", len = 200)]
    pub page: String,
    #[column(default = 1)]
    pub times: i32,
}
// end

// sample: foreign_key
/// What a customer says is wrong with a book of an order.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "complaints")]
#[foreign_key(
    on = |c| (c.order_id, c.book_id),
    references = Item,
    to = |i| (i.order_id, i.book_id),
    on_delete = Cascade
)]
pub struct Complaint {
    #[column(primary_key, auto_increment)]
    pub id: i64,
    pub order_id: i64,
    pub book_id: i64,
    pub text: String,
}
// end

// sample: fewer_databases
/// Who has put a book aside, at most one reader a book.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "holds", dialect = (Postgres, Sqlite))]
#[index(unique, name = "holds_open", on = |h| h.book_id, filter = |h| h.taken.eq(false))]
pub struct Hold {
    #[column(primary_key, auto_increment)]
    pub id: i64,
    #[column(references = Book::id)]
    pub book_id: i64,
    pub customer: String,
    #[column(default = false)]
    pub taken: bool,
}

/// An evening in the shop.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "evenings", dialect = Postgres)]
pub struct Evening {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: Uuid,
    pub title: String,
    pub text: Option<String>,
    pub tags: Vec<String>,
    pub during: Range<DateTime<Utc>>,
    pub seats: Range<i32>,
    pub announced_from: Inet,
}
// end

// sample: fulltext_table
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "blurbs", dialect = (MySql, MariaDb))]
#[index(name = "blurbs_text", using = FullText, on = |b| (b.title, b.text))]
pub struct Blurb {
    #[column(primary_key)]
    pub id: i64,
    pub title: String,
    pub text: String,
}
// end

// sample: view
#[derive(View, Debug, Clone, PartialEq)]
#[view(name = "cheap_books", query = || Book::query()
    .join(Author::table(), |b, a| b.author_id.eq(a.id))
    .filter(|(b, _)| b.price.lt(1000))
    .select(|(b, a)| CheapBookExprs { title: b.title, author: a.name, price: b.price })
)]
pub struct CheapBook {
    pub title: String,
    pub author: String,
    pub price: i32,
}
// end

// sample: materialized_view
#[derive(View, Debug, Clone, PartialEq)]
#[view(name = "sales", materialized, dialect = Postgres, query = || Item::query()
    .only_on::<Postgres>()
    .group_by(|i| i.book_id)
    .select(|book, g| SalesExprs { book_id: book, orders: g.count() })
)]
#[index(unique, on = |s| s.book_id)]
pub struct Sales {
    pub book_id: i64,
    pub orders: i64,
}
// end

// sample: inserts
/// What an insert has to say of a customer: the rest has a default, or may be NULL.
#[derive(Insert, Row, Debug, Clone)]
#[insert(table = Customer)]
pub struct NewCustomer {
    pub email: String,
    pub name: String,
    pub city: Option<String>,
}
// end

#[derive(Insert)]
#[insert(table = Customer)]
struct FirstCustomer {
    email: String,
    name: &'static str,
    city: Option<String>,
    referred_by: Option<i64>,
}

#[derive(Insert)]
#[insert(table = Order)]
struct FirstOrder {
    customer_id: i64,
    status: OrderStatus,
    total: Decimal,
    placed_at: DateTime<Utc>,
    shipped_at: Option<DateTime<Utc>>,
}

// sample: insert_hold
#[derive(Insert)]
#[insert(table = Hold)]
pub struct NewHold {
    pub book_id: i64,
    pub customer: String,
}
// end

// sample: patch_struct
#[derive(Patch, Default)]
#[patch(table = Customer)]
pub struct CustomerPatch {
    pub name: Set<String>,
    pub city: Set<Option<String>>,
}
// end

/// Creates the tables, and fills them.
///
/// # Errors
/// What the database says.
pub async fn create<D: Database>(db: &Db<D>) -> Result<()>
where
    Portable: RunsOn<D>,
{
    let all = Schema::new()
        .table::<Author>()
        .table::<Book>()
        .table::<Customer>()
        .table::<Order>()
        .table::<Item>()
        .table::<Complaint>()
        .table::<Stock>()
        .table::<Visit>()
        .view::<CheapBook>();
    let (all, more) = match db.engine() {
        Engine::Postgres => (all.table::<Hold>().table::<Evening>().view::<Sales>(), [HOLDS, EVENINGS].concat()),
        Engine::Sqlite => (all.table::<Hold>(), HOLDS.to_owned()),
        Engine::MySql | Engine::MariaDb => (all.table::<Blurb>(), BLURBS.to_owned()),
    };
    all.create(db).await?;
    Author::insert_many(authors()).execute(db).await?;
    Book::insert_many(books()).execute(db).await?;
    Customer::insert_many(customers()).execute(db).await?;
    Order::insert_many(orders()).execute(db).await?;
    Item::insert_many(items()).execute(db).await?;
    Stock::insert_many(stock()).execute(db).await?;
    db.raw_script(Unchecked(more)).await
}

fn authors() -> impl Iterator<Item = Author> {
    let of = |(id, name, country): (_, &str, Option<&str>)| Author {
        id,
        name: name.into(),
        country: country.map(Into::into),
    };
    let all = [
        (1, "Ursula K. Le Guin", Some("USA")),
        (2, "Stanisław Lem", Some("Poland")),
        (3, "Jorge Luis Borges", Some("Argentina")),
        (4, "anonymous", None),
    ];
    all.into_iter().map(of)
}

fn books() -> impl Iterator<Item = Book> {
    let of =
        |(id, author_id, title, genre, price, pages, published, details): (_, _, &str, &str, _, _, &str, _)| Book {
            id,
            author_id,
            title: title.into(),
            genre: genre.into(),
            price,
            pages,
            published: published.parse().unwrap(),
            details: Json(details),
        };
    let details = |format, tags: &[&str]| json!({"format": format, "tags": tags});
    let all = [
        (1, 1, "The Dispossessed", "novel", 1200, Some(341), "1974-05-01", details("paperback", &["physics", "exile"])),
        (2, 1, "The Lathe of Heaven", "novel", 990, Some(184), "1971-03-15", details("paperback", &["dreams"])),
        (3, 2, "Solaris", "novel", 1050, Some(204), "1961-06-01", details("hardcover", &["ocean", "physics"])),
        (4, 2, "The Cyberiad", "stories", 1150, Some(295), "1965-01-01", details("hardcover", &["robots"])),
        (5, 3, "Ficciones", "stories", 890, Some(174), "1944-12-04", details("paperback", &[])),
        (6, 4, "Beowulf", "poem", 700, None, "1815-01-01", json!({"format": "scroll", "weight": 310})),
    ];
    all.into_iter().map(of)
}

fn customers() -> impl Iterator<Item = FirstCustomer> {
    let of = |(name, city, referred_by): (&'static str, Option<&str>, _)| {
        let city = city.map(str::to_owned);
        let email = format!("{}@example.org", name.to_lowercase());
        FirstCustomer { email, name, city, referred_by }
    };
    let all = [
        ("Ann", Some("Berlin"), None),
        ("Bob", None, Some(1)),
        ("Eve", Some("Paris"), Some(2)),
        ("Dan", Some("Berlin"), Some(1)),
    ];
    all.into_iter().map(of)
}

fn orders() -> impl Iterator<Item = FirstOrder> {
    let of = |(customer_id, status, cents, placed, shipped): (_, _, _, &str, Option<&str>)| FirstOrder {
        customer_id,
        status,
        total: Decimal::new(cents, 2),
        placed_at: placed.parse().unwrap(),
        shipped_at: shipped.map(|time| time.parse().unwrap()),
    };
    let all = [
        (1, OrderStatus::Shipped, 3300, "2026-01-15T08:30:00Z", Some("2026-01-16T10:00:00Z")),
        (1, OrderStatus::Paid, 1200, "2026-02-01T12:00:00Z", None),
        (2, OrderStatus::Shipped, 3820, "2026-02-10T23:15:00Z", Some("2026-02-12T09:30:00Z")),
        (3, OrderStatus::Paid, 890, "2026-03-01T00:00:00Z", None),
    ];
    all.into_iter().map(of)
}

fn items() -> impl Iterator<Item = Item> {
    let all = [(1, 1, 1), (1, 3, 2), (2, 1, 1), (3, 4, 1), (3, 5, 3), (4, 5, 1)];
    all.into_iter().map(|(order_id, book_id, amount)| Item { order_id, book_id, amount })
}

fn stock() -> impl Iterator<Item = Stock> {
    let all = [(1, 3, "A1"), (2, 0, "A1"), (3, 5, "B2"), (5, 9, "B2")];
    all.into_iter().map(|(book_id, amount, shelf)| Stock { book_id, amount, shelf: shelf.into() })
}

const HOLDS: &str = "INSERT INTO holds (book_id, customer, taken) VALUES (1, 'Ann', TRUE), (1, 'Bob', FALSE);";

const BLURBS: &str = "INSERT INTO blurbs VALUES (1, 'Trurl', 'a machine that makes robots'),
    (2, 'Toys', 'soft robots for the small'), (3, 'Maps', 'one to one');";

const EVENINGS: &str = "INSERT INTO evenings VALUES
    ('00000000-0000-0000-0000-000000000001', 'A night of robots', 'Trurl builds a machine, and regrets it',
        '{robots,lem}', '[2026-04-01 19:00+00,2026-04-01 21:00+00)', '[1,20]', '192.168.0.17/24'),
    ('00000000-0000-0000-0000-000000000002', 'Labyrinths', NULL,
        '{borges}', '[2026-04-02 19:00+00,2026-04-02 22:00+00)', '[1,12]', '2001:db8::1');";
