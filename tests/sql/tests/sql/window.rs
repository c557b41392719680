//! Window functions.

use relvar::query::expr::window;
use relvar::query::ir::{Exclude, FrameBound};
use relvar_sql_tests::prelude::*;

#[test]
fn numbers_of_rows() {
    query(|id: i64| {
        User::query().filter(|u| u.id.ne(id) & u.age.is_not_null()).order_by(|u| u.id.asc()).select(|u| {
            (
                u.name,
                window::row_number().over(|w| w.order_by(u.id.desc())),
                window::rank().over(|w| w.order_by(u.age.asc())),
                window::dense_rank().over(|w| w.order_by(u.age.asc())),
            )
        })
    })
    .postgres(
        r#"SELECT "users"."name", row_number() OVER (ORDER BY "users"."id" DESC), rank() OVER (ORDER BY
        "users"."age" ASC), dense_rank() OVER (ORDER BY "users"."age" ASC)
        FROM "users"
        WHERE "users"."id" <> $1 AND "users"."age" IS NOT NULL
        ORDER BY "users"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `users`.`name`, row_number() OVER (ORDER BY `users`.`id` DESC), rank() OVER (ORDER BY
        `users`.`age` ASC), dense_rank() OVER (ORDER BY `users`.`age` ASC)
        FROM `users`
        WHERE `users`.`id` <> ? AND `users`.`age` IS NOT NULL
        ORDER BY `users`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "users"."name", row_number() OVER (ORDER BY "users"."id" DESC), rank() OVER (ORDER BY
        "users"."age" ASC), dense_rank() OVER (ORDER BY "users"."age" ASC)
        FROM "users"
        WHERE "users"."id" <> ?1 AND "users"."age" IS NOT NULL
        ORDER BY "users"."id" ASC"#,
    )
    .gives(0, [("Ann", 3, 1, 1), ("Bob", 2, 3, 2), ("Dan O'Hara", 1, 1, 1)])
    .again(1, [("Bob", 2, 2, 2), ("Dan O'Hara", 1, 1, 1)]);
}

#[test]
fn parts_of_the_rows() {
    query(|id: i64| {
        Comment::query().filter(|c| c.id.lte(id)).order_by(|c| c.id.asc()).select(|c| {
            (
                window::percent_rank().over(|w| w.order_by(c.id.asc())),
                window::cume_dist().over(|w| w.order_by(c.id.asc())),
                window::ntile(2).over(|w| w.order_by(c.id.asc())),
            )
        })
    })
    .postgres(
        r#"SELECT percent_rank() OVER (ORDER BY "comments"."id" ASC), cume_dist() OVER (ORDER BY "comments"."id"
        ASC), ntile(2) OVER (ORDER BY "comments"."id" ASC)
        FROM "comments"
        WHERE "comments"."id" <= $1
        ORDER BY "comments"."id" ASC"#,
    )
    .mysql(
        r#"SELECT percent_rank() OVER (ORDER BY `comments`.`id` ASC), cume_dist() OVER (ORDER BY `comments`.`id`
        ASC), ntile(2) OVER (ORDER BY `comments`.`id` ASC)
        FROM `comments`
        WHERE `comments`.`id` <= ?
        ORDER BY `comments`.`id` ASC"#,
    )
    .mariadb(
        r#"SELECT CAST(percent_rank() OVER (ORDER BY `comments`.`id` ASC) AS DOUBLE), CAST(cume_dist() OVER (ORDER
        BY `comments`.`id` ASC) AS DOUBLE), ntile(2) OVER (ORDER BY `comments`.`id` ASC)
        FROM `comments`
        WHERE `comments`.`id` <= ?
        ORDER BY `comments`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT percent_rank() OVER (ORDER BY "comments"."id" ASC), cume_dist() OVER (ORDER BY "comments"."id"
        ASC), ntile(2) OVER (ORDER BY "comments"."id" ASC)
        FROM "comments"
        WHERE "comments"."id" <= ?1
        ORDER BY "comments"."id" ASC"#,
    )
    .gives(2, [(0.0, 0.5, 1), (1.0, 1.0, 2)])
    .again(4, [(0.0, 0.25, 1), (1.0 / 3.0, 0.5, 1), (2.0 / 3.0, 0.75, 2), (1.0, 1.0, 2)]);
}

