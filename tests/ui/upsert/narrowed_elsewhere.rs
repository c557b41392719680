//! An insert that is said to be for a database that the table is not for.

use relvar::prelude::*;
use schema::{NewUser, User};

fn main() {
    let _ = User::insert(NewUser { email: "a".into(), name: "b".into() }).only_on::<MySql>();
}
