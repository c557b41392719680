//! Something else than the name of a folder.

use relvar::migrate::Migrator;
use relvar::prelude::*;

fn main() {
    let folder = "migrations";
    let _: Migrator<Sqlite> = relvar::migrations!(folder);
}
