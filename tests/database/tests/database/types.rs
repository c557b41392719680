//! Types live as the design's table says: every kind of column, with NULL, in every place a value can stand.

mod arrays;
mod clock;
mod declared;
mod my;
mod portable;
mod refused;

/// A table with a column of a type, required and optional, and what must hold of it wherever values are only told
/// apart: `equality(db, values)`. Values are all different.
macro_rules! equality {
    ($module:ident: $ty:ty, $table:literal, $dialect:tt $(, $attribute:meta)?) => {
        mod $module {
            use super::*;
            use relvar::prelude::value as value_of;

            #[derive(Table, Debug, Clone, PartialEq)]
            #[table(name = $table, dialect = $dialect)]
            pub(crate) struct Row {
                #[column(primary_key)]
                pub(crate) id: i64,
                $(#[$attribute])?
                pub(crate) required: $ty,
                $(#[$attribute])?
                pub(crate) optional: Option<$ty>,
            }

            /// A row for each value, one with NULL behind them, and checks of all that does not need an order.
            pub(crate) async fn equality(db: &impl Executor<$dialect>, values: &[$ty]) {
                let first = || values[0].clone();
                let n = values.len();
                // one by one, then many, NULL among them, given back as they are stored
                let row = |i: usize| Row { id: i as i64, required: values[i].clone(), optional: Some(values[i].clone()) };
                Row::insert(row(0)).execute(db).await.unwrap();
                let null = Row { id: n as i64, required: first(), optional: None };
                let rows: Vec<Row> = (1..n).map(row).chain([null.clone()]).collect();
                Row::insert_many(rows.clone()).execute(db).await.unwrap();
                let all: Vec<Row> = [row(0)].into_iter().chain(rows).collect();
                assert_eq!(Row::query().order_by(|r| r.id.asc()).all(db).await.unwrap(), all);

                let ids = |q: Query<Row>| q.order_by(|r| r.id.asc()).select(|r| r.id).all(db);
                let all_but = |i: usize| (0..n as i64).filter(|id| *id != i as i64).collect::<Vec<_>>();
                let with_null = |ids: Vec<i64>| ids.into_iter().chain([n as i64]).collect::<Vec<_>>();
                for (i, value) in values.iter().enumerate() {
                    let (v, id) = (|| value.clone(), i as i64);
                    let alone = if i == 0 { vec![0, n as i64] } else { vec![id] };
                    assert_eq!(ids(Row::query().filter(|r| r.required.eq(v()))).await.unwrap(), alone, "= {value:?}");
                    assert_eq!(ids(Row::query().filter(|r| r.optional.eq(value))).await.unwrap(), [id], "= {value:?}");
                    assert_eq!(ids(Row::query().filter(|r| r.optional.ne(v()))).await.unwrap(), all_but(i), "<> {value:?}");
                    let distinct = Row::query().filter(|r| r.optional.is_distinct_from(v()));
                    assert_eq!(ids(distinct).await.unwrap(), with_null(all_but(i)), "is distinct from {value:?}");
                    let same = Row::query().filter(|r| r.optional.is_not_distinct_from(Some(v())));
                    assert_eq!(ids(same).await.unwrap(), [id], "is not distinct from {value:?}");
                    assert_eq!(ids(Row::query().filter(|r| r.optional.in_list([v()]))).await.unwrap(), [id], "in {value:?}");
                    let not_in = Row::query().filter(|r| r.optional.not_in_list(vec![value]));
                    assert_eq!(ids(not_in).await.unwrap(), all_but(i), "not in {value:?}");
                    let coalesced = Row::query().filter(|r| r.id.eq(n as i64)).select(|r| r.optional.coalesce(v()));
                    assert_eq!(coalesced.one(db).await.unwrap(), v());
                    // written into the text, and alone in a select list
                    let constant_ids = ids(Row::query().filter(|r| r.optional.eq(constant(v())))).await.unwrap();
                    assert_eq!(constant_ids, [id], "= constant {value:?}");
                    let alone = Row::query().filter(|r| r.id.eq(0)).select(|_| (value_of(v()), constant(v())));
                    assert_eq!(alone.one(db).await.unwrap(), (v(), v()));

                    // set where it was something else, and where it was NULL; then NULL again, typed
                    let target = || Row::update().filter(|r| r.id.eq(n as i64));
                    target().set(|r| (r.required.set(v()), r.optional.set(v()))).execute(db).await.unwrap();
                    let stored = Row::query().filter(|r| r.id.eq(n as i64)).one(db).await.unwrap();
                    assert_eq!(stored, Row { id: n as i64, required: v(), optional: Some(v()) });
                    target().set(|r| (r.optional.set(None), r.required.set(r.required))).execute(db).await.unwrap();
                    let stored = Row::query().filter(|r| r.id.eq(n as i64)).one(db).await.unwrap();
                    assert_eq!(stored, Row { id: n as i64, required: v(), optional: None });
                    target().set(|r| (r.required.set(first()), r.optional.set(None))).execute(db).await.unwrap();
                }
                assert_eq!(ids(Row::query().filter(|r| r.optional.is_null())).await.unwrap(), [n as i64]);
                let null = || None::<$ty>;
                assert_eq!(ids(Row::query().filter(|r| r.optional.is_not_distinct_from(null()))).await.unwrap(), [n as i64]);
                let every: Vec<i64> = (0..n as i64).collect();
                let listed = Row::query().filter(|r| r.optional.in_list(values.to_vec()));
                assert_eq!(ids(listed).await.unwrap(), every);
                assert_eq!(ids(Row::query().filter(|r| r.optional.eq(r.required))).await.unwrap(), every);
                let none = || Vec::<$ty>::new();
                assert!(ids(Row::query().filter(|r| r.required.in_list(none()))).await.unwrap().is_empty());
                assert_eq!(ids(Row::query().filter(|r| r.required.not_in_list(none()))).await.unwrap(), with_null(every));
                let inside = Row::query().filter(|s| s.id.eq(n as i64 - 1)).select(|s| s.required);
                assert_eq!(ids(Row::query().filter(|r| r.optional.in_query(inside))).await.unwrap(), [n as i64 - 1]);
            }
        }
    };
}

/// What must hold of such a table beyond that where values have an order: `order(db, values)`, the values ascending.
macro_rules! order {
    ($module:ident in $rows:ident: $ty:ty, $dialect:tt) => {
        mod $module {
            use super::$rows::{Row, RowColumns};
            use super::*;

            /// Of the rows that [`equality`] leaves, those of the first values.
            pub(crate) async fn order(db: &impl Executor<$dialect>, values: &[$ty]) {
                let n = values.len();
                let known = |r: RowColumns| r.id.lt(n as i64);
                let ids = |from: usize, to: usize| (from as i64..to as i64).collect::<Vec<_>>();
                let find = |q: Query<Row>| q.filter(known).order_by(|r| r.id.asc()).select(|r| r.id).all(db);
                for (i, value) in values.iter().enumerate() {
                    let v = || value.clone();
                    assert_eq!(
                        find(Row::query().filter(|r| r.required.lt(v()))).await.unwrap(),
                        ids(0, i),
                        "< {value:?}"
                    );
                    assert_eq!(
                        find(Row::query().filter(|r| r.optional.lte(value))).await.unwrap(),
                        ids(0, i + 1),
                        "<= {value:?}"
                    );
                    assert_eq!(
                        find(Row::query().filter(|r| r.required.gt(v()))).await.unwrap(),
                        ids(i + 1, n),
                        "> {value:?}"
                    );
                    assert_eq!(
                        find(Row::query().filter(|r| r.optional.gte(v()))).await.unwrap(),
                        ids(i, n),
                        ">= {value:?}"
                    );
                    let to_last = Row::query().filter(|r| r.required.between(v(), &values[n - 1]));
                    assert_eq!(find(to_last).await.unwrap(), ids(i, n), "between {value:?} and the last");
                }
                let up = Row::query().filter(known).order_by(|r| r.required.asc()).select(|r| r.required);
                assert_eq!(up.all(db).await.unwrap(), values);
                let down = Row::query().filter(known).order_by(|r| r.optional.desc()).select(|r| r.id);
                let mut reversed = ids(0, n);
                reversed.reverse();
                assert_eq!(down.all(db).await.unwrap(), reversed);
            }
        }
    };
}

/// The least and the greatest, where there are aggregates for them: `extremes(db, values)`, the values ascending.
macro_rules! extremes {
    ($module:ident in $rows:ident: $ty:ty, $dialect:tt) => {
        mod $module {
            use super::$rows::Row;
            use super::*;

            pub(crate) async fn extremes(db: &impl Executor<$dialect>, values: &[$ty]) {
                let n = values.len() as i64;
                let both =
                    Row::query().filter(|r| r.id.lt(n)).aggregate(|g| (g.min(|r| r.required), g.max(|r| r.optional)));
                assert_eq!(both.one(db).await.unwrap(), (values.first().cloned(), values.last().cloned()));
                let none =
                    Row::query().filter(|r| r.id.lt(-1)).aggregate(|g| (g.min(|r| r.required), g.max(|r| r.optional)));
                assert_eq!(none.one(db).await.unwrap(), (None, None));
                let kinds = Row::query().filter(|r| r.id.lt(n)).aggregate(|g| g.count_distinct(|r| r.required));
                assert_eq!(kinds.one(db).await.unwrap(), n);
            }
        }
    };
}

pub(crate) use {equality, extremes, order};
