//! A row with a value of another type.

use relvar::prelude::*;
use schema::User;

fn main() {
    let _ = User::update_each([(1, ("Ann", true))], |u| (u.name, u.logins));
}
