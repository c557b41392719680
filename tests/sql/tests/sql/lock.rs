//! Row locks: FOR UPDATE and its kin.

use relvar::query::ir::LockWait;
use relvar_sql_tests::prelude::*;

/// The databases that lock rows.
type Locking = (Postgres, MySql, MariaDb);

#[test]
fn for_update() {
    query(|id: i64| {
        User::query()
            .only_on::<Locking>()
            .filter(|u| u.id.gte(id))
            .order_by(|u| u.id.asc())
            .select(|u| u.id)
            .for_update(LockWait::Wait)
    })
    .postgres(
        r#"SELECT "users"."id"
            FROM "users"
            WHERE "users"."id" >= $1
            ORDER BY "users"."id" ASC FOR UPDATE"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `users`.`id` FROM `users` WHERE `users`.`id` >= ? ORDER BY `users`.`id` ASC FOR UPDATE"#,
    )
    .sqlite(DoesNotCompile)
    .gives(3, [3, 4])
    .again(4, [4]);
}

#[test]
fn for_update_without_waiting() {
    query(|id: i64| {
        User::query().only_on::<Locking>().filter(|u| u.id.eq(id)).select(|u| u.id).for_update(LockWait::NoWait)
    })
    .postgres(r#"SELECT "users"."id" FROM "users" WHERE "users"."id" = $1 FOR UPDATE NOWAIT"#)
    .mysql_and_mariadb(r#"SELECT `users`.`id` FROM `users` WHERE `users`.`id` = ? FOR UPDATE NOWAIT"#)
    .sqlite(DoesNotCompile)
    .gives(2, [2])
    .again(9, [0; 0]);
}

#[test]
fn the_first_that_is_free() {
    query(|rows: u64| {
        User::query()
            .only_on::<Locking>()
            .order_by(|u| u.id.asc())
            .select(|u| u.id)
            .limit(rows)
            .for_update(LockWait::SkipLocked)
    })
    .postgres(
        r#"SELECT "users"."id"
        FROM "users"
        ORDER BY "users"."id" ASC
        LIMIT $1 FOR UPDATE SKIP LOCKED"#,
    )
    .mysql_and_mariadb(r#"SELECT `users`.`id` FROM `users` ORDER BY `users`.`id` ASC LIMIT ? FOR UPDATE SKIP LOCKED"#)
    .sqlite(DoesNotCompile)
    .gives(1, [1])
    .again(2, [1, 2]);
}

#[test]
fn for_share() {
    query(|id: i64| {
        User::query()
            .only_on::<(Postgres, MySql, MariaDb)>()
            .filter(|u| u.id.eq(id))
            .select(|u| u.id)
            .for_share(LockWait::SkipLocked)
    })
    .postgres(r#"SELECT "users"."id" FROM "users" WHERE "users"."id" = $1 FOR SHARE SKIP LOCKED"#)
    .mysql(r#"SELECT `users`.`id` FROM `users` WHERE `users`.`id` = ? FOR SHARE SKIP LOCKED"#)
    .mariadb(r#"SELECT `users`.`id` FROM `users` WHERE `users`.`id` = ? LOCK IN SHARE MODE SKIP LOCKED"#)
    .sqlite(DoesNotCompile)
    .gives(1, [1])
    .again(2, [2]);
}

#[test]
fn weaker_locks() {
    query(|id: i64| {
        User::query().only_on::<Postgres>().filter(|u| u.id.eq(id)).select(|u| u.id).for_no_key_update(LockWait::Wait)
    })
    .postgres(r#"SELECT "users"."id" FROM "users" WHERE "users"."id" = $1 FOR NO KEY UPDATE"#)
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(1, [1])
    .again(2, [2]);
}

#[test]
fn for_key_share() {
    query(|id: i64| {
        User::query().only_on::<Postgres>().filter(|u| u.id.eq(id)).select(|u| u.id).for_key_share(LockWait::SkipLocked)
    })
    .postgres(r#"SELECT "users"."id" FROM "users" WHERE "users"."id" = $1 FOR KEY SHARE SKIP LOCKED"#)
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(1, [1])
    .again(2, [2]);
}

#[test]
fn locks_of_one_table() {
    query(|id: i64| {
        Thread::query()
            .only_on::<(Postgres, MySql)>()
            .join(User::table(), |t, u| t.user_id.eq(u.id))
            .filter(|(t, _)| t.id.eq(id))
            .select(|(t, u)| (t.id, u.name))
            .for_update(LockWait::SkipLocked)
            .lock_of(|(t, _)| t)
    })
    .postgres(
        r#"SELECT "threads"."id", "users"."name"
        FROM "threads" INNER
        JOIN "users" ON "threads"."user_id" = "users"."id"
        WHERE "threads"."id" = $1 FOR UPDATE OF "threads" SKIP LOCKED"#,
    )
    .mysql(
        r#"SELECT `threads`.`id`, `users`.`name`
        FROM `threads` INNER
        JOIN `users` ON `threads`.`user_id` = `users`.`id`
        WHERE `threads`.`id` = ? FOR UPDATE OF `threads` SKIP LOCKED"#,
    )
    .mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(1, [(1, "Ann")])
    .again(3, [(3, "Bob")]);
}
