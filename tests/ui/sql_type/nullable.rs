//! A newtype of something that may be absent.

use relvar::prelude::*;

#[derive(SqlType)]
pub struct Nickname(pub Option<String>);

fn main() {}
