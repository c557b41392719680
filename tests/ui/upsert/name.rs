//! The name of a column as the target.

use relvar::prelude::*;
use schema::{NewUser, User};

fn main() {
    let _ = User::insert(NewUser { email: "a".into(), name: "b".into() }).on_conflict("email").do_nothing();
}
