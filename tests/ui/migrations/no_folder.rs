//! A folder that is not there.

use relvar::migrate::Migrator;
use relvar::prelude::*;

fn main() {
    let _: Migrator<Sqlite> = relvar::migrations!("nowhere");
}
