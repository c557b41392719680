//! Row locks: FOR UPDATE and its kin.

use relvar::query::ir::LockWait;
use relvar_sql_tests::prelude::*;

#[test]
fn for_update() {
    query(|id: i64| {
        Article::query().filter(|a| a.id.gte(id)).order_by(|a| a.id.asc()).select(|a| a.id).for_update(LockWait::Wait)
    })
    .postgres(
        r#"SELECT "articles"."id"
            FROM "articles"
            WHERE "articles"."id" >= $1
            ORDER BY "articles"."id" ASC FOR UPDATE"#,
    )
    .sqlite(DoesNotCompile)
    .gives(2, [2, 3])
    .again(3, [3]);
}

#[test]
fn for_update_without_waiting() {
    query(|id: i64| Article::query().filter(|a| a.id.eq(id)).select(|a| a.id).for_update(LockWait::NoWait))
        .postgres(r#"SELECT "articles"."id" FROM "articles" WHERE "articles"."id" = $1 FOR UPDATE NOWAIT"#)
        .sqlite(DoesNotCompile)
        .gives(2, [2])
        .again(9, [0; 0]);
}

#[test]
fn the_first_that_is_free() {
    query(|rows: u64| {
        Article::query().order_by(|a| a.id.asc()).select(|a| a.id).limit(rows).for_update(LockWait::SkipLocked)
    })
    .postgres(
        r#"SELECT "articles"."id"
        FROM "articles"
        ORDER BY "articles"."id" ASC
        LIMIT $1 FOR UPDATE SKIP LOCKED"#,
    )
    .sqlite(DoesNotCompile)
    .gives(1, [1])
    .again(2, [1, 2]);
}

#[test]
fn for_share() {
    query(|id: i64| Article::query().filter(|a| a.id.eq(id)).select(|a| a.id).for_share(LockWait::Wait))
        .postgres(r#"SELECT "articles"."id" FROM "articles" WHERE "articles"."id" = $1 FOR SHARE"#)
        .sqlite(DoesNotCompile)
        .gives(1, [1])
        .again(2, [2]);
}

#[test]
fn weaker_locks() {
    query(|id: i64| Article::query().filter(|a| a.id.eq(id)).select(|a| a.id).for_no_key_update(LockWait::Wait))
        .postgres(r#"SELECT "articles"."id" FROM "articles" WHERE "articles"."id" = $1 FOR NO KEY UPDATE"#)
        .sqlite(DoesNotCompile)
        .gives(1, [1])
        .again(2, [2]);
}

#[test]
fn for_key_share() {
    query(|id: i64| Article::query().filter(|a| a.id.eq(id)).select(|a| a.id).for_key_share(LockWait::SkipLocked))
        .postgres(r#"SELECT "articles"."id" FROM "articles" WHERE "articles"."id" = $1 FOR KEY SHARE SKIP LOCKED"#)
        .sqlite(DoesNotCompile)
        .gives(1, [1])
        .again(2, [2]);
}
