//! A value that does not fit the column.

use relvar::prelude::*;
use schema::{NewUser, User};

fn main() {
    let _ = User::insert(NewUser { email: "a".into(), name: "b".into() })
        .on_conflict(User::EMAIL_KEY)
        .update(|u, excluded| (u.name.set(excluded.logins), u.logins.set(u.logins + 1)));
}
