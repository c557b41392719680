//! Searches that need more than a table: FULLTEXT indexes, FTS5 tables and the extension pg_trgm.

use relvar::prelude::*;
use relvar::{Database, Unchecked};
use relvar_test_support::{mariadb, mysql, postgres, sqlite_file};
use std::future::Future;

/// What nobody may take for more than words.
const HOSTILE: [&str; 14] =
    ["\"", "'", "+", "-", "*", "(", ")", "a\" OR \"b", "~<>@", "\\", "%_", "\u{1a}", "🦀", "NEAR/AND OR NOT"];

#[derive(Table, Debug, Clone)]
#[table(name = "pages", dialect = (MySql, MariaDb))]
struct Page {
    #[column(primary_key)]
    id: i64,
    title: String,
    body: String,
}

/// `pages` as a table of FTS5, and of words that are alike.
#[derive(Table, Debug, Clone)]
#[table(name = "pages", dialect = Sqlite)]
struct Leaf {
    #[column(primary_key)]
    rowid: i64,
    title: String,
    body: String,
}

#[derive(Table, Debug, Clone)]
#[table(name = "pages", dialect = Postgres)]
struct Sheet {
    #[column(primary_key)]
    id: i64,
    title: String,
    body: String,
}

const ROWS: &str = "(1, 'Quick foxes', 'The quick brown foxes jumped over it'), \
    (2, 'Lazy dogs', 'A lazy dog sleeps'), (3, 'Cooking', 'Nothing of the kind, brown sugar aside')";

fn block<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap().block_on(future)
}

async fn filled<D: Database>(url: &str, table: &str) -> Db<D> {
    let db = Db::<D>::connect(url).await.unwrap();
    db.raw_script(Unchecked(format!("{table}; INSERT INTO pages VALUES {ROWS}"))).await.unwrap();
    db
}

async fn match_against<D: Database>(url: &str)
where
    (MySql, MariaDb): relvar::query::dialect::RunsOn<D>,
    for<'a> &'a Db<D>: relvar::Executor<D>,
{
    let table = "CREATE TABLE pages (id bigint PRIMARY KEY, title varchar(200) NOT NULL, body text NOT NULL, \
        FULLTEXT KEY (title, body)) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4";
    let db = filled::<D>(url, table).await;
    let natural = |words: &str| {
        let words = words.to_owned();
        Page::query()
            .filter(|p| match_natural([p.title, p.body], words.clone()).gt(0.0))
            .order_by(|p| match_natural([p.title, p.body], words).desc())
            .select(|p| p.id)
    };
    assert_eq!(natural("quick foxes").all(&db).await.unwrap(), [1]);
    let boolean = |search: BooleanSearch| {
        Page::query()
            .filter(|p| match_boolean([p.title, p.body], search).gt(0.0))
            .order_by(|p| p.id.asc())
            .select(|p| p.id)
    };
    let search = BooleanSearch::new;
    assert_eq!(boolean(search().must("brown")).all(&db).await.unwrap(), [1, 3]);
    assert_eq!(boolean(search().must("brown").must_not("sugar")).all(&db).await.unwrap(), [1]);
    assert_eq!(boolean(search().must_prefix("slee")).all(&db).await.unwrap(), [2]);
    assert_eq!(boolean(search().phrase("brown fox")).all(&db).await.unwrap(), [0; 0]);
    assert_eq!(boolean(search().phrase("brown, foxes!")).all(&db).await.unwrap(), [1]);
    for words in HOSTILE {
        natural(words).all(&db).await.unwrap();
        for search in
            [search().must(words), search().must_prefix(words), search().must_not(words), search().phrase(words)]
        {
            let found = boolean(search.may("quick")).all(&db).await;
            assert!(found.is_ok(), "{words:?}: {found:?}");
        }
    }
    db.close().await;
}

#[test]
fn fulltext_indexes_of_mysql() {
    let Some(server) = mysql() else { return };
    let database = server.database();
    block(match_against::<MySql>(database.url()));
}

#[test]
fn fulltext_indexes_of_mariadb() {
    let Some(server) = mariadb() else { return };
    let database = server.database();
    block(match_against::<MariaDb>(database.url()));
}

