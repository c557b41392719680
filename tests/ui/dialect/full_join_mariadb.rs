//! FULL JOIN on MariaDB.

use relvar::prelude::*;
use schema::Parcel;

fn main() {
    let _ = Parcel::query().full_join(Parcel::table(), |p, q| p.id.eq(q.id));
}
