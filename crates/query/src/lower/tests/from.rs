//! Joins, derived tables, common table expressions.

use super::*;
use std::sync::Arc;

fn joined(kind: JoinKind) -> Statement {
    let mut query = select(&THREADS, T, vec![Item::Expr(col(T, 0)), Item::Expr(col(U, 1))]);
    let on = (kind != JoinKind::Cross).then(|| eq(col(T, 1), col(U, 0)));
    query.from.push(join(kind, &USERS, U, on));
    Statement::Select(query.into())
}

#[test]
fn joins() {
    for (kind, word) in [
        (JoinKind::Inner, "INNER JOIN"),
        (JoinKind::Left, "LEFT JOIN"),
        (JoinKind::Right, "RIGHT JOIN"),
        (JoinKind::Full, "FULL OUTER JOIN"),
    ] {
        let sql = format!(
            r#"SELECT "threads"."id", "users"."name" FROM "threads" {word} "users" ON "threads"."user_id" = "users"."id""#
        );
        check(&joined(kind), &[(Postgres, &sql), (Sqlite, &sql)]);
    }
    let sql = r#"SELECT "threads"."id", "users"."name" FROM "threads" CROSS JOIN "users""#;
    check(&joined(JoinKind::Cross), &[(Postgres, sql), (Sqlite, sql)]);
    lacks(&joined(JoinKind::Full), &[MySql, MariaDb]);
}

#[test]
fn a_table_beside_itself() {
    let mut query = select(&USERS, U, vec![Item::Expr(col(U, 1)), Item::Expr(col(T, 1))]);
    query.from.push(join(JoinKind::Left, &USERS, T, Some(eq(col(U, 2), col(T, 0)))));
    let sql = r#"SELECT "users"."name", "users_2"."name" FROM "users" LEFT JOIN "users" AS "users_2" ON "users"."manager_id" = "users_2"."id""#;
    check(&Statement::Select(query.into()), &[(Postgres, sql), (Sqlite, sql)]);
}

fn derived(lateral: bool) -> Statement {
    let mut inner = select(&THREADS, T, vec![Item::Expr(col(T, 2)), Item::Expr(col(T, 1))]);
    if lateral {
        inner.filter = vec![eq(col(T, 1), col(U, 0))].into();
    }
    inner.limit = Some(Argument::new(Value::I64(3), &I64));
    let mut query = select(&USERS, U, vec![Item::Row(SourceId(3))]);
    query.from.push(Join {
        kind: if lateral { JoinKind::Left } else { JoinKind::Inner },
        relation: Relation::Derived {
            query: Box::new(inner),
            columns: vec!["latest".into(), "owner".into()].into(),
            lateral,
        },
        source: SourceId(3),
        on: (!lateral).then(|| eq(col(SourceId(3), 1), col(U, 0))),
    });
    Statement::Select(query.into())
}

#[test]
fn derived_tables_name_their_columns() {
    check(
        &derived(false),
        &[
            (
                Postgres,
                r#"SELECT "derived"."latest", "derived"."owner" FROM "users" INNER JOIN (SELECT "threads"."title" AS "latest", "threads"."user_id" AS "owner" FROM "threads" LIMIT $1) AS "derived" ON "derived"."owner" = "users"."id""#,
            ),
            (
                Sqlite,
                r#"SELECT "derived"."latest", "derived"."owner" FROM "users" INNER JOIN (SELECT "threads"."title" AS "latest", "threads"."user_id" AS "owner" FROM "threads" LIMIT ?1+0) AS "derived" ON "derived"."owner" = "users"."id""#,
            ),
        ],
    );
    check(
        &derived(true),
        &[(
            Postgres,
            r#"SELECT "derived"."latest", "derived"."owner" FROM "users" LEFT JOIN LATERAL (SELECT "threads"."title" AS "latest", "threads"."user_id" AS "owner" FROM "threads" WHERE "threads"."user_id" = "users"."id" LIMIT $1) AS "derived" ON TRUE"#,
        )],
    );
    lacks(&derived(true), &[Sqlite, MariaDb]);
}

#[test]
fn a_derived_table_has_each_name_once() {
    let mut statement = derived(false);
    if let Statement::Select(query) = &mut statement
        && let Relation::Derived { columns, .. } = &mut query.from[1].relation
    {
        *columns = vec!["same".into(), "SAME".into()].into();
    }
    assert!(matches!(on(Sqlite, &statement), Err(BuildError::Clause(_))));
}

fn cte(id: u64, name: &'static str, body: CteBody) -> Arc<Cte> {
    Arc::new(Cte::new(id, name.into(), vec!["id".into(), "label".into()].into(), body))
}

