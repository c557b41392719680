//! Aggregates: sorted, of different values, as arrays and JSON, statistics.

use relvar::query::ir::Direction;
use relvar_sql_tests::prelude::*;
use std::collections::BTreeMap;

#[test]
fn texts_in_order() {
    query(|id: i64| {
        Comment::query()
            .filter(|c| c.id.lte(id))
            .group_by(|c| c.thread_id)
            .order_by(|thread, _| thread.asc())
            .select(|thread, g| (thread, g.order_by(|c| c.id.desc()).string_agg(|c| c.body, ",")))
    })
    .postgres(
        r#"SELECT "comments"."thread_id", string_agg("comments"."body", ',' ORDER BY "comments"."id" DESC)
        FROM "comments"
        WHERE "comments"."id" <= $1
        GROUP BY "comments"."thread_id"
        ORDER BY "comments"."thread_id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `comments`.`thread_id`, group_concat(`comments`.`body` ORDER BY `comments`.`id` DESC SEPARATOR
        ',')
        FROM `comments`
        WHERE `comments`.`id` <= ?
        GROUP BY `comments`.`thread_id`
        ORDER BY `comments`.`thread_id` ASC"#,
    )
    .sqlite(
        r#"SELECT "comments"."thread_id", group_concat("comments"."body", ',' ORDER BY "comments"."id" DESC)
        FROM "comments"
        WHERE "comments"."id" <= ?1
        GROUP BY "comments"."thread_id"
        ORDER BY "comments"."thread_id" ASC"#,
    )
    .gives(5, [(1, Some("deep,reply,root")), (2, Some("alone")), (3, Some("third"))])
    .again(2, [(1, Some("reply,root"))]);
}

#[test]
fn different_values() {
    query(|id: i64| {
        User::query().filter(|u| u.id.gt(id)).aggregate(|g| {
            let ages = g.distinct();
            (ages.count_of(|u| u.age), ages.sum(|u| u.age), ages.avg(|u| u.age))
        })
    })
    .postgres(
        r#"SELECT count(DISTINCT "users"."age"), sum(DISTINCT "users"."age"), CAST(avg(DISTINCT "users"."age")
        AS double precision)
        FROM "users"
        WHERE "users"."id" > $1"#,
    )
    .mysql_and_mariadb(
        r#"SELECT count(DISTINCT `users`.`age`), CAST(sum(DISTINCT `users`.`age`) AS SIGNED), avg(DISTINCT
        CAST(`users`.`age` AS DOUBLE))
        FROM `users`
        WHERE `users`.`id` > ?"#,
    )
    .sqlite(
        r#"SELECT count(DISTINCT "users"."age"), sum(DISTINCT "users"."age"), avg(DISTINCT "users"."age")
        FROM "users"
        WHERE "users"."id" > ?1"#,
    )
    .gives(0, [(2, Some(76), Some(38.0))])
    .again(2, [(1, Some(31), Some(31.0))]);
}

#[test]
fn different_texts_in_order() {
    query(|id: i64| {
        Thread::query()
            .only_on::<(Postgres, MySql, MariaDb)>()
            .join(User::table(), |t, u| t.user_id.eq(u.id))
            .filter(|(t, _)| t.id.lte(id))
            .aggregate(|g| g.distinct().descending().string_agg(|(_, u)| u.name, "|"))
    })
    .postgres(
        r#"SELECT string_agg(DISTINCT "users"."name", '|' ORDER BY "users"."name" DESC)
        FROM "threads" INNER
        JOIN "users" ON "threads"."user_id" = "users"."id"
        WHERE "threads"."id" <= $1"#,
    )
    .mysql_and_mariadb(
        r#"SELECT group_concat(DISTINCT `users`.`name` ORDER BY `users`.`name` DESC SEPARATOR '|')
        FROM `threads` INNER
        JOIN `users` ON `threads`.`user_id` = `users`.`id`
        WHERE `threads`.`id` <= ?"#,
    )
    .sqlite(DoesNotCompile)
    .gives(3, [Some("Bob|Ann")])
    .again(2, [Some("Ann")]);
}

