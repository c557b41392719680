//! JSON containment on SQLite.

use relvar::prelude::*;
use schema::Draft;

fn main() {
    let documents = Draft::query().select(|_| value(Json(relvar::serde_json::json!([1])))).cte("documents");
    let _ = documents.query().filter(|d| d.0.json_contains(relvar::serde_json::json!(1)));
}
