//! An enum without values.

use relvar::prelude::*;

#[derive(SqlType)]
pub enum Never {}

fn main() {}
