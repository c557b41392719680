//! A slip in the attribute of a type.

use relvar::prelude::*;

#[derive(SqlType)]
#[sql_type(nmae = "status")]
pub enum Status {
    Active,
}

fn main() {}
