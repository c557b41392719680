//! A newtype of nothing.

use relvar::prelude::*;

#[derive(SqlType)]
pub struct Nothing;

fn main() {}
