//! Tables as their structs declare them: created, dropped, and enforced by the database.

use relvar::chrono::{DateTime, NaiveDate, Utc};
use relvar::error::Category;
use relvar::prelude::*;
use relvar::rust_decimal::Decimal;
use relvar::uuid::Uuid;
use relvar::{ErrorKind, Schema};
use std::collections::BTreeMap;

use crate::place::{Place, everywhere};

everywhere!(created_and_dropped_twice, numbers_are_given, composite_keys, entities_by_key);

mod with_indexes_on_parts {
    use super::everywhere;
    use super::*;
    everywhere!(on(memory, file, postgres): (
        indexes_are_there,
        keys_are_enforced,
        foreign_keys_are_enforced,
        checks_and_not_null_are_enforced,
        defaults_are_filled_in,
        generated_columns_follow,
        analyzed,
        // on the others a table that is created is there at once
        all_or_nothing,
    ));
}

mod on_the_server {
    use super::everywhere;
    use super::*;
    everywhere!(on(postgres): (every_kind_of_index, a_schema_of_its_own, random_uuids_and_json));
}

#[derive(SqlType, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Plain,
    Special,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "shops", comment = "it's \"a\" shop")]
pub(crate) struct Shop {
    #[column(primary_key, auto_increment)]
    pub(crate) id: i64,
    #[column(unique, len = 40)]
    pub(crate) name: String,
}

#[derive(Insert)]
#[insert(table = Shop)]
struct NewShop {
    name: String,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "articles", dialect = (Postgres, Sqlite))]
#[index(on = |a| (a.shop_id, a.price.desc()))]
#[index(unique, name = "articles_code", on = |a| (a.shop_id, a.code))]
#[index(name = "articles_special", on = |a| a.added.desc(), filter = |a| a.kind.eq(Kind::Special) & a.price.gt(9))]
#[index(name = "articles_lower", on = |a| a.title.lower())]
#[index(unique, name = "articles_one_note", on = |a| a.note, filter = |a| a.note.is_not_null())]
#[check(name = "articles_price", condition = |a| a.price.gte(0))]
#[check(|a| a.title.ne("") | a.note.is_not_null())]
pub(crate) struct Article {
    #[column(primary_key, auto_increment)]
    pub(crate) id: i64,
    #[column(references = Shop::id, on_delete = Cascade)]
    pub(crate) shop_id: i64,
    #[column(references = Article::id, on_delete = SetNull, on_update = Cascade)]
    pub(crate) replaces: Option<i64>,
    pub(crate) code: String,
    #[column(comment = "what customers see")]
    pub(crate) title: String,
    #[column(index)]
    pub(crate) note: Option<String>,
    #[column(default = 7)]
    pub(crate) price: i32,
    #[column(default = Kind::Plain)]
    pub(crate) kind: Kind,
    #[column(default = "it's \\ \"new\" 🦀")]
    pub(crate) state: String,
    #[column(default = true)]
    pub(crate) open: bool,
    #[column(default = 0.5)]
    pub(crate) weight: f64,
    #[column(precision = (12, 2), default = Decimal::new(1950, 2))]
    pub(crate) cost: Decimal,
    #[column(default = NaiveDate::from_ymd_opt(2026, 1, 31).unwrap_or_default())]
    pub(crate) since: NaiveDate,
    #[column(default = now())]
    pub(crate) added: DateTime<Utc>,
    #[column(generated = |a| a.price * 2 + 1)]
    pub(crate) doubled: i32,
    #[column(generated = |a| a.title.concat(" / ").concat(a.code))]
    pub(crate) label: String,
}

#[derive(Insert)]
#[insert(table = Article)]
struct NewArticle {
    shop_id: i64,
    code: String,
    title: String,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "stock", primary_key(shop_id, day))]
pub(crate) struct Stock {
    #[column(references = Shop::id)]
    pub(crate) shop_id: i64,
    pub(crate) day: NaiveDate,
    pub(crate) count: i32,
    #[column(version)]
    pub(crate) version: i64,
}

