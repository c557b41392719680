//! SET DEFAULT on MySQL.

use relvar::prelude::*;
use schema::Order;

#[derive(Table)]
#[table(name = "notes", dialect = MySql)]
pub struct Note {
    #[column(references = Order::id, on_delete = SetDefault, default = 1)]
    pub order_id: i64,
}

fn main() {}
