//! A key that was never declared.

use relvar::prelude::*;
use schema::{NewUser, User};

fn main() {
    let _ = User::insert(NewUser { email: "a".into(), name: "b".into() }).on_conflict(User::NAME_KEY).do_nothing();
}
