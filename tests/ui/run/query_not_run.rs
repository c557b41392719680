//! A query that is never run.

#![deny(unused_must_use)]

use relvar::prelude::*;
use schema::User;

fn main() {
    User::query().filter(|u| u.id.eq(1));
}
