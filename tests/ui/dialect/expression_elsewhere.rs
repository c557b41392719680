//! An expression of PostgreSQL in a query that may run elsewhere.

use relvar::prelude::*;
use schema::Draft;

fn random() -> Expr<relvar::uuid::Uuid, Postgres> {
    gen_random_uuid()
}

fn main() {
    let _ = Draft::query().select(|d| (d.id, random()));
}
