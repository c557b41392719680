//! DELETE in WITH on SQLite.

use relvar::prelude::*;
use schema::Draft;

fn main() {
    let _ = Draft::delete().everywhere().returning_as(|d| d.id).cte("gone");
}