#[test]
fn arrays() {
    query(|id: i64| {
        Article::query().filter(|a| a.id.gte(id)).aggregate(|g| {
            let sorted = g.order_by(|a| a.id.desc());
            (g.array_agg(|a| a.id), sorted.array_agg(|a| a.title), g.distinct().ascending().array_agg(|a| a.id % 2))
        })
    })
    .postgres(
        r#"SELECT array_agg("articles"."id"), array_agg("articles"."title" ORDER BY "articles"."id" DESC),
        array_agg(DISTINCT "articles"."id" % $1 ORDER BY "articles"."id" % $1 ASC)
        FROM "articles"
        WHERE "articles"."id" >= $2"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(1, [(Some(vec![1, 2, 3]), Some(vec!["Empty", "Lazy dogs", "Quick foxes"]), Some(vec![0, 1]))])
    .again(9, [(None::<Vec<i64>>, None::<Vec<&str>>, None::<Vec<i64>>)]);
}

#[test]
fn json_arrays() {
    query(|id: i64| {
        Comment::query().filter(|c| c.id.lte(id)).aggregate(|g| (g.json_agg(|c| c.author_id), g.json_agg(|c| c.body)))
    })
    .postgres(
        r#"SELECT jsonb_agg("comments"."author_id"), jsonb_agg("comments"."body")
        FROM "comments"
        WHERE "comments"."id" <= $1"#,
    )
    .mysql_and_mariadb(
        r#"SELECT json_arrayagg(`comments`.`author_id`), json_arrayagg(`comments`.`body`)
        FROM `comments`
        WHERE `comments`.`id` <= ?"#,
    )
    .sqlite(
        r#"SELECT CASE WHEN count(*) > 0 THEN json_group_array("comments"."author_id") END, CASE WHEN count(*) >
        0 THEN json_group_array("comments"."body") END
        FROM "comments"
        WHERE "comments"."id" <= ?1"#,
    )
    .gives(3, [(Some(Json([Some(1), Some(2), None])), Some(Json(["root", "reply", "deep"])))])
    .again(0, [(None::<Json<[i64; 0]>>, None::<Json<[&str; 0]>>)]);
}

#[test]
fn json_arrays_of_documents() {
    query(|id: i64| Thread::query().filter(|t| t.id.eq(id)).aggregate(|g| g.json_agg(|t| t.metadata)))
        .postgres(r#"SELECT jsonb_agg("threads"."metadata") FROM "threads" WHERE "threads"."id" = $1"#)
        .mysql(r#"SELECT json_arrayagg(`threads`.`metadata`) FROM `threads` WHERE `threads`.`id` = ?"#)
        .mariadb(r#"SELECT json_arrayagg(json_compact(`threads`.`metadata`)) FROM `threads` WHERE `threads`.`id` = ?"#)
        .sqlite(
            r#"SELECT CASE WHEN count(*) > 0 THEN json_group_array(json("threads"."metadata")) END
        FROM "threads"
        WHERE "threads"."id" = ?1"#,
        )
        .gives(2, [Some(Json([json!({"priority": "low", "tags": []})]))])
        .again(3, [Some(Json([json!({"tags": ["b"], "it's": {"a\"b": [10, 20]}})]))]);
}

#[test]
fn json_objects() {
    query(|id: i64| User::query().filter(|u| u.id.lte(id)).aggregate(|g| g.json_object_agg(|u| u.name, |u| u.age)))
        .postgres(r#"SELECT jsonb_object_agg("users"."name", "users"."age") FROM "users" WHERE "users"."id" <= $1"#)
        .mysql(r#"SELECT json_objectagg(`users`.`name`, `users`.`age`) FROM `users` WHERE `users`.`id` <= ?"#)
        .mariadb(
            r#"SELECT json_objectagg((`users`.`name`) COLLATE utf8mb4_bin, `users`.`age`)
        FROM `users`
        WHERE `users`.`id` <= ?"#,
        )
        .sqlite(
            r#"SELECT CASE WHEN count(*) > 0 THEN json_group_object("users"."name", "users"."age") END
        FROM "users"
        WHERE "users"."id" <= ?1"#,
        )
        .gives(3, [Some(Json(BTreeMap::from([("Ann", Some(31)), ("Bob", Some(45)), ("Zoë", None)])))])
        .again(0, [None::<Json<BTreeMap<&str, Option<i32>>>>]);
}

#[test]
fn json_objects_of_documents() {
    query(|id: i64| {
        Thread::query().filter(|t| t.id.eq(id)).aggregate(|g| g.json_object_agg(|t| t.title, |t| t.metadata))
    })
    .postgres(
        r#"SELECT jsonb_object_agg("threads"."title", "threads"."metadata")
        FROM "threads"
        WHERE "threads"."id" = $1"#,
    )
    .mysql(
        r#"SELECT json_objectagg(`threads`.`title`, `threads`.`metadata`)
        FROM `threads`
        WHERE `threads`.`id` = ?"#,
    )
    .mariadb(
        r#"SELECT json_objectagg((`threads`.`title`) COLLATE utf8mb4_bin, json_compact(`threads`.`metadata`))
        FROM `threads`
        WHERE `threads`.`id` = ?"#,
    )
    .sqlite(
        r#"SELECT CASE WHEN count(*) > 0 THEN json_group_object("threads"."title", json("threads"."metadata"))
        END
        FROM "threads"
        WHERE "threads"."id" = ?1"#,
    )
    .gives(2, [Some(Json(BTreeMap::from([("100% sure", json!({"priority": "low", "tags": []}))])))])
    .again(4, [Some(Json(BTreeMap::from([("Größe 🦀", json!({"priority": null, "tags": ["c"], "count": 3}))])))]);
}

#[test]
fn json_arrays_of_some_rows() {
    query(|id: i64| {
        Comment::query().aggregate(|g| {
            let some = g.filter(|c| c.id.gt(id));
            (some.json_agg(|c| c.parent_id), some.json_agg(|c| c.body), g.filter(|c| c.id.gt(99)).json_agg(|c| c.id))
        })
    })
    .postgres(
        r#"SELECT jsonb_agg("comments"."parent_id") FILTER (WHERE "comments"."id" > $1),
        jsonb_agg("comments"."body") FILTER (WHERE "comments"."id" > $1), jsonb_agg("comments"."id") FILTER
        (WHERE "comments"."id" > $2)
        FROM "comments""#,
    )
    .mysql_and_mariadb(
        r#"SELECT json_extract(json_arrayagg(CASE WHEN `comments`.`id` > ? THEN json_object('v',
        `comments`.`parent_id`) END), '$[*].v'), json_extract(json_arrayagg(CASE WHEN `comments`.`id` > ? THEN
        json_object('v', `comments`.`body`) END), '$[*].v'), json_extract(json_arrayagg(CASE WHEN `comments`.`id`
        > ? THEN json_object('v', `comments`.`id`) END), '$[*].v')
        FROM `comments`"#,
    )
    .sqlite(
        r#"SELECT CASE WHEN count(*) FILTER (WHERE "comments"."id" > ?1) > 0 THEN
        json_group_array("comments"."parent_id") FILTER (WHERE "comments"."id" > ?1) END, CASE WHEN count(*)
        FILTER (WHERE "comments"."id" > ?1) > 0 THEN json_group_array("comments"."body") FILTER (WHERE
        "comments"."id" > ?1) END, CASE WHEN count(*) FILTER (WHERE "comments"."id" > ?2) > 0 THEN
        json_group_array("comments"."id") FILTER (WHERE "comments"."id" > ?2) END
        FROM "comments""#,
    )
    .gives(3, [(Some(Json([None::<i64>, None])), Some(Json(["alone", "third"])), None::<Json<Vec<i64>>>)])
    .again(
        1,
        [(
            Some(Json([Some(1), Some(2), None, None])),
            Some(Json(["reply", "deep", "alone", "third"])),
            None::<Json<Vec<i64>>>,
        )],
    );
}

#[test]
fn json_objects_of_some_rows() {
    query(|id: i64| {
        Comment::query().aggregate(|g| {
            let some = g.filter(|c| c.id.gt(id));
            (
                some.json_object_agg(|c| c.body, |c| c.parent_id),
                some.json_object_agg(|c| c.id.cast::<String>(), |c| c.body),
                g.filter(|c| c.id.gt(99)).json_object_agg(|c| c.body, |c| c.id),
            )
        })
    })
    .postgres(
        r#"SELECT jsonb_object_agg("comments"."body", "comments"."parent_id") FILTER (WHERE "comments"."id" > $1),
        jsonb_object_agg(CAST("comments"."id" AS text), "comments"."body") FILTER (WHERE "comments"."id" > $1),
        jsonb_object_agg("comments"."body", "comments"."id") FILTER (WHERE "comments"."id" > $2)
        FROM "comments""#,
    )
    .mysql(
        r#"SELECT CAST(concat(_utf8mb4 X'7B', group_concat(CASE WHEN `comments`.`id` > ? THEN
        concat(json_quote(`comments`.`body`), ':', json_extract(json_object('v', `comments`.`parent_id`), '$.v'))
        END SEPARATOR ','), _utf8mb4 X'7D') AS JSON), CAST(concat(_utf8mb4 X'7B', group_concat(CASE WHEN
        `comments`.`id` > ? THEN concat(json_quote(concat(`comments`.`id`)), ':',
        json_extract(json_object('v', `comments`.`body`), '$.v')) END SEPARATOR ','), _utf8mb4 X'7D') AS JSON),
        CAST(concat(_utf8mb4 X'7B', group_concat(CASE WHEN `comments`.`id` > ? THEN
        concat(json_quote(`comments`.`body`), ':', json_extract(json_object('v', `comments`.`id`), '$.v')) END
        SEPARATOR ','), _utf8mb4 X'7D') AS JSON)
        FROM `comments`"#,
    )
    .mariadb(
        r#"SELECT json_objectagg((CASE WHEN `comments`.`id` > ? THEN `comments`.`body` END) COLLATE utf8mb4_bin,
        `comments`.`parent_id`), json_objectagg((CASE WHEN `comments`.`id` > ? THEN CAST(`comments`.`id` AS CHAR)
        END) COLLATE utf8mb4_bin, `comments`.`body`), json_objectagg((CASE WHEN `comments`.`id` > ? THEN
        `comments`.`body` END) COLLATE utf8mb4_bin, `comments`.`id`)
        FROM `comments`"#,
    )
    .sqlite(
        r#"SELECT CASE WHEN count(*) FILTER (WHERE "comments"."id" > ?1) > 0 THEN
        json_group_object("comments"."body", "comments"."parent_id") FILTER (WHERE "comments"."id" > ?1) END,
        CASE WHEN count(*) FILTER (WHERE "comments"."id" > ?1) > 0 THEN json_group_object(CAST("comments"."id" AS
        TEXT), "comments"."body") FILTER (WHERE "comments"."id" > ?1) END, CASE WHEN count(*) FILTER (WHERE
        "comments"."id" > ?2) > 0 THEN json_group_object("comments"."body", "comments"."id") FILTER (WHERE
        "comments"."id" > ?2) END
        FROM "comments""#,
    )
    .gives(
        3,
        [(
            Some(Json(BTreeMap::from([("alone", None::<i64>), ("third", None)]))),
            Some(Json(BTreeMap::from([("4", "alone"), ("5", "third")]))),
            None::<Json<BTreeMap<&str, i64>>>,
        )],
    )
    .again(
        1,
        [(
            Some(Json(BTreeMap::from([("reply", Some(1)), ("deep", Some(2)), ("alone", None), ("third", None)]))),
            Some(Json(BTreeMap::from([("2", "reply"), ("3", "deep"), ("4", "alone"), ("5", "third")]))),
            None::<Json<BTreeMap<&str, i64>>>,
        )],
    );
}

