//! Functions of values.

use super::*;

#[test]
fn functions() {
    let t = r#""threads"."title""#;
    let same = [
        (Function::Coalesce, vec![c(2), constant("")], format!("coalesce({t}, '')")),
        (Function::NullIf, vec![c(2), constant("")], format!("nullif({t}, '')")),
        (Function::Lower, vec![c(2)], format!("lower({t})")),
        (Function::Upper, vec![c(2)], format!("upper({t})")),
        (Function::Trim, vec![c(2)], format!("trim({t})")),
        (Function::TrimStart, vec![c(2)], format!("ltrim({t})")),
        (Function::TrimEnd, vec![c(2)], format!("rtrim({t})")),
        (Function::Replace, vec![c(2), constant("a"), constant("b")], format!("replace({t}, 'a', 'b')")),
        (Function::Coalesce, vec![c(2)], t.to_owned()),
        (Function::Greatest, vec![c(2)], t.to_owned()),
        (Function::Abs, vec![c(0)], r#"abs("threads"."id")"#.to_owned()),
        (Function::Round, vec![c(5)], r#"round("threads"."score")"#.to_owned()),
    ];
    for (function, arguments, sql) in same {
        let mysql = sql.replace('"', "`");
        check_expr(call(function, arguments), &[(Postgres, &sql), (Sqlite, &sql), (MySql, &mysql), (MariaDb, &mysql)]);
    }
    check_expr(
        call(Function::Greatest, vec![c(0), c(1)]),
        &[
            (Postgres, r#"greatest("threads"."id", "threads"."user_id")"#),
            (Sqlite, r#"max("threads"."id", "threads"."user_id")"#),
        ],
    );
    check_expr(
        call(Function::CharLength, vec![c(2)]),
        &[(Postgres, r#"char_length("threads"."title")"#), (Sqlite, r#"length("threads"."title")"#)],
    );
    check_expr(
        call(Function::Position, vec![c(2), text("x")]),
        &[
            (Postgres, r#"strpos("threads"."title", $1)"#),
            (Sqlite, r#"instr("threads"."title", ?1)"#),
            (MySql, "locate(?, `threads`.`title`)"),
        ],
    );
    check_expr(call(Function::RandomUuid, vec![]), &[(Postgres, "gen_random_uuid()")]);
    lacks(&of_threads(call(Function::RandomUuid, vec![])), &[Sqlite, MySql]);
    check_expr(
        call(Function::JsonArrayLength, vec![c(3)]),
        &[
            (
                Postgres,
                r#"CASE WHEN jsonb_typeof("threads"."metadata") = 'array' THEN jsonb_array_length("threads"."metadata") END"#,
            ),
            (
                Sqlite,
                r#"CASE WHEN json_type("threads"."metadata") = 'array' THEN json_array_length("threads"."metadata") END"#,
            ),
            (
                MySql,
                "CASE WHEN json_type(`threads`.`metadata`) = 'ARRAY' COLLATE utf8mb4_0900_bin THEN json_length(`threads`.`metadata`) END",
            ),
        ],
    );
    let missing = of_threads(call(Function::Replace, vec![c(2)]));
    assert!(matches!(on(Postgres, &missing), Err(BuildError::Clause(_))));
}

#[test]
fn text_search() {
    let document = call(Function::ToTsvector, vec![Node::Keyword("english".into()), c(2)]);
    let search = call(Function::WebsearchToTsquery, vec![Node::Keyword("english".into()), text("rust")]);
    let matches = Node::binary(BinaryOp::Matches, document, search);
    check_expr(
        matches.clone(),
        &[(
            Postgres,
            r#"to_tsvector(CAST('english' AS regconfig), "threads"."title") @@ websearch_to_tsquery(CAST('english' AS regconfig), $1)"#,
        )],
    );
    lacks(&of_threads(matches), &[Sqlite, MySql, MariaDb]);
}

#[test]
fn every_function_prepares_where_it_exists() {
    let one = [Function::Floor, Function::Ceil].map(|f| call(f, vec![c(5)]));
    let none = [Function::Now, Function::CurrentDate, Function::RandomUuid].map(|f| call(f, vec![]));
    let of_time = [
        Function::Year,
        Function::Month,
        Function::Day,
        Function::Hour,
        Function::Minute,
        Function::Second,
        Function::DateOf,
        Function::TruncateYear,
        Function::TruncateMonth,
        Function::TruncateDay,
        Function::TruncateHour,
    ]
    .map(|f| call(f, vec![c(4)]));
    let moved = call(Function::AddMicroseconds, vec![c(4), int(1)]);
    let between = call(Function::SecondsBetween, vec![c(4), call(Function::Now, vec![])]);
    let part = call(Function::Substring, vec![c(2), Node::Constant(Constant::Integer(1)), int(2)]);
    for expr in one.into_iter().chain(none).chain(of_time).chain([moved, between, part]) {
        let statement = of_threads(expr);
        for engine in Engine::ALL {
            match on(engine, &statement) {
                Ok(compiled) => check(&statement, &[(engine, &compiled.sql)]),
                Err(e) => assert!(matches!(e, BuildError::Unsupported { construct: "random UUIDs", .. }), "{e}"),
            }
        }
    }
}

#[test]
fn sqlite_dates_are_exact() {
    let at = |f, t| sqlite_value(call(f, vec![text(t)])).unwrap();
    let t = "2026-12-31 23:59:59.999600";
    // its own date functions would round this into the next year
    assert_eq!(at(Function::Year, t), "2026");
    assert_eq!(at(Function::Second, t), "59");
    assert_eq!(at(Function::TruncateYear, t), "2026-01-01 00:00:00.000000");
    assert_eq!(at(Function::TruncateMonth, t), "2026-12-01 00:00:00.000000");
    assert_eq!(at(Function::TruncateDay, t), "2026-12-31 00:00:00.000000");
    assert_eq!(at(Function::TruncateHour, t), "2026-12-31 23:00:00.000000");
    assert_eq!(at(Function::DateOf, t), "2026-12-31");
    let moved = |t, by: i64| sqlite_value(call(Function::AddMicroseconds, vec![text(t), int(by)])).unwrap();
    assert_eq!(moved(t, 400), "2027-01-01 00:00:00.000000");
    assert_eq!(moved(t, 399), "2026-12-31 23:59:59.999999");
    assert_eq!(moved(t, -999_601), "2026-12-31 23:59:58.999999");
    assert_eq!(moved("1969-12-31 23:59:59.000007", 86_400_000_000), "1970-01-01 23:59:59.000007");
    assert_eq!(moved("2026-03-01", -1), "2026-02-28 23:59:59.999999");
    let now = sqlite_value(call(Function::Now, vec![])).unwrap();
    assert_eq!(now.len(), t.len());
    let between = |a, b| sqlite_value(call(Function::SecondsBetween, vec![text(a), text(b)])).unwrap();
    assert_eq!(between("2026-01-01 00:00:01.500000", "2025-12-31 23:59:59.250000"), "2.25");
    let null = Node::Constant(Constant::Null(TEXT.clone()));
    assert_eq!(sqlite_value(call(Function::AddMicroseconds, vec![null, int(1)])), None);
}

#[test]
fn sqlite_rounds_down_and_up() {
    let number = |digits: &'static str| Node::Constant(Constant::Number(digits.into(), Type::of(Kind::F64)));
    let of = |f, digits| sqlite_value(call(f, vec![number(digits)])).unwrap().parse::<f64>().unwrap();
    for (digits, floor, ceil) in
        [("1.5", 1.0, 2.0), ("-1.5", -2.0, -1.0), ("2.0", 2.0, 2.0), ("-0.5", -1.0, 0.0), ("1e300", 1e300, 1e300)]
    {
        assert_eq!(of(Function::Floor, digits), floor, "{digits}");
        assert_eq!(of(Function::Ceil, digits), ceil, "{digits}");
    }
}