/// The same table where a conflict can be named.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "stock", dialect = (Postgres, Sqlite), primary_key(shop_id, day))]
pub(crate) struct Counted {
    pub(crate) shop_id: i64,
    pub(crate) day: NaiveDate,
    pub(crate) count: i32,
    #[column(version)]
    pub(crate) version: i64,
}

/// In no order: they are created after what they refer to.
fn shops(place: &Place) -> Schema {
    let both = Schema::new().table::<Stock>();
    let both = if place.is_my() { both } else { both.table::<Article>() };
    both.table::<Shop>()
}

async fn created(place: &Place) -> AnyDb {
    let db = place.connect_narrow().await;
    shops(place).create(&db).await.unwrap();
    db
}

async fn shop(db: &AnyDb, name: &str) -> i64 {
    Shop::insert(NewShop { name: name.to_owned() }).execute(db).await.unwrap();
    Shop::find_by(Shop::NAME_KEY, name).one(db).await.unwrap().id
}

fn article(shop_id: i64, code: &str) -> NewArticle {
    NewArticle { shop_id, code: code.to_owned(), title: format!("The {code}") }
}

async fn created_and_dropped_twice(place: &Place) {
    let db = created(place).await;
    let id = shop(&db, "one").await;
    let error = shops(place).create(&db).await.unwrap_err();
    assert!(error.to_string().contains("already exists"), "{error}");
    shops(place).create_if_not_exists(&db).await.unwrap();
    assert_eq!(Shop::query().select(|s| s.id).all(&db).await.unwrap(), [id], "what was there is there");
    shops(place).drop(&db).await.unwrap();
    shops(place).drop(&db).await.unwrap();
    assert_eq!(Shop::query().all(&db).await.unwrap_err().category(), Some(Category::Undefined));
    shops(place).create_if_not_exists(&db).await.unwrap();
    shops(place).create_if_not_exists(&db).await.unwrap();
    assert!(Shop::query().all(&db).await.unwrap().is_empty());
}

/// The indexes of a table, by name, as the database describes them.
fn indexes(place: &Place, table: &str) -> BTreeMap<String, String> {
    let list = if place.is_server() {
        format!("SELECT string_agg(indexname || '|' || indexdef, E'\\n') FROM pg_indexes WHERE tablename = '{table}'")
    } else {
        format!(
            "SELECT group_concat(name || '|' || sql, char(10)) FROM sqlite_master WHERE type = 'index' AND tbl_name = '{table}' AND sql IS NOT NULL"
        )
    };
    let list = place.scalar(&list).unwrap_or_default();
    list.lines().filter_map(|line| line.split_once('|')).map(|(name, sql)| (name.to_owned(), sql.to_owned())).collect()
}

async fn indexes_are_there(place: &Place) {
    let db = created(place).await;
    if matches!(place, Place::Memory) {
        // nobody else can look into it: a plan that uses the index is enough
        return db
            .raw_script("SELECT 1 FROM articles INDEXED BY articles_code WHERE shop_id = 1 AND code = 'x'")
            .await
            .unwrap();
    }
    let indexes = indexes(place, "articles");
    let is = |name: &str, words: &[&str]| {
        let sql = indexes.get(name).unwrap_or_else(|| panic!("{name} in {indexes:?}"));
        let plain = sql.replace('"', "").to_lowercase();
        for word in words {
            assert!(plain.contains(&word.to_lowercase()), "{word} in {sql}");
        }
    };
    is("articles_code", &["UNIQUE", "shop_id, code"]);
    is("articles_special", &["added DESC", "WHERE", "kind", "special", "price"]);
    is("articles_lower", &["lower(", "title"]);
    is("articles_one_note", &["UNIQUE", "note", "WHERE", "IS NOT NULL"]);
    let unnamed: Vec<&String> =
        indexes.values().filter(|sql| sql.replace('"', "").contains("shop_id, price DESC")).collect();
    assert_eq!(unnamed.len(), 1, "{indexes:?}");
    assert!(indexes.values().filter(|sql| sql.contains("note")).count() == 2, "{indexes:?}");
}