#[test]
fn tables_of_fts5() {
    let file = sqlite_file();
    block(async {
        let table = "CREATE VIRTUAL TABLE pages USING fts5(title, body)";
        let db = Db::<Sqlite>::connect(&file.url()).await.unwrap();
        db.raw_script(Unchecked(format!("{table}; INSERT INTO pages (rowid, title, body) VALUES {ROWS}")))
            .await
            .unwrap();
        let found = |words: &str| {
            let words = words.to_owned();
            Leaf::query().filter(|p| p.body.matches_fts5(words)).order_by(|p| p.rowid.asc()).select(|p| p.rowid)
        };
        assert_eq!(found("brown").all(&db).await.unwrap(), [1, 3]);
        assert_eq!(found("foxes brown").all(&db).await.unwrap(), [1]);
        assert_eq!(found("slee").all(&db).await.unwrap(), [0; 0]);
        let starts = |words: &str| {
            let words = words.to_owned();
            Leaf::query().filter(|p| p.body.matches_fts5_prefix(words)).select(|p| p.rowid)
        };
        assert_eq!(starts("la slee").all(&db).await.unwrap(), [2]);
        for words in HOSTILE.into_iter().chain(["", "body : x", "brown NEAR foxes", "^brown"]) {
            assert!(found(words).all(&db).await.is_ok(), "{words:?}");
            assert!(starts(words).all(&db).await.is_ok(), "{words:?}");
        }
        assert_eq!(found("").all(&db).await.unwrap(), [0; 0]);
        db.close().await;
    });
}

/// The connection that made it is closed while another one looks at it for the first time.
#[test]
fn tables_of_fts5_made_a_moment_ago() {
    let one = || {
        let file = sqlite_file();
        block(async {
            let db = Db::<Sqlite>::connect(&file.url()).await.unwrap();
            let table = "CREATE VIRTUAL TABLE pages USING fts5(title, body)";
            db.raw_script(Unchecked(format!("{table}; INSERT INTO pages (rowid, title, body) VALUES {ROWS}")))
                .await
                .unwrap();
            let found = Leaf::query().filter(|p| p.body.matches_fts5("brown")).order_by(|p| p.rowid.asc());
            assert_eq!(found.select(|p| p.rowid).all(&db).await.unwrap(), [1, 3]);
            db.close().await;
        });
    };
    std::thread::scope(|threads| {
        for _ in 0..4 {
            threads.spawn(|| (0..40).for_each(|_| one()));
        }
    });
}

#[test]
fn tables_of_fts5_as_a_whole() {
    let file = sqlite_file();
    block(async {
        let table = "CREATE VIRTUAL TABLE pages USING fts5(title, body)";
        let db = Db::<Sqlite>::connect(&file.url()).await.unwrap();
        db.raw_script(Unchecked(format!("{table}; INSERT INTO pages (rowid, title, body) VALUES {ROWS}")))
            .await
            .unwrap();
        let found = |words: &str| {
            let words = words.to_owned();
            let pages = Leaf::query().filter(|p| match_fts5(p, words));
            pages.order_by(|p| (fts5_rank(p).asc(), p.rowid.asc())).select(|p| p.rowid)
        };
        assert_eq!(found("lazy").all(&db).await.unwrap(), [2]);
        assert_eq!(found("cooking sugar").all(&db).await.unwrap(), [3]);
        let starts = Leaf::query().filter(|p| match_fts5_prefix(p, "fox jump")).select(|p| p.rowid);
        assert_eq!(starts.all(&db).await.unwrap(), [1]);
        for words in HOSTILE.into_iter().chain(["", "body : x", "brown NEAR foxes", "^brown"]) {
            assert!(found(words).all(&db).await.is_ok(), "{words:?}");
        }

        // whichever column counts decides which row is first
        let rows = "(4, 'sugar', 'of the cane'), (5, 'Of the cane', 'brown sugar, white sugar')";
        db.raw_script(Unchecked(format!("INSERT INTO pages (rowid, title, body) VALUES {rows}"))).await.unwrap();
        let by = |weights: [f64; 2]| {
            let pages = Leaf::query().filter(|p| match_fts5(p, "sugar cane"));
            pages.order_by(|p| fts5_rank_by(p, weights).asc()).select(|p| p.rowid)
        };
        assert_eq!(
            by([100.0, 0.0]).first(&db).await.unwrap(),
            by([100.0, 0.0]).all(&db).await.unwrap().first().copied()
        );
        assert_eq!(by([0.0, 100.0]).all(&db).await.unwrap().len(), 2);

        let shown = Leaf::query().filter(|p| match_fts5(p, "brown")).order_by(|p| p.rowid.asc()).select(|p| {
            (
                fts5_highlight(p.title, "<b>", "</b>"),
                fts5_highlight(p.body, "<b>", "</b>"),
                fts5_snippet(p.body, "[", "]", "…", 3),
            )
        });
        let shown = shown.all(&db).await.unwrap();
        assert_eq!(shown[0].0, "Quick foxes");
        assert_eq!(shown[0].1, "The quick <b>brown</b> foxes jumped over it");
        assert!(shown[0].2.contains("[brown]") && shown[0].2.contains('…'), "{shown:?}");
        db.close().await;
    });
}

