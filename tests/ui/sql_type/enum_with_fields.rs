//! An enum that carries values.

use relvar::prelude::*;

#[derive(SqlType)]
pub enum Status {
    Active,
    Suspended(String),
}

fn main() {}
