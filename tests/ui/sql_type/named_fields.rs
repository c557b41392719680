//! A newtype with a field that has a name.

use relvar::prelude::*;

#[derive(SqlType)]
pub struct Point {
    pub x: i64,
    pub y: i64,
}

fn main() {}
