//! Prepared statements: one `static` serves every database, with other values at each run.

use futures_util::TryStreamExt;
use relvar::ErrorKind;
use relvar::prelude::*;

use crate::place::{Place, everywhere};
use crate::tables::{User, create_users, user, users};

everywhere!(
    every_terminal_runs_it,
    the_second_run_builds_no_sql,
    lists_have_any_length,
    values_may_be_null,
    parameters_stand_where_values_do,
    rows_are_changed,
    it_runs_in_transactions,
    a_value_that_cannot_be_sent_is_refused,
);

static NAMED: Prepared<Param<String>, Query<User>> =
    prepare(|name: Param<String>| User::query().filter(|u| u.name.eq(name)).order_by(|u| u.id.asc()));

static AMONG: Prepared<(Param<Vec<i64>>, Param<Vec<String>>), Rows<i64, Portable>> =
    prepare(|(ids, except): (Param<Vec<i64>>, Param<Vec<String>>)| {
        User::query()
            .filter(|u| u.id.in_param(ids) & u.name.not_in_param(except))
            .order_by(|u| u.id.asc())
            .select(|u| u.id)
            .rows()
    });

static WITH_BIO: Prepared<Param<Option<String>>, Rows<String, Portable>> = prepare(|bio: Param<Option<String>>| {
    User::query().filter(|u| u.bio.is_not_distinct_from(bio)).order_by(|u| u.id.asc()).select(|u| u.name).rows()
});

type Page = (Param<i64>, Param<i64>, Param<i64>);
type Paged = Rows<(i64, i64, String), Portable>;

/// A parameter twice, in a select list and a condition, and others as LIMIT and OFFSET.
static PAGE: Prepared<Page, Paged> = prepare(|(least, limit, offset): Page| {
    User::query()
        .filter(|u| u.id.gte(least) & u.name.ne("nobody"))
        .order_by(|u| u.id.asc())
        .select(|u| (u.id, least.expr(), u.name))
        .limit(limit)
        .offset(offset)
        .rows()
});

type SetBio = (Param<i64>, Param<Option<String>>);

static SET_BIO: Prepared<SetBio, UpdateOf<User>> = prepare(|(id, bio): SetBio| {
    User::update().filter(|u| u.id.eq(id)).set(|u| (u.bio.set(bio), u.logins.set(u.logins + 1)))
});

static FORGET: Prepared<Param<Vec<i64>>, DeleteOf<User>> =
    prepare(|ids: Param<Vec<i64>>| User::delete().filter(|u| u.id.in_param(ids)));

static ALL: Prepared<(), Query<User>> = prepare(|()| User::query());

async fn every_terminal_runs_it(place: &Place) {
    let db = place.connect().await;
    create_users(&db).await;
    User::insert_many(users(0..5)).execute(&db).await.unwrap();
    User::insert(crate::tables::NewUser { name: "user 1".to_owned(), ..user("again") }).execute(&db).await.unwrap();
    let names = |found: Vec<User>| found.into_iter().map(|u| u.email).collect::<Vec<_>>();
    let twice = ["user 1@example.org", "again@example.org"];
    assert_eq!(names(NAMED.bind("user 1").all(&db).await.unwrap()), twice);
    assert!(NAMED.bind("nobody").all(&db).await.unwrap().is_empty());
    assert_eq!(NAMED.bind("user 2").one(&db).await.unwrap().name, "user 2");
    assert!(matches!(NAMED.bind("user 1").one(&db).await.unwrap_err().kind(), ErrorKind::ManyRows));
    assert!(matches!(NAMED.bind("nobody").one(&db).await.unwrap_err().kind(), ErrorKind::NoRow));
    assert_eq!(NAMED.bind("user 3".to_owned()).optional(&db).await.unwrap().unwrap().name, "user 3");
    assert!(NAMED.bind("nobody").optional(&db).await.unwrap().is_none());
    assert!(matches!(NAMED.bind("user 1").optional(&db).await.unwrap_err().kind(), ErrorKind::ManyRows));
    assert_eq!(NAMED.bind("user 1").first(&db).await.unwrap().unwrap().email, twice[0]);
    assert!(NAMED.bind("nobody").first(&db).await.unwrap().is_none());
    let streamed: Vec<User> = NAMED.bind("user 1").stream(&db).try_collect().await.unwrap();
    assert_eq!(names(streamed), twice);
    assert_eq!(ALL.all(&db).await.unwrap().len(), 6);
    assert_eq!(ALL.bind(()).all(db.read_only()).await.unwrap().len(), 6);
}

