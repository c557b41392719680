//! Comparison with any or all rows of a subquery.

use relvar_sql_tests::prelude::*;

#[test]
fn any_and_all_rows() {
    query(|least: i64| {
        Amount::query()
            .filter(|n| n.big.gt_all(Amount::query().filter(|m| m.id.gt(least)).select(|m| m.real.cast::<i64>())))
            .filter(|n| n.small.lte_any(Amount::query().select(|m| m.small)))
            .order_by(|n| n.id.asc())
            .select(|n| n.id)
    })
    .postgres(
        r#"SELECT "numbers"."id"
        FROM "numbers"
        WHERE "numbers"."big" > ALL (SELECT CAST("numbers_2"."real" AS bigint) FROM "numbers" AS "numbers_2"
        WHERE "numbers_2"."id" > $1) AND "numbers"."small" <= ANY (SELECT "numbers_3"."small" FROM "numbers"
        AS "numbers_3")
        ORDER BY "numbers"."id" ASC"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `numbers`.`id`
        FROM `numbers`
        WHERE `numbers`.`big` > ALL (SELECT CAST(`numbers_2`.`real` AS SIGNED) FROM `numbers` AS `numbers_2`
        WHERE `numbers_2`.`id` > ?) AND `numbers`.`small` <= ANY (SELECT `numbers_3`.`small` FROM `numbers`
        AS `numbers_3`)
        ORDER BY `numbers`.`id` ASC"#,
    )
    .sqlite(DoesNotCompile)
    .gives(2, [1, 4])
    .again(99, [1, 2, 3, 4]);
}

#[test]
fn equal_to_any_and_unlike_all() {
    query(|id: i64| {
        Account::query()
            .order_by(|u| u.id.asc())
            .select(|u| {
                let authors = || Account::query().filter(|v| v.id.lte(id)).select(|v| v.id);
                (
                    u.id.eq_any(authors()),
                    u.id.ne_all(authors()),
                    u.id.gte_all(authors()),
                    u.id.eq_all(authors()),
                    u.id.lt_any(authors()),
                    u.id.lt_all(authors()),
                    u.id.lte_all(authors()),
                    u.id.gt_any(authors()),
                    u.id.gte_any(authors()),
                )
            })
            .limit(2)
    })
    .postgres(
        r#"SELECT "users"."id" = ANY (SELECT "users_2"."id" FROM "users" AS "users_2" WHERE "users_2"."id" <=
        $1), "users"."id" <> ALL (SELECT "users_3"."id" FROM "users" AS "users_3" WHERE "users_3"."id" <=
        $2), "users"."id" >= ALL (SELECT "users_4"."id" FROM "users" AS "users_4" WHERE "users_4"."id" <=
        $3), "users"."id" = ALL (SELECT "users_5"."id" FROM "users" AS "users_5" WHERE "users_5"."id" <= $4),
        "users"."id" < ANY (SELECT "users_6"."id" FROM "users" AS "users_6" WHERE "users_6"."id" <= $5),
        "users"."id" < ALL (SELECT "users_7"."id" FROM "users" AS "users_7" WHERE "users_7"."id" <= $6),
        "users"."id" <= ALL (SELECT "users_8"."id" FROM "users" AS "users_8" WHERE "users_8"."id" <= $7),
        "users"."id" > ANY (SELECT "users_9"."id" FROM "users" AS "users_9" WHERE "users_9"."id" <= $8),
        "users"."id" >= ANY (SELECT "users_10"."id" FROM "users" AS "users_10" WHERE "users_10"."id" <= $9)
        FROM "users"
        ORDER BY "users"."id" ASC LIMIT $10"#,
    )
    .mysql_and_mariadb(
        r#"SELECT `users`.`id` = ANY (SELECT `users_2`.`id` FROM `users` AS `users_2` WHERE `users_2`.`id` <=
        ?), `users`.`id` <> ALL (SELECT `users_3`.`id` FROM `users` AS `users_3` WHERE `users_3`.`id` <= ?),
        `users`.`id` >= ALL (SELECT `users_4`.`id` FROM `users` AS `users_4` WHERE `users_4`.`id` <= ?),
        `users`.`id` = ALL (SELECT `users_5`.`id` FROM `users` AS `users_5` WHERE `users_5`.`id` <= ?),
        `users`.`id` < ANY (SELECT `users_6`.`id` FROM `users` AS `users_6` WHERE `users_6`.`id` <= ?),
        `users`.`id` < ALL (SELECT `users_7`.`id` FROM `users` AS `users_7` WHERE `users_7`.`id` <= ?),
        `users`.`id` <= ALL (SELECT `users_8`.`id` FROM `users` AS `users_8` WHERE `users_8`.`id` <= ?),
        `users`.`id` > ANY (SELECT `users_9`.`id` FROM `users` AS `users_9` WHERE `users_9`.`id` <= ?),
        `users`.`id` >= ANY (SELECT `users_10`.`id` FROM `users` AS `users_10` WHERE `users_10`.`id` <= ?)
        FROM `users`
        ORDER BY `users`.`id` ASC LIMIT ?"#,
    )
    .sqlite(DoesNotCompile)
    .gives(
        1,
        [
            (
                Some(true),
                Some(false),
                Some(true),
                Some(true),
                Some(false),
                Some(false),
                Some(true),
                Some(false),
                Some(true),
            ),
            (
                Some(false),
                Some(true),
                Some(true),
                Some(false),
                Some(false),
                Some(false),
                Some(false),
                Some(true),
                Some(true),
            ),
        ],
    )
    .again(
        0,
        [
            (
                Some(false),
                Some(true),
                Some(true),
                Some(true),
                Some(false),
                Some(true),
                Some(true),
                Some(false),
                Some(false),
            ),
            (
                Some(false),
                Some(true),
                Some(true),
                Some(true),
                Some(false),
                Some(true),
                Some(true),
                Some(false),
                Some(false),
            ),
        ],
    );
}
