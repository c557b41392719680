//! A declared function given a value of another type.

use relvar::prelude::*;
use schema::Thread;

sql_function! {
    #[sql(dialect = Postgres)]
    fn levenshtein(a: String, b: String) -> i32;
}

fn main() {
    let _ = Thread::query().filter(|t| levenshtein(t.title, t.id).lt(3));
}
