//! A case: a statement made from values, its text in each dialect, and what it gives for two sets of values.
//!
//! With `RELVAR_SQL_BLESS` set, a case whose text is another prints its columns as they are, ready to be pasted and
//! then read, in place of the difference.

use relvar::Upserted;
use relvar::query::compile::render;
use relvar::query::dialect::{Dialect, Engine, Portable, Target};
use relvar::query::ir::{Bound, ListStyle, Shape, Statement as Ir};
use relvar::query::source::Table;
use relvar::query::statement::{Fetchable, Insert, Statement};
use std::fmt::Debug;
use std::panic::Location;
use std::rc::Rc;

use crate::live::{Live, Outcome, Plan, Run, Upserting, databases};

/// The databases that a case must say something of, in the order in which it does.
const COLUMNS: [Engine; 4] = [Engine::Postgres, Engine::MySql, Engine::MariaDb, Engine::Sqlite];

/// Begins the case of a statement that gives rows: `values` to statement.
pub fn query<V, Q>(build: impl Fn(V) -> Q + 'static) -> Case<V>
where
    Q: Fetchable<Row: Debug> + 'static,
{
    Case::new::<Q::Dialect>(move |values| {
        let query = build(values);
        let decoder = query.decoder();
        let statement = query.into_ir();
        Built {
            run: Box::new(Plan::fetch(statement.clone(), decoder)),
            statement: Box::new(move |_| statement.clone()),
        }
    })
}

/// Begins the case of a statement that changes rows; `look` is a query for what it leaves.
///
/// The first of the rows that the case states is how many were changed, the others are what `look` gives.
pub fn change<V, S, L>(build: impl Fn(V) -> S + 'static, look: impl Fn() -> L + 'static) -> Case<V>
where
    S: Statement + 'static,
    L: Fetchable<Row: Debug> + 'static,
{
    Case::new::<S::Dialect>(move |values| {
        let statement = build(values).into_ir();
        let look = look();
        let decoder = look.decoder();
        let run = Box::new(Plan::change(statement.clone(), look.into_ir(), decoder));
        Built { run, statement: Box::new(move |_| statement.clone()) }
    })
}

/// Begins the case of an insert whose outcome is asked for; `look` is a query for what it leaves.
///
/// The first of the rows that the case states is the outcome, the others are what `look` gives.
pub fn upserted<V, T, L>(build: impl Fn(V) -> Insert<T> + 'static, look: impl Fn() -> L + 'static) -> Case<V>
where
    T: Table<Dialect = Portable> + 'static,
    L: Fetchable<Row: Debug> + 'static,
{
    Case::new::<Portable>(move |values| {
        let (insert, look) = (build(values), look());
        let decoder = look.decoder();
        let run = Box::new(Upserting::new(insert.clone(), look.into_ir(), decoder));
        Built { run, statement: Box::new(move |engine| insert.clone().counted(engine).statement) }
    })
}

/// That a dialect cannot say this: written in place of its SQL, and checked against the statement's type.
#[derive(Clone, Copy, Debug)]
pub struct DoesNotCompile;

/// Rows that are not the same on all databases, because an inherent difference shows.
#[derive(Clone, Copy, Debug)]
pub struct PerDialect<P, M, A, S> {
    /// On PostgreSQL.
    pub postgres: P,
    /// On MySQL.
    pub mysql: M,
    /// On MariaDB.
    pub mariadb: A,
    /// On SQLite.
    pub sqlite: S,
}

impl<P, M: Clone, S> PerDialect<P, M, M, S> {
    /// Where MySQL and MariaDB agree with each other.
    pub fn of(postgres: P, mysql_and_mariadb: M, sqlite: S) -> Self {
        PerDialect { postgres, mysql: mysql_and_mariadb.clone(), mariadb: mysql_and_mariadb, sqlite }
    }
}

struct Built {
    /// What is sent to a database.
    statement: Box<dyn Fn(Engine) -> Ir>,
    run: Box<dyn Run>,
}

/// A case on its way. It does nothing before `again` or `always`, which run it.
#[must_use = "a case runs at `.again(..)` or `.always(..)`"]
pub struct Case<V> {
    build: Box<dyn Fn(V) -> Built>,
    engines: &'static [Engine],
    columns: Vec<(Engine, Option<String>)>,
    first: Option<(V, Rows)>,
}

impl<V> Case<V> {
    fn new<D: Dialect>(build: impl Fn(V) -> Built + 'static) -> Self {
        Case { build: Box::new(build), engines: D::ENGINES, columns: Vec::new(), first: None }
    }

    fn column(mut self, engine: Engine, sql: impl Column) -> Self {
        self.columns.push((engine, sql.text()));
        self
    }

    /// Its SQL on PostgreSQL. Lines are joined by a space.
    pub fn postgres(self, sql: impl Column) -> Self {
        self.column(Engine::Postgres, sql)
    }

    /// Its SQL on MySQL. Lines are joined by a space.
    pub fn mysql(self, sql: impl Column) -> Self {
        self.column(Engine::MySql, sql)
    }

    /// Its SQL on MariaDB. Lines are joined by a space.
    pub fn mariadb(self, sql: impl Column) -> Self {
        self.column(Engine::MariaDb, sql)
    }

    /// Its SQL on MySQL and on MariaDB, where it is the same. Lines are joined by a space.
    pub fn mysql_and_mariadb(self, sql: impl Column + Copy) -> Self {
        self.mysql(sql).mariadb(sql)
    }

    /// Its SQL on SQLite. Lines are joined by a space.
    pub fn sqlite(self, sql: impl Column) -> Self {
        self.column(Engine::Sqlite, sql)
    }

    /// Its rows for these values, as their `Debug` form.
    pub fn gives(mut self, values: V, rows: impl Expected) -> Self {
        self.first = Some((values, Rows(Rc::new(move |engine| rows.on(engine)))));
        self
    }

    /// Its rows for other values, for which no SQL is built. Runs the case.
    ///
    /// # Panics
    /// If the case does not hold.
    #[track_caller]
    pub fn again(mut self, values: V, rows: impl Expected)
    where
        V: Clone,
    {
        let (first, first_rows) = self.first.take().expect("`gives` states the first run");
        let (one, two) = ((self.build)(first.clone()), (self.build)(values.clone()));
        assert!(arguments(&one) != arguments(&two), "the second run has the same values");
        self.run([(first, first_rows), (values, Rows(Rc::new(move |engine| rows.on(engine))))]);
    }
}

impl Case<()> {
    /// The rows of a statement without values. Runs the case.
    ///
    /// # Panics
    /// If the case does not hold.
    #[track_caller]
    pub fn always(self, rows: impl Expected) {
        assert!(arguments(&(self.build)(())).is_empty(), "there are values: state `gives` and `again`");
        let rows = Rows(Rc::new(move |engine| rows.on(engine)));
        self.run([((), rows.clone()), ((), rows)]);
    }
}

impl<V: Clone> Case<V> {
    #[track_caller]
    fn run(self, runs: [(V, Rows); 2]) {
        if std::env::var_os("RELVAR_SQL_BLESS").is_some() {
            self.compare_columns(runs[0].0.clone());
        }
        self.check_columns();
        let [one, two] = runs.each_ref().map(|(values, _)| (self.build)(values.clone()).statement);
        let mut wrong = String::new();
        for (engine, sql) in &self.columns {
            let Some(sql) = sql else { continue };
            let name = engine.name();
            let is = text(&one(*engine), *engine);
            if is != *sql {
                wrong.push_str(&format!("\n{name} is\n{is}\nnot\n{sql}\n"));
            }
            assert_eq!(text(&two(*engine), *engine), is, "the second run has other SQL");
        }
        assert!(wrong.is_empty(), "{wrong}");
        for live in databases(self.engines) {
            self.run_on(&live, &runs);
        }
    }

    #[track_caller]
    fn run_on(&self, live: &Live, runs: &[(V, Rows); 2]) {
        for (number, (values, expected)) in runs.iter().enumerate() {
            let at = format!("run {} on {}", number + 1, live.engine().name());
            let built = (self.build)(values.clone());
            let Outcome { rows, hits, misses } = live.run(built.run).unwrap_or_else(|error| panic!("{at}: {error}"));
            assert_eq!(rows, (expected.0)(live.engine()), "{at}");
            if number == 0 {
                assert!(misses > 0, "{at}: nobody has seen this statement, yet there was a text for it");
            } else {
                assert_eq!(misses, 0, "{at}: SQL was built");
                assert!(hits > 0, "{at}: nothing was run");
            }
        }
    }

    /// Fails with the columns as they are, below the place of the case, unless they are as stated.
    #[track_caller]
    fn compare_columns(&self, values: V) {
        let statement = (self.build)(values).statement;
        let is = |engine| self.engines.contains(&engine).then(|| text(&statement(engine), engine));
        let columns: Vec<(Engine, Option<String>)> = COLUMNS.map(|engine| (engine, is(engine))).into();
        if columns == self.columns {
            return;
        }
        let mut printed = format!("// {}\n", Location::caller());
        let (mysql, mariadb) = (&columns[1].1, &columns[2].1);
        let methods: &[(&str, &Option<String>)] = match mysql == mariadb {
            true => &[("postgres", &columns[0].1), ("mysql_and_mariadb", mysql), ("sqlite", &columns[3].1)],
            false => &[("postgres", &columns[0].1), ("mysql", mysql), ("mariadb", mariadb), ("sqlite", &columns[3].1)],
        };
        for (method, sql) in methods {
            let sql = sql.as_deref().map_or_else(|| "DoesNotCompile".to_owned(), literal);
            printed.push_str(&format!("    .{method}({sql})\n"));
        }
        panic!("its columns are\n{printed}");
    }

    #[track_caller]
    fn check_columns(&self) {
        let stated: Vec<Engine> = self.columns.iter().map(|(engine, _)| *engine).collect();
        assert_eq!(stated, COLUMNS, "every dialect has a column");
        for (engine, sql) in &self.columns {
            let compiles = self.engines.contains(engine);
            assert_eq!(sql.is_some(), compiles, "whether it compiles on {}", engine.name());
        }
    }
}

#[track_caller]
fn text(statement: &Ir, engine: Engine) -> String {
    match render(statement, Target::oldest(engine)) {
        Ok(compiled) => compiled.sql.to_string(),
        Err(error) => panic!("{}: {error}", engine.name()),
    }
}

/// SQL as a raw string, a clause a line if it is long.
fn literal(sql: &str) -> String {
    const WIDTH: usize = 104;
    const CLAUSES: [&str; 8] = ["FROM", "WHERE", "HAVING", "VALUES", "SET", "SELECT", "RETURNING", "DELETE"];
    const PAIRS: [&str; 7] =
        ["LEFT JOIN", "RIGHT JOIN", "INNER JOIN", "CROSS JOIN", "GROUP BY", "ORDER BY", "ON DUPLICATE"];
    if sql.len() <= WIDTH {
        return format!("r#\"{sql}\"#");
    }
    let words: Vec<&str> = sql.split(' ').collect();
    let (mut lines, mut line, mut depth) = (Vec::new(), String::new(), 0);
    for (at, word) in words.iter().enumerate() {
        let before = at.checked_sub(1).map_or("", |before| words[before]);
        let pair = format!("{word} {}", words.get(at + 1).unwrap_or(&""));
        let clause = CLAUSES.contains(word) && !["DISTINCT", "DELETE"].contains(&before) || PAIRS.contains(&&*pair);
        if !line.is_empty() && (clause && depth == 0 || line.len() + word.len() > WIDTH) {
            lines.push(std::mem::take(&mut line));
        }
        depth += word.matches('(').count();
        depth = depth.saturating_sub(word.matches(')').count());
        line.push_str(if line.is_empty() { "" } else { " " });
        line.push_str(word);
    }
    lines.push(line);
    format!("r#\"{}\"#", lines.join("\n        "))
}

/// What is bound, so that two runs can be told apart.
fn arguments(built: &Built) -> Vec<String> {
    let statement = (built.statement)(COLUMNS[0]);
    let shape = Shape::of(&statement, ListStyle::Array).unwrap();
    let bound = (0..shape.arguments.len()).filter_map(|number| match shape.bound(number as u32, None)? {
        Bound::Value(value, _) => Some(format!("{value:?}")),
        Bound::Array(values, _) => Some(format!("{values:?}")),
        Bound::Text(text, _) => Some(format!("{text:?}")),
        Bound::Texts(texts, _) => Some(format!("{:?}", texts.iter().collect::<Vec<_>>())),
    });
    bound.collect()
}

/// What can stand in a dialect's column: SQL, or [`DoesNotCompile`].
pub trait Column {
    /// The SQL on one line.
    fn text(self) -> Option<String>;
}

impl Column for &str {
    fn text(self) -> Option<String> {
        Some(self.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" "))
    }
}

