//! INSERT, UPDATE, DELETE.

use super::*;

pub(super) fn insert(rows: InsertSource) -> Insert {
    Insert {
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
        table: Ref::Owned(Box::new(USERS)),
        source: U,
        assignments: vec![Assignment { column: 1, value: text("x") }],
        from: Vec::new(),
        filter: vec![eq(col(U, 0), int(1))],
        everywhere: false,
        returning: Vec::new(),
    }
}

#[test]
fn insert_rows() {
    let mut statement = insert(values());
    statement.returning = vec![Item::Expr(col(U, 0))];
    let statement = Statement::Insert(statement);
    check(
        &statement,
        &[
            (Postgres, r#"INSERT INTO "users" ("id", "name") VALUES ($1, $2), ($3, $4) RETURNING "users"."id""#),
            (Sqlite, r#"INSERT INTO "users" ("id", "name") VALUES (?1, ?2), (?3, ?4) RETURNING "users"."id""#),
            (MariaDb, "INSERT INTO `users` (`id`, `name`) VALUES (?, ?), (?, ?) RETURNING `users`.`id`"),
        ],
    );
    lacks(&statement, &[MySql]);
    let none = Statement::Insert(insert(InsertSource::Values(Vec::new())));
    assert_eq!(on(Sqlite, &none), Err(BuildError::NoRows));
}

#[test]
fn insert_defaults() {
    check(
        &Statement::Insert(insert(InsertSource::Defaults)),
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
    let statement = Statement::Update(statement);
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
    check(&Statement::Update(update()), &[(MySql, "UPDATE `users` SET `name` = ? WHERE `users`.`id` = ?")]);
    let delete = Delete {
        table: Ref::Owned(Box::new(USERS)),
        source: U,
        filter: vec![eq(col(U, 0), int(1))],
        everywhere: false,
        returning: vec![Item::Expr(col(U, 1))],
    };
    check(
        &Statement::Delete(delete),
        &[
            (Postgres, r#"DELETE FROM "users" WHERE "users"."id" = $1 RETURNING "users"."name""#),
            (Sqlite, r#"DELETE FROM "users" WHERE "users"."id" = ?1 RETURNING "users"."name""#),
            (MariaDb, "DELETE FROM `users` WHERE `users`.`id` = ? RETURNING `users`.`name`"),
        ],
    );
}