async fn keys_are_enforced(place: &Place) {
    let db = created(place).await;
    let id = shop(&db, "one").await;
    let error = Shop::insert(NewShop { name: "one".into() }).execute(&db).await.unwrap_err();
    assert!(error.is_unique_violation(), "{error}");
    Article::insert(article(id, "a")).execute(&db).await.unwrap();
    assert!(Article::insert(article(id, "a")).execute(&db).await.unwrap_err().is_unique_violation());
    // the key of the index is a target of an upsert
    let again = Article::insert(NewArticle { title: "New".into(), ..article(id, "a") });
    let upsert = again.on_conflict(Article::ARTICLES_CODE_KEY).update(|a, new| a.title.set(new.title));
    assert_eq!(upsert.returning_as(|a| (a.title, a.label)).one(&db).await.unwrap(), ("New".into(), "New / a".into()));
    // a partial unique index holds for its rows only
    Article::insert_many([article(id, "b"), article(id, "c")]).execute(&db).await.unwrap();
    Article::update().filter(|a| a.code.eq("a")).set(|a| a.note.set("n")).execute(&db).await.unwrap();
    let same = Article::update().filter(|a| a.code.eq("b")).set(|a| a.note.set("n")).execute(&db).await.unwrap_err();
    assert!(same.is_unique_violation(), "{same}");
    let ignored = Article::insert(article(id, "a")).on_any_conflict_do_nothing().execute(&db).await.unwrap();
    assert_eq!(ignored, 0);
}

async fn foreign_keys_are_enforced(place: &Place) {
    let db = created(place).await;
    let error = Article::insert(article(99, "a")).execute(&db).await.unwrap_err();
    assert!(error.is_foreign_key_violation(), "{error}");
    let (one, two) = (shop(&db, "one").await, shop(&db, "two").await);
    let codes = [article(one, "a"), article(one, "b"), article(two, "c")];
    let ids = Article::insert_many(codes).returning_as(|a| a.id).all(&db).await.unwrap();
    Article::update().filter(|a| a.id.eq(ids[2])).set(|a| a.replaces.set(ids[0])).execute(&db).await.unwrap();
    let day = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
    Stock::insert(Stock { shop_id: two, day, count: 1, version: 0 }).execute(&db).await.unwrap();
    // cascades, sets to NULL, and refuses
    Shop::delete().filter(|s| s.id.eq(one)).execute(&db).await.unwrap();
    let left = Article::query().select(|a| (a.code, a.replaces)).all(&db).await.unwrap();
    assert_eq!(left, [("c".to_owned(), None)]);
    let error = Shop::delete().filter(|s| s.id.eq(two)).execute(&db).await.unwrap_err();
    assert!(error.is_foreign_key_violation(), "{error}");
    let error = Shop::update().filter(|s| s.id.eq(two)).set(|s| s.id.set(77)).execute(&db).await.unwrap_err();
    assert!(error.is_foreign_key_violation(), "{error}");
}

async fn checks_and_not_null_are_enforced(place: &Place) {
    let db = created(place).await;
    let id = shop(&db, "one").await;
    Article::insert(article(id, "a")).execute(&db).await.unwrap();
    let cheap = Article::update().everywhere().set(|a| a.price.set(-1)).execute(&db).await.unwrap_err();
    assert!(cheap.is_check_violation(), "{cheap}");
    assert_eq!(cheap.database().unwrap().constraint.as_deref(), Some("articles_price"), "{cheap}");
    let untitled =
        Article::insert(NewArticle { title: String::new(), ..article(id, "b") }).execute(&db).await.unwrap_err();
    assert!(untitled.is_check_violation(), "{untitled}");
    let script = "UPDATE articles SET title = NULL";
    let error = db.raw_script(script).await.unwrap_err();
    assert!(error.is_not_null_violation(), "{error}");
    assert_eq!(error.database().unwrap().column.as_deref(), Some("title"), "{error}");
    if place.is_server() {
        let long = Shop::insert(NewShop { name: "x".repeat(41) }).execute(&db).await.unwrap_err();
        assert_eq!(long.category(), Some(Category::DataException), "{long}");
        // numeric(12, 2) takes what fits, rounded as SQL does, and refuses what does not
        let wide = Article::update().everywhere().set(|a| a.cost.set(Decimal::MAX)).execute(&db).await.unwrap_err();
        assert_eq!(wide.category(), Some(Category::DataException), "{wide}");
        let comment = "SELECT obj_description('shops'::regclass) || ' ' || col_description('articles'::regclass, 5)";
        assert_eq!(place.scalar(comment).as_deref(), Some("it's \"a\" shop what customers see"));
    }
}