impl Column for DoesNotCompile {
    fn text(self) -> Option<String> {
        None
    }
}

/// The rows that a case states.
pub trait Expected: 'static {
    /// Those of a database, in their `Debug` form.
    fn on(&self, engine: Engine) -> Vec<String>;
}

#[derive(Clone)]
struct Rows(Rc<dyn Fn(Engine) -> Vec<String>>);

impl<R: Debug + 'static, const N: usize> Expected for [R; N] {
    fn on(&self, _: Engine) -> Vec<String> {
        self.iter().map(|row| format!("{row:?}")).collect()
    }
}

/// How many rows were changed, and those that are left.
impl<R: Debug + 'static, const N: usize> Expected for (u64, [R; N]) {
    fn on(&self, _: Engine) -> Vec<String> {
        let changed = std::iter::once(format!("{} changed", self.0));
        changed.chain(self.1.iter().map(|row| format!("{row:?}"))).collect()
    }
}

/// What became of the rows of an insert, and the rows that are left.
impl<R: Debug + 'static, const N: usize> Expected for (Upserted, [R; N]) {
    fn on(&self, _: Engine) -> Vec<String> {
        let outcome = std::iter::once(format!("{:?}", self.0));
        outcome.chain(self.1.iter().map(|row| format!("{row:?}"))).collect()
    }
}

impl<P: Expected, M: Expected, A: Expected, S: Expected> Expected for PerDialect<P, M, A, S> {
    fn on(&self, engine: Engine) -> Vec<String> {
        match engine {
            Engine::Postgres => self.postgres.on(engine),
            Engine::MySql => self.mysql.on(engine),
            Engine::MariaDb => self.mariadb.on(engine),
            Engine::Sqlite => self.sqlite.on(engine),
        }
    }
}

/// In place of the rows of a database that cannot be asked.
impl Expected for DoesNotCompile {
    fn on(&self, engine: Engine) -> Vec<String> {
        panic!("it does not compile on {}, which was asked", engine.name())
    }
}
