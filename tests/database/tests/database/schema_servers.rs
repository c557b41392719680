//! What only MySQL and MariaDB have in a table: created on the servers, and read back from `information_schema`.

use relvar::chrono::{DateTime, Utc};
use relvar::prelude::*;
use relvar::{ErrorKind, Schema};
use relvar_test_support::{TempMySql, mariadb, mysql};
use std::collections::BTreeMap;

/// Makes a test of each function, once for each server.
macro_rules! on_servers {
    ($($server:ident),*: $cases:tt) => { $(on_servers!(@ $server $cases);)* };
    (@ $server:ident ($($case:ident),* $(,)?)) => {
        mod $server {
            $(
                #[tokio::test]
                async fn $case() {
                    if let Some(server) = super::$server() {
                        super::$case(&server.database()).await;
                    }
                }
            )*
        }
    };
}
on_servers!(mysql, mariadb: (
    everything_is_there,
    created_twice,
    a_missing_index_is_added,
    generated_from_a_document,
    actions_of_foreign_keys,
    text_in_a_key_has_a_length,
    what_cannot_be,
));
mod functional {
    use super::*;
    on_servers!(mysql: (keys_of_expressions, text_of_a_document));
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "senders", dialect = (MySql, MariaDb))]
struct Sender {
    #[column(primary_key, auto_increment)]
    id: i64,
    #[column(unique, len = 40)]
    name: String,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "letters", dialect = (MySql, MariaDb), comment = "it's \\ mail")]
#[index(name = "letters_words", on = |l| (l.title, l.body), using = FullText)]
#[index(name = "letters_start", on = |l| (l.body.prefix(40), l.title.prefix(9).desc(), l.sent.desc()))]
#[index(name = "letters_hidden", on = |l| l.sent, invisible)]
#[index(name = "letters_once", unique, on = |l| (l.title, l.sent))]
#[index(on = |l| l.body.prefix(7))]
#[check(name = "letters_weight", condition = |l| l.weight.gte(0))]
struct Letter {
    #[column(primary_key, auto_increment)]
    id: i64,
    #[column(len = 80)]
    title: String,
    body: String,
    #[column(default = now())]
    sent: DateTime<Utc>,
    #[column(default = 1, comment = "in grams")]
    weight: i32,
    data: Json<serde_json::Value>,
    #[column(generated = |l| l.data.text("status"), virtual, len = 40, index)]
    status: Option<String>,
    #[column(generated = |l| l.weight * 2)]
    double: i32,
    #[column(default = 5, invisible)]
    secret: i32,
    #[column(references = Sender::id, on_delete = Cascade, on_update = Restrict)]
    sender: i64,
    #[column(references = Letter::id, on_delete = SetNull)]
    reply_to: Option<i64>,
}

#[derive(Insert)]
#[insert(table = Sender)]
struct NewSender {
    name: String,
}

#[derive(Insert)]
#[insert(table = Letter)]
struct NewLetter {
    title: String,
    body: String,
    data: Json<serde_json::Value>,
    sender: i64,
    reply_to: Option<i64>,
}

fn letters() -> Schema {
    Schema::new().table::<Letter>().table::<Sender>()
}

async fn connect(place: &TempMySql) -> AnyDb {
    AnyDb::connect(place.url()).await.unwrap()
}

async fn created(place: &TempMySql) -> AnyDb {
    let db = connect(place).await;
    letters().create(&db).await.unwrap();
    db
}

fn letter(title: &str, sender: i64) -> NewLetter {
    let data = Json(serde_json::json!({"status": title}));
    NewLetter { title: title.into(), body: format!("Dear {title}"), data, sender, reply_to: None }
}

fn is_mariadb(place: &TempMySql) -> bool {
    place.url().starts_with("mariadb")
}

/// Each index of a table: its kind, and its parts with their lengths and directions.
fn indexes(place: &TempMySql, table: &str) -> BTreeMap<String, String> {
    let hidden = if is_mariadb(place) { "ignored = 'YES'" } else { "is_visible = 'NO'" };
    let part = "concat(coalesce(column_name, '?'), coalesce(concat('(', sub_part, ')'), ''), \
                CASE collation WHEN 'D' THEN ' DESC' ELSE '' END)";
    let sql = format!(
        "SELECT index_name, concat(CASE non_unique WHEN 0 THEN 'UNIQUE ' ELSE '' END, index_type, \
         CASE WHEN {hidden} THEN ' HIDDEN' ELSE '' END), group_concat({part} ORDER BY seq_in_index SEPARATOR ', ') \
         FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = '{table}' \
         GROUP BY 1, 2"
    );
    let text = |cell: &Option<String>| cell.clone().unwrap_or_default();
    place.rows(&sql).iter().map(|row| (text(&row[0]), format!("{}: {}", text(&row[1]), text(&row[2])))).collect()
}

