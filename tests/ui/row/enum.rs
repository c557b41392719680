//! A row of an enum.

use relvar::prelude::*;

#[derive(Row)]
pub enum Either {
    Left,
    Right,
}

fn main() {}
