//! Arrays on MariaDB.

use relvar::prelude::*;
use schema::Parcel;

fn main() {
    let _ = Parcel::query().aggregate(|g| g.array_agg(|p| p.weight));
}
