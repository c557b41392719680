//! One row where many are expected.

use relvar::prelude::*;
use schema::{NewUser, User};

fn main() {
    let _ = User::insert_many(NewUser { email: "a".into(), name: "b".into() });
}
