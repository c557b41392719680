//! Declarations that are no functions of a database.

use relvar::prelude::*;

sql_function! {
    fn nothing(a: String);
    fn many<T>(a: T) -> i32;
    #[sql(dialekt = Postgres)]
    fn typo(a: String) -> i32;
}

fn main() {}
