//! What random queries found: values, NULLs and constants that stand beside nothing that says their type or that they
//! are values, and rows with NULLs in them. The same rows come back from every database.

use relvar_sql_tests::prelude::*;
use relvar_sql_tests::{postgres_schema, schema};
use relvar_test_support::{mariadb, mysql};

/// Runs a test on a fresh database of each dialect.
fn on_each(test: impl AsyncFn(&AnyDb)) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    runtime.block_on(async {
        let run = async |url: &str| {
            let db = AnyDb::connect(url).await.unwrap();
            schema::create(&db).await.unwrap();
            test(&db).await;
            db.close().await;
        };
        run("sqlite::memory:").await;
        if let Some(schema) = postgres_schema() {
            run(&schema.url()).await;
        }
        for database in [mysql(), mariadb()].into_iter().flatten().map(|server| server.database()) {
            run(database.url()).await;
        }
    });
}

fn one() -> Query<Counter> {
    Counter::query().filter(|c| c.id.eq(1))
}

fn none<T: SqlType<Base = T, Null = NotNull>>() -> Expr<Option<T>, Portable> {
    value(None::<T>)
}

#[test]
fn a_bound_value_is_no_position_to_sort_by() {
    on_each(async |db| {
        // the second item sorts the other way round
        let ids = User::query().order_by(|u| (value(2i64).asc(), u.id.asc())).select(|u| (u.id, -u.id));
        let ids: Vec<i64> = ids.all(db).await.unwrap().into_iter().map(|(id, _)| id).collect();
        assert!(ids.is_sorted(), "{ids:?}");
        let far = User::query().group_by(|_| value(99i64)).select(|_, g| g.count());
        assert_eq!(far.all(db).await.unwrap(), [ids.len() as i64]);
        let truth = User::query().order_by(|u| ((!constant(true)).asc(), u.id.asc())).select(|u| u.id);
        assert_eq!(truth.all(db).await.unwrap(), ids);
        let nobody = User::query().order_by(|u| (u.id.in_list([0i64; 0]).asc(), u.id.asc())).select(|u| u.id);
        assert_eq!(nobody.all(db).await.unwrap(), ids);
    });
}

#[test]
fn a_list_of_nothing_is_no_position_to_sort_by_however_often_it_is_negated() {
    on_each(async |db| {
        let nobody = User::query().order_by(|u| ((!!u.id.in_list([0i64; 0])).desc(), u.id.asc())).select(|u| u.id);
        assert_eq!(nobody.all(db).await.unwrap(), [1, 2, 3, 4]);
        let text = User::query().order_by(|u| ((!!constant(1i64).in_list(Vec::<i64>::new())).desc(), u.id.asc()));
        assert_eq!(text.select(|u| u.id).all(db).await.unwrap(), [1, 2, 3, 4]);
    });
}

#[test]
fn what_is_grouped_by_is_known_again_in_a_longer_chain() {
    on_each(async |db| {
        let users = User::query().select(|u| (u.id, u.active)).all(db).await.unwrap();
        let count = |holds: fn(&(i64, bool)) -> bool| users.iter().filter(|user| holds(user)).count() as i64;
        let both = User::query()
            .group_by(|u| u.id.gt(1).and(u.active))
            .having(|key, g| key.and(g.count().gt(0)))
            .having(|_, g| g.count().lt(99))
            .select(|key, g| (key, g.count()));
        assert_eq!(both.all(db).await.unwrap(), [(Some(true), count(|(id, active)| *id > 1 && *active))]);
        let either = User::query()
            .group_by(|u| u.id.gt(3).or(u.active))
            .having(|key, g| key.or(g.count().gt(99)))
            .select(|key, g| (key.or(g.count().lt(0)), g.count()));
        assert_eq!(either.all(db).await.unwrap(), [(Some(true), count(|(id, active)| *id > 3 || *active))]);
        let kept = User::query().group_by(|u| u.id.gt(1).and(u.active)).having(|key, _| key);
        let kept = kept.having(|_, g| g.count().gt(0)).select(|_, g| g.count());
        assert_eq!(kept.all(db).await.unwrap(), [count(|(id, active)| *id > 1 && *active)]);
    });
}

