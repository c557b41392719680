//! Typed statements, from the table to the rows, on both kinds of server.

use chrono::{DateTime, NaiveDate, Utc};
use relvar_query::expr::*;
use relvar_query::source::*;
use relvar_query::statement::*;
use relvar_query::types::Json;
use rust_decimal::Decimal;

use super::{Site, database, on_both};
use crate::db::AnyDb;
use crate::error::{Category, Result};
use crate::fetch::{Execute, Fetch};
use crate::options::Options;

#[path = "../../../../query/tests/core/schema.rs"]
mod schema;
use schema::{NewUser, Summary, SummaryExprs, User};

on_both! {
    reads_and_writes
    what_expressions_say
    transactions
}

async fn users<D: Site>(test: &str) -> AnyDb {
    let url = database::<D>(&format!("slice_{test}")).await.unwrap();
    let db = AnyDb::connect_with(&url, Options::new().max_connections(2)).await.unwrap();
    let sql = "CREATE TABLE users (id bigint AUTO_INCREMENT PRIMARY KEY, email varchar(100) NOT NULL, name text NOT NULL, \
               bio text, logins bigint NOT NULL DEFAULT 0, UNIQUE KEY users_email (email))";
    db.raw_script(sql).await.unwrap();
    db
}

fn new(email: &str, name: &str) -> NewUser {
    NewUser { email: email.to_owned(), name: name.to_owned() }
}

async fn reads_and_writes<D: Site>() {
    let db = &users::<D>("rows").await;
    assert_eq!(User::insert(new("a@x", "it's Ann\\ \u{1a} 🦀")).execute(db).await.unwrap(), 1);
    let several = ["b@x", "c@x", "d@x"].map(|email| new(email, "Bob"));
    assert_eq!(User::insert_many(several).execute(db).await.unwrap(), 3);
    let taken = User::insert(new("a@x", "Eve")).execute(db).await.unwrap_err();
    assert!(taken.is_unique_violation());
    assert_eq!(taken.database().unwrap().constraint.as_deref(), Some("users_email"));
    assert!(!taken.to_string().contains("a@x"), "{taken}");

    let ann = User::query().filter(|u| u.email.eq("a@x")).one(db).await.unwrap();
    assert_eq!((ann.id, ann.name.as_str(), ann.bio, ann.logins), (1, "it's Ann\\ \u{1a} 🦀", None, 0));
    let set = User::update().filter(|u| u.name.eq("Bob")).set(|u| (u.logins.set(u.logins + 2), u.bio.set("b%_\\")));
    assert_eq!(set.execute(db).await.unwrap(), 3);
    let found = User::query().filter(|u| u.bio.like(contains("%_\\"))).order_by(|u| u.id.desc()).select(|u| u.id);
    assert_eq!(found.clone().all(db).await.unwrap(), [4, 3, 2]);
    assert_eq!(found.clone().offset(1).limit(1).all(db).await.unwrap(), [3]);
    assert_eq!(found.clone().offset(2).all(db).await.unwrap(), [2]);
    assert_eq!(found.clone().count(db).await.unwrap(), 3);
    assert!(found.exists(db).await.unwrap());
    let listed = User::query().filter(|u| u.id.in_list([1, 3, 9]) & !u.email.in_list(Vec::<String>::new()));
    assert_eq!(listed.all(db).await.unwrap().len(), 2);

    let pairs = User::query()
        .left_join(User::table(), |u, v| u.id.eq(v.id + 3))
        .order_by(|(u, _)| u.id.asc())
        .select(|(u, v)| (u.id, v.email, v.id))
        .all(db)
        .await
        .unwrap();
    assert_eq!(pairs[3], (4, Some("a@x".to_owned()), Some(1)));
    assert_eq!(pairs[0], (1, None, None));
    let rows = User::query().left_join(User::table(), |u, v| u.id.eq(v.id + 3)).order_by(|(u, _)| u.id.asc());
    let rows: Vec<(User, Option<User>)> = rows.all(db).await.unwrap();
    assert!(rows[0].1.is_none() && rows[3].1.is_some());

    let groups = User::query()
        .group_by(|u| u.name)
        .having(|_, g| g.count().gt(1))
        .select(|name, g| {
            (name, g.count(), g.sum(|u| u.logins), g.avg(|u| u.logins), g.max(|u| u.email), g.min(|u| u.id))
        })
        .all(db)
        .await
        .unwrap();
    let expected = ("Bob".to_owned(), 3, Some(Decimal::from(6)), Some(2.0), Some("d@x".to_owned()), Some(2));
    assert_eq!(groups, [expected]);

    let cte = User::query().select(|u| SummaryExprs { title: u.name, author: u.bio }).cte("s");
    let named: Vec<Summary> = cte.query().filter(|s| s.author.is_null()).all(db).await.unwrap();
    assert_eq!(named.len(), 1);
    let tree = recursive("t", User::query().filter(|u| u.id.eq(1)).select(|u| (u.id, value(0i64))), |t| {
        t.query().filter(|t| t.1.lt(4)).select(|t| (t.0, t.1 + 1))
    });
    let levels = tree.query().order_by(|t| t.1.asc()).select(|t| t.1).all(db).await.unwrap();
    assert_eq!(levels, [0, 1, 2, 3, 4]);
    let derived = User::query().select(|u| u.id).derived();
    let joined = User::query().join(derived, |u, d| u.id.eq(d.0)).select(|(u, d)| (u.id, d.0)).all(db).await.unwrap();
    assert_eq!(joined.len(), 4);
    let others = User::query().filter(|u| exists(User::query().filter(|v| v.name.eq(u.name) & v.id.ne(u.id))));
    assert_eq!(others.count(db).await.unwrap(), 3);
    assert_eq!(User::query().select(|u| u.name).distinct().all(db).await.unwrap().len(), 2);
    let early = User::query().filter(|u| u.id.in_query(User::query().filter(|v| v.logins.eq(0)).select(|v| v.id)));
    assert_eq!(early.all(db).await.unwrap().len(), 1);

    assert_eq!(User::delete().filter(|u| u.id.gt(2)).execute(db).await.unwrap(), 2);
    assert_eq!(User::query().count(db).await.unwrap(), 2);
    // many rows in one call
    let many = (0..5_000).map(|i| new(&format!("{i}@many"), "Many"));
    assert_eq!(User::insert_many(many).execute(db).await.unwrap(), 5_000);
    assert_eq!(User::delete().everywhere().execute(db).await.unwrap(), 5_002);
    db.close().await;
}