#[test]
fn json_objects_of_some_rows_with_documents_in_them() {
    query(|id: i64| {
        Thread::query().aggregate(|g| g.filter(|t| t.id.eq(id)).json_object_agg(|t| t.title, |t| t.metadata))
    })
    .postgres(
        r#"SELECT jsonb_object_agg("threads"."title", "threads"."metadata") FILTER (WHERE "threads"."id" = $1)
        FROM "threads""#,
    )
    .mysql(
        r#"SELECT CAST(concat(_utf8mb4 X'7B', group_concat(CASE WHEN `threads`.`id` = ? THEN
        concat(json_quote(`threads`.`title`), ':', json_extract(json_object('v', `threads`.`metadata`), '$.v'))
        END SEPARATOR ','), _utf8mb4 X'7D') AS JSON)
        FROM `threads`"#,
    )
    .mariadb(
        r#"SELECT json_objectagg((CASE WHEN `threads`.`id` = ? THEN `threads`.`title` END) COLLATE utf8mb4_bin,
        json_compact(`threads`.`metadata`))
        FROM `threads`"#,
    )
    .sqlite(
        r#"SELECT CASE WHEN count(*) FILTER (WHERE "threads"."id" = ?1) > 0 THEN
        json_group_object("threads"."title", json("threads"."metadata")) FILTER (WHERE "threads"."id" = ?1) END
        FROM "threads""#,
    )
    .gives(2, [Some(Json(BTreeMap::from([("100% sure", json!({"priority": "low", "tags": []}))])))])
    .again(4, [Some(Json(BTreeMap::from([("Größe 🦀", json!({"priority": null, "tags": ["c"], "count": 3}))])))]);
}

