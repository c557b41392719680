//! A value of another type for a key.

use relvar::prelude::*;
use schema::User;

fn main() {
    let _ = User::find_by(User::EMAIL_KEY, 3);
}