#[test]
fn neighbours_in_a_partition() {
    query(|id: i64| {
        Comment::query().filter(|c| c.id.lte(id)).order_by(|c| c.id.asc()).select(|c| {
            (
                c.id,
                window::lag(c.body).over(|w| w.partition_by(c.thread_id).order_by(c.id.asc())),
                window::lead(c.id).over(|w| w.partition_by(c.thread_id).order_by(c.id.asc())),
                window::lag_by(c.id, 2).over(|w| w.order_by(c.id.asc())),
                window::lead_by(c.author_id, 1).over(|w| w.order_by(c.id.asc())),
            )
        })
    })
    .postgres(
        r#"SELECT "comments"."id", lag("comments"."body") OVER (PARTITION BY "comments"."thread_id" ORDER BY
        "comments"."id" ASC), lead("comments"."id") OVER (PARTITION BY "comments"."thread_id" ORDER BY
        "comments"."id" ASC), lag("comments"."id", 2) OVER (ORDER BY "comments"."id" ASC),
        lead("comments"."author_id", 1) OVER (ORDER BY "comments"."id" ASC)
        FROM "comments"
        WHERE "comments"."id" <= $1
        ORDER BY "comments"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `comments`.`id`, lag(`comments`.`body`) OVER (PARTITION BY `comments`.`thread_id` ORDER BY
        `comments`.`id` ASC), lead(`comments`.`id`) OVER (PARTITION BY `comments`.`thread_id` ORDER BY
        `comments`.`id` ASC), lag(`comments`.`id`, 2) OVER (ORDER BY `comments`.`id` ASC),
        lead(`comments`.`author_id`, 1) OVER (ORDER BY `comments`.`id` ASC)
        FROM `comments`
        WHERE `comments`.`id` <= ?
        ORDER BY `comments`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT "comments"."id", lag("comments"."body") OVER (PARTITION BY "comments"."thread_id" ORDER BY
        "comments"."id" ASC), lead("comments"."id") OVER (PARTITION BY "comments"."thread_id" ORDER BY
        "comments"."id" ASC), lag("comments"."id", 2) OVER (ORDER BY "comments"."id" ASC),
        lead("comments"."author_id", 1) OVER (ORDER BY "comments"."id" ASC)
        FROM "comments"
        WHERE "comments"."id" <= ?1
        ORDER BY "comments"."id" ASC"#,
    )
    .gives(
        3,
        [
            (1, None, Some(2), None, Some(2)),
            (2, Some("root"), Some(3), None, None),
            (3, Some("reply"), None, Some(1), None),
        ],
    )
    .again(1, [(1, None::<&str>, None::<i64>, None::<i64>, None::<i64>)]);
}

#[test]
fn values_of_a_frame() {
    query(|id: i64| {
        Comment::query().filter(|c| c.id.gte(id)).order_by(|c| c.id.asc()).select(|c| {
            let all = (FrameBound::UnboundedPreceding, FrameBound::UnboundedFollowing);
            (
                window::first_value(c.body).over(|w| w.order_by(c.id.asc())),
                window::last_value(c.body).over(|w| w.order_by(c.id.asc()).rows(all.0, all.1)),
                window::nth_value(c.id, 2).over(|w| w.order_by(c.id.asc()).rows(all.0, all.1)),
            )
        })
    })
    .postgres(
        r#"SELECT first_value("comments"."body") OVER (ORDER BY "comments"."id" ASC), last_value("comments"."body")
        OVER (ORDER BY "comments"."id" ASC ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING),
        nth_value("comments"."id", 2) OVER (ORDER BY "comments"."id" ASC ROWS BETWEEN UNBOUNDED PRECEDING AND
        UNBOUNDED FOLLOWING)
        FROM "comments"
        WHERE "comments"."id" >= $1
        ORDER BY "comments"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT first_value(`comments`.`body`) OVER (ORDER BY `comments`.`id` ASC), last_value(`comments`.`body`)
        OVER (ORDER BY `comments`.`id` ASC ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING),
        nth_value(`comments`.`id`, 2) OVER (ORDER BY `comments`.`id` ASC ROWS BETWEEN UNBOUNDED PRECEDING AND
        UNBOUNDED FOLLOWING)
        FROM `comments`
        WHERE `comments`.`id` >= ?
        ORDER BY `comments`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT first_value("comments"."body") OVER (ORDER BY "comments"."id" ASC), last_value("comments"."body")
        OVER (ORDER BY "comments"."id" ASC ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING),
        nth_value("comments"."id", 2) OVER (ORDER BY "comments"."id" ASC ROWS BETWEEN UNBOUNDED PRECEDING AND
        UNBOUNDED FOLLOWING)
        FROM "comments"
        WHERE "comments"."id" >= ?1
        ORDER BY "comments"."id" ASC"#,
    )
    .gives(4, [("alone", "third", Some(5)), ("alone", "third", Some(5))].map(|(a, b, c)| (Some(a), Some(b), c)))
    .again(5, [(Some("third"), Some("third"), None::<i64>)]);
}

