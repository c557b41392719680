//! A newtype with a type parameter.

use relvar::prelude::*;

#[derive(SqlType)]
pub struct Id<T>(pub T);

fn main() {}
