//! A value that not all databases of a narrowed update have.

use relvar::prelude::*;
use schema::Item;

fn main() {
    let update = Item::update().only_on::<(Postgres, MySql)>().filter(|i| i.id.eq(1));
    let _ = update.set(|i| i.title.set_on(sql!("soundex({})", i.title).only_on::<MySql>().returns::<String>()));
}