async fn everything_is_there(place: &TempMySql) {
    created(place).await;
    let indexes = indexes(place, "letters");
    for (name, said) in [
        ("PRIMARY", "UNIQUE BTREE: id"),
        ("letters_words", "FULLTEXT: title, body"),
        ("letters_hidden", "BTREE HIDDEN: sent"),
        ("letters_once", "UNIQUE BTREE: title, sent"),
        ("idx_letters_body", "BTREE: body(7)"),
        ("idx_letters_status", "BTREE: status"),
    ] {
        assert_eq!(indexes.get(name).map(String::as_str), Some(said), "{name} in {indexes:?}");
    }
    // directions are read, and kept, by both since MySQL 8 and MariaDB 10.8
    assert_eq!(indexes["letters_start"], "BTREE: body(40), title(9) DESC, sent DESC");
    let column = |name: &str, what: &str| {
        let of = format!("table_schema = DATABASE() AND table_name = 'letters' AND column_name = '{name}'");
        place.scalar(&format!("SELECT {what} FROM information_schema.columns WHERE {of}")).unwrap_or_default()
    };
    assert_eq!(column("weight", "column_comment"), "in grams");
    assert!(column("status", "extra").contains("VIRTUAL GENERATED"), "{}", column("status", "extra"));
    assert!(column("double", "extra").contains("STORED GENERATED"), "{}", column("double", "extra"));
    assert!(column("secret", "extra").contains("INVISIBLE"), "{}", column("secret", "extra"));
    assert_eq!(column("status", "column_type"), "varchar(40)");
    let table = |what: &str| {
        let of = "table_schema = DATABASE() AND table_name = 'letters'";
        place.scalar(&format!("SELECT {what} FROM information_schema.tables WHERE {of}")).unwrap_or_default()
    };
    assert_eq!(table("table_comment"), "it's \\ mail");
    let collation = if is_mariadb(place) { "utf8mb4_nopad_bin" } else { "utf8mb4_0900_bin" };
    assert_eq!(table("table_collation"), collation);
    assert_eq!(column("title", "collation_name"), collation);
    let keys = place.rows(
        "SELECT constraint_name, delete_rule, update_rule FROM information_schema.referential_constraints \
         WHERE constraint_schema = DATABASE() ORDER BY 1",
    );
    let keys: Vec<String> =
        keys.iter().map(|row| row.iter().flatten().cloned().collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(keys.len(), 2, "{keys:?}");
    assert!(keys[0].starts_with("fk_letters_reply_to SET NULL"), "{keys:?}");
    assert_eq!(keys[1], "fk_letters_sender CASCADE RESTRICT");
    let check = "SELECT check_clause FROM information_schema.check_constraints \
                 WHERE constraint_schema = DATABASE() AND constraint_name = 'letters_weight'";
    assert!(place.scalar(check).unwrap_or_default().contains("weight"));
}

async fn created_twice(place: &TempMySql) {
    let db = connect(place).await;
    letters().create_if_not_exists(&db).await.unwrap();
    let first = indexes(place, "letters");
    let sender = Sender { id: 1, name: "one".into() };
    Sender::insert(sender.clone()).execute(&db).await.unwrap();
    letters().create_if_not_exists(&db).await.unwrap();
    assert_eq!(indexes(place, "letters"), first);
    assert_eq!(Sender::query().all(&db).await.unwrap(), [sender], "what was there is there");
    assert!(letters().create(&db).await.unwrap_err().to_string().contains("already exists"));
    letters().drop(&db).await.unwrap();
    letters().create(&db).await.unwrap();
}

async fn a_missing_index_is_added(place: &TempMySql) {
    let db = created(place).await;
    let before = indexes(place, "letters");
    place.execute("DROP INDEX letters_words ON letters");
    place.execute("DROP INDEX letters_start ON letters");
    assert!(!indexes(place, "letters").contains_key("letters_words"));
    letters().create_if_not_exists(&db).await.unwrap();
    assert_eq!(indexes(place, "letters"), before);
}

async fn generated_from_a_document(place: &TempMySql) {
    let db = created(place).await;
    Sender::insert(NewSender { name: "one".into() }).execute(&db).await.unwrap();
    Letter::insert_many([letter("Open", 1), letter("closed", 1)]).execute(&db).await.unwrap();
    let found = Letter::query().filter(|l| l.status.eq("Open")).one(&db).await.unwrap();
    assert_eq!((found.title.as_str(), found.status.as_deref(), found.double), ("Open", Some("Open"), 2));
    assert_eq!(found.secret, 5, "a query names the column that `SELECT *` leaves out");
    assert_eq!(Letter::query().filter(|l| l.status.eq("open")).count(&db).await.unwrap(), 0);
    // a text of the document beside the column, and beside a value
    assert_eq!(Letter::query().filter(|l| l.data.text("status").eq(l.title)).count(&db).await.unwrap(), 2);
    assert_eq!(Letter::query().filter(|l| l.data.text("status").eq("Open ")).count(&db).await.unwrap(), 0);
    let plan = place.rows("EXPLAIN SELECT id FROM letters WHERE status = 'Open'");
    assert!(format!("{plan:?}").contains("idx_letters_status"), "{plan:?}");
}

async fn actions_of_foreign_keys(place: &TempMySql) {
    let db = created(place).await;
    Sender::insert_many(["one", "two"].map(|name| NewSender { name: name.into() })).execute(&db).await.unwrap();
    Letter::insert(letter("a", 1)).execute(&db).await.unwrap();
    let first = Letter::query().select(|l| l.id).one(&db).await.unwrap();
    Letter::insert(NewLetter { reply_to: Some(first), ..letter("b", 2) }).execute(&db).await.unwrap();
    let error = Letter::insert(letter("c", 9)).execute(&db).await.unwrap_err();
    assert!(error.is_foreign_key_violation(), "{error}");
    Sender::delete().filter(|s| s.name.eq("one")).execute(&db).await.unwrap();
    let left = Letter::query().select(|l| (l.title, l.reply_to)).all(&db).await.unwrap();
    assert_eq!(left, [("b".to_owned(), None)]);
}

/// What no type has told: a definition made at run time.
async fn text_in_a_key_has_a_length(place: &TempMySql) {
    let db = connect(place).await;
    let engines = <(MySql, MariaDb) as Dialect>::ENGINES;
    let mut table = Sender::definition();
    table.columns[1].length = None;
    let error = Schema::new().definition(table.clone(), engines).create(&db).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Build(_)), "{error}");
    assert!(error.to_string().contains("the column `name` is in a key"), "{error}");
    table.unique.clear();
    Schema::new().definition(table, engines).create(&db).await.unwrap();
}

