//! Which key an upsert may name: where a database cannot say it, only the one that there is.

use super::set::{Dialect, MariaDb, MySql, Nowhere, Postgres, Sqlite, Without};

/// A table with one unique key, or with one beside a primary key that the database numbers. Derived with `Table`.
pub trait SoleKey {}

/// That an upsert of `T` can name a key on each of these databases.
#[diagnostic::on_unimplemented(
    message = "an upsert of `{T}` cannot name a key on {Self}",
    label = "it may meet another key, and would change the row that has it",
    note = "MySQL and MariaDB have no word for which key is meant, and `{T}` has several that an insert can meet",
    note = "`.on_duplicate_key()` is what they have: it takes the row that has any of the keys",
    note = "for the others alone, say `.only_on::<(Postgres, Sqlite)>()` before `.on_conflict(..)`"
)]
pub trait NamesConflict<T>: Dialect {}
#[diagnostic::do_not_recommend]
impl<D: Dialect, T> NamesConflict<T> for D where Without<D, (Postgres, Sqlite)>: TakesSoleKey<T> {}

/// Of the databases that cannot name a key: that it is the only one.
#[doc(hidden)]
pub trait TakesSoleKey<T> {}
impl<T> TakesSoleKey<T> for Nowhere {}
impl<T: SoleKey> TakesSoleKey<T> for MySql {}
impl<T: SoleKey> TakesSoleKey<T> for MariaDb {}
impl<T: SoleKey> TakesSoleKey<T> for (MySql, MariaDb) {}
