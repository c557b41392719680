//! INSERT of a query whose columns have no names.

use relvar::prelude::*;
use schema::User;

fn main() {
    let _ = User::insert_from(User::query().select(|u| (u.email, u.name)));
}
