//! Windows with names, aggregates over windows, frames of time, defaults of LAG and LEAD.

use relvar::query::expr::window::{named, within, without_end};
use relvar::query::ir::{Exclude, FrameBound};
use relvar_sql_tests::prelude::*;
use std::collections::BTreeMap;

/// `comments` where LAG has a default and JSON is aggregated over windows.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "comments", dialect = (Postgres, MySql, Sqlite))]
struct Note {
    #[column(primary_key, auto_increment)]
    id: i64,
    thread_id: i64,
    author_id: Option<i64>,
    #[column(len = 100)]
    body: String,
}

/// `events` where frames are of time.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "events", dialect = (Postgres, MySql))]
struct Occasion {
    #[column(primary_key)]
    id: i64,
    at: DateTime<Utc>,
}

#[test]
fn a_window_with_a_name() {
    query(|id: i64| {
        Comment::query().filter(|c| c.id.lte(id)).order_by(|c| c.id.asc()).select(|c| {
            let thread = named("thread", |w| w.partition_by(c.thread_id).order_by(c.id.asc()));
            (
                window::row_number().over_named(&thread),
                window::sum(c.id)
                    .over(|_| thread.window().rows(FrameBound::UnboundedPreceding, FrameBound::CurrentRow)),
                window::count_of(c.author_id).over_named(&thread),
            )
        })
    })
    .postgres(
        r#"SELECT row_number() OVER "thread", sum("comments"."id") OVER ("thread" ROWS BETWEEN UNBOUNDED
        PRECEDING AND CURRENT ROW), count("comments"."author_id") OVER "thread"
        FROM "comments"
        WHERE "comments"."id" <= $1 WINDOW "thread" AS (PARTITION BY "comments"."thread_id" ORDER BY
        "comments"."id" ASC)
        ORDER BY "comments"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT row_number() OVER `thread`, sum(`comments`.`id`) OVER (`thread` ROWS BETWEEN UNBOUNDED
        PRECEDING AND CURRENT ROW), count(`comments`.`author_id`) OVER `thread`
        FROM `comments`
        WHERE `comments`.`id` <= ? WINDOW `thread` AS (PARTITION BY `comments`.`thread_id` ORDER BY
        `comments`.`id` ASC)
        ORDER BY `comments`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT row_number() OVER "thread", sum("comments"."id") OVER ("thread" ROWS BETWEEN UNBOUNDED
        PRECEDING AND CURRENT ROW), count("comments"."author_id") OVER "thread"
        FROM "comments"
        WHERE "comments"."id" <= ?1 WINDOW "thread" AS (PARTITION BY "comments"."thread_id" ORDER BY
        "comments"."id" ASC)
        ORDER BY "comments"."id" ASC"#,
    )
    .gives(
        4,
        [
            (1, Some(decimal("1")), 1),
            (2, Some(decimal("3")), 2),
            (3, Some(decimal("6")), 2),
            (1, Some(decimal("4")), 1),
        ],
    )
    .again(1, [(1, Some(decimal("1")), 1)]);
}

#[test]
fn a_window_that_extends_another_in_a_grouped_query() {
    query(|least: i64| {
        Comment::query()
            .group_by(|c| c.thread_id)
            .having(|_, g| g.count().gte(least))
            .order_by(|thread, g| {
                let all = named("all_of_them", |w| w);
                let sorted = named("sorted", |_| all.window().order_by((g.count().desc(), thread.asc())));
                window::row_number().over_named(&sorted).asc()
            })
            .select(|thread, g| (thread, window::sum(g.count()).over(|_| named("all_of_them", |w| w).window())))
    })
    .postgres(
        r#"SELECT "comments"."thread_id", sum(count(*)) OVER "all_of_them"
        FROM "comments"
        GROUP BY "comments"."thread_id"
        HAVING count(*) >= $1 WINDOW "all_of_them" AS (), "sorted" AS ("all_of_them" ORDER BY count(*) DESC,
        "comments"."thread_id" ASC)
        ORDER BY row_number() OVER "sorted" ASC"#,
    )
    .mysql(
        r#"SELECT `comments`.`thread_id`, sum(count(*)) OVER `all_of_them`
        FROM `comments`
        GROUP BY `comments`.`thread_id`
        HAVING count(*) >= ? WINDOW `all_of_them` AS (), `sorted` AS (`all_of_them` ORDER BY count(*) DESC,
        `comments`.`thread_id` ASC)
        ORDER BY row_number() OVER `sorted` ASC"#,
    )
    .mariadb(
        r#"SELECT `comments`.`thread_id`, sum(count(*)) OVER `all_of_them`
        FROM `comments`
        GROUP BY `comments`.`thread_id`
        HAVING count(*) >= ? WINDOW `all_of_them` AS (), `sorted` AS (`all_of_them` ORDER BY count(*) DESC,
        min(`comments`.`thread_id`) ASC)
        ORDER BY row_number() OVER `sorted` ASC"#,
    )
    .sqlite(
        r#"SELECT "comments"."thread_id", sum(count(*)) OVER "all_of_them"
        FROM "comments"
        GROUP BY "comments"."thread_id"
        HAVING count(*) >= ?1 WINDOW "all_of_them" AS (), "sorted" AS ("all_of_them" ORDER BY count(*) DESC,
        "comments"."thread_id" ASC)
        ORDER BY row_number() OVER "sorted" ASC"#,
    )
    .gives(1, [(1, Some(decimal("5"))), (2, Some(decimal("5"))), (3, Some(decimal("5")))])
    .again(2, [(1, Some(decimal("3")))]);
}

