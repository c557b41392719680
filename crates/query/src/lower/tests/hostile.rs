//! Names and texts that try to be more than that.

use super::*;

/// A quote of each dialect, separators, comments, placeholders, and what a marker looks like without its frame.
const TEXTS: [&str; 12] =
    ["a'b", "a\"b", "a`b", "a\\", "\\' OR 1=1 --", "a.b", "a;b", "--x", "/*x*/", "$1", "?", "{0}"];
const CONTROLS: [&str; 5] = ["a\u{1}0\u{2}", "\u{1}", "\u{2}", "a\u{7f}b", "\u{1b}[2J"];

#[test]
fn names_are_quoted_in_every_place() {
    for name in TEXTS {
        let table = TableRef {
            schema: None,
            name: name.to_owned().into(),
            columns: vec![name.to_owned().into(), format!("{name}2").into()].into(),
        };
        let quoted = |n: &str| format!("\"{}\"", n.replace('"', "\"\""));
        let db = rusqlite::Connection::open_in_memory().unwrap();
        let (t, second) = (quoted(name), quoted(&format!("{name}2")));
        db.execute_batch(&format!("CREATE TABLE {t} ({t} TEXT UNIQUE, {second} TEXT)")).unwrap();

        let mut query = select(&table, U, vec![Item::Row(U)]);
        query.from.push(Join {
            kind: JoinKind::Left,
            relation: Relation::Derived {
                query: Box::new(select(&table, T, vec![Item::Expr(col(T, 1))])),
                columns: vec![name.to_owned().into()].into(),
                lateral: false,
            },
            source: SourceId(9),
            on: Some(eq(col(U, 0), col(SourceId(9), 0))),
        });
        query.from.push(join(JoinKind::Cross, &table, SourceId(8), None));
        query.order_by = vec![Order { expr: col(SourceId(8), 0), direction: Direction::Ascending, nulls: None }];
        db.prepare(&on(Sqlite, &Statement::Select(query.into())).unwrap().sql).unwrap();

        let statement = Statement::Insert(Box::new(Insert {
            head: Head::default(),
            table: Ref::Owned(Box::new(table.clone())),
            source: U,
            columns: vec![0, 1],
            rows: InsertSource::Values(vec![text("x"), constant("y")]),
            conflict: Some(Conflict {
                target: Some(ConflictTarget::Key { columns: vec![0], predicate: None, alone: true }),
                action: ConflictAction::Update {
                    assignments: vec![Assignment { column: 1, value: col(SourceId(5), 1) }],
                    filter: vec![eq(col(U, 1), col(SourceId(5), 0))],
                },
                excluded: SourceId(5),
                counted: false,
            }),
            returning: vec![Item::Row(U)],
        }));
        db.prepare(&on(Sqlite, &statement).unwrap().sql).unwrap();
        for engine in Engine::ALL {
            let sql = on(engine, &of_table(&table)).unwrap().sql;
            let quote = engine.syntax().quote;
            let doubled = name.replace(quote, &format!("{quote}{quote}"));
            assert!(sql.contains(&format!("{quote}{doubled}{quote}")), "{sql}");
        }
    }
}

fn of_table(table: &TableRef) -> Statement {
    Statement::Select(select(table, U, vec![Item::Expr(col(U, 0))]).into())
}

#[test]
fn names_no_database_takes_are_refused() {
    let too_long = "x".repeat(64);
    for name in CONTROLS.into_iter().chain(["", "a\0b", "a\nb"]).chain([too_long.as_str()]) {
        let engines: &[Engine] = if name.len() == 64 { &[Postgres] } else { &Engine::ALL };
        for engine in engines {
            let error = Err(BuildError::Name(name.to_owned()));
            let table = TableRef { name: name.to_owned().into(), ..USERS };
            assert_eq!(on(*engine, &of_table(&table)), error, "table {name:?}");
            let column = TableRef { columns: vec![name.to_owned().into()].into(), ..USERS };
            assert_eq!(on(*engine, &of_table(&column)), error, "column {name:?}");
            let schema = TableRef { schema: Some(name.to_owned().into()), ..USERS };
            assert_eq!(on(*engine, &of_table(&schema)), error, "schema {name:?}");
        }
    }
    assert!(on(MySql, &of_table(&TableRef { name: too_long.into(), ..USERS })).is_ok(), "64 characters fit there");
}

#[test]
fn an_alias_is_never_cut_into_another() {
    let long = TableRef { name: "x".repeat(63).into(), ..USERS };
    let mut query = select(&long, U, vec![Item::Expr(col(U, 0)), Item::Expr(col(T, 0))]);
    query.from.push(join(JoinKind::Cross, &long, T, None));
    let sql = on(Postgres, &Statement::Select(query.into())).unwrap().sql;
    assert!(sql.contains(&format!("AS \"{}_2\"", "x".repeat(61))), "{sql}");
}

#[test]
fn text_constants_come_back_as_they_were() {
    for text in TEXTS.into_iter().chain(CONTROLS).chain(["", "\n\t\r", "a\0b", "é\u{80}"]) {
        let constant = Node::Constant(Constant::Text(text.to_owned().into()));
        assert_eq!(sqlite_value(constant.clone()).as_deref(), Some(text));
        let statement = of_threads(constant);
        for engine in Engine::ALL {
            match on(engine, &statement) {
                Ok(compiled) => {
                    assert!(compiled.slots.is_empty(), "a marker was forged: {text:?}");
                    let controls = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r');
                    assert!(!compiled.sql.contains(controls), "{}", compiled.sql);
                }
                Err(e) => assert!(engine == Postgres && text.contains('\0'), "{engine:?} {text:?}: {e}"),
            }
        }
    }
}

#[test]
fn type_names_and_keywords_are_no_way_in() {
    let named = |name: &'static str| Node::Cast(Box::new(int(1)), Type::named(name, Kind::Text));
    assert!(matches!(on(Postgres, &of_threads(named("a\u{1}0\u{2}"))), Err(BuildError::Name(_))));
    check_expr(Node::Keyword("x') --".into()), &[(Postgres, "CAST('x'') --' AS regconfig)")]);
}

#[test]
fn a_column_that_is_not_there_is_an_error() {
    assert_eq!(on(Sqlite, &of_threads(col(T, 99))), Err(BuildError::ForeignColumn));
    assert_eq!(on(Sqlite, &of_threads(col(SourceId::SCHEMA, 0))), Err(BuildError::ForeignColumn));
}
