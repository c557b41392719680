//! Arrays with NULLs among their elements.

use relvar_sql_tests::prelude::*;

#[test]
fn what_may_be_null_is_collected() {
    query(|id: i64| {
        Comment::query().only_on::<Postgres>().filter(|c| c.id.lte(id)).aggregate(|g| {
            (
                g.order_by(|c| c.id.asc()).array_agg(|c| c.author_id),
                g.filter(|c| c.author_id.is_not_null()).order_by(|c| c.id.desc()).array_agg(|c| c.author_id),
                g.distinct().ascending().array_agg(|c| c.parent_id),
            )
        })
    })
    .postgres(
        r#"SELECT array_agg("comments"."author_id" ORDER BY "comments"."id" ASC), array_agg("comments"."author_id"
        ORDER BY "comments"."id" DESC) FILTER (WHERE "comments"."author_id" IS NOT NULL), array_agg(DISTINCT
        "comments"."parent_id" ORDER BY "comments"."parent_id" ASC)
        FROM "comments"
        WHERE "comments"."id" <= $1"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(3, [(Some(vec![Some(1), Some(2), None]), Some(vec![Some(2), Some(1)]), Some(vec![Some(1), Some(2), None]))])
    .again(1, [(Some(vec![Some(1)]), Some(vec![Some(1)]), Some(vec![None::<i32>]))]);
}

#[test]
fn a_bound_array_with_nulls() {
    query(|numbers: Vec<Option<i64>>| {
        unnest(value(numbers.clone()))
            .with_ordinality()
            .query()
            .order_by(|n| n.1.asc())
            .select(|n| (n.0, value(vec![Some(1i64), None]).only_on::<Postgres>().element(2)))
    })
    .postgres(
        r#"SELECT "unnest"."c0", ($1)[$2]
        FROM unnest($3) WITH ORDINALITY AS "unnest" ("c0", "c1")
        ORDER BY "unnest"."c1" ASC"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(vec![Some(7), None], [(Some(7), None::<i32>), (None, None)])
    .again(vec![None, Some(3)], [(None, None::<i32>), (Some(3), None)]);
}

#[test]
fn a_list_of_the_program_beside_an_array() {
    query(|(all, some): ([&str; 2], [i32; 1])| {
        Article::query()
            .filter(|a| a.tags.contains_all(all) | a.scores.overlaps(some))
            .order_by(|a| a.id.asc())
            .select(|a| a.id)
    })
    .postgres(
        r#"SELECT "articles"."id"
        FROM "articles"
        WHERE ("articles"."tags" @> $1) OR ("articles"."scores" && $2)
        ORDER BY "articles"."id" ASC"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives((["fast", "animal"], [9]), [1])
    .again((["x", "y"], [3]), [1]);
}
