//! Crates of many tables as a user of each library writes them: what build times are measured on.

/// A library, and how a table and its queries are written with it.
pub(super) struct Library {
    /// As it writes itself.
    pub(super) name: &'static str,
    /// Its lines of `[dependencies]`, for the workspace of the benchmarks.
    pub(super) dependencies: &'static str,
    /// What stands at the beginning of `lib.rs`.
    head: &'static str,
    /// A table of twelve columns and a query by filters. `@` is its number, `%` that of the table before.
    table: &'static str,
    /// Five more functions: by key, joined to the table before, insert, update, delete.
    more: &'static str,
    /// Whether all tables are listed at the end, for Diesel's `allow_tables_to_appear_in_same_query!`.
    listed: bool,
}

/// How many functions there are for each table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Functions {
    /// A query.
    One,
    /// All kinds of statements.
    Six,
}

impl Library {
    /// The text of `lib.rs`, and those of its modules by name.
    pub(super) fn sources(&self, tables: usize, functions: Functions) -> Vec<(String, String)> {
        let modules: String = (0..tables).map(|number| format!("pub mod m{number};\n")).collect();
        let mut lib = format!("//! {tables} tables.\n{}\n{modules}", self.head);
        if self.listed {
            lib.extend((0..tables).map(|number| format!("use m{number}::t{number};\n")));
            let names: Vec<String> = (0..tables).map(|number| format!("t{number}")).collect();
            lib.push_str(&format!("diesel::allow_tables_to_appear_in_same_query!({});\n", names.join(", ")));
        }
        let module = |number: usize| {
            // the first is joined to the last
            let before = if number == 0 { tables - 1 } else { number - 1 };
            let more = if functions == Functions::Six { self.more } else { "" };
            let text = format!("{}{more}", self.table);
            let text = text.replace('@', &number.to_string()).replace('%', &before.to_string());
            (format!("m{number}"), format!("//! Table {number}.\n{text}"))
        };
        std::iter::once(("lib".to_owned(), lib)).chain((0..tables).map(module)).collect()
    }
}

