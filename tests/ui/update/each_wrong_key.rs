//! A row whose key is of another type.

use relvar::prelude::*;
use schema::User;

fn main() {
    let _ = User::update_each_by(User::EMAIL_KEY, [(1u8, "Ann")], |u| u.name);
}