async fn what_expressions_say<D: Site>() {
    let db = &users::<D>("expr").await;
    User::insert(new("a@x", " Añn ")).execute(db).await.unwrap();
    let mut wrong = Vec::new();
    macro_rules! says {
        ($(|$u:ident| $expr:expr => $value:expr;)*) => { $(
            match User::query().select(|$u| $expr).one(db).await {
                Ok(found) if found == $value => {}
                other => wrong.push(format!("{} => {other:?}", stringify!($expr))),
            }
        )* };
    }
    says! {
        |u| u.name.trim() => "Añn";
        |u| u.name.trim().upper() => "AÑN";
        |u| u.name.char_length() => 5;
        |u| u.name.concat("|").concat(u.email) => " Añn |a@x";
        |u| u.name.replace("ñ", "\\") => " A\\n ";
        |u| u.email.substring(2, 1) => "@";
        |u| u.email.position("x") => 3;
        |u| u.bio.coalesce("none") => "none";
        |u| u.bio.concat("x") => None::<String>;
        |u| u.email.eq("A@X") => Some(DEFAULT_COLLATION_IGNORES_CASE);
        |_u| constant("a".to_owned()).eq("A").is_true() => false;
        |u| (u.id + 1) * 3 - 2 => 4;
        |u| (u.id + 6) / 2 => 3;
        |u| (u.id + 6) % 4 => 3;
        |u| (u.logins - 5).abs() => 5;
        |u| u.id.cast::<f64>() / 4.0 => 0.25;
        |u| u.id.cast::<String>() => "1";
        |_u| value(2.6f64).round() => 3.0;
        |u| case().when(u.id.gt(3), "big").otherwise("small") => "small";
        |u| case().when(u.id.gt(3), u.id).end() => None::<i64>;
        |u| u.id.eq(1) => Some(true);
        |u| u.bio.eq("x") => None::<bool>;
        |u| u.bio.is_null().is_true() => true;
        |u| u.bio.is_not_distinct_from(None::<String>).is_true() => true;
        |u| u.bio.is_distinct_from("x").is_true() => true;
        |u| u.id.between(1, 2).is_true() => true;
        |_u| value(true) => true;
        |_u| value(-1.5f64) => -1.5;
        |_u| value(0.1f32) => 0.1;
        |_u| value(7i16) => 7;
        |_u| value("1.50".parse::<Decimal>().unwrap()) => "1.50".parse::<Decimal>().unwrap();
        |_u| value(uuid::Uuid::max()) => uuid::Uuid::max();
        |_u| value(vec![0u8, 255]) => vec![0u8, 255];
        |_u| value(NaiveDate::from_ymd_opt(2024, 2, 29).unwrap()) => NaiveDate::from_ymd_opt(2024, 2, 29).unwrap();
        |_u| value(DateTime::<Utc>::UNIX_EPOCH) => DateTime::<Utc>::UNIX_EPOCH;
        |_u| value(DateTime::<Utc>::UNIX_EPOCH) + Interval::days(1) => DateTime::<Utc>::UNIX_EPOCH + chrono::Days::new(1);
        |_u| now().gt(value(DateTime::<Utc>::UNIX_EPOCH)).is_true() => true;
        |_u| (now() - Interval::hours(1)).lt(now()).is_true() => true;
        |_u| value(Json(serde_json::json!({"k": ["v"], "n": null}))).text(("k", 0)) => Some("v".to_owned());
        |_u| value(Json(serde_json::json!({"k\"'\\": "v"}))).text("k\"'\\").coalesce("") => "v";
        |_u| value(Json(serde_json::json!({"n": null}))).text("n") => None::<String>;
        |_u| value(Json(serde_json::json!({"k": {"a": 1}}))).json("k") => Some(Json(serde_json::json!({"a": 1})));
        |_u| constant("\\'\u{1a}".to_owned()) => "\\'\u{1a}";
        |_u| constant(-5i64) => -5;
        |_u| constant(true) => true;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let nothing = User::query().filter(|u| u.id.lt(0));
    let totals = nothing.aggregate(|g| (g.count(), g.sum(|u| u.id), g.avg(|u| u.id), g.every(|u| u.id.gt(0))));
    assert_eq!(totals.one(db).await.unwrap(), (0, None, None, None));
    let totals = User::query().aggregate(|g| (g.count_distinct(|u| u.name), g.some(|u| u.id.gt(0))));
    assert_eq!(totals.one(db).await.unwrap(), (1, Some(true)));
    db.close().await;
}

/// What `=` says of `a` and `A` is the business of the column's collation, which here is the database's own.
const DEFAULT_COLLATION_IGNORES_CASE: bool = true;

async fn transactions<D: Site>() {
    let db = &users::<D>("tx").await;
    User::insert_many(["a@x", "b@x"].map(|email| new(email, "n"))).execute(db).await.unwrap();
    // two who lock the same rows the other way round: one is run again
    let both = |first: i64, second: i64| async move {
        let done: Result<()> = db
            .transaction(|tx| async move {
                for id in [first, second] {
                    User::update().filter(|u| u.id.eq(id)).set(|u| u.logins.set(u.logins + 1)).execute(&tx).await?;
                    tokio::time::sleep(std::time::Duration::from_millis(30)).await;
                }
                Ok(())
            })
            .retry(5)
            .await;
        done
    };
    let (one, other) = tokio::join!(both(1, 2), both(2, 1));
    one.unwrap();
    other.unwrap();
    let logins = User::query().order_by(|u| u.id.asc()).select(|u| u.logins).all(db).await.unwrap();
    assert_eq!(logins, [2, 2], "each was done once");

    // after a deadlock nothing runs outside of the transaction that it was meant for
    let tx = db.begin().await.unwrap();
    let rival = db.begin().await.unwrap();
    let add = |id: i64| User::update().filter(move |u| u.id.eq(id)).set(|u| u.logins.set(u.logins + 10));
    add(1).execute(&tx).await.unwrap();
    add(2).execute(&rival).await.unwrap();
    let (mine, theirs) = tokio::join!(add(2).execute(&tx), add(1).execute(&rival));
    let (loser, winner, error) = match (mine, theirs) {
        (Err(error), Ok(_)) => (tx, rival, error),
        (Ok(_), Err(error)) => (rival, tx, error),
        both => panic!("{both:?}"),
    };
    assert_eq!(error.category(), Some(Category::Deadlock));
    let after = add(1).execute(&loser).await.unwrap_err();
    assert!(matches!(after.kind(), crate::ErrorKind::TransactionAborted { .. }), "{after}");
    assert!(loser.commit().await.is_err());
    winner.commit().await.unwrap();
    let logins = User::query().order_by(|u| u.id.asc()).select(|u| u.logins).all(db).await.unwrap();
    assert_eq!(logins, [12, 12]);

    // a statement that failed leaves the transaction as it was before
    let tx = db.begin().await.unwrap();
    User::insert(new("c@x", "n")).execute(&tx).await.unwrap();
    assert!(User::insert(new("c@x", "n")).execute(&tx).await.unwrap_err().is_unique_violation());
    let inner = tx.begin().await.unwrap();
    User::insert(new("d@x", "n")).execute(&inner).await.unwrap();
    inner.rollback().await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(User::query().count(db).await.unwrap(), 3);
    db.close().await;
}
