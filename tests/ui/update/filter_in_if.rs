//! A first filter under if, which would leave the update without one.

use relvar::prelude::*;
use schema::*;

fn change(id: Option<i64>) {
    let mut update = Thread::update().set(|t| t.replies.set(1));
    if let Some(id) = id {
        update = update.filter(|t| t.id.eq(id));
    }
    drop(update);
}

fn main() {
    change(None);
}
