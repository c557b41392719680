//! Names, keys, labels and texts that try to be more than that: each is refused by name, or comes back byte for byte.

mod matrix;
mod schemas;

use relvar::query::dialect::{OneDialect, RunsOn};
use relvar::query::error::BuildError;
use relvar::query::ir::{
    self, Argument, ColumnRef, InsertSource, Item, Join, JoinKind, Ref, Relation, SourceId, Statement as Ir, TableRef,
};
use relvar::query::schema::{ColumnDef, IndexDef, IndexPart, TableDef};
use relvar::query::statement::Bounded;
use relvar::query::types::{Decoder, Kind, Type};
use relvar::query::value::Value;
use relvar::{Database, ErrorKind};
use relvar_sql_tests::prelude::*;
use relvar_sql_tests::{postgres_schema, schema};
use relvar_test_support::{mariadb, mysql};
use std::marker::PhantomData;

/// Quotes, comments, placeholders, templates, separators: what no name may act on.
const TEXTS: [&str; 35] = [
    "a\"b",
    "a\"\"b\"",
    "\"",
    "a'b",
    "'; DROP TABLE users; --",
    "a`b",
    "back\\slash",
    "\\' OR 1=1 --",
    "$1",
    "$$",
    "$enum$",
    "?",
    "?1",
    "{0}",
    "%s",
    "--",
    "/* x */",
    "*/",
    "a.b",
    "Größe 🦀",
    " ",
    "select",
    ":name",
    "@v",
    "a;b",
    "[x]",
    "]]",
    "x'); --",
    "x\\",
    "%",
    "_",
    "{}",
    "#",
    "\u{202e}txt.\u{5d0}",
    "e\u{301}\u{200d}",
];
/// What only texts may have in them: names with these are refused.
const CONTROLS: [&str; 9] = ["\u{1a}", "a\nb", "\t", "\r\n", "\u{1}0\u{2}", "\u{1b}[2J", "a\u{7f}", "\u{80}", "a\u{8}"];

/// Runs a test on a fresh database of each dialect.
fn on_each(test: impl AsyncFn(&Place)) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    runtime.block_on(async {
        test(&Place::Sqlite(Db::connect("sqlite::memory:").await.unwrap())).await;
        if let Some(schema) = postgres_schema() {
            test(&Place::Postgres(Db::connect(&schema.url()).await.unwrap())).await;
        }
        if let Some(database) = mysql().map(|server| server.database()) {
            test(&Place::MySql(Db::connect(database.url()).await.unwrap())).await;
        }
        if let Some(database) = mariadb().map(|server| server.database()) {
            test(&Place::MariaDb(Db::connect(database.url()).await.unwrap())).await;
        }
    });
}

enum Place {
    Postgres(Db<Postgres>),
    MySql(Db<MySql>),
    MariaDb(Db<MariaDb>),
    Sqlite(Db<Sqlite>),
}

impl Place {
    /// Creates the tables of the cases.
    async fn fill(&self) {
        match self {
            Place::Postgres(db) => schema::create(db).await,
            Place::MySql(db) => schema::create(db).await,
            Place::MariaDb(db) => schema::create(db).await,
            Place::Sqlite(db) => schema::create(db).await,
        }
        .unwrap();
    }

