//! Aggregates.

use super::*;

fn aggregate(function: AggregateFunction, arguments: Vec<Node>, kind: Kind) -> Aggregate {
    Aggregate::new(function, arguments, &Type::of(kind))
}

fn of(function: AggregateFunction, kind: Kind) -> Node {
    Node::Aggregate(Box::new(aggregate(function, vec![col(T, 5)], kind)))
}

#[test]
fn results_are_of_one_type_everywhere() {
    let s = r#""threads"."score""#;
    let row = |function, kind, postgres: &str, sqlite: &str, mysql: &str| {
        let with = |t: &str, q: &str| t.replace('@', q);
        let mysql = with(mysql, "`threads`.`score`");
        check_expr(of(function, kind), &[(Postgres, &with(postgres, s)), (Sqlite, &with(sqlite, s)), (MySql, &mysql)]);
    };
    use AggregateFunction::*;
    row(Count, Kind::I64, "count(@)", "count(@)", "count(@)");
    row(Sum, Kind::I64, "sum(@)", "sum(@)", "CAST(sum(@) AS SIGNED)");
    row(Sum, Kind::Decimal, "sum(@)", "sum(@)", "sum(@)");
    row(Sum, Kind::Lossy, "sum(@)", "sum(@)", "sum(@)");
    row(Avg, Kind::Lossy, "avg(@)", "avg(@)", "avg(@)");
    row(Sum, Kind::F64, "sum(CAST(@ AS double precision))", "sum(@)", "sum(@)");
    row(Avg, Kind::F64, "CAST(avg(@) AS double precision)", "avg(@)", "avg(CAST(@ AS DOUBLE))");
    row(Min, Kind::F64, "min(@)", "min(@)", "min(@)");
    row(Max, Kind::F64, "max(@)", "max(@)", "max(@)");
    let yes = Node::Test(Test::NotNull, Box::new(col(T, 5)));
    let every = Node::Aggregate(Box::new(aggregate(Every, vec![yes], Kind::Bool)));
    check_expr(
        every,
        &[(Postgres, r#"bool_and("threads"."score" IS NOT NULL)"#), (Sqlite, r#"min("threads"."score" IS NOT NULL)"#)],
    );
    let rows = Node::Aggregate(Box::new(aggregate(Count, vec![], Kind::I64)));
    check_expr(rows, &[(Postgres, "count(*)"), (Sqlite, "count(*)"), (MySql, "count(*)")]);
}

#[test]
fn clauses_within() {
    let mut counted = aggregate(AggregateFunction::Count, vec![col(T, 1)], Kind::I64);
    counted.distinct = true;
    counted.filter = Some(eq(col(T, 0), int(1)));
    let counted = Node::Aggregate(Box::new(counted));
    check_expr(
        counted,
        &[
            (Postgres, r#"count(DISTINCT "threads"."user_id") FILTER (WHERE "threads"."id" = $1)"#),
            (Sqlite, r#"count(DISTINCT "threads"."user_id") FILTER (WHERE "threads"."id" = ?1)"#),
            (MySql, "count(DISTINCT CASE WHEN `threads`.`id` = ? THEN `threads`.`user_id` END)"),
        ],
    );
    let mut average = aggregate(AggregateFunction::Avg, vec![col(T, 5)], Kind::F64);
    average.distinct = true;
    average.filter = Some(Node::Test(Test::NotNull, Box::new(col(T, 0))));
    check_expr(
        Node::Aggregate(Box::new(average)),
        &[
            (
                Postgres,
                r#"CAST(avg(DISTINCT "threads"."score") FILTER (WHERE "threads"."id" IS NOT NULL) AS double precision)"#,
            ),
            (MariaDb, "avg(DISTINCT CAST(CASE WHEN `threads`.`id` IS NOT NULL THEN `threads`.`score` END AS DOUBLE))"),
        ],
    );
}

#[test]
fn texts_are_joined_in_order() {
    let mut joined = aggregate(AggregateFunction::StringAgg, vec![col(T, 2), constant(", ")], Kind::Text);
    joined.order_by = vec![Order { expr: col(T, 0), direction: Direction::Descending, nulls: None }];
    check_expr(
        Node::Aggregate(Box::new(joined.clone())),
        &[
            (Postgres, r#"string_agg("threads"."title", ', ' ORDER BY "threads"."id" DESC)"#),
            (Sqlite, r#"group_concat("threads"."title", ', ' ORDER BY "threads"."id" DESC)"#),
            (MySql, "group_concat(`threads`.`title` ORDER BY `threads`.`id` DESC SEPARATOR ', ')"),
        ],
    );
    let mut running = joined.clone();
    running.over = Some(Over::default());
    lacks(&of_threads(Node::Aggregate(Box::new(running))), &[MySql, MariaDb]);
    joined.distinct = true;
    lacks(&of_threads(Node::Aggregate(Box::new(joined.clone()))), &[Sqlite]);
    joined.arguments = vec![col(T, 2), text(", ")];
    lacks(&of_threads(Node::Aggregate(Box::new(joined))), &[MySql, MariaDb]);
}
