//! A column that is no key as the target.

use relvar::prelude::*;
use schema::{NewUser, User};

fn main() {
    let target = relvar::query::expr::Column::<User, String>::new;
    let _ = User::insert(NewUser { email: "a".into(), name: "b".into() })
        .on_conflict(target(relvar::query::ir::SourceId::fresh(), 1))
        .do_nothing();
}