    fn name(&self) -> &'static str {
        match self {
            Place::Postgres(db) => db.engine().name(),
            Place::MySql(db) => db.engine().name(),
            Place::MariaDb(db) => db.engine().name(),
            Place::Sqlite(db) => db.engine().name(),
        }
    }

    fn is_mysql_or_mariadb(&self) -> bool {
        matches!(self, Place::MySql(_) | Place::MariaDb(_))
    }

    /// Whether the database cannot keep a name that others can.
    fn refuses(&self, name: &str) -> bool {
        self.is_mysql_or_mariadb() && (name.ends_with(' ') || name.contains('🦀'))
    }

    async fn create(&self, table: TableDef) -> relvar::Result<()> {
        match self {
            Place::Postgres(db) => Schema::new().definition(table, Postgres::ENGINES).create(db).await,
            Place::MySql(db) => Schema::new().definition(table, MySql::ENGINES).create(db).await,
            Place::MariaDb(db) => Schema::new().definition(table, MariaDb::ENGINES).create(db).await,
            Place::Sqlite(db) => Schema::new().definition(table, Sqlite::ENGINES).create(db).await,
        }
    }

    async fn texts(&self, statement: Ir) -> relvar::Result<Vec<String>> {
        match self {
            Place::Postgres(db) => texts(db, statement).await,
            Place::MySql(db) => texts(db, statement).await,
            Place::MariaDb(db) => texts(db, statement).await,
            Place::Sqlite(db) => texts(db, statement).await,
        }
    }

    async fn execute(&self, statement: Ir) -> relvar::Result<u64> {
        match self {
            Place::Postgres(db) => Written::<Postgres>(statement, PhantomData).execute(db).await,
            Place::MySql(db) => Written::<MySql>(statement, PhantomData).execute(db).await,
            Place::MariaDb(db) => Written::<MariaDb>(statement, PhantomData).execute(db).await,
            Place::Sqlite(db) => Written::<Sqlite>(statement, PhantomData).execute(db).await,
        }
    }
}

async fn texts<D: Database + OneDialect + RunsOn<D>>(db: &Db<D>, statement: Ir) -> relvar::Result<Vec<String>> {
    Written::<D>(statement, PhantomData).all(db).await
}

/// A statement made by hand, of one column of text.
struct Written<D>(Ir, PhantomData<fn() -> D>);

impl<D: OneDialect> Statement for Written<D> {
    type Dialect = D;
    type Reach = Bounded;

    fn into_ir(self) -> Ir {
        self.0
    }
}

impl<D: OneDialect> Fetchable for Written<D> {
    type Row = String;

    fn decoder(&self) -> Decoder<String> {
        Decoder::new(|cells| cells.read(), |types| types.push(String::SQL_TYPE))
    }
}

fn table(schema: Option<&'static str>, name: &str, columns: &[&str]) -> TableRef {
    let columns = columns.iter().map(|column| (*column).to_owned().into()).collect::<Vec<_>>();
    TableRef { schema: schema.map(Into::into), name: name.to_owned().into(), columns: columns.into() }
}

fn column(source: SourceId, index: u32) -> ir::Node {
    ir::Node::Column(ColumnRef { source, index })
}

fn text(text: &str) -> ir::Node {
    ir::Node::Argument(Argument::new(Value::Text(text.to_owned()), String::SQL_TYPE))
}

fn from(table: TableRef, source: SourceId) -> Vec<Join> {
    vec![Join { kind: JoinKind::From, relation: Relation::Table(Ref::Owned(Box::new(table))), source, on: None }]
}

/// `SELECT CAST(first AS text) FROM table WHERE last = is`
fn select(table: TableRef, is: &str) -> Ir {
    let source = SourceId::fresh();
    let last = table.columns.len() as u32 - 1;
    let first = ir::Node::Cast(Box::new(column(source, 0)), String::SQL_TYPE.clone());
    let mut select = ir::Select::new(vec![Item::Expr(first)], from(table, source));
    select.filter.push(ir::Node::binary(ir::BinaryOp::Equal, column(source, last), text(is)));
    Ir::Select(Box::new(select))
}

fn insert(table: TableRef, values: Vec<ir::Node>) -> Ir {
    let columns = (0..table.columns.len() as u32).collect();
    let (rows, source) = (InsertSource::Values(values), SourceId::fresh());
    let table = Ref::Owned(Box::new(table));
    Ir::Insert(Box::new(ir::Insert {
        head: ir::Head::default(),
        table,
        source,
        columns,
        rows,
        conflict: None,
        returning: Vec::new(),
    }))
}

#[track_caller]
fn is_refused<T: std::fmt::Debug>(result: relvar::Result<T>, name: &str) {
    let error = result.unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::Build(BuildError::Name(name.to_owned())), "{name:?}");
}

