//! A type-safe query builder and pooled async runtime: tables, indexes and queries that the compiler checks.
//!
//! ```
//! use relvar::prelude::*;
//!
//! #[derive(Table, Debug, Clone, PartialEq)]
//! #[table(name = "threads", dialect = (Postgres, Sqlite))]
//! #[index(name = "threads_open", on = |t| t.title, filter = |t| t.done.eq(false))]
//! struct Thread {
//!     #[column(primary_key, auto_increment)]
//!     id: i64,
//!     title: String,
//!     note: Option<String>,
//!     #[column(default = false)]
//!     done: bool,
//! }
//!
//! #[derive(Insert)]
//! #[insert(table = Thread)]
//! struct NewThread {
//!     title: String,
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> relvar::Result<()> {
//! let db = Db::<Sqlite>::connect("sqlite::memory:").await?;
//! Schema::new().table::<Thread>().create(&db).await?;
//!
//! Thread::insert_many(["one", "two", "three"].map(|t| NewThread { title: t.into() })).execute(&db).await?;
//!
//! let open = Thread::query().filter(|t| t.done.eq(false)).order_by(|t| t.title.asc());
//! assert_eq!(open.clone().select(|t| t.title).all(&db).await?, ["one", "three", "two"]);
//!
//! Thread::update().filter(|t| t.title.eq("two")).set(|t| t.done.set(true)).execute(&db).await?;
//! assert_eq!(open.count(&db).await?, 2);
//!
//! let stored: Thread = Thread::insert(NewThread { title: "four".into() }).stored(&db).await?;
//! assert_eq!(stored, Thread { id: 4, title: "four".into(), note: None, done: false });
//! # Ok(())
//! # }
//! ```
//!
//! # A map
//!
//! | to | see |
//! |---|---|
//! | declare a table, its keys and indexes | [`derive@Table`] |
//! | name the rows of a query | [`derive@Row`] |
//! | insert some of a table's columns, change some of them | [`derive@Insert`], [`derive@Patch`] |
//! | use newtypes and enums as columns | [`derive@SqlType`] |
//! | write a query: filters, joins, groups, order, limits | [`query::statement::Select`] |
//! | write conditions and expressions | [`query::expr`]: [`Compare`](query::expr::Compare), [`Logic`](query::expr::Logic), [`Text`](query::expr::Text), [`JsonOps`](query::expr::JsonOps), [`Temporal`](query::expr::Temporal) and their kin |
//! | calculate with decimals on every database | [`Lossy`](query::types::Lossy), [`Cast::lossy`](query::expr::Cast::lossy) |
//! | filter, sort and select by names from a request | [`Named`](query::source::Named), [`Comparison`](query::source::Comparison) |
//! | write SQL text where there is no method | [`sql!`], [`sql_unchecked`](query::expr::sql_unchecked) |
//! | call a function of the database's own | [`sql_function!`] |
//! | declare and read views | [`derive@View`], [`Materialized`](query::source::Materialized) |
//! | insert, upsert, update, delete | [`query::statement::Insert`], [`OnConflict`](query::statement::OnConflict), [`Update`](query::statement::Update), [`Delete`](query::statement::Delete) |
//! | name a query and use it as a source | [`Cte`](query::source::Cte), [`recursive`](query::source::recursive), [`Select::derived`](query::statement::Select::derived) |
//! | connect | [`Db`], [`AnyDb`], [`Options`] |
//! | run a statement | [`Fetch`](runtime::Fetch), [`Execute`](runtime::Execute), on any [`Executor`] |
//! | write a statement once and run it with other values | [`prepare`](runtime::prepare()), [`Prepared`](runtime::Prepared), [`Param`](query::expr::Param) |
//! | insert what a file or a stream gives, row by row | [`insert_iter`](InsertRows::insert_iter), [`insert_stream`](InsertRows::insert_stream) |
//! | insert a row and have it back as it is stored | [`stored`](runtime::Stored::stored) |
//! | change many rows, each to values of its own | [`update_each`](query::source::Table::update_each) |
//! | know what an upsert did | [`upserted`](runtime::Upsert::upserted) |
//! | update, delete and insert by the rows of a source | [`merge`](query::source::Table::merge), [`Merge`](query::statement::Merge) |
//! | run several as one | [`Db::transaction`], [`Tx`] |
//! | create tables, have them analyzed | [`Schema`] |
//! | change them as the program grows | `migrate`, with the feature of that name |
//! | see what went wrong | [`Error`], [`ErrorKind`] |
//! | see the SQL | [`Statement::to_sql`](query::statement::Statement::to_sql), or `{:?}` of any query |
//!
//! How to say in relvar what you know from SQL: [SQL to relvar](https://github.com/relvar/relvar/blob/main/docs/guide/sql.md), construct by
//! construct, with the SQL beside the code.
//!
//! # Rules that hold everywhere
//!
//! - **Types are Rust types.** An `Option<T>` column is nullable; a left join makes the joined columns nullable. A comparison gives a
//!   [`Condition`](query::expr::Condition), SQL's three-valued truth.
//! - **A dialect is a type.** What a table's databases cannot all say does not compile, and the message names which of them cannot.
//! - **Users' data is always bound.** What is written into the text is what you write as a constant: JSON keys, index predicates,
//!   [`constant`](query::expr::constant).
//! - **Nothing runs by accident on every row**: an update or delete needs a filter, or `everywhere`.
//! - **Errors show the statement and never its data.**
//!
//! # Encrypted lines and passwords
//!
//! `tls-rustls` and `tls-native-tls` encrypt the lines to servers; `sslmode` (PostgreSQL) or `ssl-mode` (MySQL, MariaDB) in the URL
//! says how far that is required. A user of MySQL with a password needs one of them, or `mysql-rsa`, which sends the password encrypted with
//! the server's key on a line that is not: safe from listeners, not from somebody who sits on the line. PostgreSQL and
//! MariaDB take passwords without any of these.
#![doc(html_root_url = "https://docs.rs/relvar")]

#[cfg(feature = "migrate")]
pub mod migrate;
pub mod prelude;

#[doc(hidden)]
pub use relvar_query::derive;

/// The guide, whose examples are tests.
#[cfg(all(doctest, feature = "migrate", feature = "sqlite"))]
#[doc = include_str!("../../../docs/guide/migrations.md")]
struct Guide;

/// The guide to writes, whose examples are tests.
#[cfg(all(doctest, feature = "postgres", feature = "sqlite"))]
#[doc = include_str!("../../../docs/guide/writes.md")]
struct Writes;

/// The page of the guide about prepared statements, likewise.
#[cfg(all(doctest, feature = "sqlite"))]
#[doc = include_str!("../../../docs/guide/prepared.md")]
struct GuideToPrepared;

// modules, not crates by another name: the compiler shows paths through them
pub mod query {
    //! Everything of the crate `relvar-query`: the typed core, dialects, schema definitions.
    pub use relvar_query::*;
}
pub mod runtime {
    //! Everything of the crate `relvar-runtime`: databases, transactions, execution.
    pub use relvar_runtime::*;
}

pub use relvar_runtime::{
    Any, AnyDb, Connect, Database, Db, Error, ErrorKind, Executor, InsertRows, Isolation, Metrics, Options,
    RawConnection, ReadOnly, Result, RowStream, Schema, SqlText, Transaction, Tx, Unchecked, Upserted, error,
};
#[cfg(feature = "migrate")]
pub use relvar_schema_derive::migrations;
pub use relvar_schema_derive::{Embed, Insert, Patch, Row, SqlType, Table, View, sql_function};

pub use relvar_query::sql;
pub use {chrono, rust_decimal, uuid};
