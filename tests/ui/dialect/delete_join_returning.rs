//! DELETE RETURNING by rows of another table on MariaDB.

use relvar::prelude::*;
use schema::{Item, Parcel};

fn main() {
    let _ = Parcel::delete().join(Item::table(), |p, i| p.id.eq(i.id)).returning_as(|(p, _)| p.id);
}