/// A table of that name, whose columns, key and index have such names, too.
fn named(name: &str) -> TableDef {
    let mut definition = TableDef::new(None, name);
    // a key has a length on MySQL
    let of = |name: &str| ColumnDef { length: Some(40), ..ColumnDef::new(name, String::SQL_TYPE.clone(), false) };
    definition.columns = vec![of(name), of(&format!("{name}2"))];
    definition.primary_key = vec![name.to_owned()];
    let part = IndexPart::new(column(SourceId::SCHEMA, 1));
    definition.indexes = vec![IndexDef { unique: true, ..IndexDef::new(&format!("{name}3"), vec![part]) }];
    definition.comment = Some(name.to_owned());
    definition
}

#[test]
fn names_of_tables_columns_and_indexes() {
    on_each(async |place| {
        for name in TEXTS {
            if place.refuses(name) {
                is_refused(place.create(named(name)).await, name);
                continue;
            }
            place.create(named(name)).await.unwrap_or_else(|error| panic!("{name:?}: {error}"));
            let here = || table(None, name, &[name, &format!("{name}2")]);
            assert_eq!(place.execute(insert(here(), vec![text(name), text("x")])).await.unwrap(), 1);
            assert_eq!(place.texts(select(here(), "x")).await.unwrap(), [name]);
            // what the database itself says that they are called
            let known = match place {
                Place::Postgres(_) | Place::MySql(_) | Place::MariaDb(_) => {
                    table(Some("information_schema"), "columns", &["column_name", "table_name"])
                }
                Place::Sqlite(_) => table(None, "sqlite_schema", &["name", "name"]),
            };
            let known = place.texts(select(known, name)).await.unwrap();
            assert!(known.contains(&name.to_owned()), "{name:?} is not among {known:?}");
        }
        for name in CONTROLS {
            is_refused(place.create(named(name)).await, name);
            is_refused(place.texts(select(table(None, name, &["x"]), "x")).await, name);
            is_refused(place.texts(select(table(None, "x", &[name]), "x")).await, name);
            is_refused(place.texts(select(table(Some(name), "x", &["x"]), "x")).await, name);
        }
    });
}

#[test]
fn names_of_common_table_expressions() {
    fn named(name: &'static str) -> Rows<String, Portable> {
        let (one, other) = (Counter::query().select(|c| c.label).cte(name), format!("{name}_2"));
        let other = one.query().select(|c| c.0).cte(other);
        Counter::query()
            .join(&one, |c, one| c.label.eq(one.0))
            .join(&other, |(c, _), other| c.label.eq(other.0))
            .join(&one, |(c, ..), again| c.label.eq(again.0))
            .select(|(.., again)| again.0)
            .rows()
    }
    on_each(async |place| {
        place.fill().await;
        for name in TEXTS {
            let labels = place.texts(named(name).into_ir()).await;
            if place.refuses(name) {
                is_refused(labels, name);
                continue;
            }
            assert_eq!(labels.unwrap_or_else(|error| panic!("{name:?}: {error}")), ["five"]);
        }
        for name in CONTROLS {
            is_refused(place.texts(named(name).into_ir()).await, name);
        }
    });
}

#[test]
fn keys_of_json_documents() {
    on_each(async |place| {
        place.fill().await;
        for key in TEXTS.into_iter().chain(CONTROLS).chain(["", "a[0]", "$.a", "a.b.c"]) {
            let document = json!({ key: { key: ["deep", key] }, "a": { "b": { "c": "wrong" } } });
            let of = |text| move |_: CounterColumns| value(Json(text)).text((key, key, 1)).coalesce("missing");
            let found = place.texts(Counter::query().select(of(document)).into_ir()).await;
            if matches!(place, Place::MariaDb(_)) && key.starts_with('-') {
                let error = found.unwrap_err();
                assert!(matches!(error.kind(), ErrorKind::Build(BuildError::Unsupported { .. })), "{error}");
                continue;
            }
            assert_eq!(found.unwrap_or_else(|error| panic!("{key:?}: {error}")), [key]);
            let missing = place.texts(Counter::query().select(of(json!({ "a": 1 }))).into_ir()).await.unwrap();
            assert_eq!(missing, ["missing"], "{key:?}");
        }
    });
}

