//! Arrays, on PostgreSQL.

mod elements;
mod nulls;

use relvar_sql_tests::prelude::*;

fn tags(tags: &[&str]) -> Vec<String> {
    tags.iter().map(|tag| (*tag).to_owned()).collect()
}

#[test]
fn contains_all() {
    query(|all: Vec<String>| {
        Article::query().filter(|a| a.tags.contains_all(all)).order_by(|a| a.id.asc()).select(|a| a.id)
    })
    .postgres(
        r#"SELECT "articles"."id"
            FROM "articles"
            WHERE "articles"."tags" @> $1
            ORDER BY "articles"."id" ASC"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(tags(&["animal"]), [1, 2])
    .again(tags(&["fast", "animal"]), [1]);
}

#[test]
fn contained_by() {
    query(|all: Vec<String>| {
        Article::query().filter(|a| a.tags.contained_by(all)).order_by(|a| a.id.asc()).select(|a| a.tags)
    })
    .postgres(
        r#"SELECT "articles"."tags"
            FROM "articles"
            WHERE "articles"."tags" <@ $1
            ORDER BY "articles"."id" ASC"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(tags(&["animal", "x"]), [tags(&["animal"]), tags(&[])])
    .again(tags(&[]), [tags(&[])]);
}

#[test]
fn overlaps() {
    query(|some: Vec<String>| {
        Article::query().filter(|a| a.tags.overlaps(some)).order_by(|a| a.id.asc()).select(|a| a.id)
    })
    .postgres(
        r#"SELECT "articles"."id"
            FROM "articles"
            WHERE "articles"."tags" && $1
            ORDER BY "articles"."id" ASC"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(tags(&["fast", "slow"]), [1])
    .again(tags(&["animal", "it's"]), [1, 2]);
}

#[test]
fn cardinality() {
    query(|length: i32| {
        Article::query()
            .filter(|a| a.tags.cardinality().lt(length))
            .order_by(|a| a.id.asc())
            .select(|a| (a.id, a.tags.cardinality(), a.scores.cardinality()))
    })
    .postgres(
        r#"SELECT "articles"."id", cardinality("articles"."tags"), cardinality("articles"."scores")
        FROM "articles"
        WHERE cardinality("articles"."tags") < $1
        ORDER BY "articles"."id" ASC"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(2, [(2, 1, Some(0)), (3, 0, None)])
    .again(1, [(3, 0, None::<i32>)]);
}

#[test]
fn an_array_is_compared_as_a_whole() {
    query(|scores: Option<Vec<i32>>| {
        Article::query().filter(|a| a.scores.is_not_distinct_from(scores)).select(|a| (a.id, a.scores))
    })
    .postgres(
        r#"SELECT "articles"."id", "articles"."scores"
        FROM "articles"
        WHERE "articles"."scores" IS NOT DISTINCT
        FROM $1"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(Some(vec![1, 2, 3]), [(1, Some(vec![1, 2, 3]))])
    .again(None, [(3, None::<Vec<i32>>)]);
}

#[test]
fn a_uuid_and_a_random_one() {
    query(|key: Uuid| {
        Article::query().filter(|a| a.key.eq(key) & a.key.ne(gen_random_uuid())).select(|a| (a.id, a.key))
    })
    .postgres(
        r#"SELECT "articles"."id", "articles"."key"
        FROM "articles"
        WHERE "articles"."key" = $1 AND "articles"."key" <> gen_random_uuid()"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(Uuid::from_u128(1), [(1, Uuid::from_u128(1))])
    .again(Uuid::from_u128(9), [(); 0]);
}