async fn defaults_are_filled_in(place: &Place) {
    let db = created(place).await;
    let id = shop(&db, "one").await;
    let before = Utc::now();
    let made = Article::insert(article(id, "a")).returning().one(&db).await.unwrap();
    assert_eq!((made.price, made.kind, made.open, made.weight), (7, Kind::Plain, true, 0.5));
    assert_eq!(made.state, "it's \\ \"new\" 🦀");
    assert_eq!((made.cost, made.since), (Decimal::new(195, 1), NaiveDate::from_ymd_opt(2026, 1, 31).unwrap()));
    assert!((made.added - before).num_seconds().abs() < 5, "{before} {}", made.added);
    assert_eq!((made.note.clone(), made.replaces), (None, None));
    // the default is the value it stands for, in the form that values have
    let same =
        Article::query().filter(|a| a.cost.eq(Decimal::new(1950, 2)) & a.since.eq(made.since) & a.kind.eq(Kind::Plain));
    assert_eq!(same.count(&db).await.unwrap(), 1);
    assert_eq!(Article::query().one(&db).await.unwrap(), made);
}

async fn generated_columns_follow(place: &Place) {
    let db = created(place).await;
    let id = shop(&db, "one").await;
    let made = Article::insert(article(id, "a")).returning().one(&db).await.unwrap();
    assert_eq!((made.doubled, made.label.as_str()), (15, "The a / a"));
    let changed =
        Article::update().everywhere().set(|a| (a.price.set(10), a.title.set("A"))).returning().one(&db).await.unwrap();
    assert_eq!((changed.doubled, changed.label.as_str()), (21, "A / a"));
    assert_eq!(Article::query().filter(|a| a.doubled.eq(21)).count(&db).await.unwrap(), 1);
}

async fn numbers_are_given(place: &Place) {
    let db = created(place).await;
    let ids = [shop(&db, "a").await, shop(&db, "b").await, shop(&db, "c").await];
    assert!(ids.is_sorted() && ids[0] > 0, "{ids:?}");
    Shop::delete().filter(|s| s.id.eq(ids[2])).execute(&db).await.unwrap();
    // the number of the last row can be given again where there is no counter beside the table
    let next = shop(&db, "d").await;
    assert_eq!(next, if place.is_server() { ids[2] + 1 } else { ids[2] });
    // a whole row can bring its own
    Shop::insert(Shop { id: 1_000, name: "e".into() }).execute(&db).await.unwrap();
    assert_eq!(Shop::query().filter(|s| s.name.eq("e")).one(&db).await.unwrap().id, 1_000);
}

