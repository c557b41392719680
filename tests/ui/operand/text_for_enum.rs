//! A text beside an enum.

use relvar::prelude::*;
use schema::Member;

fn main() {
    let _ = Member::query().filter(|m| m.status.eq("active"));
}