#[test]
fn json_arrays_in_order_and_of_different_values() {
    query(|id: i64| {
        Member::query().filter(|m| m.id.ne(id)).aggregate(|g| {
            (
                g.order_by(|m| m.id.desc()).json_agg(|m| m.name),
                g.distinct().descending().json_agg(|m| m.active.cast::<i32>()),
            )
        })
    })
    .postgres(
        r#"SELECT jsonb_agg("users"."name" ORDER BY "users"."id" DESC), jsonb_agg(DISTINCT CAST("users"."active"
        AS integer) ORDER BY CAST("users"."active" AS integer) DESC)
        FROM "users"
        WHERE "users"."id" <> $1"#,
    )
    .mysql(DoesNotCompile)
    .mariadb(
        r#"SELECT json_arrayagg(`users`.`name` ORDER BY `users`.`id` DESC), json_arrayagg(DISTINCT
        CAST(`users`.`active` AS SIGNED) ORDER BY CAST(`users`.`active` AS SIGNED) DESC)
        FROM `users`
        WHERE `users`.`id` <> ?"#,
    )
    .sqlite(
        r#"SELECT CASE WHEN count(*) > 0 THEN json_group_array("users"."name" ORDER BY "users"."id" DESC) END,
        CASE WHEN count(*) > 0 THEN json_group_array(DISTINCT CASE typeof("users"."active") WHEN 'real' THEN
        CAST(round("users"."active") AS INTEGER) ELSE CAST("users"."active" AS INTEGER) END ORDER BY CASE
        typeof("users"."active") WHEN 'real' THEN CAST(round("users"."active") AS INTEGER) ELSE
        CAST("users"."active" AS INTEGER) END DESC) END
        FROM "users"
        WHERE "users"."id" <> ?1"#,
    )
    .gives(3, [(Some(Json(["Dan O'Hara", "Bob", "Ann"])), Some(Json([1, 0])))])
    .again(2, [(Some(Json(["Dan O'Hara", "Zoë", "Ann"])), Some(Json(vec![1])))]);
}