#[test]
fn within_larger_expressions() {
    query(|(id, ten): (i64, i64)| {
        Comment::query()
            .filter(|c| c.id.lte(id))
            .order_by(|c| window::row_number().over(|w| w.order_by(c.id.desc())).desc())
            .select(|c| {
                let number = window::row_number().over(|w| w.order_by(c.id.asc()));
                (number.clone() * ten, case().when(number.gt(1), "later").otherwise("first"))
            })
    })
    .postgres(
        r#"SELECT row_number() OVER (ORDER BY "comments"."id" ASC) * $1, CASE WHEN row_number() OVER (ORDER BY
        "comments"."id" ASC) > $2 THEN $3 ELSE $4 END
        FROM "comments"
        WHERE "comments"."id" <= $5
        ORDER BY row_number() OVER (ORDER BY "comments"."id" DESC) DESC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT row_number() OVER (ORDER BY `comments`.`id` ASC) * ?, CASE WHEN row_number() OVER (ORDER BY
        `comments`.`id` ASC) > ? THEN ? ELSE ? END
        FROM `comments`
        WHERE `comments`.`id` <= ?
        ORDER BY row_number() OVER (ORDER BY `comments`.`id` DESC) DESC"#,
    )
    .sqlite(
        r#"SELECT row_number() OVER (ORDER BY "comments"."id" ASC) * ?1, CASE WHEN row_number() OVER (ORDER BY
        "comments"."id" ASC) > ?2 THEN ?3 ELSE ?4 END
        FROM "comments"
        WHERE "comments"."id" <= ?5
        ORDER BY row_number() OVER (ORDER BY "comments"."id" DESC) DESC"#,
    )
    .gives((2, 10), [(10, "first"), (20, "later")])
    .again((1, 7), [(7, "first")]);
}

#[test]
fn neighbours_or_a_default() {
    query(|(id, none): (i64, i64)| {
        Note::query().filter(|n| n.id.lte(id)).order_by(|n| n.id.asc()).select(|n| {
            (
                window::lag_or(n.id, 1, none).over(|w| w.order_by(n.id.asc())),
                window::lead_or(n.author_id, 1, none).over(|w| w.order_by(n.id.asc())),
            )
        })
    })
    .postgres(
        r#"SELECT lag("comments"."id", 1, $1) OVER (ORDER BY "comments"."id" ASC), lead("comments"."author_id", 1,
        $2) OVER (ORDER BY "comments"."id" ASC)
        FROM "comments"
        WHERE "comments"."id" <= $3
        ORDER BY "comments"."id" ASC"#,
    )
    .mysql(
        r#"SELECT lag(`comments`.`id`, 1, CAST(? AS SIGNED)) OVER (ORDER BY `comments`.`id` ASC),
        lead(`comments`.`author_id`, 1, CAST(? AS SIGNED)) OVER (ORDER BY `comments`.`id` ASC)
        FROM `comments`
        WHERE `comments`.`id` <= ?
        ORDER BY `comments`.`id` ASC"#,
    )
    .mariadb(DoesNotCompile)
    .sqlite(
        r#"SELECT lag("comments"."id", 1, ?1) OVER (ORDER BY "comments"."id" ASC), lead("comments"."author_id", 1,
        ?2) OVER (ORDER BY "comments"."id" ASC)
        FROM "comments"
        WHERE "comments"."id" <= ?3
        ORDER BY "comments"."id" ASC"#,
    )
    .gives((3, 0), [(0, Some(2)), (1, None), (2, Some(0))])
    .again((1, 9), [(9, Some(9))]);
}

