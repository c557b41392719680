//! A newtype of a type that SQL does not have.

use relvar::prelude::*;

#[derive(SqlType)]
pub struct Size(pub u32);

fn main() {}
