//! Casts, types with names, and constants.

use super::*;

#[test]
fn casts() {
    let cast = |ty| Node::Cast(Box::new(c(0)), ty);
    check_expr(
        cast(Type::of(Kind::Text)),
        &[
            (Postgres, r#"CAST("threads"."id" AS text)"#),
            (Sqlite, r#"CAST("threads"."id" AS TEXT)"#),
            (MySql, "CAST(`threads`.`id` AS CHAR)"),
        ],
    );
    check_expr(
        cast(Type::of(Kind::F64)),
        &[
            (Postgres, r#"CAST("threads"."id" AS double precision)"#),
            (Sqlite, r#"CAST("threads"."id" AS REAL)"#),
            (MySql, "CAST(`threads`.`id` AS DOUBLE)"),
        ],
    );
    check_expr(cast(Type::named("char(3)", Kind::Text)), &[(Postgres, r#"CAST("threads"."id" AS char(3))"#)]);
    lacks(&of_threads(cast(Type::array_of(&I64))), &[Sqlite, MySql, MariaDb]);
}

#[test]
fn named_types_are_cast_and_never_cut() {
    static MOOD: Type = Type::named("mood", Kind::Enum);
    static CODE: Type = Type::named("char(3)", Kind::Text);
    let mood = Node::Argument(Argument::new(Value::Text("ok".into()), &MOOD));
    check_expr(
        eq(c(2), mood),
        &[(Postgres, r#""threads"."title" = CAST($1 AS mood)"#), (Sqlite, r#""threads"."title" = ?1"#)],
    );
    let codes = Source::List(Argument::list(vec![Value::Text("abcd".into())], &CODE));
    check_expr(super::expr::within(codes, false), &[(Postgres, r#""threads"."id" = ANY(CAST($1 AS bpchar[]))"#)]);
}

#[test]
fn constants() {
    let check_constant = |constant, expected: &[(Engine, &str)]| check_expr(Node::Constant(constant), expected);
    check_constant(Constant::Bool(true), &[(Postgres, "TRUE"), (Sqlite, "TRUE")]);
    check_constant(Constant::Integer(-5), &[(Postgres, "(-5)"), (Sqlite, "(-5)")]);
    let number = |digits: &'static str, kind| Constant::Number(digits.into(), Type::of(kind));
    let (double, bigint) = ("CAST((-1.50) AS double precision)", "CAST(7 AS bigint)");
    check_constant(number("-1.50", Kind::F64), &[(Postgres, double), (Sqlite, "(-1.50)")]);
    check_constant(number("7", Kind::I64), &[(Postgres, bigint), (Sqlite, "7"), (MySql, "CAST(7 AS SIGNED)")]);
    check_constant(Constant::Null(TEXT.clone()), &[(Postgres, "CAST(NULL AS text)"), (Sqlite, "NULL")]);
    let typed = |text: &'static str, kind| Constant::Typed(text.into(), Type::of(kind));
    let uuid = "67e55044-10b1-426f-9247-bb680e5fe0c8";
    check_constant(
        typed(uuid, Kind::Uuid),
        &[
            (Postgres, "CAST('67e55044-10b1-426f-9247-bb680e5fe0c8' AS uuid)"),
            (Sqlite, "X'67E5504410B1426F9247BB680E5FE0C8'"),
            (MySql, "X'67E5504410B1426F9247BB680E5FE0C8'"),
        ],
    );
    check_constant(
        typed("2026-01-02 03:04:05.000000", Kind::DateTime),
        &[
            (Postgres, "CAST('2026-01-02 03:04:05.000000' AS timestamp without time zone)"),
            (Sqlite, "'2026-01-02 03:04:05.000000'"),
            (MySql, "TIMESTAMP'2026-01-02 03:04:05.000000'"),
        ],
    );
    check_constant(
        typed("2026-01-02 03:04:05.000000", Kind::Timestamp),
        &[
            (Postgres, "CAST('2026-01-02 03:04:05.000000+00' AS timestamp with time zone)"),
            (Sqlite, "'2026-01-02 03:04:05.000000'"),
        ],
    );
    check_constant(
        Constant::Typed("ok".into(), Type::named("mood", Kind::Enum)),
        &[(Postgres, "CAST('ok' AS mood)"), (Sqlite, "'ok'")],
    );
    assert_eq!(sqlite_value(Node::Constant(Constant::Integer(i64::MIN))).unwrap(), i64::MIN.to_string());
    for digits in ["1; DROP TABLE x", "inf", "nan", "", "1 2", "--1"] {
        let statement = of_threads(Node::Constant(number(digits, Kind::F64)));
        assert_eq!(on(Sqlite, &statement), Err(BuildError::NotConstant), "{digits}");
    }
}