async fn composite_keys(place: &Place) {
    let db = created(place).await;
    let id = shop(&db, "one").await;
    let day = |d| NaiveDate::from_ymd_opt(2026, 11, d).unwrap();
    let stock = |d, count| Stock { shop_id: id, day: day(d), count, version: 0 };
    Stock::insert_many([stock(1, 10), stock(2, 20)]).execute(&db).await.unwrap();
    assert!(Stock::insert(stock(1, 11)).execute(&db).await.unwrap_err().is_unique_violation());
    if place.is_my() {
        let update = Stock::update().filter(|s| s.day.eq(day(1)));
        update.set(|s| s.count.set(s.count + 5)).execute(&db).await.unwrap();
    } else {
        let upsert = Counted::insert(Counted { shop_id: id, day: day(1), count: 5, version: 0 });
        let upsert = upsert.on_conflict(Counted::PRIMARY_KEY).update(|s, new| s.count.set(s.count + new.count));
        upsert.execute(&db).await.unwrap();
    }
    let found = Stock::find((id, day(1)), &db).await.unwrap().unwrap();
    assert_eq!((found.count, found.version), (15, 1), "every change raises the version");
    assert_eq!(Stock::find((id, day(3)), &db).await.unwrap(), None);
    assert!(found.remove(&db).await.unwrap());
    assert!(!found.remove(&db).await.unwrap(), "it is gone");
    assert_eq!(Stock::query().select(|s| s.day).all(&db).await.unwrap(), [day(2)]);
}

async fn entities_by_key(place: &Place) {
    let db = created(place).await;
    let (one, two) = (shop(&db, "one").await, shop(&db, "two").await);
    let mut shop = Shop::find(one, &db).await.unwrap().unwrap();
    shop.name = "changed".into();
    shop.save(&db).await.unwrap();
    assert_eq!(Shop::find(one, &db).await.unwrap(), Some(shop.clone()));
    assert_eq!(Shop::find(two, &db).await.unwrap().unwrap().name, "two", "the others are as before");
    let tx = db.begin().await.unwrap();
    assert!(shop.remove(&tx).await.unwrap());
    let error = shop.save(&tx).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::NoRow), "{error}");
    tx.rollback().await.unwrap();
    assert_eq!(Shop::find_by(Shop::NAME_KEY, "changed").one(&db).await.unwrap(), shop);
    shop.name = "two".into();
    assert!(shop.save(&db).await.unwrap_err().is_unique_violation());
}

/// A table that cannot be created leaves none of the others behind.
async fn all_or_nothing(place: &Place) {
    let db = place.connect_narrow().await;
    place.script(&db, "CREATE TABLE articles (x int)").await;
    shops(place).create(&db).await.unwrap_err();
    let error = Shop::query().all(&db).await.unwrap_err();
    assert_eq!(error.category(), Some(Category::Undefined), "{error}");
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "documents", dialect = Postgres)]
#[index(name = "documents_gin", on = |d| d.body, using = Gin, ops = JsonbPathOps)]
#[index(name = "documents_tags", on = |d| d.tags, using = Gin)]
#[index(name = "documents_search", using = Gin, on = |d| to_tsvector(English, d.title.concat(" ").concat(d.body.text("text").coalesce(""))))]
#[index(name = "documents_priority", on = |d| d.body.text("priority"))]
#[index(name = "documents_covering", on = |d| d.owner, include = |d| (d.title, d.added))]
#[index(name = "documents_brin", on = |d| d.added, using = Brin)]
#[index(name = "documents_hash", on = |d| d.owner, using = Hash)]
#[index(name = "documents_nulls", on = |d| (d.rank.desc().nulls_last(), d.id))]
pub(crate) struct Document {
    #[column(primary_key, default = gen_random_uuid())]
    pub(crate) id: Uuid,
    pub(crate) owner: i64,
    pub(crate) title: String,
    pub(crate) rank: Option<i32>,
    #[column(default = vec!["new".to_owned(), "it's \\ \"quoted\", {}".to_owned()])]
    pub(crate) tags: Vec<String>,
    pub(crate) body: Json<serde_json::Value>,
    #[column(created_at)]
    pub(crate) added: DateTime<Utc>,
}

