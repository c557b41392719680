//! A row with fewer values than columns.

use relvar::prelude::*;
use schema::User;

fn main() {
    let _ = User::update_each([(1, ("Ann", 3))], |u| (u.name, u.logins, u.bio));
}
