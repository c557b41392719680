//! Expressions.

use super::*;

fn c(index: u32) -> Node {
    col(T, index)
}

fn call(function: Function, arguments: Vec<Node>) -> Node {
    Node::Call(function, arguments)
}

fn op(op: BinaryOp) -> Node {
    Node::binary(op, c(0), c(1))
}

fn json(path: Vec<JsonStep>, form: JsonForm) -> Node {
    Node::Json { document: Box::new(c(3)), path, form }
}

fn key(key: &'static str) -> JsonStep {
    JsonStep::Key(key.into())
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

fn within(source: Source, negated: bool) -> Node {
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
    inner.items = vec![Item::Expr(col(U, 1))];
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
    let number = |digits: &'static str| Node::Constant(Constant::Number(digits.into()));
    let of = |f, digits| sqlite_value(call(f, vec![number(digits)])).unwrap().parse::<f64>().unwrap();
    for (digits, floor, ceil) in
        [("1.5", 1.0, 2.0), ("-1.5", -2.0, -1.0), ("2.0", 2.0, 2.0), ("-0.5", -1.0, 0.0), ("1e300", 1e300, 1e300)]
    {
        assert_eq!(of(Function::Floor, digits), floor, "{digits}");
        assert_eq!(of(Function::Ceil, digits), ceil, "{digits}");
    }
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
    check_expr(within(codes, false), &[(Postgres, r#""threads"."id" = ANY(CAST($1 AS bpchar[]))"#)]);
}

#[test]
fn json_paths() {
    check_expr(
        json(vec![key("a"), JsonStep::Index(0), key("b")], JsonForm::Json),
        &[
            (Postgres, r#""threads"."metadata" -> 'a' -> 0 -> 'b'"#),
            (Sqlite, r#""threads"."metadata" -> '$."a"[0]."b"'"#),
            (MySql, r#"json_extract(`threads`.`metadata`, '$."a"[0]."b"')"#),
        ],
    );
    check_expr(
        Node::binary(BinaryOp::DistinctFrom, json(vec![key("status")], JsonForm::Text), constant("archived")),
        &[
            (Postgres, r#"("threads"."metadata" ->> 'status') IS DISTINCT FROM 'archived'"#),
            (
                Sqlite,
                r#"CASE json_type("threads"."metadata", '$."status"') WHEN 'text' THEN "threads"."metadata" ->> '$."status"' WHEN 'null' THEN NULL ELSE "threads"."metadata" -> '$."status"' END IS NOT 'archived'"#,
            ),
        ],
    );
    check_expr(json(vec![], JsonForm::Text), &[(Postgres, r#""threads"."metadata" #>> '{}'"#)]);
}

#[test]
fn json_as_text_is_the_same_everywhere() {
    let of = |document: &'static str, path| {
        sqlite_value(Node::Json { document: Box::new(constant(document)), path, form: JsonForm::Text })
    };
    let a = || vec![key("a")];
    assert_eq!(of(r#"{"a":true}"#, a()).unwrap(), "true");
    assert_eq!(of(r#"{"a":1.50}"#, a()).unwrap(), "1.50");
    assert_eq!(of(r#"{"a":"x\"y"}"#, a()).unwrap(), "x\"y");
    assert_eq!(of(r#"{"a":null}"#, a()), None);
    assert_eq!(of(r#"{"b":1}"#, a()), None);
    assert_eq!(of(r#"{"a":[10,20]}"#, vec![key("a"), JsonStep::Index(1)]).unwrap(), "20");
}

#[test]
fn a_json_key_is_one_key() {
    for name in ["a.b", "a\"b", "$", "[0]", "a'b", "a\\b", "#-1", "", "é", "a\nb", "*", "\"].x", "a\u{1}b", "0"] {
        let document = serde_json::json!({ name: "yes", "a": { "b": "no" }, "x": "no" }).to_string();
        let document = Node::Constant(Constant::Text(document.into()));
        let path = vec![JsonStep::Key(name.to_owned().into())];
        let found = sqlite_value(Node::Json { document: Box::new(document), path, form: JsonForm::Text });
        assert_eq!(found.as_deref(), Some("yes"), "{name:?}");
    }
}

#[test]
fn constants() {
    let check_constant = |constant, expected: &[(Engine, &str)]| check_expr(Node::Constant(constant), expected);
    check_constant(Constant::Bool(true), &[(Postgres, "TRUE"), (Sqlite, "TRUE")]);
    check_constant(Constant::Integer(-5), &[(Postgres, "(-5)"), (Sqlite, "(-5)")]);
    check_constant(Constant::Number("-1.50".into()), &[(Postgres, "(-1.50)"), (Sqlite, "(-1.50)")]);
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
        let statement = of_threads(Node::Constant(Constant::Number(digits.into())));
        assert_eq!(on(Sqlite, &statement), Err(BuildError::NotConstant), "{digits}");
    }
}
