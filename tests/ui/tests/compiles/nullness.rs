//! Whether a row's parts can be NULL: totals, neighbours, lateral joins, walks.

use relvar::prelude::*;
use schema::*;
use std::collections::BTreeMap;

use crate::rows;

#[test]
fn what_can_be_null_is_optional() {
    rows::<(Option<i64>, Option<String>, i64)>(
        Thread::query().group_by_rollup(|t| (t.user_id, t.title.lower())).select(|(u, t), g| (u, t, g.count())),
    );
    rows::<(Option<i64>, i64)>(Thread::query().group_by_cube(|t| t.user_id).select(|u, g| (u, g.grouping(u))));
    rows::<(Option<i64>, i64, i64)>(Thread::query().select(|t| {
        let by_id = window::named("by_id", |w| w.order_by(t.id.asc()));
        (
            window::lag(t.id).over_named(&by_id),
            window::lag_or(t.id, 1, 0).over_named(&by_id),
            window::row_number().over_named(&by_id),
        )
    }));
    rows::<(i64, Option<i64>)>(
        User::query()
            .left_join_lateral(
                |u| Thread::query().filter(|t| t.user_id.eq(u.id)).limit(1).derived(),
                |u, t| t.user_id.eq(u.id),
            )
            .select(|(u, t)| (u.id, t.id)),
    );
    rows::<(i64, Option<i64>)>(
        User::query().left_join_lateral(|u| generate_series(u.id, 9i64), |_, n| n.0.gt(1)).select(|(u, n)| (u.id, n.0)),
    );
    rows::<(Option<Json<Vec<Option<String>>>>, Option<Json<BTreeMap<String, i64>>>)>(
        Thread::query().aggregate(|g| (g.json_agg(|t| t.note), g.json_object_agg(|t| t.title, |t| t.id))),
    );
    let up = recursive("up", Category::query().select(|c| c.id), |up| up.query()).cycle(|c| c.0);
    rows::<(i64, bool)>(up.query().select(|c| (c.row.0, c.is_cycle)));
    rows::<(i64, Option<bool>)>(
        Category::query().left_join(&up, |c, u| c.id.eq(u.row.0)).select(|(c, u)| (c.id, u.is_cycle)),
    );
}
