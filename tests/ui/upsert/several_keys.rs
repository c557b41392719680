//! A key named by an upsert on a portable table that has two.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "accounts")]
pub struct Account {
    #[column(primary_key)]
    pub id: i64,
    #[column(unique, len = 80)]
    pub email: String,
    pub name: String,
}

fn main() {
    let account = Account { id: 1, email: "a".into(), name: "b".into() };
    let _ = Account::insert(account).on_conflict(Account::EMAIL_KEY).do_nothing();
}
