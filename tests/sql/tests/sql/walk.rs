//! Recursive queries as walks: SEARCH, CYCLE, and without finding a row twice.

use relvar::query::ir::SearchOrder;
use relvar_sql_tests::prelude::*;

fn replies(root: i64) -> Cte<(i64, Option<i64>, String), Postgres> {
    let base = Comment::query().only_on::<Postgres>().filter(|c| c.id.eq(root));
    recursive("replies", base.select(|c| (c.id, c.parent_id, c.body)), |found| {
        let next = Comment::query().only_on::<Postgres>().join(found, |c, f| c.parent_id.eq(f.0));
        next.select(|(c, _)| (c.id, c.parent_id, c.body))
    })
}

/// Every number leads to the next, and the last to the first.
fn ring(from: i64) -> Cte<i64, Postgres> {
    recursive("ring", values([from]).query().only_on::<Postgres>(), |found| {
        let found = found.query();
        found.select(|f| f.0 % 3 + 1)
    })
}

#[test]
fn depth_first() {
    query(|id: i64| {
        let walk = replies(id).search(SearchOrder::DepthFirst, |c| c.0);
        walk.query().order_by(|c| c.order.asc()).select(|c| (c.row.0, c.row.2))
    })
    .postgres(
        r#"WITH RECURSIVE "replies" ("c0", "c1", "c2") AS (SELECT "comments"."id", "comments"."parent_id",
        "comments"."body" FROM "comments" WHERE "comments"."id" = $1 UNION ALL SELECT "comments_2"."id",
        "comments_2"."parent_id", "comments_2"."body" FROM "comments" AS "comments_2" INNER JOIN "replies" AS
        "replies_2" ON "comments_2"."parent_id" = "replies_2"."c0") SEARCH DEPTH FIRST BY "c0" SET
        "search_order" SELECT "replies"."c0", "replies"."c2"
        FROM "replies"
        ORDER BY "replies"."search_order" ASC"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(1, [(1, "root"), (2, "reply"), (3, "deep")])
    .again(2, [(2, "reply"), (3, "deep")]);
}

#[test]
fn breadth_first_backwards_and_whole_rows() {
    query(|id: i64| {
        let walk = replies(id).search(SearchOrder::BreadthFirst, |c| (c.1, c.0));
        walk.query().order_by(|c| c.order.desc())
    })
    .postgres(
        r#"WITH RECURSIVE "replies" ("c0", "c1", "c2") AS (SELECT "comments"."id", "comments"."parent_id",
        "comments"."body" FROM "comments" WHERE "comments"."id" = $1 UNION ALL SELECT "comments_2"."id",
        "comments_2"."parent_id", "comments_2"."body" FROM "comments" AS "comments_2" INNER JOIN "replies" AS
        "replies_2" ON "comments_2"."parent_id" = "replies_2"."c0") SEARCH BREADTH FIRST BY "c1", "c0" SET
        "search_order" SELECT "replies"."c0", "replies"."c1", "replies"."c2"
        FROM "replies"
        ORDER BY "replies"."search_order" DESC"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(2, [(3, Some(2), "deep"), (2, Some(1), "reply")])
    .again(3, [(3, Some(2), "deep")]);
}

#[test]
fn a_cycle_ends() {
    query(|from: i64| {
        let walk = ring(from).search(SearchOrder::DepthFirst, |n| n.0).cycle(|n| n.0);
        walk.query().order_by(|n| n.order.asc()).select(|n| (n.row.0, n.is_cycle))
    })
    .postgres(
        r#"WITH RECURSIVE "ring" ("c0") AS (SELECT "listed"."c0" FROM (VALUES ($1)) AS "listed" ("c0") UNION ALL
        SELECT ("ring_2"."c0" % $2) + $3 FROM "ring" AS "ring_2") SEARCH DEPTH FIRST BY "c0" SET
        "search_order" CYCLE "c0" SET "is_cycle" USING "cycle_path" SELECT "ring"."c0", "ring"."is_cycle"
        FROM "ring"
        ORDER BY "ring"."search_order" ASC"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(1, [(1, false), (2, false), (3, false), (1, true)])
    .again(3, [(3, false), (1, false), (2, false), (3, true)]);
}