#[test]
fn some_of_the_rows_of_a_window() {
    query(|id: i64| {
        Person::query().filter(|p| p.id.gt(id)).order_by(|p| p.id.asc()).select(|p| {
            let so_far = named("so_far", |w| w.order_by(p.id.asc()));
            (
                window::count().filter(p.active).filter(p.age.is_not_null()).over_named(&so_far),
                window::string_agg(p.name, ", ").over_named(&so_far),
                window::count().over(|_| so_far.window().exclude(Exclude::CurrentRow)),
                window::count().over(|w| {
                    let near = (FrameBound::Preceding(1), FrameBound::Following(1));
                    w.order_by(p.id.asc()).groups(near.0, near.1).exclude(Exclude::NoOthers)
                }),
            )
        })
    })
    .postgres(
        r#"SELECT count(*) FILTER (WHERE "users"."active" AND "users"."age" IS NOT NULL) OVER "so_far",
        string_agg("users"."name", ', ') OVER "so_far", count(*) OVER ("so_far" RANGE BETWEEN UNBOUNDED
        PRECEDING AND CURRENT ROW EXCLUDE CURRENT ROW), count(*) OVER (ORDER BY "users"."id" ASC GROUPS
        BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE NO OTHERS)
        FROM "users"
        WHERE "users"."id" > $1 WINDOW "so_far" AS (ORDER BY "users"."id" ASC)
        ORDER BY "users"."id" ASC"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(
        r#"SELECT count(*) FILTER (WHERE "users"."active" AND "users"."age" IS NOT NULL) OVER "so_far",
        group_concat("users"."name", ', ') OVER "so_far", count(*) OVER ("so_far" RANGE BETWEEN UNBOUNDED
        PRECEDING AND CURRENT ROW EXCLUDE CURRENT ROW), count(*) OVER (ORDER BY "users"."id" ASC GROUPS
        BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE NO OTHERS)
        FROM "users"
        WHERE "users"."id" > ?1 WINDOW "so_far" AS (ORDER BY "users"."id" ASC)
        ORDER BY "users"."id" ASC"#,
    )
    .gives(1, [(0, Some("Bob"), 0, 2), (0, Some("Bob, Zoë"), 1, 3), (1, Some("Bob, Zoë, Dan O'Hara"), 2, 2)])
    .again(3, [(1, Some("Dan O'Hara"), 0, 1)]);
}

#[test]
fn json_over_a_window() {
    query(|id: i64| {
        Note::query()
            .filter(|n| n.id.lte(id))
            .order_by(|n| n.id.asc())
            .select(|n| window::json_agg(n.body).over(|w| w.partition_by(n.thread_id).order_by(n.id.asc())))
    })
    .postgres(
        r#"SELECT jsonb_agg("comments"."body") OVER (PARTITION BY "comments"."thread_id" ORDER BY
        "comments"."id" ASC)
        FROM "comments"
        WHERE "comments"."id" <= $1
        ORDER BY "comments"."id" ASC"#,
    )
    .mysql(
        r#"SELECT json_arrayagg(`comments`.`body`) OVER (PARTITION BY `comments`.`thread_id` ORDER BY
        `comments`.`id` ASC)
        FROM `comments`
        WHERE `comments`.`id` <= ?
        ORDER BY `comments`.`id` ASC"#,
    )
    .mariadb(DoesNotCompile)
    .sqlite(
        r#"SELECT CASE WHEN count(*) OVER (PARTITION BY "comments"."thread_id" ORDER BY "comments"."id" ASC) > 0
        THEN json_group_array("comments"."body") OVER (PARTITION BY "comments"."thread_id" ORDER BY
        "comments"."id" ASC) END
        FROM "comments"
        WHERE "comments"."id" <= ?1
        ORDER BY "comments"."id" ASC"#,
    )
    .gives(2, [Some(Json(vec!["root"])), Some(Json(vec!["root", "reply"]))])
    .again(1, [Some(Json(["root"]))]);
}