#[test]
fn a_value_that_is_grouped_by_decides_in_having() {
    on_each(async |db| {
        let kept = |flag: bool| User::query().group_by(move |_| value(flag)).having(|key, _| key);
        assert_eq!(kept(true).select(|key, _| key).all(db).await.unwrap(), [true]);
        assert_eq!(kept(false).select(|key, _| key).all(db).await.unwrap(), [false; 0]);
        let number = User::query().group_by(|_| value(7i64)).having(|key, _| key.eq(7)).select(|key, _| key);
        assert_eq!(number.all(db).await.unwrap(), [7]);
        let chosen = User::query()
            .group_by(|u| case().when(u.id.gt(1), constant(5i64)).otherwise(constant(-5i64)))
            .having(|key, _| key.gt(0))
            .select(|key, _| key);
        assert_eq!(chosen.all(db).await.unwrap(), [5]);
        let chosen = User::query()
            .group_by(|u| case().when(u.id.gt(1), value(true)).end())
            .having(|key, _| key)
            .select(|key, _| key);
        assert_eq!(chosen.all(db).await.unwrap(), [Some(true)]);
    });
}

#[test]
fn values_that_are_texts_are_compared_by_code_points() {
    on_each(async |db| {
        let text = |text: &str| value(text.to_owned());
        let equal = one().select(|_| (text("").eq(text(" ")), text("A").eq(text("a")), text("a").eq(text("a"))));
        assert_eq!(equal.all(db).await.unwrap(), [(Some(false), Some(false), Some(true))]);
        let none = one().select(|c| (c.id, text(""))).derived().query().filter(|d| d.1.eq(" "));
        assert_eq!(none.count(db).await.unwrap(), 0);
    });
}

#[test]
fn texts_behind_a_number_are_what_they_were() {
    on_each(async |db| {
        let texts = User::query()
            .group_by(|u| u.id + 0)
            .select(|_, g| g.min(|u| concat_ws("-", (u.id.cast::<String>(), u.name)).collate(Collation::CODE_POINTS)));
        let mut texts = texts.all(db).await.unwrap();
        texts.sort();
        assert_eq!(texts[2].as_deref(), Some("3-Zoë"));
    });
}

#[test]
fn a_row_beside_one_that_was_not_found_is_compared() {
    on_each(async |db| {
        let found = one()
            .left_join(Event::table(), |_, e| e.id.eq(-1))
            .filter(|(c, e)| RowCompare::lt((c.id, e.id), (2i64, 5i64)))
            .select(|(c, _)| c.id);
        assert_eq!(found.all(db).await.unwrap(), [1]);
    });
}

#[test]
fn nulls_beside_nothing_have_the_type_that_they_are_read_as() {
    on_each(async |db| {
        let bound = one().select(|_| (none::<String>().trim(), none::<i64>() + 1, none::<String>().substring(1, 2)));
        assert_eq!(bound.all(db).await.unwrap(), [(None, None, None)]);
        let null = || constant(None::<String>);
        let constants = one().select(|c| {
            (null().trim(), c.hits + constant(None::<i64>), null().left(1).collate(Collation::CODE_POINTS))
        });
        assert_eq!(constants.all(db).await.unwrap(), [(None, None, None)]);
        let aggregates = one().aggregate(|g| (g.min(|_| constant(None::<i64>)), g.some(|_| none::<bool>())));
        assert_eq!(aggregates.all(db).await.unwrap(), [(None, None)]);
    });
}

