//! A style of labels that is not there.

use relvar::prelude::*;

#[derive(SqlType)]
#[sql_type(rename_all = "Snake")]
pub enum Status {
    Active,
}

fn main() {}