#[test]
fn deviations_and_variances() {
    query(|id: i64| {
        Amount::query().filter(|n| n.id.lte(id)).aggregate(|g| {
            (g.stddev_pop(|n| n.small), g.stddev_samp(|n| n.small), g.var_pop(|n| n.small), g.var_samp(|n| n.exact))
        })
    })
    .postgres(
        r#"SELECT stddev_pop(CAST("numbers"."small" AS double precision)), stddev_samp(CAST("numbers"."small" AS
        double precision)), var_pop(CAST("numbers"."small" AS double precision)), var_samp(CAST("numbers"."exact"
        AS double precision))
        FROM "numbers"
        WHERE "numbers"."id" <= $1"#,
    )
    .mysql_and_mariadb(
        r#"SELECT stddev_pop(CAST(`numbers`.`small` AS DOUBLE)), stddev_samp(CAST(`numbers`.`small` AS DOUBLE)),
        var_pop(CAST(`numbers`.`small` AS DOUBLE)), var_samp(CAST(`numbers`.`exact` AS DOUBLE))
        FROM `numbers`
        WHERE `numbers`.`id` <= ?"#,
    )
    .sqlite(DoesNotCompile)
    .gives(2, [(Some(7.0), Some(98f64.sqrt()), Some(49.0), None::<f64>)])
    .again(1, [(Some(0.0), None::<f64>, Some(0.0), None::<f64>)]);
}