fn from_cte(relation: CteRef, source: SourceId) -> Select {
    let mut query = select(&USERS, source, vec![Item::Row(source)]);
    query.from[0].relation = Relation::Cte(relation);
    query
}

#[test]
fn common_table_expressions_stand_at_the_head() {
    let first = cte(1, "active", body(select(&USERS, U, vec![Item::Expr(col(U, 0)), Item::Expr(col(U, 1))])));
    let second = cte(2, "named", body(from_cte(CteRef::Of(first.clone()), SourceId(5))));
    let mut query = from_cte(CteRef::Of(second), SourceId(6));
    query.filter =
        vec![Node::Exists(Box::new(from_cte(CteRef::Of(first), SourceId(7)))), eq(col(SourceId(6), 1), text("x"))]
            .into();
    check(
        &Statement::Select(query.into()),
        &[
            (
                Postgres,
                r#"WITH "active" ("id", "label") AS (SELECT "users"."id", "users"."name" FROM "users"), "named" ("id", "label") AS (SELECT "active_2"."id", "active_2"."label" FROM "active" AS "active_2") SELECT "named"."id", "named"."label" FROM "named" WHERE EXISTS(SELECT "active"."id", "active"."label" FROM "active") AND "named"."label" = $1"#,
            ),
            (
                Sqlite,
                r#"WITH "active" ("id", "label") AS (SELECT "users"."id", "users"."name" FROM "users"), "named" ("id", "label") AS (SELECT "active_2"."id", "active_2"."label" FROM "active" AS "active_2") SELECT "named"."id", "named"."label" FROM "named" WHERE EXISTS(SELECT "active"."id", "active"."label" FROM "active") AND "named"."label" = ?1"#,
            ),
        ],
    );
}

fn chain(all: bool) -> Arc<Cte> {
    let mut base = select(&USERS, U, vec![Item::Expr(col(U, 0)), Item::Expr(col(U, 1))]);
    base.filter = vec![Node::Test(Test::Null, Box::new(col(U, 2)))].into();
    let mut step =
        select(&USERS, SourceId(11), vec![Item::Expr(col(SourceId(11), 0)), Item::Expr(col(SourceId(11), 1))]);
    step.from.push(Join {
        kind: JoinKind::Inner,
        relation: Relation::Cte(CteRef::Itself {
            id: 3,
            name: "chain".into(),
            columns: vec!["id".into(), "label".into()].into(),
        }),
        source: SourceId(12),
        on: Some(eq(col(SourceId(11), 2), col(SourceId(12), 0))),
    });
    cte(3, "chain", CteBody::Recursive { base: Box::new(base), step: Box::new(step), all })
}

#[test]
fn recursion() {
    let sql = r#"WITH RECURSIVE "chain" ("id", "label") AS (SELECT "users"."id", "users"."name" FROM "users" WHERE "users"."manager_id" IS NULL UNION ALL SELECT "users_2"."id", "users_2"."name" FROM "users" AS "users_2" INNER JOIN "chain" AS "chain_2" ON "users_2"."manager_id" = "chain_2"."id") SELECT "chain"."id", "chain"."label" FROM "chain""#;
    let statement = Statement::Select(from_cte(CteRef::Of(chain(true)), SourceId(13)).into());
    check(&statement, &[(Postgres, sql), (Sqlite, sql)]);
    check(&statement, &[(MySql, &sql.replace('"', "`")), (MariaDb, &sql.replace('"', "`"))]);

    let mut limited = Arc::unwrap_or_clone(chain(false));
    if let CteBody::Recursive { base, .. } = &mut limited.body {
        base.limit = Some(Argument::new(Value::I64(1), &I64));
    }
    let statement = Statement::Select(from_cte(CteRef::Of(Arc::new(limited)), SourceId(13)).into());
    assert!(matches!(on(Postgres, &statement), Err(BuildError::Clause(_))));
}

#[test]
fn a_common_table_expression_hides_no_table() {
    let hiding = cte(4, "Users", body(select(&USERS, U, vec![Item::Expr(col(U, 0)), Item::Expr(col(U, 1))])));
    let statement = Statement::Select(from_cte(CteRef::Of(hiding), SourceId(6)).into());
    assert!(on(Postgres, &statement).is_ok(), "two names there");
    for engine in [Sqlite, MySql, MariaDb] {
        assert!(matches!(on(engine, &statement), Err(BuildError::Clause(_))));
    }
}

fn body(select: Select) -> CteBody {
    CteBody::Select(Box::new(select))
}