#[test]
fn trigrams() {
    let Some(server) = postgres() else { return };
    let database = server.database();
    block(async {
        let table = "CREATE EXTENSION pg_trgm; \
            CREATE TABLE pages (id bigint PRIMARY KEY, title text NOT NULL, body text NOT NULL)";
        let db = filled::<Postgres>(database.url(), table).await;
        let alike = |words: &str| {
            let words = words.to_owned();
            Sheet::query()
                .filter(|p| p.title.is_similar_to(words.clone()))
                .order_by(|p| p.title.similarity(words).desc())
                .select(|p| p.id)
        };
        assert_eq!(alike("quik foxs").all(&db).await.unwrap(), [1]);
        assert_eq!(alike("lazy dog").all(&db).await.unwrap(), [2]);
        let near = Sheet::query().order_by(|p| p.body.word_similarity("slep").desc()).limit(1).select(|p| p.id);
        assert_eq!(near.all(&db).await.unwrap(), [2]);
        for words in HOSTILE {
            assert!(alike(words).all(&db).await.is_ok(), "{words:?}");
        }
        db.close().await;
    });
}

#[derive(Table, Debug, Clone)]
#[table(name = "meanings", dialect = Postgres)]
struct Meaning {
    #[column(primary_key)]
    id: i64,
    #[column(type = "vector(2)")]
    vector: Vector,
}

#[test]
fn vectors() {
    let Some(server) = postgres() else { return };
    let nearest = |to: Vec<f32>| {
        Meaning::query().order_by(move |m| m.vector.cosine_distance(Vector(to)).asc()).select(|m| (m.id, m.vector))
    };
    assert_eq!(
        nearest(vec![1.0, 0.0]).to_sql::<Postgres>().unwrap(),
        r#"SELECT "meanings"."id", "meanings"."vector" FROM "meanings" ORDER BY "meanings"."vector" <=> CAST($1 AS vector) ASC"#
    );
    let database = server.database();
    if database.scalar("SELECT name FROM pg_available_extensions WHERE name = 'vector'").is_none() {
        println!("NOT RUN: this PostgreSQL does not have the extension pgvector, so distances were written, not run");
        return;
    }
    block(async {
        let db = Db::<Postgres>::connect(database.url()).await.unwrap();
        let table = "CREATE EXTENSION vector; CREATE TABLE meanings (id bigint PRIMARY KEY, vector vector(2) NOT NULL); \
            INSERT INTO meanings VALUES (1, '[0,1]'), (2, '[3,0]'), (3, '[1,1]')";
        db.raw_script(Unchecked(table.to_owned())).await.unwrap();
        let all = nearest(vec![1.0, 0.0]).all(&db).await.unwrap();
        assert_eq!(all, [(2, Vector(vec![3.0, 0.0])), (3, Vector(vec![1.0, 1.0])), (1, Vector(vec![0.0, 1.0]))]);
        let far = Meaning::query().order_by(|m| m.id.asc()).select(|m| {
            (
                m.vector.euclidean_distance(Vector(vec![0.0, 0.0])),
                m.vector.negative_inner_product(Vector(vec![1.0, 2.0])),
            )
        });
        assert_eq!(far.all(&db).await.unwrap(), [(1.0, -2.0), (3.0, -3.0), (2f64.sqrt(), -3.0)]);
        db.close().await;
    });
}