#[test]
fn bits() {
    query(|id: i64| {
        Amount::query()
            .filter(|n| n.id.lte(id))
            .aggregate(|g| (g.bit_and(|n| n.small), g.bit_or(|n| n.small), g.bit_xor(|n| n.small)))
    })
    .postgres(
        r#"SELECT CAST(bit_and("numbers"."small") AS bigint), CAST(bit_or("numbers"."small") AS bigint),
        CAST(bit_xor("numbers"."small") AS bigint)
        FROM "numbers"
        WHERE "numbers"."id" <= $1"#,
    )
    .mysql_and_mariadb(
        r#"SELECT CASE WHEN count(`numbers`.`small`) > 0 THEN CAST(bit_and(`numbers`.`small`) AS SIGNED) END,
        CASE WHEN count(`numbers`.`small`) > 0 THEN CAST(bit_or(`numbers`.`small`) AS SIGNED) END, CASE WHEN
        count(`numbers`.`small`) > 0 THEN CAST(bit_xor(`numbers`.`small`) AS SIGNED) END
        FROM `numbers`
        WHERE `numbers`.`id` <= ?"#,
    )
    .sqlite(DoesNotCompile)
    .gives(2, [(Some(1), Some(-1), Some(-2))])
    .again(0, [(None::<i64>, None::<i64>, None::<i64>)]);
}