#[test]
fn running_sums_and_moving_averages() {
    query(|id: i64| {
        Comment::query().filter(|c| c.id.lte(id)).order_by(|c| c.id.asc()).select(|c| {
            let near = (FrameBound::Preceding(1), FrameBound::Following(1));
            (
                window::sum(c.id)
                    .over(|w| w.order_by(c.id.asc()).rows(FrameBound::UnboundedPreceding, FrameBound::CurrentRow)),
                window::avg(c.id).over(|w| w.order_by(c.id.asc()).rows(near.0, near.1)),
                window::count().over(|w| w.partition_by(c.thread_id)),
                window::max(c.body).over(|w| w.partition_by((c.thread_id, c.author_id))),
                window::min(c.id)
                    .over(|w| w.order_by(c.id.asc()).range(FrameBound::Preceding(1), FrameBound::CurrentRow)),
            )
        })
    })
    .postgres(
        r#"SELECT sum("comments"."id") OVER (ORDER BY "comments"."id" ASC ROWS BETWEEN UNBOUNDED PRECEDING AND
        CURRENT ROW), CAST(avg("comments"."id") OVER (ORDER BY "comments"."id" ASC ROWS BETWEEN 1 PRECEDING AND 1
        FOLLOWING) AS double precision), count(*) OVER (PARTITION BY "comments"."thread_id"),
        max("comments"."body") OVER (PARTITION BY "comments"."thread_id", "comments"."author_id"),
        min("comments"."id") OVER (ORDER BY "comments"."id" ASC RANGE BETWEEN 1 PRECEDING AND CURRENT ROW)
        FROM "comments"
        WHERE "comments"."id" <= $1
        ORDER BY "comments"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT sum(`comments`.`id`) OVER (ORDER BY `comments`.`id` ASC ROWS BETWEEN UNBOUNDED PRECEDING AND
        CURRENT ROW), avg(CAST(`comments`.`id` AS DOUBLE)) OVER (ORDER BY `comments`.`id` ASC ROWS BETWEEN 1
        PRECEDING AND 1 FOLLOWING), count(*) OVER (PARTITION BY `comments`.`thread_id`), max(`comments`.`body`)
        OVER (PARTITION BY `comments`.`thread_id`, `comments`.`author_id`), min(`comments`.`id`) OVER (ORDER BY
        `comments`.`id` ASC RANGE BETWEEN 1 PRECEDING AND CURRENT ROW)
        FROM `comments`
        WHERE `comments`.`id` <= ?
        ORDER BY `comments`.`id` ASC"#,
    )
    .sqlite(
        r#"SELECT sum("comments"."id") OVER (ORDER BY "comments"."id" ASC ROWS BETWEEN UNBOUNDED PRECEDING AND
        CURRENT ROW), avg("comments"."id") OVER (ORDER BY "comments"."id" ASC ROWS BETWEEN 1 PRECEDING AND 1
        FOLLOWING), count(*) OVER (PARTITION BY "comments"."thread_id"), max("comments"."body") OVER (PARTITION
        BY "comments"."thread_id", "comments"."author_id"), min("comments"."id") OVER (ORDER BY "comments"."id"
        ASC RANGE BETWEEN 1 PRECEDING AND CURRENT ROW)
        FROM "comments"
        WHERE "comments"."id" <= ?1
        ORDER BY "comments"."id" ASC"#,
    )
    .gives(
        2,
        [
            (Some(decimal("1")), Some(1.5), 2, Some("root"), Some(1)),
            (Some(decimal("3")), Some(1.5), 2, Some("reply"), Some(1)),
        ],
    )
    .again(1, [(Some(decimal("1")), Some(1.0), 1, Some("root"), Some(1))]);
}