#[test]
fn a_walk_is_left_joined() {
    query(|from: i64| {
        let walk = ring(from).cycle(|n| n.0);
        User::query()
            .only_on::<Postgres>()
            .left_join(&walk, |u, n| u.id.eq(n.row.0) & !n.is_cycle)
            .order_by(|(u, _)| u.id.asc())
            .select(|(u, n)| (u.name, n.row.0, n.is_cycle))
    })
    .postgres(
        r#"WITH RECURSIVE "ring" ("c0") AS (SELECT "listed"."c0" FROM (VALUES ($1)) AS "listed" ("c0") UNION ALL
        SELECT ("ring_2"."c0" % $2) + $3 FROM "ring" AS "ring_2") CYCLE "c0" SET "is_cycle" USING
        "cycle_path" SELECT "users"."name", "ring"."c0", "ring"."is_cycle"
        FROM "users"
        LEFT JOIN "ring" ON "users"."id" = "ring"."c0" AND (NOT "ring"."is_cycle")
        ORDER BY "users"."id" ASC"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(
        1,
        [
            ("Ann", Some(1), Some(false)),
            ("Bob", Some(2), Some(false)),
            ("Zoë", Some(3), Some(false)),
            ("Dan O'Hara", None, None),
        ],
    )
    .again(
        2,
        [
            ("Ann", Some(1), Some(false)),
            ("Bob", Some(2), Some(false)),
            ("Zoë", Some(3), Some(false)),
            ("Dan O'Hara", None, None),
        ],
    );
}

#[test]
fn no_row_is_found_twice() {
    query(|from: i64| {
        let base = Comment::query().filter(|c| c.id.eq(from)).select(|c| c.id);
        let ring = recursive_distinct("ring", base, |found| found.query().select(|f| f.0 % 3 + 1));
        ring.query().order_by(|n| n.0.asc())
    })
    .postgres(
        r#"WITH RECURSIVE "ring" ("c0") AS (SELECT "comments"."id" FROM "comments" WHERE "comments"."id" = $1
        UNION SELECT ("ring_2"."c0" % $2) + $3 FROM "ring" AS "ring_2") SELECT "ring"."c0"
        FROM "ring"
        ORDER BY "ring"."c0" ASC"#,
    )
    .mysql_and_mariadb(
        r#"WITH RECURSIVE `ring` (`c0`) AS (SELECT `comments`.`id` FROM `comments` WHERE `comments`.`id` = ?
        UNION SELECT (`ring_2`.`c0` % ?) + ? FROM `ring` AS `ring_2`) SELECT `ring`.`c0`
        FROM `ring`
        ORDER BY `ring`.`c0` ASC"#,
    )
    .sqlite(
        r#"WITH RECURSIVE "ring" ("c0") AS (SELECT "comments"."id" FROM "comments" WHERE "comments"."id" = ?1
        UNION SELECT ("ring_2"."c0" % ?2) + ?3 FROM "ring" AS "ring_2") SELECT "ring"."c0"
        FROM "ring"
        ORDER BY "ring"."c0" ASC"#,
    )
    .gives(1, [1, 2, 3])
    .again(5, [1, 2, 3, 5]);
}

#[test]
fn materialized_or_not() {
    query(|id: i64| {
        let once = Person::query().filter(|p| p.id.gte(id)).select(|p| (p.id, p.name)).cte("once").materialized();
        let often = Person::query().select(|p| p.id).cte("often").not_materialized();
        once.query().join(&often, |a, b| a.0.eq(b.0)).order_by(|(a, _)| a.0.asc()).select(|(a, _)| a.1)
    })
    .postgres(
        r#"WITH "once" ("c0", "c1") AS MATERIALIZED (SELECT "users"."id", "users"."name" FROM "users" WHERE
        "users"."id" >= $1), "often" ("c0") AS NOT MATERIALIZED (SELECT "users_2"."id" FROM "users" AS
        "users_2") SELECT "once"."c1"
        FROM "once" INNER
        JOIN "often" ON "once"."c0" = "often"."c0"
        ORDER BY "once"."c0" ASC"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(
        r#"WITH "once" ("c0", "c1") AS MATERIALIZED (SELECT "users"."id", "users"."name" FROM "users" WHERE
        "users"."id" >= ?1), "often" ("c0") AS NOT MATERIALIZED (SELECT "users_2"."id" FROM "users" AS
        "users_2") SELECT "once"."c1"
        FROM "once" INNER
        JOIN "often" ON "once"."c0" = "often"."c0"
        ORDER BY "once"."c0" ASC"#,
    )
    .gives(3, ["Zoë", "Dan O'Hara"])
    .again(4, ["Dan O'Hara"]);
}