async fn the_second_run_builds_no_sql(place: &Place) {
    // nobody else runs this one
    static OWN: Prepared<Param<i64>, Rows<i64, Portable>> =
        prepare(|id: Param<i64>| User::query().filter(|u| u.id.lt(id)).select(|u| u.id + 1).rows());
    let db = place.connect().await;
    create_users(&db).await;
    // another database of the same kind and version may have built it already: they share the text
    OWN.bind(1).all(&db).await.unwrap();
    let first = db.metrics();
    for n in 2..10 {
        OWN.bind(n).all(&db).await.unwrap();
    }
    let after = db.metrics();
    assert_eq!((after.cache_misses - first.cache_misses, after.cache_hits - first.cache_hits), (0, 8));
}

async fn lists_have_any_length(place: &Place) {
    let db = place.connect().await;
    create_users(&db).await;
    User::insert_many(users(0..40)).execute(&db).await.unwrap();
    let ids: Vec<i64> = User::query().order_by(|u| u.id.asc()).select(|u| u.id).all(&db).await.unwrap();
    let none: [String; 0] = [];
    for length in [0, 1, 2, 3, 5, 8, 9, 33, 40, 3, 0] {
        let found = AMONG.bind((&ids[..length], none.clone())).all(&db).await.unwrap();
        assert_eq!(found, ids[..length], "a list of {length}");
    }
    let except = vec!["user 0".to_owned(), "user 2".to_owned(), "nobody".to_owned()];
    assert_eq!(AMONG.bind((ids[..4].to_vec(), except)).all(&db).await.unwrap(), [ids[1], ids[3]]);
}

async fn values_may_be_null(place: &Place) {
    let db = place.connect().await;
    create_users(&db).await;
    User::insert_many(users(0..3)).execute(&db).await.unwrap();
    let ids: Vec<i64> = User::query().order_by(|u| u.id.asc()).select(|u| u.id).all(&db).await.unwrap();
    assert_eq!(SET_BIO.bind((ids[1], "writes")).execute(&db).await.unwrap(), 1);
    assert_eq!(WITH_BIO.bind(None::<String>).all(&db).await.unwrap(), ["user 0", "user 2"]);
    assert_eq!(WITH_BIO.bind("writes").all(&db).await.unwrap(), ["user 1"]);
    assert_eq!(WITH_BIO.bind(Some("writes")).all(&db).await.unwrap(), ["user 1"]);
}

async fn parameters_stand_where_values_do(place: &Place) {
    let db = place.connect().await;
    create_users(&db).await;
    User::insert_many(users(0..6)).execute(&db).await.unwrap();
    let ids: Vec<i64> = User::query().order_by(|u| u.id.asc()).select(|u| u.id).all(&db).await.unwrap();
    let row = |n: usize, least: i64| (ids[n], least, format!("user {n}"));
    assert_eq!(PAGE.bind((ids[1], 2, 1)).all(&db).await.unwrap(), [row(2, ids[1]), row(3, ids[1])]);
    assert_eq!(PAGE.bind((ids[4], 10, 0)).all(&db).await.unwrap(), [row(4, ids[4]), row(5, ids[4])]);
    // the LIMIT of its own stays
    assert_eq!(PAGE.bind((ids[0], 1, 3)).one(&db).await.unwrap(), row(3, ids[0]));
}