#[test]
fn frames_in_groups_and_what_they_leave_out() {
    query(|id: i64| {
        Booking::query().filter(|s| s.id.ne(id)).order_by(|s| s.id.asc()).select(|s| {
            let near = (FrameBound::Preceding(1), FrameBound::CurrentRow);
            (
                s.id,
                window::sum(s.number.raw()).over(|w| w.order_by(s.room.asc()).groups(near.0, near.1)),
                window::count().over(|w| w.order_by(s.room.asc()).groups(near.0, near.1).exclude(Exclude::CurrentRow)),
            )
        })
    })
    .postgres(
        r#"SELECT "seats"."id", sum("seats"."number") OVER (ORDER BY "seats"."room" ASC GROUPS BETWEEN 1 PRECEDING
        AND CURRENT ROW), count(*) OVER (ORDER BY "seats"."room" ASC GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW
        EXCLUDE CURRENT ROW)
        FROM "seats"
        WHERE "seats"."id" <> $1
        ORDER BY "seats"."id" ASC"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(
        r#"SELECT "seats"."id", sum("seats"."number") OVER (ORDER BY "seats"."room" ASC GROUPS BETWEEN 1 PRECEDING
        AND CURRENT ROW), count(*) OVER (ORDER BY "seats"."room" ASC GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW
        EXCLUDE CURRENT ROW)
        FROM "seats"
        WHERE "seats"."id" <> ?1
        ORDER BY "seats"."id" ASC"#,
    )
    .gives(0, [(1, Some(4), 2), (2, Some(4), 2), (3, Some(1), 0)])
    .again(2, [(1, Some(2), 1), (3, Some(1), 0)]);
}

#[test]
fn a_window_over_aggregates() {
    query(|least: i64| {
        Comment::query()
            .group_by(|c| c.thread_id)
            .having(|_, g| g.count().gte(least))
            .order_by(|thread, _| thread.asc())
            .select(|thread, g| {
                (
                    thread,
                    g.count(),
                    window::rank().over(|w| w.order_by(g.count().desc())),
                    window::sum(g.count()).over(|w| w),
                )
            })
    })
    .postgres(
        r#"SELECT "comments"."thread_id", count(*), rank() OVER (ORDER BY count(*) DESC), sum(count(*)) OVER ()
        FROM "comments"
        GROUP BY "comments"."thread_id"
        HAVING count(*) >= $1
        ORDER BY "comments"."thread_id" ASC"#,
    )
    .mysql(
        r#"SELECT `comments`.`thread_id`, count(*), rank() OVER (ORDER BY count(*) DESC), sum(count(*)) OVER ()
        FROM `comments`
        GROUP BY `comments`.`thread_id`
        HAVING count(*) >= ?
        ORDER BY `comments`.`thread_id` ASC"#,
    )
    .mariadb(
        r#"SELECT `comments`.`thread_id`, count(*), rank() OVER (ORDER BY count(*) DESC), sum(count(*)) OVER ()
        FROM `comments`
        GROUP BY `comments`.`thread_id`
        HAVING count(*) >= ?
        ORDER BY min(`comments`.`thread_id`) ASC"#,
    )
    .sqlite(
        r#"SELECT "comments"."thread_id", count(*), rank() OVER (ORDER BY count(*) DESC), sum(count(*)) OVER ()
        FROM "comments"
        GROUP BY "comments"."thread_id"
        HAVING count(*) >= ?1
        ORDER BY "comments"."thread_id" ASC"#,
    )
    .gives(1, [(1, 3, 1, Some(decimal("5"))), (2, 1, 2, Some(decimal("5"))), (3, 1, 2, Some(decimal("5")))])
    .again(2, [(1, 3, 1, Some(decimal("3")))]);
}