#[test]
fn regression() {
    query(|id: i64| {
        Comment::query().only_on::<Postgres>().filter(|c| c.id.lte(id)).aggregate(|g| {
            (
                g.corr(|c| c.id, |c| c.id),
                g.covar_pop(|c| c.id, |c| c.id),
                g.covar_samp(|c| c.id, |c| c.id),
                g.regr_slope(|c| c.id * 2, |c| c.id),
                g.regr_intercept(|c| c.id, |c| c.id),
                g.regr_r2(|c| c.id, |c| c.id),
            )
        })
    })
    .postgres(
        r#"SELECT corr("comments"."id", "comments"."id"), covar_pop("comments"."id", "comments"."id"),
        covar_samp("comments"."id", "comments"."id"), regr_slope("comments"."id" * $1, "comments"."id"),
        regr_intercept("comments"."id", "comments"."id"), regr_r2("comments"."id", "comments"."id")
        FROM "comments"
        WHERE "comments"."id" <= $2"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(2, [(Some(1.0), Some(0.25), Some(0.5), Some(2.0), Some(0.0), Some(1.0))])
    .again(0, [(None::<f64>, None::<f64>, None::<f64>, None::<f64>, None::<f64>, None::<f64>)]);
}

#[test]
fn percentiles_and_the_mode() {
    query(|fraction: f64| {
        Comment::query().only_on::<Postgres>().aggregate(|g| {
            (
                g.percentile_cont(fraction, |c| c.id),
                g.percentile_disc(fraction, |c| c.body),
                g.mode(|c| c.thread_id),
                g.filter(|c| c.id.gt(9)).mode(|c| c.id),
            )
        })
    })
    .postgres(
        r#"SELECT percentile_cont($1) WITHIN GROUP (ORDER BY "comments"."id" ASC), percentile_disc($2) WITHIN
        GROUP (ORDER BY "comments"."body" ASC), mode() WITHIN GROUP (ORDER BY "comments"."thread_id" ASC),
        mode() WITHIN GROUP (ORDER BY "comments"."id" ASC) FILTER (WHERE "comments"."id" > $3)
        FROM "comments""#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(0.5, [(Some(3.0), Some("reply"), Some(1), None::<i64>)])
    .again(0.0, [(Some(1.0), Some("alone"), Some(1), None::<i64>)]);
}

#[test]
fn the_place_that_a_further_row_would_have() {
    query(|(score, id): (i64, i64)| {
        Comment::query().only_on::<Postgres>().filter(|c| c.id.lte(id)).aggregate(|g| {
            (
                g.rank_of(score, Direction::Ascending, |c| c.thread_id),
                g.dense_rank_of(score, Direction::Ascending, |c| c.thread_id),
                g.rank_of(score, Direction::Descending, |c| c.thread_id),
                g.percent_rank_of(score, Direction::Ascending, |c| c.thread_id),
                g.filter(|c| c.author_id.is_not_null()).cume_dist_of(score, Direction::Ascending, |c| c.thread_id),
            )
        })
    })
    .postgres(
        r#"SELECT rank($1) WITHIN GROUP (ORDER BY "comments"."thread_id" ASC), dense_rank($2) WITHIN GROUP (ORDER BY
        "comments"."thread_id" ASC), rank($3) WITHIN GROUP (ORDER BY "comments"."thread_id" DESC),
        percent_rank($4) WITHIN GROUP (ORDER BY "comments"."thread_id" ASC), cume_dist($5) WITHIN GROUP (ORDER BY
        "comments"."thread_id" ASC) FILTER (WHERE "comments"."author_id" IS NOT NULL)
        FROM "comments"
        WHERE "comments"."id" <= $6"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives((2, 5), [(4, 2, 2, 0.6, 0.8)])
    .again((2, 0), [(1, 1, 1, 0.0, 1.0)]);
}

#[test]
fn extremes_of_what_only_values_make() {
    query(|(young, old): (&'static str, &'static str)| {
        User::query().aggregate(|g| {
            (
                g.max(|u| case().when(u.age.gt(40), old).otherwise(young)),
                g.min(|u| case().when(u.active, young).end()),
                g.max(|_| value(young.to_owned()).null_if("x").coalesce("none")),
            )
        })
    })
    .postgres(
        r#"SELECT max(CASE WHEN "users"."age" > $1 THEN $2 ELSE $3 END), min(CASE WHEN "users"."active" THEN $4
        END), max(coalesce(nullif($5, $6), $7))
        FROM "users""#,
    )
    .mysql_and_mariadb(
        r#"SELECT max(CAST(CASE WHEN `users`.`age` > ? THEN ? ELSE ? END AS CHAR)), min(CAST(CASE WHEN
        `users`.`active` THEN ? END AS CHAR)), max(CAST(coalesce(nullif(?, ?), ?) AS CHAR))
        FROM `users`"#,
    )
    .sqlite(
        r#"SELECT max(CASE WHEN "users"."age" > ?1 THEN ?2 ELSE ?3 END), min(CASE WHEN "users"."active" THEN ?4
        END), max(coalesce(nullif(?5, ?6), ?7))
        FROM "users""#,
    )
    .gives(("a", "b"), [(Some("b"), Some("a"), Some("a"))])
    .again(("x", "o"), [(Some("x"), Some("x"), Some("none"))]);
}

