//! A folder without a migration, named by mistake.

use relvar::migrate::Migrator;
use relvar::prelude::*;

fn main() {
    let _: Migrator<Sqlite> = relvar::migrations!(".");
}
