//! A full-text search in a number.

use relvar::prelude::*;
use schema::Member;

fn main() {
    let _ = Member::query().filter(|m| m.pay.matches(English, "rich"));
}