#[test]
fn values_of_a_union_keep_their_types() {
    on_each(async |db| {
        let row = |flag: bool, day: &str, x: &str| {
            let (day, x) = (day.parse::<NaiveDate>().unwrap(), Lossy(decimal(x)));
            one().select(move |_| (value(Some(flag)), value(Some(day)), value(Some(x))))
        };
        let nothing = one().select(|_| (constant(None::<bool>), constant(None::<NaiveDate>), constant(None::<Lossy>)));
        let all = row(true, "2024-02-29", "0.5").union_all(nothing).union_all(row(false, "2020-01-01", "-7.25"));
        let mut rows = all.query().all(db).await.unwrap();
        rows.sort_by_key(|row| row.1);
        let day = |text: &str| text.parse::<NaiveDate>().ok();
        let expected = [
            (None, None, None),
            (Some(false), day("2020-01-01"), Some(Lossy(decimal("-7.25")))),
            (Some(true), day("2024-02-29"), Some(Lossy(decimal("0.5")))),
        ];
        assert_eq!(rows, expected);
        // signed and unsigned there
        let numbers = one().select(|_| window::row_number().over(|w| w)).union_all(one().select(|c| c.id));
        assert_eq!(numbers.all(db).await.unwrap(), [1, 1]);
    });
}

#[test]
fn two_values_are_calculated_with_as_what_they_are() {
    on_each(async |db| {
        let half = || value(Lossy(decimal("0.5")));
        let sums = one().select(|_| (half() + half(), half() * half(), value(7i64) % value(4i64)));
        assert_eq!(sums.all(db).await.unwrap(), [(Lossy(decimal("1")), Lossy(decimal("0.25")), 3)]);
        let either = one().select(|c| case().when(c.id.eq(1), value(true)).otherwise(value(false)));
        assert_eq!(either.all(db).await.unwrap(), [true]);
    });
}

#[test]
fn constants_as_the_first_of_several() {
    on_each(async |db| {
        let six = || constant(-6i64);
        let numbers = one().select(|c| (six().null_if(c.hits), six().coalesce(six()), window::min(six()).over(|w| w)));
        assert_eq!(numbers.all(db).await.unwrap(), [(Some(-6), -6, Some(-6))]);
        let text = one().select(|_| window::first_value(constant("x".to_owned())).over(|w| w));
        assert_eq!(text.all(db).await.unwrap(), [Some("x".to_owned())]);
    });
}

#[test]
fn a_value_is_looked_for_in_a_subquery() {
    on_each(async |db| {
        let found = |at: DateTime<Utc>| {
            one().filter(move |_| value(at).in_query(Event::query().select(|e| e.at))).select(|c| c.id)
        };
        let first = Event::query().order_by(|e| e.id.asc()).select(|e| e.at).first(db).await.unwrap().unwrap();
        assert_eq!(found(first).all(db).await.unwrap(), [1]);
        assert_eq!(found(at("1999-01-01T00:00:00Z")).all(db).await.unwrap(), [0i64; 0]);
        let text = one().filter(|_| value("five".to_owned()).in_query(Counter::query().select(|c| c.label)));
        assert_eq!(text.count(db).await.unwrap(), 1);
    });
}

#[test]
fn a_null_that_decides_nothing_leaves_rows_comparable() {
    on_each(async |db| {
        let row = || (none::<i64>(), value(1i64));
        let truths = one().select(|_| {
            (
                RowCompare::in_list(row(), [(1i64, 2i64), (5, 6)]),
                RowCompare::eq(row(), (1i64, 2i64)),
                RowCompare::lt(row(), (1i64, 2i64)).is_null(),
                RowCompare::lt((value(1i64), none::<i64>()), (2i64, 0i64)),
            )
        });
        assert_eq!(truths.all(db).await.unwrap(), [(Some(false), Some(false), Some(true), Some(true))]);
        let outside = one().filter(|_| !RowCompare::in_list(row(), [(1i64, 2i64), (5, 6)]));
        assert_eq!(outside.count(db).await.unwrap(), 1);
    });
}