#[test]
fn the_newest_of_each_by_row_number() {
    query(|(most, id): (i64, i64)| {
        let numbered = Comment::query()
            .filter(|c| c.id.ne(id))
            .select(|c| (c.body, window::row_number().over(|w| w.partition_by(c.thread_id).order_by(c.id.desc()))))
            .cte("numbered");
        numbered.query().filter(|n| n.1.lte(most)).order_by(|n| n.0.asc())
    })
    .postgres(
        r#"WITH "numbered" ("c0", "c1") AS (SELECT "comments"."body", row_number() OVER (PARTITION BY
        "comments"."thread_id" ORDER BY "comments"."id" DESC) FROM "comments" WHERE "comments"."id" <> $1)
        SELECT "numbered"."c0", "numbered"."c1"
        FROM "numbered"
        WHERE "numbered"."c1" <= $2
        ORDER BY "numbered"."c0" ASC"#,
    )
    .mysql_and_mariadb(
        r#"WITH `numbered` (`c0`, `c1`) AS (SELECT `comments`.`body`, row_number() OVER (PARTITION BY
        `comments`.`thread_id` ORDER BY `comments`.`id` DESC) FROM `comments` WHERE `comments`.`id` <> ?)
        SELECT `numbered`.`c0`, `numbered`.`c1`
        FROM `numbered`
        WHERE `numbered`.`c1` <= ?
        ORDER BY `numbered`.`c0` ASC"#,
    )
    .sqlite(
        r#"WITH "numbered" ("c0", "c1") AS (SELECT "comments"."body", row_number() OVER (PARTITION BY
        "comments"."thread_id" ORDER BY "comments"."id" DESC) FROM "comments" WHERE "comments"."id" <> ?1)
        SELECT "numbered"."c0", "numbered"."c1"
        FROM "numbered"
        WHERE "numbered"."c1" <= ?2
        ORDER BY "numbered"."c0" ASC"#,
    )
    .gives((1, 0), [("alone", 1), ("deep", 1), ("third", 1)])
    .again((2, 3), [("alone", 1), ("reply", 1), ("root", 2), ("third", 1)]);
}

#[test]
fn the_time_before_a_row() {
    type Times = (Postgres, MySql);
    query(|id: i64| {
        Event::query().only_on::<Times>().filter(|e| e.id.ne(id)).order_by(|e| e.at.asc()).select(|e| {
            let at = e.at.only_on::<Times>();
            let (year, month) = (Interval::days(730), Interval::days(30));
            (
                e.id,
                window::count()
                    .over(|w| w.order_by(at.clone().asc()).range_of_time(window::before(year), window::before(month))),
                window::count()
                    .over(|w| w.order_by(at.asc()).range_of_time(window::after(month), window::without_end())),
            )
        })
    })
    .postgres(
        r#"SELECT "events"."id", count(*) OVER (ORDER BY "events"."at" ASC RANGE BETWEEN CAST('63072000000000
        microseconds' AS interval) PRECEDING AND CAST('2592000000000 microseconds' AS interval) PRECEDING),
        count(*) OVER (ORDER BY "events"."at" ASC RANGE BETWEEN CAST('2592000000000 microseconds' AS interval)
        FOLLOWING AND UNBOUNDED FOLLOWING)
        FROM "events"
        WHERE "events"."id" <> $1
        ORDER BY "events"."at" ASC"#,
    )
    .mysql(
        r#"SELECT `events`.`id`, count(*) OVER (ORDER BY `events`.`at` ASC RANGE BETWEEN INTERVAL 63072000000000
        MICROSECOND PRECEDING AND INTERVAL 2592000000000 MICROSECOND PRECEDING), count(*) OVER (ORDER BY
        `events`.`at` ASC RANGE BETWEEN INTERVAL 2592000000000 MICROSECOND FOLLOWING AND UNBOUNDED FOLLOWING)
        FROM `events`
        WHERE `events`.`id` <> ?
        ORDER BY `events`.`at` ASC"#,
    )
    .mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(0, [(3, 0, 2), (1, 1, 1), (2, 2, 0)])
    .again(1, [(3, 0, 1), (2, 1, 0)]);
}
