//! No method of ours clashes with those of the standard library's traits, all of them imported.

#[expect(unused_imports, reason = "imported to clash, if they could")]
use std::{
    any::Any as _,
    borrow::Borrow,
    cmp::{Ord, PartialEq, PartialOrd},
    iter::Iterator,
    ops::{Add, BitAnd, BitOr, Mul, Not},
};

use relvar::prelude::*;
use schema::*;

use crate::rows;

#[test]
fn names_do_not_clash() {
    rows::<Thread>(Thread::query().filter(|t| t.replies.eq(1).and(t.replies.gt(2)).or(t.replies.lt(3)).not()));
    rows::<Thread>(Thread::query().filter(|t| t.replies.add(1).mul(2).gt(3).bitand(t.done).bitor(false)));
    rows::<(bool, Option<i64>)>(Thread::query().group_by(|t| t.done).select(|k, g| (k, g.max(|t| t.replies))));
    rows::<Thread>(Thread::query().filter(|t| {
        let reference = &t.replies;
        any([t.replies, t.id].iter().map(|column| column.eq(1))) & reference.eq(3)
    }));
}
