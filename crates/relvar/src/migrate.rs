//! Migrations: steps that bring a database's schema to where the program needs it, each applied once.
//!
//! ```
//! use relvar::migrate::{Migration, MigrationState, Migrator};
//! use relvar::prelude::*;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> relvar::Result<()> {
//! # #[cfg(feature = "sqlite")] {
//! // `0001_people.up.sql`, `0001_people.down.sql`, … of a folder beside `Cargo.toml`, built into the program
//! let migrator: Migrator<Sqlite> = relvar::migrations!("tests/migrations")
//!     // among them, a step in Rust
//!     .with(Migration::rust(2, "tags", |tx| async move {
//!         tx.raw_script("CREATE TABLE tags (name TEXT PRIMARY KEY)").await
//!     }).down(|tx| async move { tx.raw_script("DROP TABLE tags").await }));
//!
//! let db = Db::connect("sqlite::memory:").await?;
//! let applied = migrator.run(&db).await?;
//! assert_eq!(applied.iter().map(|step| &step.name[..]).collect::<Vec<_>>(), ["people", "tags"]);
//! assert!(migrator.run(&db).await?.is_empty());
//!
//! migrator.undo(&db, 1).await?;
//! let status = migrator.status(&db).await?;
//! assert_eq!(status[0].state, MigrationState::Applied);
//! assert_eq!(status[1].state, MigrationState::Pending);
//! # }
//! # Ok(())
//! # }
//! ```
//!
//! A folder can be read at run time as well, with [`Migrator::from_folder`]; that is what `relvar-cli migrate` does.
//!
//! # Rules
//!
//! - Files are named `<version>_<name>.sql`, or `.up.sql` and `.down.sql` for a way up and a way down; before
//!   `.sql` may stand the database that a file is for: `.postgres.sql`, `.mysql.sql`, `.mariadb.sql`, `.sqlite.sql`.
//! - Each step is a transaction, together with its row in the history, the table `_relvar_migrations`. Where the
//!   database cannot roll back changes of the schema (MySQL, MariaDB), and with `-- relvar: no transaction` in the
//!   file, the history says before that the step was begun and afterwards that it has ended.
//! - Of two migrators at one database, one waits for the other. The lock goes with the process that holds it.
//! - A file that was edited after it was applied is refused by name. Comments, line ends and layout do not count.
//!
//! The guide tells the rest: `docs/guide/migrations.md`.

pub use relvar_runtime::migrate::*;