async fn rows_are_changed(place: &Place) {
    let db = place.connect().await;
    create_users(&db).await;
    User::insert_many(users(0..4)).execute(&db).await.unwrap();
    let ids: Vec<i64> = User::query().order_by(|u| u.id.asc()).select(|u| u.id).all(&db).await.unwrap();
    assert_eq!(SET_BIO.bind((ids[0], Some("one".to_owned()))).execute(&db).await.unwrap(), 1);
    assert_eq!(SET_BIO.bind((ids[0], None::<&str>)).execute(&db).await.unwrap(), 1);
    assert_eq!(SET_BIO.bind((-1, "nobody")).execute(&db).await.unwrap(), 0);
    let first = User::query().order_by(|u| u.id.asc()).first(&db).await.unwrap().unwrap();
    assert_eq!((first.bio, first.logins), (None, 2));
    assert_eq!(FORGET.bind(&ids[1..3]).execute(&db).await.unwrap(), 2);
    assert_eq!(FORGET.bind([0i64; 0]).execute(&db).await.unwrap(), 0);
    let left: Vec<i64> = User::query().order_by(|u| u.id.asc()).select(|u| u.id).all(&db).await.unwrap();
    assert_eq!(left, [ids[0], ids[3]]);
}

async fn it_runs_in_transactions(place: &Place) {
    let db = place.connect().await;
    create_users(&db).await;
    let tx = db.begin().await.unwrap();
    User::insert(user("one")).execute(&tx).await.unwrap();
    assert_eq!(NAMED.bind("one").all(&tx).await.unwrap().len(), 1);
    let id = NAMED.bind("one").one(&tx).await.unwrap().id;
    assert_eq!(SET_BIO.bind((id, "gone")).execute(&tx).await.unwrap(), 1);
    tx.rollback().await.unwrap();
    assert!(NAMED.bind("one").all(&db).await.unwrap().is_empty());
    let refused = SET_BIO.bind((id, "gone")).execute(db.read_only()).await.unwrap_err();
    assert!(matches!(refused.kind(), ErrorKind::Unsupported(_)), "{refused}");
}

async fn a_value_that_cannot_be_sent_is_refused(place: &Place) {
    let db = place.connect().await;
    create_users(&db).await;
    User::insert(user("one")).execute(&db).await.unwrap();
    // more than a statement binds, except where a list is one argument
    let many: Vec<i64> = (0..70_000).collect();
    let none: [String; 0] = [];
    let result = AMONG.bind((many, none)).all(&db).await;
    match db.engine().syntax().lists {
        relvar::query::ir::ListStyle::Array => assert_eq!(result.unwrap().len(), 1),
        relvar::query::ir::ListStyle::Padded => {
            let error = result.unwrap_err();
            assert!(matches!(error.kind(), ErrorKind::Build(_)), "{error}");
        }
    }
    // it runs as before
    assert_eq!(NAMED.bind("one").all(&db).await.unwrap().len(), 1);
}

/// A statement for one database only, on a handle of that database.
#[tokio::test]
async fn a_single_database_has_its_own() {
    static LOUD: Prepared<Param<String>, Rows<String, Sqlite>> =
        prepare(|name: Param<String>| User::query().only_on::<Sqlite>().select(move |_| name.upper()).rows());
    let db = Db::<Sqlite>::connect("sqlite::memory:").await.unwrap();
    relvar::Schema::new().table::<User>().create(&db).await.unwrap();
    User::insert(user("one")).execute(&db).await.unwrap();
    assert_eq!(LOUD.bind("ann").one(&db).await.unwrap(), "ANN");
}

/// Threads that run one for the first time at once all get their rows.
#[tokio::test(flavor = "multi_thread")]
async fn many_tasks_share_one() {
    static SHARED: Prepared<Param<i64>, Rows<i64, Portable>> =
        prepare(|n: Param<i64>| User::query().select(move |_| n.expr() + 1).rows());
    let db = AnyDb::connect("sqlite::memory:").await.unwrap();
    create_users(&db).await;
    User::insert(user("one")).execute(&db).await.unwrap();
    let tasks: Vec<_> = (0..16i64)
        .map(|n| {
            let db = db.clone();
            tokio::spawn(async move { SHARED.bind(n).one(&db).await.unwrap() })
        })
        .collect();
    for (n, task) in tasks.into_iter().enumerate() {
        assert_eq!(task.await.unwrap(), n as i64 + 1);
    }
}
