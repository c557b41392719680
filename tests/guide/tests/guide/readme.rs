//! The samples of the README.
#![allow(unreachable_pub, dead_code, reason = "they are shown as a program has them")]

// sample: readme_tables
use relvar::chrono::{DateTime, Utc};
use relvar::prelude::*;

#[derive(Table, Debug, Clone)]
#[table(name = "users", dialect = (Postgres, Sqlite))]
pub struct User {
    #[column(primary_key, auto_increment)]
    pub id: i64,
    #[column(unique)]
    pub email: String,
    pub name: String,
    pub bio: Option<String>,
}

#[derive(Table, Debug, Clone)]
#[table(name = "threads", dialect = (Postgres, Sqlite))]
#[index(on = |t| (t.user_id, t.updated_at.desc()))]
#[index(name = "threads_open", on = |t| t.updated_at.desc(), filter = |t| t.done.eq(false))]
pub struct Thread {
    #[column(primary_key, auto_increment)]
    pub id: i64,
    #[column(references = User::id, on_delete = Cascade)]
    pub user_id: i64,
    pub title: String,
    #[column(default = false)]
    pub done: bool,
    #[column(updated_at)]
    pub updated_at: DateTime<Utc>,
}
// end

#[derive(Insert)]
#[insert(table = Thread)]
struct NewThread {
    user_id: i64,
    title: String,
}

async fn forum() -> relvar::Result<Db<Sqlite>> {
    let db = Db::<Sqlite>::connect("sqlite::memory:").await?;
    Schema::new().table::<User>().table::<Thread>().create(&db).await?;
    Ok(db)
}

fn thread(user_id: i64, title: &str) -> NewThread {
    NewThread { user_id, title: title.to_owned() }
}

#[tokio::test]
async fn queries() -> relvar::Result<()> {
    let db = forum().await?;
    User::insert(User { id: 1, email: "ann@example.org".into(), name: "Ann".into(), bio: None }).execute(&db).await?;
    Thread::insert_many(["50% off", "a", "b", "c"].map(|title| thread(1, title))).execute(&db).await?;
    let word = Some("50%");
    // sample: readme_queries
    let mut feed = Thread::query().filter(|t| t.done.eq(false));
    if let Some(word) = word {
        feed = feed.filter(|t| t.title.like(contains(word))); // wildcards in `word` are escaped
    }
    let threads: Vec<Thread> = feed.order_by(|t| t.updated_at.desc()).limit(20).all(&db).await?;

    // a left join makes the joined columns optional, in the types
    let rows: Vec<(String, Option<String>)> = Thread::query()
        .left_join(User::table(), |t, u| t.user_id.eq(u.id))
        .select(|(t, u)| (t.title, u.name))
        .all(&db)
        .await?;

    // outside of the key, a grouped query can only write aggregates
    let per_user = Thread::query()
        .group_by(|t| t.user_id)
        .having(|_, g| g.count().gt(3))
        .order_by(|_, g| g.count().desc())
        .select(|user, g| (user, g.count(), g.max(|t| t.updated_at)))
        .all(&db)
        .await?;
    // end
    assert_eq!((threads.len(), rows.len()), (1, 4));
    assert!(rows.iter().all(|(_, name)| name.as_deref() == Some("Ann")));
    assert_eq!((per_user[0].0, per_user[0].1), (1, 4));
    Ok(())
}

async fn debit(tx: &Tx<Sqlite>, from: i64, n: i64) -> relvar::Result<()> {
    Thread::update().filter(|t| t.id.eq(from)).set(|t| t.title.set(format!("-{n}"))).execute(tx).await.map(|_| ())
}

async fn credit(tx: &Tx<Sqlite>, to: i64, n: i64) -> relvar::Result<()> {
    Thread::update().filter(|t| t.id.eq(to)).set(|t| t.title.set(format!("+{n}"))).execute(tx).await.map(|_| ())
}

#[tokio::test]
async fn writes() -> relvar::Result<()> {
    let db = forum().await?;
    let (email, name) = ("ann@example.org".to_owned(), "Ann".to_owned());
    // sample: readme_writes
    #[derive(Insert)]
    #[insert(table = User)]
    struct NewUser {
        email: String,
        name: String,
    }

    let ann: User = User::insert(NewUser { email, name }).returning().one(&db).await?;
    // end
    let people = [("ann@example.org", "Anna"), ("bob@example.org", "Bob")]
        .map(|(email, name)| NewUser { email: email.into(), name: name.into() });
    Thread::insert_many(["a", "b"].map(|title| thread(ann.id, title))).execute(&db).await?;
    let (id, from, to, n) = (1, 1, 2, 5);
    // sample: readme_upsert
    User::insert_many(people) // split at the bind limit, all or nothing
        .on_conflict(User::EMAIL_KEY) // only a declared unique key is accepted here
        .update(|u, new| u.name.set(new.name))
        .execute(&db)
        .await?;
    Thread::update().filter(|t| t.id.eq(id)).set(|t| t.title.set("x")).execute(&db).await?;

    db.transaction(|tx| async move {
        debit(&tx, from, n).await?;
        credit(&tx, to, n).await
    })
    .isolation(Isolation::Serializable)
    .retry(5)
    .await?;
    // end
    let names = User::query().order_by(|u| u.id.asc()).select(|u| u.name);
    assert_eq!(names.all(&db).await?, ["Anna", "Bob"]);
    let titles = Thread::query().order_by(|t| t.id.asc()).select(|t| t.title);
    assert_eq!(titles.all(&db).await?, ["-5", "+5"]);
    Ok(())
}
