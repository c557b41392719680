//! An insert of fields without names.

use relvar::prelude::*;
use schema::{NewUser, User};

#[derive(Insert)]
#[insert(table = User)]
struct NewUser(String, String);

fn main() {}
