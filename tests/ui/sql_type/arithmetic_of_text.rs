//! Arithmetic of a text.

use relvar::prelude::*;

#[derive(SqlType)]
#[sql_type(arithmetic)]
pub struct Name(pub String);

fn main() {}