#[test]
fn arrays_and_regression_over_a_window() {
    query(|id: i64| {
        Article::query().filter(|a| a.id.lte(id)).order_by(|a| a.id.asc()).select(|a| {
            (
                window::array_agg(a.id).over(|w| w.order_by(a.id.asc())),
                window::regr_slope(a.id, a.id).over(|w| w),
                window::covar_pop(a.id, a.id).over(|w| w),
                window::covar_samp(a.id, a.id).over(|w| w),
                window::corr(a.id, a.id).over(|w| w),
            )
        })
    })
    .postgres(
        r#"SELECT array_agg("articles"."id") OVER (ORDER BY "articles"."id" ASC), regr_slope("articles"."id",
        "articles"."id") OVER (), covar_pop("articles"."id", "articles"."id") OVER (),
        covar_samp("articles"."id", "articles"."id") OVER (), corr("articles"."id", "articles"."id") OVER ()
        FROM "articles"
        WHERE "articles"."id" <= $1
        ORDER BY "articles"."id" ASC"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(2, [vec![1], vec![1, 2]].map(|ids| (Some(ids), Some(1.0), Some(0.25), Some(0.5), Some(1.0))))
    .again(1, [(Some(vec![1]), None::<f64>, Some(0.0), None::<f64>, None::<f64>)]);
}

#[test]
fn statistics_over_a_window() {
    query(|id: i64| {
        Amount::query().filter(|n| n.id.lte(id)).order_by(|n| n.id.asc()).select(|n| {
            (
                window::var_pop(n.small).over(|w| w),
                window::var_samp(n.small).over(|w| w),
                window::stddev_pop(n.small).over(|w| w),
                window::stddev_samp(n.small).over(|w| w),
                window::bit_and(n.small).over(|w| w),
                window::bit_or(n.small).over(|w| w),
                window::every(n.flag).over(|w| w),
                window::some(n.small.gt(0)).over(|w| w),
                window::avg_decimal(n.small).over(|w| w).cast::<f64>(),
            )
        })
    })
    .postgres(
        r#"SELECT var_pop(CAST("numbers"."small" AS double precision)) OVER (), var_samp(CAST("numbers"."small" AS
        double precision)) OVER (), stddev_pop(CAST("numbers"."small" AS double precision)) OVER (),
        stddev_samp(CAST("numbers"."small" AS double precision)) OVER (), CAST(bit_and("numbers"."small") OVER ()
        AS bigint), CAST(bit_or("numbers"."small") OVER () AS bigint), bool_and("numbers"."flag") OVER (),
        bool_or("numbers"."small" > $1) OVER (), CAST(avg("numbers"."small") OVER () AS double precision)
        FROM "numbers"
        WHERE "numbers"."id" <= $2
        ORDER BY "numbers"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT var_pop(CAST(`numbers`.`small` AS DOUBLE)) OVER (), var_samp(CAST(`numbers`.`small` AS DOUBLE))
        OVER (), stddev_pop(CAST(`numbers`.`small` AS DOUBLE)) OVER (), stddev_samp(CAST(`numbers`.`small` AS
        DOUBLE)) OVER (), CASE WHEN count(`numbers`.`small`) OVER () > 0 THEN CAST(bit_and(`numbers`.`small`)
        OVER () AS SIGNED) END, CASE WHEN count(`numbers`.`small`) OVER () > 0 THEN
        CAST(bit_or(`numbers`.`small`) OVER () AS SIGNED) END, min(`numbers`.`flag`) OVER (),
        max(`numbers`.`small` > ?) OVER (), CAST(avg(`numbers`.`small`) OVER () AS DOUBLE)
        FROM `numbers`
        WHERE `numbers`.`id` <= ?
        ORDER BY `numbers`.`id` ASC"#,
    )
    .sqlite(DoesNotCompile)
    .gives(
        2,
        [(); 2].map(|()| {
            (
                Some(49.0),
                Some(98.0),
                Some(7.0),
                Some(98f64.sqrt()),
                Some(1),
                Some(-1),
                Some(true),
                Some(true),
                Some(0.0),
            )
        }),
    )
    .again(1, [(Some(0.0), None::<f64>, Some(0.0), None::<f64>, Some(7), Some(7), Some(true), Some(true), Some(7.0))]);
}

