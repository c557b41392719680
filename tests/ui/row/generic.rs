//! A row with a lifetime.

use relvar::prelude::*;

#[derive(Row)]
pub struct Named<'a> {
    pub name: &'a str,
}

fn main() {}