#[test]
fn labels_of_enums() {
    static LABELLED: Type = Type::named("labelled", Kind::Enum);
    on_each(async |place| {
        // MySQL and MariaDB take spaces off the end of labels
        let kept = |label: &&str| !place.is_mysql_or_mariadb() || !label.ends_with(' ');
        let labels: Vec<String> = TEXTS.into_iter().chain(CONTROLS).filter(kept).map(str::to_owned).collect();
        let mut definition = TableDef::new(None, "labels");
        let mut label = ColumnDef::new("label", LABELLED.clone(), false);
        label.labels = labels.clone();
        definition.columns = vec![label, ColumnDef::new("number", String::SQL_TYPE.clone(), false)];
        place.create(definition).await.unwrap();
        let here = || table(None, "labels", &["label", "number"]);
        for (number, label) in labels.iter().enumerate() {
            let bound = ir::Node::Argument(Argument::new(Value::Text(label.clone()), &LABELLED));
            place.execute(insert(here(), vec![bound, text(&number.to_string())])).await.unwrap();
            assert_eq!(place.texts(select(here(), &number.to_string())).await.unwrap(), [label.as_str()]);
        }
        let other = ir::Node::Argument(Argument::new(Value::Text("other".into()), &LABELLED));
        place.execute(insert(here(), vec![other, text("x")])).await.unwrap_err();
    });
}

#[test]
fn defaults_comments_and_constants() {
    on_each(async |place| {
        place.fill().await;
        let texts: Vec<&str> = TEXTS.into_iter().chain(CONTROLS).chain([""]).collect();
        let mut definition = TableDef::new(None, "defaults");
        definition.columns.push(ColumnDef::new("number", String::SQL_TYPE.clone(), true));
        for (number, text) in texts.iter().enumerate() {
            let mut column = ColumnDef::new(&format!("c{number}"), String::SQL_TYPE.clone(), false);
            column.default = Some(ir::Node::Constant(ir::Constant::Text((*text).to_owned().into())));
            column.comment = Some((*text).to_owned());
            definition.columns.push(column);
        }
        place.create(definition).await.unwrap();
        place.execute(insert(table(None, "defaults", &["number"]), vec![text("x")])).await.unwrap();
        for (number, text) in texts.iter().enumerate() {
            let here = table(None, "defaults", &[&format!("c{number}"), "number"]);
            assert_eq!(place.texts(select(here, "x")).await.unwrap(), [*text], "as a default");
            let constants = Counter::query().select(|_| constant((*text).to_owned()));
            assert_eq!(place.texts(constants.into_ir()).await.unwrap(), [*text], "as a constant");
            // an empty comment is none
            if matches!(place, Place::Postgres(_)) && !text.is_empty() {
                let comments = table(Some("pg_catalog"), "pg_description", &["description", "description"]);
                assert!(!place.texts(select(comments, text)).await.unwrap().is_empty(), "as a comment");
            }
        }
    });
}

#[test]
fn values_and_patterns() {
    on_each(async |place| {
        place.fill().await;
        for (text, hits) in TEXTS.into_iter().chain(CONTROLS).chain(["%", "_", "a%b_c\\d", "\\"]).zip(100..) {
            let counter = Counter { id: hits, hits, label: text.to_owned() };
            place.execute(Counter::insert(counter).into_ir()).await.unwrap();
            let found = Counter::query()
                .filter(|c| c.label.eq(text) & c.label.in_list([text, "?"]) & c.hits.eq(hits))
                .filter(|c| {
                    c.label.like(contains(text)) & c.label.like(starts_with(text)) & c.label.like(ends_with(text))
                })
                .select(|c| c.label);
            assert_eq!(place.texts(found.into_ir()).await.unwrap(), [text]);
            let others = Counter::query().filter(|c| c.label.like(contains(text)) & !c.label.position(text).gt(0));
            assert_eq!(
                place.texts(others.select(|c| c.label).into_ir()).await.unwrap(),
                [""; 0],
                "{text:?} acts as a wildcard"
            );
        }
        let nul = Counter::query().filter(|c| c.label.eq("five\0")).select(|c| c.label);
        match (place, place.texts(nul.into_ir()).await) {
            (Place::Postgres(_), Err(error)) => assert!(error.to_string().contains("NUL"), "{error}"),
            (_, rows) => assert_eq!(rows.unwrap(), [""; 0]),
        }
    });
}
