//! Text made at run time, where a constant of the program is wanted.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let column = String::from("title");
    let _ = Thread::query().filter(|_| sql!(column).condition());
}
