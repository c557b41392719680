//! A statement that is never run.

#![deny(unused_must_use)]

use relvar::prelude::*;
use schema::User;

fn main() {
    User::delete().filter(|u| u.id.eq(1));
}
