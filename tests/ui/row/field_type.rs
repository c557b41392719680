//! A row with a field that no column can be.

use relvar::prelude::*;

#[derive(Row)]
pub struct Sized {
    pub size: usize,
}

fn main() {}
