//! SELECT and its clauses.

use super::*;

fn limited(limit: bool, offset: bool) -> Statement {
    let mut query = select(&USERS, U, vec![Item::Expr(col(U, 0))]);
    query.limit = limit.then(|| Argument::new(Value::I64(10), &I64));
    query.further.offset = offset.then(|| Argument::new(Value::I64(5), &I64));
    Statement::Select(query.into())
}

#[test]
fn a_row_is_its_columns() {
    check(
        &Statement::Select(select(&USERS, U, vec![Item::Row(U)]).into()),
        &[
            (Postgres, r#"SELECT "users"."id", "users"."name", "users"."manager_id" FROM "users""#),
            (Sqlite, r#"SELECT "users"."id", "users"."name", "users"."manager_id" FROM "users""#),
            (MySql, "SELECT `users`.`id`, `users`.`name`, `users`.`manager_id` FROM `users`"),
            (MariaDb, "SELECT `users`.`id`, `users`.`name`, `users`.`manager_id` FROM `users`"),
        ],
    );
}

#[test]
fn a_schema_stands_before_the_table_only() {
    let users = TableRef { schema: Some("main".into()), ..USERS };
    check(
        &Statement::Select(select(&users, U, vec![Item::Expr(col(U, 0))]).into()),
        &[
            (Postgres, r#"SELECT "users"."id" FROM "main"."users""#),
            (Sqlite, r#"SELECT "users"."id" FROM "main"."users""#),
        ],
    );
}

#[test]
fn all_clauses() {
    let mut query = select(&USERS, U, vec![Item::Expr(col(U, 1))]);
    query.further.distinct = Distinct::Rows;
    query.filter = vec![eq(col(U, 0), int(1)), eq(col(U, 1), text("x"))].into();
    query.further.group_by = vec![col(U, 1)];
    query.further.having = vec![eq(col(U, 1), text("y"))];
    query.order_by = vec![Order { expr: col(U, 1), direction: Direction::Descending, nulls: None }];
    query.limit = Some(Argument::new(Value::I64(1), &I64));
    query.further.offset = Some(Argument::new(Value::I64(2), &I64));
    check(
        &Statement::Select(query.into()),
        &[
            (
                Postgres,
                r#"SELECT DISTINCT "users"."name" FROM "users" WHERE "users"."id" = $1 AND "users"."name" = $2 GROUP BY "users"."name" HAVING "users"."name" = $3 ORDER BY "users"."name" DESC LIMIT $4 OFFSET $5"#,
            ),
            (
                Sqlite,
                r#"SELECT DISTINCT "users"."name" FROM "users" WHERE "users"."id" = ?1 AND "users"."name" = ?2 GROUP BY "users"."name" HAVING "users"."name" = ?3 ORDER BY "users"."name" DESC LIMIT ?4+0 OFFSET ?5+0"#,
            ),
        ],
    );
}

#[test]
fn offset_stands_alone() {
    check(
        &limited(false, true),
        &[
            (Postgres, r#"SELECT "users"."id" FROM "users" OFFSET $1"#),
            (Sqlite, r#"SELECT "users"."id" FROM "users" LIMIT -1 OFFSET ?1+0"#),
            (MySql, "SELECT `users`.`id` FROM `users` LIMIT 18446744073709551615 OFFSET ?"),
        ],
    );
    check(&limited(true, false), &[(Sqlite, r#"SELECT "users"."id" FROM "users" LIMIT ?1+0"#)]);
}

#[test]
fn nulls_are_sorted_as_asked() {
    let mut query = select(&USERS, U, vec![Item::Expr(col(U, 0))]);
    query.order_by = vec![
        Order { expr: col(U, 2), direction: Direction::Ascending, nulls: Some(Nulls::First) },
        Order { expr: col(U, 1), direction: Direction::Descending, nulls: Some(Nulls::Last) },
    ];
    let query = Statement::Select(query.into());
    let sql = r#"SELECT "users"."id" FROM "users" ORDER BY "users"."manager_id" ASC NULLS FIRST, "users"."name" DESC NULLS LAST"#;
    let keys = "SELECT `users`.`id` FROM `users` ORDER BY `users`.`manager_id` IS NULL DESC, `users`.`manager_id` ASC, `users`.`name` IS NULL ASC, `users`.`name` DESC";
    check(&query, &[(Postgres, sql), (Sqlite, sql), (MySql, keys), (MariaDb, keys)]);
}

#[test]
fn a_constant_key_is_no_position() {
    let mut query = select(&USERS, U, vec![Item::Expr(col(U, 0))]);
    query.order_by =
        vec![Order { expr: Node::Constant(Constant::Integer(2)), direction: Direction::Ascending, nulls: None }];
    check(
        &Statement::Select(query.into()),
        &[
            (Postgres, r#"SELECT "users"."id" FROM "users" ORDER BY coalesce(2, 2) ASC"#),
            (Sqlite, r#"SELECT "users"."id" FROM "users" ORDER BY coalesce(2, 2) ASC"#),
        ],
    );
}

#[test]
fn distinct_on_is_for_one_dialect() {
    let mut query = select(&USERS, U, vec![Item::Row(U)]);
    query.further.distinct = Distinct::On(vec![col(U, 1)]);
    query.order_by = vec![Order { expr: col(U, 1), direction: Direction::Ascending, nulls: None }];
    let query = Statement::Select(query.into());
    check(
        &query,
        &[(
            Postgres,
            r#"SELECT DISTINCT ON ("users"."name") "users"."id", "users"."name", "users"."manager_id" FROM "users" ORDER BY "users"."name" ASC"#,
        )],
    );
    lacks(&query, &[Sqlite, MySql, MariaDb]);
}

#[test]
fn a_repeated_argument_is_bound_once() {
    let argument = text("x");
    let mut query = select(&USERS, U, vec![Item::Expr(argument.clone())]);
    query.filter = vec![eq(col(U, 1), argument), eq(col(U, 1), text("x"))].into();
    let query = Statement::Select(query.into());
    check(
        &query,
        &[
            (Postgres, r#"SELECT $1 FROM "users" WHERE "users"."name" = $1 AND "users"."name" = $2"#),
            (Sqlite, r#"SELECT ?1 FROM "users" WHERE "users"."name" = ?1 AND "users"."name" = ?2"#),
            (MySql, "SELECT ? FROM `users` WHERE `users`.`name` = ? AND `users`.`name` = ?"),
        ],
    );
    let slots: Vec<u32> = on(MySql, &query).unwrap().slots.iter().map(|slot| slot.argument).collect();
    assert_eq!(slots, [0, 0, 1]);
}
