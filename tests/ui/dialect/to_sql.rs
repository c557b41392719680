//! The SQL of a query for a database that it is not written for.

use relvar::prelude::*;
use schema::Thread;

fn main() {
    let _ = Thread::query().to_sql::<Sqlite>();
}
