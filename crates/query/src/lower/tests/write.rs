//! INSERT, UPDATE, DELETE.

use super::*;

pub(super) fn insert(rows: InsertSource) -> Insert {
    Insert {
        head: Head::default(),
        table: Ref::Owned(Box::new(USERS)),
        source: U,
        columns: vec![0, 1],
        rows,
        conflict: None,
        returning: Vec::new(),
    }
}

fn values() -> InsertSource {
    InsertSource::Values(vec![int(1), text("a"), int(2), text("b")])
}

fn update() -> Update {
    Update {
        head: Head::default(),
        table: Ref::Owned(Box::new(USERS)),
        source: U,
        assignments: vec![Assignment { column: 1, value: text("x") }],
        from: Vec::new(),
        filter: vec![eq(col(U, 0), int(1))],
        everywhere: false,
        returning: Vec::new(),
        splits: false,
        mistake: None,
    }
}

#[test]
fn insert_rows() {
    let mut statement = insert(values());
    statement.returning = vec![Item::Expr(col(U, 0))];
    let statement = Statement::Insert(Box::new(statement));
    check(
        &statement,
        &[
            (Postgres, r#"INSERT INTO "users" ("id", "name") VALUES ($1, $2), ($3, $4) RETURNING "users"."id""#),
            (Sqlite, r#"INSERT INTO "users" ("id", "name") VALUES (?1, ?2), (?3, ?4) RETURNING "users"."id""#),
            (MariaDb, "INSERT INTO `users` (`id`, `name`) VALUES (?, ?), (?, ?) RETURNING `users`.`id`"),
        ],
    );
    lacks(&statement, &[MySql]);
    let none = Statement::Insert(Box::new(insert(InsertSource::Values(Vec::new()))));
    assert_eq!(on(Sqlite, &none), Err(BuildError::NoRows));
}

#[test]
fn insert_columns() {
    let ids = |count| Node::Argument(Argument::list((0..count).map(Value::I64).collect(), &I64));
    let rows = |count| {
        let columns = InsertSource::Columns(vec![ids(count), call(Function::Now, Vec::new())]);
        Statement::Insert(Box::new(insert(columns)))
    };
    check(
        &rows(3),
        &[
            (Postgres, r#"INSERT INTO "users" ("id", "name") SELECT unnest($1), now()"#),
            (
                Sqlite,
                r#"INSERT INTO "users" ("id", "name") VALUES (?1, strftime('%Y-%m-%d %H:%M:%f000', 'now')), (?2, strftime('%Y-%m-%d %H:%M:%f000', 'now')), (?3, strftime('%Y-%m-%d %H:%M:%f000', 'now'))"#,
            ),
        ],
    );
    // each number of rows has its own text where they are not in arrays, padded lists as long as these or not
    let cache = crate::compile::ShapeCache::new(Target::oldest(Sqlite));
    for count in [3, 4, 2] {
        let statement = rows(count);
        let bindings = cache.get(&statement).unwrap();
        let bound: Vec<i64> = bindings
            .iter()
            .map(|bound| match bound {
                Bound::Value(Value::I64(id), _) => *id,
                _ => panic!("not a number"),
            })
            .collect();
        assert_eq!(bound, (0..count).collect::<Vec<_>>());
    }
}

#[test]
fn insert_defaults() {
    check(
        &Statement::Insert(Box::new(insert(InsertSource::Defaults))),
        &[
            (Postgres, r#"INSERT INTO "users" DEFAULT VALUES"#),
            (Sqlite, r#"INSERT INTO "users" DEFAULT VALUES"#),
            (MySql, "INSERT INTO `users` () VALUES ()"),
        ],
    );
}

#[test]
fn update_and_delete_rows() {
    let mut statement = update();
    statement.returning = vec![Item::Row(U)];
    let statement = Statement::Update(Box::new(statement));
    check(
        &statement,
        &[
            (
                Postgres,
                r#"UPDATE "users" SET "name" = $1 WHERE "users"."id" = $2 RETURNING "users"."id", "users"."name", "users"."manager_id""#,
            ),
            (
                Sqlite,
                r#"UPDATE "users" SET "name" = ?1 WHERE "users"."id" = ?2 RETURNING "users"."id", "users"."name", "users"."manager_id""#,
            ),
        ],
    );
    lacks(&statement, &[MySql, MariaDb]);
    check(&Statement::Update(Box::new(update())), &[(MySql, "UPDATE `users` SET `name` = ? WHERE `users`.`id` = ?")]);
    let delete = Delete {
        head: Head::default(),
        table: Ref::Owned(Box::new(USERS)),
        source: U,
        from: Vec::new(),
        filter: vec![eq(col(U, 0), int(1))],
        everywhere: false,
        returning: vec![Item::Expr(col(U, 1))],
    };
    check(
        &Statement::Delete(Box::new(delete)),
        &[
            (Postgres, r#"DELETE FROM "users" WHERE "users"."id" = $1 RETURNING "users"."name""#),
            (Sqlite, r#"DELETE FROM "users" WHERE "users"."id" = ?1 RETURNING "users"."name""#),
            (MariaDb, "DELETE FROM `users` WHERE `users`.`id` = ? RETURNING `users`.`name`"),
        ],
    );
}

fn upsert(target: Option<ConflictTarget>, action: ConflictAction) -> Statement {
    let mut statement = insert(InsertSource::Values(vec![int(1), text("a")]));
    statement.conflict = Some(Conflict { target, action, excluded: SourceId(5), counted: false });
    Statement::Insert(Box::new(statement))
}

fn key() -> Option<ConflictTarget> {
    Some(ConflictTarget::Key { columns: vec![1], predicate: None, alone: false })
}

/// The greater of the two manager's numbers, plus that of the row that is there.
fn change(filter: Vec<Node>) -> ConflictAction {
    let sum = Node::binary(BinaryOp::Add, col(U, 2), col(SourceId(5), 0));
    ConflictAction::Update { assignments: vec![Assignment { column: 2, value: sum }], filter }
}

#[test]
fn upserts() {
    check(
        &upsert(key(), ConflictAction::Nothing),
        &[
            (Postgres, r#"INSERT INTO "users" ("id", "name") VALUES ($1, $2) ON CONFLICT ("name") DO NOTHING"#),
            (Sqlite, r#"INSERT INTO "users" ("id", "name") VALUES (?1, ?2) ON CONFLICT ("name") DO NOTHING"#),
        ],
    );
    check(
        &upsert(key(), change(vec![Node::Test(Test::NotNull, Box::new(col(U, 2)))])),
        &[
            (
                Postgres,
                r#"INSERT INTO "users" ("id", "name") VALUES ($1, $2) ON CONFLICT ("name") DO UPDATE SET "manager_id" = "users"."manager_id" + "excluded"."id" WHERE "users"."manager_id" IS NOT NULL"#,
            ),
            (
                Sqlite,
                r#"INSERT INTO "users" ("id", "name") VALUES (?1, ?2) ON CONFLICT ("name") DO UPDATE SET "manager_id" = "users"."manager_id" + "excluded"."id" WHERE "users"."manager_id" IS NOT NULL"#,
            ),
        ],
    );
    // another key may be met than the one that is named
    for engine in [MySql, MariaDb] {
        assert!(matches!(on(engine, &upsert(key(), ConflictAction::Nothing)), Err(BuildError::Clause(_))));
    }
    let only = Some(ConflictTarget::Key { columns: vec![1], predicate: None, alone: true });
    check(
        &upsert(only, change(vec![Node::Test(Test::NotNull, Box::new(col(U, 2)))])),
        &[
            (
                MySql,
                "INSERT INTO `users` (`id`, `name`) VALUES (?, ?) AS `excluded` ON DUPLICATE KEY UPDATE `manager_id` = IF(`users`.`manager_id` IS NOT NULL, `users`.`manager_id` + `excluded`.`id`, IF((@relvar_passed_over := @relvar_passed_over + 1) IS NULL, `users`.`manager_id`, `users`.`manager_id`))",
            ),
            (
                MariaDb,
                "INSERT INTO `users` (`id`, `name`) VALUES (?, ?) ON DUPLICATE KEY UPDATE `manager_id` = IF(`users`.`manager_id` IS NOT NULL, `users`.`manager_id` + VALUES(`id`), IF((@relvar_passed_over := @relvar_passed_over + 1) IS NULL, `users`.`manager_id`, `users`.`manager_id`))",
            ),
        ],
    );
    check(
        &upsert(None, change(Vec::new())),
        &[
            (
                MySql,
                "INSERT INTO `users` (`id`, `name`) VALUES (?, ?) AS `excluded` ON DUPLICATE KEY UPDATE `manager_id` = `users`.`manager_id` + `excluded`.`id`",
            ),
            (
                MariaDb,
                "INSERT INTO `users` (`id`, `name`) VALUES (?, ?) ON DUPLICATE KEY UPDATE `manager_id` = `users`.`manager_id` + VALUES(`id`)",
            ),
        ],
    );
    let nothing = "INSERT INTO `users` (`id`, `name`) VALUES (?, ?) ON DUPLICATE KEY UPDATE `id` = IF((@relvar_passed_over := @relvar_passed_over + 1) IS NULL, `users`.`id`, `users`.`id`)";
    check(&upsert(None, ConflictAction::Nothing), &[(MySql, nothing), (MariaDb, nothing)]);
}

#[test]
fn an_upsert_by_a_constraint() {
    let by = |target, table: TableRef| {
        let mut statement = upsert(Some(target), ConflictAction::Nothing);
        if let Statement::Insert(insert) = &mut statement {
            insert.table = Ref::Owned(Box::new(table));
        }
        statement
    };
    let named = by(ConflictTarget::Constraint("a\"b".into()), USERS);
    check(
        &named,
        &[(
            Postgres,
            r#"INSERT INTO "users" ("id", "name") VALUES ($1, $2) ON CONFLICT ON CONSTRAINT "a""b" DO NOTHING"#,
        )],
    );
    lacks(&named, &[MySql, MariaDb, Sqlite]);
    lacks(&by(ConflictTarget::PrimaryKey, USERS), &[MySql, MariaDb, Sqlite]);
    // the database cuts the name off, in front of the ending and between characters
    for (name, key) in [
        ("users".to_owned(), "users_pkey".to_owned()),
        ("x".repeat(58), format!("{}_pkey", "x".repeat(58))),
        ("x".repeat(63), format!("{}_pkey", "x".repeat(58))),
        (format!("{}ä", "x".repeat(57)), format!("{}_pkey", "x".repeat(57))),
    ] {
        let statement = by(ConflictTarget::PrimaryKey, TableRef { name: name.clone().into(), ..USERS });
        let sql = format!(
            r#"INSERT INTO "{name}" ("id", "name") VALUES ($1, $2) ON CONFLICT ON CONSTRAINT "{key}" DO NOTHING"#
        );
        check(&statement, &[(Postgres, &sql)]);
    }
}

#[test]
fn an_upsert_that_counts_its_updates() {
    let counted = |filter: Vec<Node>| {
        let only = Some(ConflictTarget::Key { columns: vec![1], predicate: None, alone: true });
        let mut statement = upsert(only, change(filter));
        if let Statement::Insert(insert) = &mut statement
            && let Some(conflict) = &mut insert.conflict
        {
            conflict.counted = true;
        }
        statement
    };
    check(
        &counted(Vec::new()),
        &[
            (
                MySql,
                "INSERT INTO `users` (`id`, `name`) VALUES (?, ?) AS `excluded` ON DUPLICATE KEY UPDATE `manager_id` = IF((@relvar_updated := coalesce(@relvar_updated, 0) + 1) > 0, `users`.`manager_id` + `excluded`.`id`, `users`.`manager_id`)",
            ),
            (
                Sqlite,
                r#"INSERT INTO "users" ("id", "name") VALUES (?1, ?2) ON CONFLICT ("name") DO UPDATE SET "manager_id" = "users"."manager_id" + "excluded"."id" WHERE relvar_count_update()"#,
            ),
        ],
    );
    check(
        &counted(vec![Node::Test(Test::NotNull, Box::new(col(U, 2)))]),
        &[
            (
                MariaDb,
                "INSERT INTO `users` (`id`, `name`) VALUES (?, ?) ON DUPLICATE KEY UPDATE `manager_id` = IF(IF(`users`.`manager_id` IS NOT NULL, (@relvar_updated := coalesce(@relvar_updated, 0) + 1) > 0, FALSE), `users`.`manager_id` + VALUES(`id`), IF((@relvar_passed_over := @relvar_passed_over + 1) IS NULL, `users`.`manager_id`, `users`.`manager_id`))",
            ),
            (
                Sqlite,
                r#"INSERT INTO "users" ("id", "name") VALUES (?1, ?2) ON CONFLICT ("name") DO UPDATE SET "manager_id" = "users"."manager_id" + "excluded"."id" WHERE CASE WHEN "users"."manager_id" IS NOT NULL THEN relvar_count_update() ELSE FALSE END"#,
            ),
        ],
    );
}

#[test]
fn an_upsert_on_a_partial_key() {
    let mut statement = insert(InsertSource::Values(vec![int(1), int(2), text("a"), text("{}"), text("now")]));
    statement.table = Ref::Owned(Box::new(THREADS));
    statement.columns = vec![0, 1, 2, 3, 4];
    let positive = Node::binary(BinaryOp::Greater, col(SourceId::SCHEMA, 5), Node::Constant(Constant::Integer(0)));
    statement.conflict = Some(Conflict {
        target: Some(ConflictTarget::Key { columns: vec![2], predicate: Some(positive), alone: false }),
        action: ConflictAction::Nothing,
        excluded: SourceId(5),
        counted: false,
    });
    check(
        &Statement::Insert(Box::new(statement)),
        &[(
            Sqlite,
            r#"INSERT INTO "threads" ("id", "user_id", "title", "metadata", "created_at") VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT ("title") WHERE "score" > 0 DO NOTHING"#,
        )],
    );
}

#[test]
fn rows_of_a_query() {
    let query = select(&USERS, T, vec![Item::Expr(col(T, 0)), Item::Expr(col(T, 1))]);
    let mut statement = insert(InsertSource::Query(Box::new(query)));
    check(
        &Statement::Insert(Box::new(statement.clone())),
        &[
            (
                Postgres,
                r#"INSERT INTO "users" ("id", "name") SELECT "users_2"."id", "users_2"."name" FROM "users" AS "users_2""#,
            ),
            (
                Sqlite,
                r#"INSERT INTO "users" ("id", "name") SELECT "users_2"."id", "users_2"."name" FROM "users" AS "users_2""#,
            ),
        ],
    );
    statement.conflict =
        Some(Conflict { target: key(), action: change(Vec::new()), excluded: SourceId(5), counted: false });
    check(
        &Statement::Insert(Box::new(statement.clone())),
        &[
            (
                Postgres,
                r#"INSERT INTO "users" ("id", "name") SELECT "users_2"."id", "users_2"."name" FROM "users" AS "users_2" ON CONFLICT ("name") DO UPDATE SET "manager_id" = "users"."manager_id" + "excluded"."id""#,
            ),
            (
                Sqlite,
                r#"INSERT INTO "users" ("id", "name") SELECT "users_2"."id", "users_2"."name" FROM "users" AS "users_2" WHERE TRUE ON CONFLICT ("name") DO UPDATE SET "manager_id" = "users"."manager_id" + "excluded"."id""#,
            ),
        ],
    );
    // a derived table can have an alias, as VALUES can
    if let Some(conflict) = &mut statement.conflict {
        conflict.target = None;
    }
    check(
        &Statement::Insert(Box::new(statement)),
        &[(
            MySql,
            "INSERT INTO `users` (`id`, `name`) SELECT * FROM (SELECT `users_2`.`id` AS `id`, `users_2`.`name` AS `name` FROM `users` AS `users_2`) AS `excluded` ON DUPLICATE KEY UPDATE `manager_id` = `users`.`manager_id` + `excluded`.`id`",
        )],
    );
}

#[test]
fn update_from_other_tables() {
    let mut statement = update();
    statement.assignments = vec![Assignment { column: 1, value: col(T, 2) }];
    statement.from = vec![
        join(JoinKind::From, &THREADS, T, None),
        join(JoinKind::Inner, &USERS, SourceId(3), Some(eq(col(SourceId(3), 0), col(U, 2)))),
        join(JoinKind::Left, &THREADS, SourceId(4), Some(eq(col(SourceId(4), 1), col(SourceId(3), 0)))),
    ];
    statement.filter = vec![eq(col(T, 1), col(U, 0))];
    let joined = "UPDATE `users` CROSS JOIN `threads` CROSS JOIN `users` AS `users_2` LEFT JOIN `threads` AS `threads_2` ON `threads_2`.`user_id` = `users_2`.`id` SET `users`.`name` = `threads`.`title` WHERE `users_2`.`id` = `users`.`manager_id` AND `threads`.`user_id` = `users`.`id`";
    check(&Statement::Update(Box::new(statement.clone())), &[(MySql, joined), (MariaDb, joined)]);
    statement.returning = vec![Item::Expr(col(U, 0))];
    let statement = Statement::Update(Box::new(statement));
    let sql = r#"UPDATE "users" SET "name" = "threads"."title" FROM "threads" CROSS JOIN "users" AS "users_2" LEFT JOIN "threads" AS "threads_2" ON "threads_2"."user_id" = "users_2"."id" WHERE "users_2"."id" = "users"."manager_id" AND "threads"."user_id" = "users"."id" RETURNING "users"."id""#;
    check(&statement, &[(Postgres, sql), (Sqlite, sql)]);
    lacks(&statement, &[MySql, MariaDb]);
}

#[test]
fn delete_by_other_tables() {
    let elsewhere = TableRef { schema: Some("else\"where".into()), ..USERS };
    let mut statement = Delete {
        head: Head::default(),
        table: Ref::Owned(Box::new(elsewhere)),
        source: U,
        from: vec![
            join(JoinKind::From, &THREADS, T, None),
            join(JoinKind::Inner, &USERS, SourceId(3), Some(eq(col(SourceId(3), 0), col(U, 2)))),
        ],
        filter: vec![eq(col(T, 1), col(U, 0))],
        everywhere: false,
        returning: Vec::new(),
    };
    let joined = "DELETE `else\"where`.`users` FROM `else\"where`.`users` CROSS JOIN `threads` CROSS JOIN `users` AS `users_2` WHERE `users_2`.`id` = `users`.`manager_id` AND `threads`.`user_id` = `users`.`id`";
    check(&Statement::Delete(Box::new(statement.clone())), &[(MySql, joined), (MariaDb, joined)]);
    lacks(&Statement::Delete(Box::new(statement.clone())), &[Sqlite]);
    statement.returning = vec![Item::Expr(col(T, 0))];
    let statement = Statement::Delete(Box::new(statement));
    let sql = r#"DELETE FROM "else""where"."users" USING "threads" CROSS JOIN "users" AS "users_2" WHERE "users_2"."id" = "users"."manager_id" AND "threads"."user_id" = "users"."id" RETURNING "threads"."id""#;
    check(&statement, &[(Postgres, sql)]);
    lacks(&statement, &[MySql, MariaDb, Sqlite]);
}

#[test]
fn a_column_is_set_after_those_that_read_it() {
    let mut statement = update();
    statement.assignments = vec![Assignment { column: 0, value: int(1) }, Assignment { column: 2, value: col(U, 0) }];
    check(
        &Statement::Update(Box::new(statement.clone())),
        &[
            (Sqlite, r#"UPDATE "users" SET "id" = ?1, "manager_id" = "users"."id" WHERE "users"."id" = ?2"#),
            (MySql, "UPDATE `users` SET `manager_id` = `users`.`id`, `id` = ? WHERE `users`.`id` = ?"),
            (MariaDb, "UPDATE `users` SET `manager_id` = `users`.`id`, `id` = ? WHERE `users`.`id` = ?"),
        ],
    );
    // a joined update assigns in an order of its own
    let mut joined = statement.clone();
    joined.from = vec![join(JoinKind::From, &THREADS, T, None)];
    lacks(&Statement::Update(Box::new(joined)), &[MySql, MariaDb]);
    statement.assignments[0].value = col(U, 2);
    lacks(&Statement::Update(Box::new(statement)), &[MySql, MariaDb]);
}

#[test]
fn common_table_expressions_before_a_change() {
    let cte = std::sync::Arc::new(Cte::new(
        1,
        "picked".into(),
        vec!["id".into()].into(),
        CteBody::Select(Box::new(select(&USERS, T, vec![Item::Expr(col(T, 0))]))),
    ));
    let mut from = select(&USERS, SourceId(3), vec![Item::Expr(col(SourceId(3), 0))]);
    from.from[0].relation = Relation::Cte(CteRef::Of(cte));
    let within = Membership { operand: col(U, 0), source: Source::Query(Box::new(from.clone())), negated: false };
    let delete = Statement::Delete(Box::new(Delete {
        head: Head::default(),
        table: Ref::Owned(Box::new(USERS)),
        source: U,
        from: Vec::new(),
        filter: vec![Node::In(Box::new(within))],
        everywhere: false,
        returning: Vec::new(),
    }));
    let sql = r#"WITH "picked" ("id") AS (SELECT "users_2"."id" FROM "users" AS "users_2") DELETE FROM "users" WHERE "users"."id" IN (SELECT "picked"."id" FROM "picked")"#;
    // MySQL cannot read the table that is changed, but can read what was derived from it before
    let derived = "WITH `picked` (`id`) AS (SELECT `users_2`.`id` FROM (SELECT `id`, `name`, `manager_id` FROM `users`) AS `users_2`) DELETE FROM `users` WHERE `users`.`id` IN (SELECT `picked`.`id` FROM `picked`)";
    let in_place = "DELETE FROM `users` WHERE `users`.`id` IN (SELECT `picked`.`id` FROM (SELECT `users_2`.`id` AS `id` FROM `users` AS `users_2`) AS `picked`)";
    check(&delete, &[(Postgres, sql), (Sqlite, sql), (MySql, derived), (MariaDb, in_place)]);
    let mut statement = insert(InsertSource::Query(Box::new(from)));
    statement.columns = vec![0];
    check(
        &Statement::Insert(Box::new(statement)),
        &[
            (
                Postgres,
                r#"WITH "picked" ("id") AS (SELECT "users_2"."id" FROM "users" AS "users_2") INSERT INTO "users" ("id") SELECT "picked"."id" FROM "picked""#,
            ),
            (
                MySql,
                "INSERT INTO `users` (`id`) WITH `picked` (`id`) AS (SELECT `users_2`.`id` FROM `users` AS `users_2`) SELECT `picked`.`id` FROM `picked`",
            ),
        ],
    );
}

#[test]
fn a_value_never_sees_what_was_set_before_it() {
    let mut swap = update();
    swap.assignments = vec![Assignment { column: 0, value: col(U, 2) }, Assignment { column: 2, value: col(U, 0) }];
    let sql = r#"UPDATE "users" SET "id" = "users"."manager_id", "manager_id" = "users"."id" WHERE "users"."id" = "#;
    let swap = Statement::Update(Box::new(swap));
    check(&swap, &[(Postgres, &format!("{sql}$1")), (Sqlite, &format!("{sql}?1"))]);
    lacks(&swap, &[MySql, MariaDb]);
    // set after it was read, whatever the order in which it was written
    let mut shift = update();
    shift.assignments = vec![Assignment { column: 0, value: col(U, 2) }, Assignment { column: 1, value: col(U, 0) }];
    let sql = "UPDATE `users` SET `name` = `users`.`id`, `id` = `users`.`manager_id` WHERE `users`.`id` = ?";
    check(&Statement::Update(Box::new(shift)), &[(MySql, sql), (MariaDb, sql)]);
    let mut step = update();
    let one = Node::Constant(Constant::Integer(1));
    step.assignments = vec![
        Assignment { column: 0, value: Node::binary(BinaryOp::Add, col(U, 0), one) },
        Assignment { column: 1, value: text("x") },
    ];
    assert!(on(MySql, &Statement::Update(Box::new(step))).is_ok());
}