/// All of them; the first is ours.
pub(super) const LIBRARIES: [Library; 4] = [
    Library {
        name: "relvar",
        dependencies: "relvar = { workspace = true, features = [\"postgres\"] }",
        head: "",
        table: r#"use relvar::prelude::*;
#[derive(Table, Debug, Clone)]
#[table(name = "t@", dialect = Postgres)]
pub struct T@ {
    #[column(primary_key, auto_increment)]
    pub id: i64,
    pub parent_id: i64,
    pub name: String,
    pub email: String,
    pub note: Option<String>,
    pub age: i32,
    pub score: f64,
    pub active: bool,
    pub created: i64,
    pub kind: String,
    pub city: Option<String>,
    pub visits: i64,
}
pub async fn filtered(db: &Db<Postgres>, age: i32, kind: String) -> relvar::Result<Vec<T@>> {
    let query = T@::query().filter(|t| t.age.gte(age)).filter(|t| t.kind.eq(kind)).filter(|t| t.active.eq(true));
    query.order_by(|t| t.created.desc()).limit(20).all(db).await
}
"#,
        more: r#"use crate::m%::T%;
#[derive(Insert)]
#[insert(table = T@)]
pub struct NewT@ {
    pub parent_id: i64,
    pub name: String,
    pub email: String,
    pub note: Option<String>,
    pub age: i32,
    pub score: f64,
    pub active: bool,
    pub created: i64,
    pub kind: String,
    pub city: Option<String>,
    pub visits: i64,
}
pub async fn by_key(db: &Db<Postgres>, id: i64) -> relvar::Result<Option<T@>> {
    T@::find(id, db).await
}
pub async fn joined(db: &Db<Postgres>, name: String) -> relvar::Result<Vec<(T@, T%)>> {
    T@::query().join(T%::table(), |t, p| t.parent_id.eq(p.id)).filter(|(_, p)| p.name.eq(name)).all(db).await
}
pub async fn insert(db: &Db<Postgres>, row: NewT@) -> relvar::Result<T@> {
    T@::insert(row).stored(db).await
}
pub async fn update(db: &Db<Postgres>, id: i64, name: String, age: i32) -> relvar::Result<u64> {
    T@::update().filter(|t| t.id.eq(id)).set(|t| t.name.set(name)).set(|t| t.age.set(age)).execute(db).await
}
pub async fn delete(db: &Db<Postgres>, id: i64) -> relvar::Result<u64> {
    T@::delete().filter(|t| t.id.eq(id)).execute(db).await
}
"#,
        listed: false,
    },
    Library {
        name: "sqlx",
        dependencies: "sqlx = { version = \"0.9\", default-features = false, features = [\"derive\", \"macros\", \"postgres\", \"runtime-tokio\"] }",
        head: "",
        table: r#"use sqlx::PgPool;
#[derive(sqlx::FromRow, Debug, Clone)]
pub struct T@ {
    pub id: i64,
    pub parent_id: i64,
    pub name: String,
    pub email: String,
    pub note: Option<String>,
    pub age: i32,
    pub score: f64,
    pub active: bool,
    pub created: i64,
    pub kind: String,
    pub city: Option<String>,
    pub visits: i64,
}
pub async fn filtered(db: &PgPool, age: i32, kind: String) -> sqlx::Result<Vec<T@>> {
    let sql = "SELECT * FROM t@ WHERE age >= $1 AND kind = $2 AND active ORDER BY created DESC LIMIT 20";
    sqlx::query_as(sql).bind(age).bind(kind).fetch_all(db).await
}
"#,
        more: r#"pub struct NewT@ {
    pub parent_id: i64,
    pub name: String,
    pub email: String,
    pub note: Option<String>,
    pub age: i32,
    pub score: f64,
    pub active: bool,
    pub created: i64,
    pub kind: String,
    pub city: Option<String>,
    pub visits: i64,
}
#[derive(sqlx::FromRow, Debug, Clone)]
pub struct Joined@ {
    #[sqlx(flatten)]
    pub row: T@,
    pub p_id: i64,
    pub p_parent_id: i64,
    pub p_name: String,
    pub p_email: String,
    pub p_note: Option<String>,
    pub p_age: i32,
    pub p_score: f64,
    pub p_active: bool,
    pub p_created: i64,
    pub p_kind: String,
    pub p_city: Option<String>,
    pub p_visits: i64,
}
pub async fn by_key(db: &PgPool, id: i64) -> sqlx::Result<Option<T@>> {
    sqlx::query_as("SELECT * FROM t@ WHERE id = $1").bind(id).fetch_optional(db).await
}
pub async fn joined(db: &PgPool, name: String) -> sqlx::Result<Vec<Joined@>> {
    let sql = "SELECT t.*, p.id AS p_id, p.parent_id AS p_parent_id, p.name AS p_name, p.email AS p_email, p.note AS p_note, p.age AS p_age, p.score AS p_score, p.active AS p_active, p.created AS p_created, p.kind AS p_kind, p.city AS p_city, p.visits AS p_visits FROM t@ t JOIN t% p ON t.parent_id = p.id WHERE p.name = $1";
    sqlx::query_as(sql).bind(name).fetch_all(db).await
}
pub async fn insert(db: &PgPool, row: NewT@) -> sqlx::Result<T@> {
    let sql = "INSERT INTO t@ (parent_id, name, email, note, age, score, active, created, kind, city, visits) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING *";
    let query = sqlx::query_as(sql).bind(row.parent_id).bind(row.name).bind(row.email).bind(row.note);
    query.bind(row.age).bind(row.score).bind(row.active).bind(row.created).bind(row.kind).bind(row.city).bind(row.visits).fetch_one(db).await
}
pub async fn update(db: &PgPool, id: i64, name: String, age: i32) -> sqlx::Result<u64> {
    let query = sqlx::query("UPDATE t@ SET name = $1, age = $2 WHERE id = $3").bind(name).bind(age).bind(id);
    Ok(query.execute(db).await?.rows_affected())
}
pub async fn delete(db: &PgPool, id: i64) -> sqlx::Result<u64> {
    Ok(sqlx::query("DELETE FROM t@ WHERE id = $1").bind(id).execute(db).await?.rows_affected())
}
"#,
        listed: false,
    },
    Library {
        name: "SeaORM",
        dependencies: "sea-orm = { version = \"2.0\", default-features = false, features = [\"macros\", \"runtime-tokio\", \"sqlx-postgres\"] }",
        head: "",
        table: r#"use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "t@")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub parent_id: i64,
    pub name: String,
    pub email: String,
    pub note: Option<String>,
    pub age: i32,
    pub score: f64,
    pub active: bool,
    pub created: i64,
    pub kind: String,
    pub city: Option<String>,
    pub visits: i64,
}
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "crate::m%::Entity", from = "Column::ParentId", to = "crate::m%::Column::Id")]
    Parent,
}
impl Related<crate::m%::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Parent.def()
    }
}
impl ActiveModelBehavior for ActiveModel {}
pub async fn filtered(db: &DatabaseConnection, age: i32, kind: String) -> Result<Vec<Model>, DbErr> {
    let query = Entity::find().filter(Column::Age.gte(age)).filter(Column::Kind.eq(kind)).filter(Column::Active.eq(true));
    query.order_by_desc(Column::Created).limit(20).all(db).await
}
"#,
        more: r#"use sea_orm::Set;
