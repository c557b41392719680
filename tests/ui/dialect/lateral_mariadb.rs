//! LATERAL on MariaDB.

use relvar::prelude::*;
use schema::Parcel;

fn main() {
    let _ = Parcel::query().cross_join_lateral(|p| Parcel::query().filter(|q| q.id.gt(p.id)).derived());
}
