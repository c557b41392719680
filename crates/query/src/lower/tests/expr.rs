//! Expressions: operators, conditions, lists, patterns, subqueries, CASE.

use super::*;

fn op(op: BinaryOp) -> Node {
    Node::binary(op, c(0), c(1))
}

#[test]
fn operators() {
    for (operator, word) in [
        (BinaryOp::Equal, "="),
        (BinaryOp::NotEqual, "<>"),
        (BinaryOp::Less, "<"),
        (BinaryOp::LessOrEqual, "<="),
        (BinaryOp::Greater, ">"),
        (BinaryOp::GreaterOrEqual, ">="),
        (BinaryOp::Add, "+"),
        (BinaryOp::Subtract, "-"),
        (BinaryOp::Multiply, "*"),
        (BinaryOp::Divide, "/"),
        (BinaryOp::Modulo, "%"),
    ] {
        let sql = format!(r#""threads"."id" {word} "threads"."user_id""#);
        check_expr(op(operator), &[(Postgres, &sql), (Sqlite, &sql)]);
        check_expr(op(operator), &[(MySql, &sql.replace('"', "`"))]);
    }
    check_expr(
        op(BinaryOp::DistinctFrom),
        &[
            (Postgres, r#""threads"."id" IS DISTINCT FROM "threads"."user_id""#),
            (Sqlite, r#""threads"."id" IS NOT "threads"."user_id""#),
            (MySql, "(NOT (`threads`.`id` <=> `threads`.`user_id`))"),
        ],
    );
    check_expr(
        op(BinaryOp::NotDistinctFrom),
        &[
            (Postgres, r#""threads"."id" IS NOT DISTINCT FROM "threads"."user_id""#),
            (Sqlite, r#""threads"."id" IS "threads"."user_id""#),
            (MySql, "`threads`.`id` <=> `threads`.`user_id`"),
        ],
    );
    check_expr(
        op(BinaryOp::DivideIntegers),
        &[
            (Postgres, r#""threads"."id" / "threads"."user_id""#),
            (Sqlite, r#""threads"."id" / "threads"."user_id""#),
            (MySql, "`threads`.`id` DIV `threads`.`user_id`"),
        ],
    );
    check_expr(
        Node::binary(BinaryOp::Concat, Node::binary(BinaryOp::Concat, c(2), constant(" ")), c(2)),
        &[
            (Postgres, r#"("threads"."title" || ' ') || "threads"."title""#),
            (Sqlite, r#"("threads"."title" || ' ') || "threads"."title""#),
            (MySql, "CONCAT(CONCAT(`threads`.`title`, ' '), `threads`.`title`)"),
        ],
    );
    for operator in [BinaryOp::Contains, BinaryOp::ContainedBy, BinaryOp::Overlaps, BinaryOp::Matches] {
        lacks(&of_threads(op(operator)), &[Sqlite, MySql, MariaDb]);
    }
    check_expr(
        Node::binary(BinaryOp::Contains, c(3), c(3)),
        &[(Postgres, r#""threads"."metadata" @> "threads"."metadata""#)],
    );
}

#[test]
fn parentheses_say_what_the_tree_says() {
    let minus = |a, b| Node::binary(BinaryOp::Subtract, a, b);
    let sql = r#""threads"."id" - ("threads"."user_id" - "threads"."id")"#;
    check_expr(minus(c(0), minus(c(1), c(0))), &[(Postgres, sql), (Sqlite, sql)]);
    let times = Node::binary(BinaryOp::Multiply, minus(c(0), c(1)), c(0));
    let sql = r#"("threads"."id" - "threads"."user_id") * "threads"."id""#;
    check_expr(times, &[(Postgres, sql), (Sqlite, sql)]);
    // two minuses in a row would open a comment
    let negative = Node::Constant(Constant::Integer(-1));
    let sql = r#""threads"."id" - (-1)"#;
    check_expr(minus(c(0), negative.clone()), &[(Postgres, sql), (Sqlite, sql)]);
    let sql = "-((-1))";
    check_expr(Node::Unary(UnaryOp::Negate, Box::new(negative)), &[(Postgres, sql), (Sqlite, sql)]);
    let not = Node::Unary(UnaryOp::Not, Box::new(Node::Any(vec![eq(c(0), c(1)), eq(c(1), c(0))])));
    let sql = r#"NOT ("threads"."id" = "threads"."user_id" OR "threads"."user_id" = "threads"."id")"#;
    check_expr(not, &[(Postgres, sql), (Sqlite, sql)]);
    let truth = eq(Node::Test(Test::Null, Box::new(c(0))), Node::Test(Test::True, Box::new(eq(c(0), c(1)))));
    let sql = r#"("threads"."id" IS NULL) = (("threads"."id" = "threads"."user_id") IS TRUE)"#;
    check_expr(truth, &[(Postgres, sql), (Sqlite, sql)]);
}

#[test]
fn lists_of_conditions() {
    check_expr(Node::All(Vec::new()), &[(Postgres, "TRUE"), (Sqlite, "TRUE")]);
    check_expr(Node::Any(Vec::new()), &[(Postgres, "FALSE"), (Sqlite, "FALSE")]);
    let both = Node::All(vec![eq(c(0), int(1)), Node::Any(vec![eq(c(0), int(2)), eq(c(0), int(3))])]);
    let sql = r#""threads"."id" = ?1 AND ("threads"."id" = ?2 OR "threads"."id" = ?3)"#;
    check_expr(both, &[(Sqlite, sql)]);
    // SQLite takes expressions up to a depth of 1 000
    let many = Node::Any((0..5_000).map(|i| eq(c(0), int(i))).collect());
    let compiled = on(Sqlite, &of_threads(many)).unwrap();
    assert_eq!(compiled.slots.len(), 5_000);
    sqlite().prepare(&compiled.sql).unwrap();
}

#[test]
fn tests_of_truth() {
    for (test, word) in [
        (Test::Null, "IS NULL"),
        (Test::NotNull, "IS NOT NULL"),
        (Test::True, "IS TRUE"),
        (Test::NotTrue, "IS NOT TRUE"),
        (Test::False, "IS FALSE"),
    ] {
        let sql = format!(r#"("threads"."id" = "threads"."user_id") {word}"#);
        check_expr(Node::Test(test, Box::new(eq(c(0), c(1)))), &[(Postgres, &sql), (Sqlite, &sql)]);
    }
}

pub(super) fn within(source: Source, negated: bool) -> Node {
    Node::In(Box::new(Membership { operand: c(0), source, negated }))
}

fn list(n: i64) -> Source {
    Source::List(Argument::list((1..=n).map(Value::I64).collect(), &I64))
}

#[test]
fn lists_of_values() {
    check_expr(
        within(list(3), false),
        &[
            (Postgres, r#""threads"."id" = ANY($1)"#),
            (Sqlite, r#""threads"."id" IN (?1, ?2, ?3, ?4)"#),
            (MySql, "`threads`.`id` IN (?, ?, ?, ?)"),
        ],
    );
    check_expr(
        within(list(1), true),
        &[(Postgres, r#""threads"."id" <> ALL($1)"#), (Sqlite, r#""threads"."id" NOT IN (?1)"#)],
    );
    check_expr(within(list(0), false), &[(Postgres, r#""threads"."id" = ANY($1)"#), (Sqlite, "FALSE")]);
    check_expr(within(list(0), true), &[(Postgres, r#""threads"."id" <> ALL($1)"#), (Sqlite, "TRUE")]);
    let exprs = Source::Exprs(vec![c(1), Node::Constant(Constant::Integer(5))]);
    let sql = r#""threads"."id" IN ("threads"."user_id", 5)"#;
    check_expr(within(exprs, false), &[(Postgres, sql), (Sqlite, sql)]);
    check_expr(within(Source::Exprs(Vec::new()), true), &[(Postgres, "TRUE"), (Sqlite, "TRUE")]);
    let query = Source::Query(Box::new(select(&USERS, U, vec![Item::Expr(col(U, 0))])));
    let sql = r#""threads"."id" NOT IN (SELECT "users"."id" FROM "users")"#;
    check_expr(within(query, true), &[(Postgres, sql), (Sqlite, sql)]);
}

#[test]
fn more_values_than_a_statement_binds() {
    let too_many = of_threads(within(list(40_000), false));
    assert_eq!(on(Sqlite, &too_many), Err(BuildError::TooManyArguments { count: 40_960, limit: 32_766 }));
    assert!(on(Sqlite, &of_threads(within(list(31_000), false))).is_ok(), "padding does not go beyond the limit");
    assert_eq!(on(Postgres, &too_many).unwrap().slots.len(), 1);
}

#[test]
fn patterns() {
    let like = |case_insensitive, negated, pattern| {
        Node::Like(Box::new(PatternMatch { operand: c(2), pattern, case_insensitive, negated }))
    };
    check_expr(
        like(false, false, text("a%")),
        &[
            (Postgres, r#""threads"."title" LIKE $1 ESCAPE E'\\'"#),
            (Sqlite, r#""threads"."title" LIKE ?1 ESCAPE '\'"#),
            (MySql, "`threads`.`title` LIKE ? ESCAPE _utf8mb4 X'5C'"),
        ],
    );
    check_expr(
        Node::Unary(UnaryOp::Not, Box::new(like(false, true, constant("50\\%%")))),
        &[
            (Postgres, r#"NOT ("threads"."title" NOT LIKE E'50\\%%' ESCAPE E'\\')"#),
            (Sqlite, r#"NOT ("threads"."title" NOT LIKE '50\%%' ESCAPE '\')"#),
        ],
    );
    let insensitive = like(true, true, constant("a%"));
    check_expr(insensitive.clone(), &[(Postgres, r#""threads"."title" NOT ILIKE 'a%' ESCAPE E'\\'"#)]);
    lacks(&of_threads(insensitive), &[Sqlite, MySql, MariaDb]);
}

#[test]
fn subqueries_see_what_is_around_them() {
    let mut inner = select(&USERS, U, vec![]);
    inner.filter = vec![eq(col(U, 0), c(1))].into();
    let sql = r#"EXISTS(SELECT 1 FROM "users" WHERE "users"."id" = "threads"."user_id")"#;
    check_expr(Node::Exists(Box::new(inner.clone())), &[(Postgres, sql), (Sqlite, sql)]);
    inner.items = vec![Item::Expr(col(U, 1))].into();
    let sql = r#"(SELECT "users"."name" FROM "users" WHERE "users"."id" = "threads"."user_id")"#;
    check_expr(Node::Scalar(Box::new(inner)), &[(Postgres, sql), (Sqlite, sql)]);
}

#[test]
fn one_table_twice_has_two_names() {
    let mut inner = select(&THREADS, SourceId(7), vec![]);
    inner.filter = vec![eq(col(SourceId(7), 1), c(1))].into();
    let sql = r#"EXISTS(SELECT 1 FROM "threads" AS "threads_2" WHERE "threads_2"."user_id" = "threads"."user_id")"#;
    check_expr(Node::Exists(Box::new(inner)), &[(Postgres, sql), (Sqlite, sql)]);
}

#[test]
fn cases() {
    let case =
        CaseNode { operand: None, branches: vec![(eq(c(0), int(1)), text("a"))], otherwise: Some(constant("b")) };
    check_expr(
        Node::Case(Box::new(case)),
        &[
            (Postgres, r#"CASE WHEN "threads"."id" = $1 THEN $2 ELSE 'b' END"#),
            (Sqlite, r#"CASE WHEN "threads"."id" = ?1 THEN ?2 ELSE 'b' END"#),
        ],
    );
}