pub async fn by_key(db: &DatabaseConnection, id: i64) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}
pub async fn joined(db: &DatabaseConnection, name: String) -> Result<Vec<(Model, Option<crate::m%::Model>)>, DbErr> {
    Entity::find().find_also_related(crate::m%::Entity).filter(crate::m%::Column::Name.eq(name)).all(db).await
}
pub async fn insert(db: &DatabaseConnection, row: Model) -> Result<Model, DbErr> {
    let row = ActiveModel {
        parent_id: Set(row.parent_id),
        name: Set(row.name),
        email: Set(row.email),
        note: Set(row.note),
        age: Set(row.age),
        score: Set(row.score),
        active: Set(row.active),
        created: Set(row.created),
        kind: Set(row.kind),
        city: Set(row.city),
        visits: Set(row.visits),
        ..Default::default()
    };
    row.insert(db).await
}
pub async fn update(db: &DatabaseConnection, id: i64, name: String, age: i32) -> Result<u64, DbErr> {
    let update = Entity::update_many().col_expr(Column::Name, Expr::value(name)).col_expr(Column::Age, Expr::value(age));
    Ok(update.filter(Column::Id.eq(id)).exec(db).await?.rows_affected)
}
pub async fn delete(db: &DatabaseConnection, id: i64) -> Result<u64, DbErr> {
    Ok(Entity::delete_by_id(id).exec(db).await?.rows_affected)
}
"#,
        listed: false,
    },
    Library {
        name: "Diesel",
        dependencies: "diesel = { version = \"2.3\", default-features = false }\ndiesel-async = { version = \"0.9\", default-features = false, features = [\"deadpool\", \"postgres\"] }",
        head: "#![recursion_limit = \"512\"]",
        table: r#"use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
diesel::table! {
    t@ (id) {
        id -> BigInt,
        parent_id -> BigInt,
        name -> Text,
        email -> Text,
        note -> Nullable<Text>,
        age -> Integer,
        score -> Double,
        active -> Bool,
        created -> BigInt,
        kind -> Text,
        city -> Nullable<Text>,
        visits -> BigInt,
    }
}
#[derive(Queryable, Selectable, Identifiable, Debug, Clone)]
#[diesel(table_name = t@)]
pub struct T@ {
    pub id: i64,
    pub parent_id: i64,
    pub name: String,
    pub email: String,
    pub note: Option<String>,
    pub age: i32,
    pub score: f64,
    pub active: bool,
    pub created: i64,
    pub kind: String,
    pub city: Option<String>,
    pub visits: i64,
}
pub async fn filtered(c: &mut AsyncPgConnection, age: i32, kind: String) -> QueryResult<Vec<T@>> {
    let query = t@::table.filter(t@::age.ge(age)).filter(t@::kind.eq(kind)).filter(t@::active.eq(true));
    query.order(t@::created.desc()).limit(20).select(T@::as_select()).load(c).await
}
"#,
        more: r#"diesel::joinable!(t@ -> t% (parent_id));
use crate::m%::{T%, t%};
#[derive(Insertable)]
#[diesel(table_name = t@)]
pub struct NewT@ {
    pub parent_id: i64,
    pub name: String,
    pub email: String,
    pub note: Option<String>,
    pub age: i32,
    pub score: f64,
    pub active: bool,
    pub created: i64,
    pub kind: String,
    pub city: Option<String>,
    pub visits: i64,
}
pub async fn by_key(c: &mut AsyncPgConnection, id: i64) -> QueryResult<Option<T@>> {
    t@::table.find(id).select(T@::as_select()).first(c).await.optional()
}
pub async fn joined(c: &mut AsyncPgConnection, name: String) -> QueryResult<Vec<(T@, T%)>> {
    let query = t@::table.inner_join(t%::table).filter(t%::name.eq(name));
    query.select((T@::as_select(), T%::as_select())).load(c).await
}
pub async fn insert(c: &mut AsyncPgConnection, row: NewT@) -> QueryResult<T@> {
    diesel::insert_into(t@::table).values(row).returning(T@::as_returning()).get_result(c).await
}
pub async fn update(c: &mut AsyncPgConnection, id: i64, name: String, age: i32) -> QueryResult<usize> {
    diesel::update(t@::table.find(id)).set((t@::name.eq(name), t@::age.eq(age))).execute(c).await
}
pub async fn delete(c: &mut AsyncPgConnection, id: i64) -> QueryResult<usize> {
    diesel::delete(t@::table.find(id)).execute(c).await
}
"#,
        listed: true,
    },
];