async fn every_kind_of_index(place: &Place) {
    let db = Db::<Postgres>::connect(&place.url()).await.unwrap();
    let schema = Schema::new().table::<Document>();
    schema.create(&db).await.unwrap();
    schema.create_if_not_exists(&db).await.unwrap();
    let indexes = indexes(place, "documents");
    for (name, words) in [
        ("documents_gin", vec!["USING gin", "jsonb_path_ops"]),
        ("documents_tags", vec!["USING gin", "(tags)"]),
        ("documents_search", vec!["USING gin", "to_tsvector('english'", "->> 'text'"]),
        ("documents_priority", vec!["USING btree", "->> 'priority'"]),
        ("documents_covering", vec!["(owner)", "INCLUDE (title, added)"]),
        ("documents_brin", vec!["USING brin", "added"]),
        ("documents_hash", vec!["USING hash", "owner"]),
        ("documents_nulls", vec!["rank DESC NULLS LAST", "id"]),
    ] {
        let sql = indexes.get(name).unwrap_or_else(|| panic!("{name} in {indexes:?}"));
        assert!(words.iter().all(|word| sql.contains(word)), "{words:?} in {sql}");
    }
    assert_eq!(indexes.len(), 9, "{indexes:?}");
}

#[derive(Insert)]
#[insert(table = Document)]
struct NewDocument {
    owner: i64,
    title: String,
    rank: Option<i32>,
    body: Json<serde_json::Value>,
}

async fn random_uuids_and_json(place: &Place) {
    let db = Db::<Postgres>::connect(&place.url()).await.unwrap();
    Schema::new().table::<Document>().create(&db).await.unwrap();
    let new = |rank| NewDocument {
        owner: 1,
        title: "Dogs".into(),
        rank,
        body: Json(serde_json::json!({"priority": "high", "text": "and cats"})),
    };
    let made = Document::insert_many([new(Some(1)), new(None)]).returning().all(&db).await.unwrap();
    assert!(made[0].id != made[1].id && !made[0].id.is_nil());
    assert!(made.iter().all(|document| document.tags == ["new", "it's \\ \"quoted\", {}"]));
    let ranked = Document::query().order_by(|d| d.rank.desc().nulls_last()).select(|d| d.rank).all(&db).await.unwrap();
    assert_eq!(ranked, [Some(1), None]);
    let high = Document::query().filter(|d| d.body.text("priority").eq("high")).count(&db).await.unwrap();
    assert_eq!(high, 2);
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "things", schema = "app", dialect = Postgres)]
#[index(name = "things_name", on = |t| t.name)]
pub(crate) struct Thing {
    #[column(primary_key)]
    pub(crate) id: i64,
    pub(crate) name: String,
    #[column(references = Thing::id)]
    pub(crate) parent: Option<i64>,
}

async fn a_schema_of_its_own(place: &Place) {
    let db = Db::<Postgres>::connect(&place.url()).await.unwrap();
    db.raw_script("CREATE SCHEMA app; CREATE TABLE things (id text)").await.unwrap();
    Schema::new().table::<Thing>().create(&db).await.unwrap();
    let thing = Thing { id: 1, name: "x".into(), parent: Some(1) };
    assert_eq!(Thing::insert(thing.clone()).returning().one(&db).await.unwrap(), thing);
    Thing::update().filter(|t| t.name.eq("x")).set(|t| t.parent.set(None)).execute(&db).await.unwrap();
    assert_eq!(place.scalar("SELECT name FROM app.things WHERE parent IS NULL").as_deref(), Some("x"));
    Schema::new().table::<Thing>().drop(&db).await.unwrap();
    assert_eq!(place.scalar("SELECT count(*) FROM things").as_deref(), Some("0"), "the other one is still there");
}

/// What the database plans by is what is there, once it was told to look.
async fn analyzed(place: &Place) {
    let db = place.connect_narrow().await;
    let error = shops(place).analyze(&db).await.unwrap_err();
    assert_eq!(error.to_string().matches("ANALYZE").count(), 1, "{error}");
    shops(place).create(&db).await.unwrap();
    shop(&db, "one").await;
    shop(&db, "two").await;
    shops(place).analyze(&db).await.unwrap();
    let counted = match place.is_server() {
        true => place.scalar("SELECT reltuples FROM pg_class WHERE relname = 'shops'"),
        false => place.scalar("SELECT substr(stat, 1, 1) FROM sqlite_stat1 WHERE tbl = 'shops'"),
    };
    assert_eq!(counted.as_deref().unwrap_or("2"), "2");
}
