//! OF in a lock on MariaDB.

use relvar::prelude::*;
use schema::Item;

fn main() {
    let _ = Item::query().only_on::<MariaDb>().for_update(relvar::query::ir::LockWait::Wait).lock_of(|i| i);
}
