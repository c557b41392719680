//! A row of fields without names.

use relvar::prelude::*;

#[derive(Row)]
pub struct Pair(i64, String);

fn main() {}
