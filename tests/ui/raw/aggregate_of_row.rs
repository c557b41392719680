//! A declared aggregate outside of a group.

use relvar::prelude::*;
use schema::Thread;

sql_function! {
    #[sql(dialect = Postgres, aggregate)]
    fn bit_or(number: i64) -> Option<i64>;
}

fn main() {
    let _ = Thread::query().select(|t| bit_or(t.id));
}