#[test]
fn groups_by_what_only_values_make() {
    query(|(young, old): (&'static str, &'static str)| {
        User::query()
            .group_by(|u| case().when(u.age.gt(40), old).otherwise(young))
            .order_by(|age, _| age.asc())
            .select(|age, g| (age, g.count()))
    })
    .postgres(
        r#"SELECT CASE WHEN "users"."age" > $1 THEN $2 ELSE $3 END, count(*)
        FROM "users"
        GROUP BY CASE WHEN "users"."age" > $1 THEN $2 ELSE $3 END
        ORDER BY CASE WHEN "users"."age" > $1 THEN $2 ELSE $3 END ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT min(CAST(CASE WHEN `users`.`age` > ? THEN ? ELSE ? END AS CHAR)), count(*)
        FROM `users`
        GROUP BY CASE WHEN `users`.`age` > ? THEN ? ELSE ? END
        ORDER BY min(CAST(CASE WHEN `users`.`age` > ? THEN ? ELSE ? END AS CHAR)) ASC"#,
    )
    .sqlite(
        r#"SELECT CASE WHEN "users"."age" > ?1 THEN ?2 ELSE ?3 END, count(*)
        FROM "users"
        GROUP BY CASE WHEN "users"."age" > ?1 THEN ?2 ELSE ?3 END
        ORDER BY CASE WHEN "users"."age" > ?1 THEN ?2 ELSE ?3 END ASC"#,
    )
    .gives(("a", "b"), [("a", 3), ("b", 1)])
    .again(("young", "old"), [("old", 1), ("young", 3)]);
}

#[test]
fn what_sql_does_last_is_not_said_before_aggregates() {
    let comments = || Comment::query().order_by(|c| c.id.asc());
    let refused = [
        comments().limit(2).aggregate(|g| g.count()).to_sql::<Postgres>(),
        comments().offset(2).group_by(|c| c.thread_id).select(|_, g| g.count()).to_sql::<Postgres>(),
        comments().select(|c| c.thread_id).distinct().aggregate(|g| g.count()).to_sql::<Postgres>(),
    ];
    let words = refused.map(|sql| sql.unwrap_err().to_string());
    assert!(words.iter().all(|words| words.contains("say `.derived().query()` behind it")), "{words:?}");
}

#[test]
fn groups_are_not_sorted_before_there_are_any() {
    let comments = || Comment::query().order_by(|c| c.id.asc());
    let refused = [
        comments().aggregate(|g| g.count()).to_sql::<Sqlite>(),
        comments().group_by(|c| c.thread_id).select(|_, g| g.count()).to_sql::<MariaDb>(),
        comments().group_by(|c| c.id).select(|id, _| id).to_sql::<MySql>(),
        comments().only_on::<Postgres>().group_by_rollup(|c| c.thread_id).select(|_, g| g.count()).to_sql::<Postgres>(),
    ];
    let words = refused.map(|sql| sql.unwrap_err().to_string());
    assert!(words.iter().all(|words| words.contains("sort groups behind `group_by`")), "{words:?}");
}

#[test]
fn aggregates_of_the_first_rows() {
    query(|rows: u64| {
        let first = Comment::query().order_by(|c| c.id.asc()).limit(rows).select(|c| c.id).derived();
        first.query().aggregate(|g| (g.count(), g.max(|c| c.0)))
    })
    .postgres(
        r#"SELECT count(*), max("derived"."c0")
        FROM (SELECT "comments"."id" AS "c0" FROM "comments" ORDER BY "comments"."id" ASC LIMIT $1) AS "derived""#,
    )
    .mysql_and_mariadb(
        r#"SELECT count(*), max(`derived`.`c0`)
        FROM (SELECT `comments`.`id` AS `c0` FROM `comments` ORDER BY `comments`.`id` ASC LIMIT ?) AS `derived`"#,
    )
    .sqlite(
        r#"SELECT count(*), max("derived"."c0")
        FROM (SELECT "comments"."id" AS "c0" FROM "comments" ORDER BY "comments"."id" ASC LIMIT ?1+0) AS
        "derived""#,
    )
    .gives(2, [(2, Some(2))])
    .again(9, [(5, Some(5))]);
}