async fn what_cannot_be(place: &TempMySql) {
    let db = connect(place).await;
    let engines = <(MySql, MariaDb) as Dialect>::ENGINES;
    let mut table = Letter::definition();
    table.foreign_keys.clear();
    table.indexes.truncate(2);
    table.indexes[1].parts[1].prefix = Some(81);
    let error = Schema::new().definition(table, engines).create(&db).await.unwrap_err();
    assert!(error.to_string().contains("a prefix of 81 is no part of the column `title`"), "{error}");
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "names", dialect = MySql)]
#[index(name = "names_lower", on = |n| (n.name.lower(), n.age * 2))]
#[index(name = "names_words", on = |n| n.name, using = FullText, parser = "ngram")]
struct Name {
    #[column(primary_key)]
    id: i64,
    #[column(len = 40)]
    name: String,
    age: i32,
    data: Json<serde_json::Value>,
}

async fn keys_of_expressions(place: &TempMySql) {
    let db = Db::<MySql>::connect(place.url()).await.unwrap();
    let schema = Schema::new().table::<Name>();
    schema.create(&db).await.unwrap();
    schema.create_if_not_exists(&db).await.unwrap();
    assert_eq!(indexes(place, "names")["names_lower"], "BTREE: ?, ?");
    let sql = place.rows("SHOW CREATE TABLE names")[0][1].clone().unwrap_or_default();
    assert!(sql.contains("lower(`name`)") && sql.contains("`ngram`"), "{sql}");
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "papers", dialect = MySql)]
#[index(name = "papers_key", on = |p| p.data.text("key"))]
struct Paper {
    #[column(primary_key)]
    id: i64,
    data: Json<serde_json::Value>,
}

/// The text of a document has no length, which a key needs.
async fn text_of_a_document(place: &TempMySql) {
    let db = Db::<MySql>::connect(place.url()).await.unwrap();
    let error = Schema::new().table::<Paper>().create(&db).await.unwrap_err();
    assert!(error.to_string().contains("declare a generated column"), "{error}");
}
