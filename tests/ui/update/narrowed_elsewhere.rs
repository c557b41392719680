//! An update that is said to be for a database that the table is not for.

use relvar::prelude::*;
use schema::User;

fn main() {
    let _ = User::update().only_on::<Sqlite>();
}
