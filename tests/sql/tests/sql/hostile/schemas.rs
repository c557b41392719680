//! Schemas whose names try to be more than that, with tables in them that are created, written to, joined and dropped:
//! schemas of PostgreSQL, databases of MySQL and MariaDB, files that SQLite has attached.

use relvar::query::ir::{Delete, Update};
use relvar_sql_tests::prelude::*;

use super::*;

/// Two columns, which every table here has.
const COLUMNS: [&str; 2] = ["key", "value"];

impl Place {
    /// What a schema of that name is called here. Databases are everybody's on a server, so theirs are made ours.
    fn schema(&self, name: &'static str) -> &'static str {
        match self.is_mysql_or_mariadb() {
            true => &*format!("relvar_{}_{name}", std::process::id()).leak(),
            false => name,
        }
    }

    async fn create_schema(&self, name: &'static str) -> relvar::Result<u64> {
        let create = match self {
            Place::Sqlite(_) => sql!("ATTACH DATABASE ':memory:' AS {}", identifier(name)),
            _ => sql!("CREATE SCHEMA {}", identifier(name)),
        };
        self.execute(create.statement().into_ir()).await
    }

    async fn drop(&self, table: TableDef) -> relvar::Result<()> {
        match self {
            Place::Postgres(db) => Schema::new().definition(table, Postgres::ENGINES).drop(db).await,
            Place::MySql(db) => Schema::new().definition(table, MySql::ENGINES).drop(db).await,
            Place::MariaDb(db) => Schema::new().definition(table, MariaDb::ENGINES).drop(db).await,
            Place::Sqlite(db) => Schema::new().definition(table, Sqlite::ENGINES).drop(db).await,
        }
    }

    async fn drop_schema(&self, name: &'static str) -> relvar::Result<u64> {
        let drop = match self {
            Place::Sqlite(_) => sql!("DETACH DATABASE {}", identifier(name)),
            Place::Postgres(_) => sql!("DROP SCHEMA {} CASCADE", identifier(name)),
            _ => sql!("DROP SCHEMA {}", identifier(name)),
        };
        self.execute(drop.statement().into_ir()).await
    }
}

/// A table in a schema, with an index.
fn inside(schema: &str) -> TableDef {
    let mut definition = TableDef::new(Some(schema), "inside");
    let of = |name: &str| ColumnDef { length: Some(80), ..ColumnDef::new(name, String::SQL_TYPE.clone(), false) };
    definition.columns = COLUMNS.map(of).into();
    definition.primary_key = vec!["key".to_owned()];
    definition.indexes = vec![IndexDef::new("inside_value", vec![IndexPart::new(column(SourceId::SCHEMA, 1))])];
    definition.comment = Some(schema.to_owned());
    definition
}

fn equal(left: ir::Node, right: ir::Node) -> ir::Node {
    ir::Node::binary(ir::BinaryOp::Equal, left, right)
}

/// Everything that is done with the tables of two schemas, one of them the own one; in the end, no rows are left.
async fn used(place: &Place, schema: &'static str) -> relvar::Result<()> {
    let there = || table(Some(schema), "inside", &COLUMNS);
    let here = || table(None, "inside", &COLUMNS);
    place.create(inside(schema)).await?;
    for (table, value) in [(there(), schema), (here(), "here")] {
        for key in ["a", "b", "c"] {
            assert_eq!(place.execute(insert(table.clone(), vec![text(key), text(value)])).await?, 1);
        }
    }
    assert_eq!(place.texts(select(there(), schema)).await?.len(), 3);

    // both in one query, by one name
    let (one, two) = (SourceId::fresh(), SourceId::fresh());
    let on = Some(equal(column(one, 0), column(two, 0)));
    let joined = from(here(), two).into_iter().map(|join| Join { kind: JoinKind::Inner, on: on.clone(), ..join });
    let mut both = ir::Select::new(vec![Item::Expr(column(one, 1))], from(there(), one).into_iter().chain(joined));
    both.filter.push(equal(column(two, 0), text("a")));
    assert_eq!(place.texts(Ir::Select(Box::new(both))).await?, [schema]);

    let (source, other) = (SourceId::fresh(), SourceId::fresh());
    let update = Ir::Update(Box::new(Update {
        head: ir::Head::default(),
        table: Ref::Owned(Box::new(there())),
        source,
        assignments: vec![ir::Assignment { column: 1, value: column(other, 1) }],
        from: from(here(), other),
        filter: vec![equal(column(source, 0), column(other, 0)), equal(column(other, 0), text("b"))],
        everywhere: false,
        returning: Vec::new(),
        splits: false,
        mistake: None,
    }));
    assert_eq!(place.execute(update).await?, 1);
    assert_eq!(place.texts(select(there(), "here")).await?, ["b"]);

    let delete = |from: Vec<Join>, filter: Vec<ir::Node>| {
        let table = Ref::Owned(Box::new(there()));
        let (head, everywhere, returning) = (ir::Head::default(), false, Vec::new());
        Ir::Delete(Box::new(Delete { head, table, source, from, filter, everywhere, returning }))
    };
    if !matches!(place, Place::Sqlite(_)) {
        let joined = vec![equal(column(source, 0), column(other, 0)), equal(column(other, 0), text("a"))];
        assert_eq!(place.execute(delete(from(here(), other), joined)).await?, 1);
        assert_eq!(place.texts(select(there(), schema)).await?, ["c"]);
    }
    let rest = vec![ir::Node::Test(ir::Test::NotNull, Box::new(column(source, 0)))];
    place.execute(delete(Vec::new(), rest)).await?;
    assert_eq!(place.texts(select(there(), schema)).await?, [""; 0]);
    place
        .execute(Ir::Delete(Box::new(Delete {
            head: ir::Head::default(),
            table: Ref::Owned(Box::new(here())),
            source,
            from: Vec::new(),
            filter: Vec::new(),
            everywhere: true,
            returning: Vec::new(),
        })))
        .await
        .map(drop)
}

#[test]
fn tables_in_schemas_of_every_name() {
    on_each(async |place| {
        let mut own = inside("");
        own.schema = None;
        place.create(own).await.unwrap();
        for name in TEXTS {
            let schema = place.schema(name);
            if place.refuses(schema) {
                is_refused(place.create_schema(schema).await, schema);
                is_refused(place.create(inside(schema)).await, schema);
                continue;
            }
            let at = format!("{schema:?} on {}", place.name());
            place.create_schema(schema).await.unwrap_or_else(|error| panic!("{at}: {error}"));
            let done = used(place, schema).await;
            let dropped = match done {
                Ok(()) => place.drop(inside(schema)).await,
                Err(_) => Ok(()),
            };
            let gone = place.drop_schema(schema).await;
            done.and(dropped).and(gone.map(drop)).unwrap_or_else(|error| panic!("{at}: {error}"));
        }
        for name in CONTROLS.into_iter().chain([""]) {
            is_refused(place.create(inside(name)).await, name);
            is_refused(
                place.execute(insert(table(Some(name), "inside", &COLUMNS), vec![text("a"), text("b")])).await,
                name,
            );
            is_refused(place.drop(inside(name)).await, name);
        }
    });
}

/// In a schema that is named where the table is declared.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "inside", schema = "it's \"the\" `schema`; -- $1 ? {}")]
struct Inside {
    #[column(primary_key, len = 80)]
    key: String,
    #[column(unique, len = 80)]
    value: String,
}

#[test]
fn a_table_in_a_declared_schema() {
    const SCHEMA: &str = "it's \"the\" `schema`; -- $1 ? {}";
    let row = || Inside { key: "k".into(), value: SCHEMA.into() };
    async fn asked<D: Database + RunsOn<D> + OneDialect>(db: &Db<D>, row: Inside)
    where
        Portable: RunsOn<D>,
    {
        Schema::new().table::<Inside>().create(db).await.unwrap();
        assert_eq!(Inside::insert(row.clone()).execute(db).await.unwrap(), 1);
        let found = Inside::query().join(Inside::table(), |a, b| a.key.eq(b.value) | a.value.eq(b.value));
        assert_eq!(found.all(db).await.unwrap(), [(row.clone(), row.clone())]);
        assert_eq!(Inside::update().filter(|i| i.key.eq("k")).set(|i| i.value.set("x")).execute(db).await.unwrap(), 1);
        assert_eq!(Inside::delete().filter(|i| i.value.eq("x")).execute(db).await.unwrap(), 1);
    }
    on_each(async |place| {
        match place {
            Place::Postgres(db) => {
                place.create_schema(SCHEMA).await.unwrap();
                asked(db, row()).await;
            }
            Place::Sqlite(db) => {
                place.create_schema(SCHEMA).await.unwrap();
                asked(db, row()).await;
            }
            // a database of that name would be everybody's on the server
            Place::MySql(_) | Place::MariaDb(_) => {
                let sql = Inside::delete().everywhere().to_sql_for(relvar::query::dialect::Engine::MySql).unwrap();
                assert_eq!(sql, "DELETE FROM `it's \"the\" ``schema``; -- $1 ? {}`.`inside`");
            }
        }
    });
}
