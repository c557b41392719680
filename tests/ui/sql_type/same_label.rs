//! Two values with the same label.

use relvar::prelude::*;

#[derive(SqlType)]
pub enum Status {
    Active,
    #[sql_type(label = "active")]
    Running,
}

fn main() {}
