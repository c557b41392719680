//! UPDATE RETURNING on MariaDB.

use relvar::prelude::*;
use schema::Parcel;

fn main() {
    let _ = Parcel::update().everywhere().set(|p| p.weight.set(0)).returning();
}