#[test]
fn bits_over_a_window() {
    query(|id: i64| {
        Occasion::query()
            .filter(|o| o.id.lte(id))
            .order_by(|o| o.id.asc())
            .select(|o| (o.id, window::bit_xor(o.id).over(|w| w.order_by(o.id.asc()))))
    })
    .postgres(
        r#"SELECT "events"."id", CAST(bit_xor("events"."id") OVER (ORDER BY "events"."id" ASC) AS bigint)
        FROM "events"
        WHERE "events"."id" <= $1
        ORDER BY "events"."id" ASC"#,
    )
    .mysql(
        r#"SELECT `events`.`id`, CASE WHEN count(`events`.`id`) OVER (ORDER BY `events`.`id` ASC) > 0 THEN
        CAST(bit_xor(`events`.`id`) OVER (ORDER BY `events`.`id` ASC) AS SIGNED) END
        FROM `events`
        WHERE `events`.`id` <= ?
        ORDER BY `events`.`id` ASC"#,
    )
    .mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(3, [(1, Some(1)), (2, Some(3)), (3, Some(0))])
    .again(1, [(1, Some(1))]);
}

#[test]
fn frames_of_time() {
    query(|id: i64| {
        Occasion::query().filter(|o| o.id.ne(id)).order_by(|o| o.id.asc()).select(|o| {
            (
                o.id,
                window::count().over(|w| {
                    w.order_by(o.at.asc()).range_of_time(within(Interval::days(60)), within(Interval::days(0)))
                }),
                window::count()
                    .over(|w| w.order_by(o.at.asc()).range_of_time(without_end(), within(Interval::hours(1_100)))),
            )
        })
    })
    .postgres(
        r#"SELECT "events"."id", count(*) OVER (ORDER BY "events"."at" ASC RANGE BETWEEN CAST('5184000000000
        microseconds' AS interval) PRECEDING AND CAST('0 microseconds' AS interval) FOLLOWING), count(*) OVER
        (ORDER BY "events"."at" ASC RANGE BETWEEN UNBOUNDED PRECEDING AND CAST('3960000000000 microseconds'
        AS interval) FOLLOWING)
        FROM "events"
        WHERE "events"."id" <> $1
        ORDER BY "events"."id" ASC"#,
    )
    .mysql(
        r#"SELECT `events`.`id`, count(*) OVER (ORDER BY `events`.`at` ASC RANGE BETWEEN INTERVAL 5184000000000
        MICROSECOND PRECEDING AND INTERVAL 0 MICROSECOND FOLLOWING), count(*) OVER (ORDER BY `events`.`at`
        ASC RANGE BETWEEN UNBOUNDED PRECEDING AND INTERVAL 3960000000000 MICROSECOND FOLLOWING)
        FROM `events`
        WHERE `events`.`id` <> ?
        ORDER BY `events`.`id` ASC"#,
    )
    .mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(9, [(1, 1, 3), (2, 2, 3), (3, 1, 1)])
    .again(1, [(2, 1, 2), (3, 1, 1)]);
}

#[test]
fn json_objects_over_a_window() {
    query(|id: i64| {
        Note::query().filter(|n| n.id.lte(id)).order_by(|n| n.id.asc()).select(|n| {
            window::json_object_agg(n.body, n.id).over(|w| w.partition_by(n.thread_id).order_by(n.id.asc()))
        })
    })
    .postgres(
        r#"SELECT jsonb_object_agg("comments"."body", "comments"."id") OVER (PARTITION BY "comments"."thread_id"
        ORDER BY "comments"."id" ASC)
        FROM "comments"
        WHERE "comments"."id" <= $1
        ORDER BY "comments"."id" ASC"#,
    )
    .mysql(
        r#"SELECT json_objectagg(`comments`.`body`, `comments`.`id`) OVER (PARTITION BY `comments`.`thread_id` ORDER
        BY `comments`.`id` ASC)
        FROM `comments`
        WHERE `comments`.`id` <= ?
        ORDER BY `comments`.`id` ASC"#,
    )
    .mariadb(DoesNotCompile)
    .sqlite(
        r#"SELECT CASE WHEN count(*) OVER (PARTITION BY "comments"."thread_id" ORDER BY "comments"."id" ASC) > 0
        THEN json_group_object("comments"."body", "comments"."id") OVER (PARTITION BY "comments"."thread_id"
        ORDER BY "comments"."id" ASC) END
        FROM "comments"
        WHERE "comments"."id" <= ?1
        ORDER BY "comments"."id" ASC"#,
    )
    .gives(2, [Some(Json(BTreeMap::from([("root", 1)]))), Some(Json(BTreeMap::from([("root", 1), ("reply", 2)])))])
    .again(1, [Some(Json(BTreeMap::from([("root", 1)])))]);
}
