//! One row where many are expected.

use relvar::prelude::*;
use schema::*;

fn main() {
    let _ = User::insert_many(NewUser { email: "a".into(), name: "b".into() });
}
