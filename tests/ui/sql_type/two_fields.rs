//! A newtype of two fields.

use relvar::prelude::*;

#[derive(SqlType)]
pub struct Point(i64, i64);

fn main() {}
