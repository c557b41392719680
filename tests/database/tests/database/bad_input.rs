//! What nobody meant to give: URLs, servers, passwords, files, columns of other queries. Named errors, never a panic.

use relvar::prelude::*;
use relvar::query::dialect::Engine;
use relvar::{ErrorKind, Options, Schema};
use relvar_test_support::{postgres, sqlite_file};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::place::{Place, everywhere};
use crate::tables::{NewReturned, Returned, User, create_users, user};

everywhere!(a_smuggled_column_is_not_sent, other_mistakes_are_not_sent, no_data_in_errors);

fn is_url(error: &relvar::Error, word: &str) -> bool {
    matches!(error.kind(), ErrorKind::Url(why) if why.contains(word))
}

fn is_connect(error: &relvar::Error, words: &[&str]) -> bool {
    let ErrorKind::Connect { address, why } = error.kind() else { return false };
    let said = format!("{address} {why}");
    words.iter().all(|word| said.contains(word))
}

#[tokio::test]
async fn urls_that_are_none() {
    for (url, word) in [
        ("", "no driver for"),
        ("nonsense", "no driver for"),
        ("oracle://u:geheim@h/d", "no driver for `oracle:`"),
        ("http://u:geheim@h/d", "postgres"),
        ("postgres:/u:geheim@h/d", "postgres://"),
        ("postgres://u:geheim@h:port/d", "port"),
        ("postgres://u:geheim@h:99999/d", "port"),
        ("postgres://u:geheim@h/d?sslmode=perhaps", "perhaps"),
        ("postgres://u:geheim@h/d?unknown=geheim", "`unknown`"),
        ("mysql:/u:geheim@h/d", "mysql://"),
        ("mysql://u:geheim@h:port/d", "port"),
        ("mysql://u:geheim@h/d?ssl-mode=perhaps", "perhaps"),
        ("mysql://u:geheim@h/d?unknown=geheim", "`unknown`"),
        ("mariadb:/u:geheim@h/d", "mariadb://"),
        ("mariadb://u:geheim@h:99999/d", "port"),
        ("mariadb://u:geheim@h/d?charset=geheim", "`charset`"),
        ("sqlite:", "names no file"),
        ("sqlite:///tmp/x.db?mode=perhaps", "mode=rw"),
        ("sqlite:///tmp/%zz.db", "hexadecimal"),
        ("sqlite:///tmp/a%00b.db", "NUL"),
    ] {
        let error = AnyDb::connect(url).await.unwrap_err();
        assert!(is_url(&error, word), "{url}: {error}");
        assert!(!format!("{error} {error:?}").contains("geheim"), "{error}");
    }
    assert!(is_url(&Db::<Sqlite>::connect("postgres://u@h/d").await.unwrap_err(), "sqlite:"));
    assert!(is_url(&Db::<Postgres>::connect("sqlite::memory:").await.unwrap_err(), "postgres://"));
}

fn hurried() -> Options {
    Options::new().connect_timeout(Duration::from_millis(300))
}

#[tokio::test]
async fn servers_that_are_not_there() {
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let nobody = AnyDb::connect(&format!("postgres://u:geheim@{free}/d")).await.unwrap_err();
    assert!(is_connect(&nobody, &[&free.to_string(), "refused"]), "{nobody}");
    let nowhere = AnyDb::connect_with("postgres://u:geheim@no-such-host.invalid/d", hurried()).await.unwrap_err();
    assert!(is_connect(&nowhere, &["no-such-host.invalid"]), "{nowhere}");
    let no_socket = AnyDb::connect("postgres:///d?host=/no/such/folder&user=u&password=geheim").await.unwrap_err();
    assert!(is_connect(&no_socket, &["/no/such/folder", "no such socket"]), "{no_socket}");

    // somebody listens and says nothing
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("postgres://u:geheim@{}/d", silent.local_addr().unwrap());
    let error = AnyDb::connect_with(&url, hurried()).await.unwrap_err();
    assert!(is_connect(&error, &["no answer within 300ms"]), "{error}");
    for error in [nobody, nowhere, no_socket, error] {
        assert!(!format!("{error} {error:?}").contains("geheim"), "{error}");
    }
}

/// A server that answers whatever it is sent with these bytes, and hangs up.
async fn answering(bytes: &'static [u8]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut request = [0; 1024];
                // it may first be asked whether it can encrypt
                while let Ok(1..) = stream.read(&mut request).await {
                    let encryption = request.get(4..8) == Some(&[4, 210, 22, 47]);
                    let _ = stream.write_all(if encryption { b"N" } else { bytes }).await;
                    if !encryption {
                        return;
                    }
                }
            });
        }
    });
    format!("postgres://somebody:geheim@{address}/d")
}

#[tokio::test]
async fn servers_that_say_no() {
    let refusal =
        b"E\0\0\0\x59SFATAL\0VFATAL\0C28P01\0Mpassword authentication failed for user \"somebody\"\0Fauth.c\0R\0\0\0";
    assert_eq!(refusal.len(), 0x59 + 1);
    let wrong_password = AnyDb::connect_with(&answering(refusal).await, hurried()).await.unwrap_err();
    assert!(is_connect(&wrong_password, &["password"]), "{wrong_password}");
    let nonsense = AnyDb::connect_with(&answering(b"HTTP/1.1 400 Bad Request\r\n\r\n").await, hurried()).await;
    let nonsense = nonsense.unwrap_err();
    assert!(is_connect(&nonsense, &["PostgreSQL"]), "{nonsense}");
    for error in [wrong_password, nonsense] {
        assert!(!format!("{error} {error:?}").contains("geheim"), "{error}");
    }

    let Some(server) = postgres() else { return };
    let mut url = url::Url::parse(server.url()).unwrap();
    url.set_path("no_such_database");
    let error = AnyDb::connect(url.as_str()).await.unwrap_err();
    assert!(is_connect(&error, &["there is no database `no_such_database`"]), "{error}");
    url.set_username("no_such_role").unwrap();
    let error = AnyDb::connect(url.as_str()).await.unwrap_err();
    assert!(is_connect(&error, &["no_such_role"]), "{error}");
}

#[tokio::test]
async fn files_that_are_no_databases() {
    let file = sqlite_file();
    let folder = file.path().parent().unwrap().to_owned();
    let url = |name: &str| format!("sqlite://{}/{name}", folder.display());

    std::fs::write(folder.join("letter.txt"), "Dear all, this is long enough to be taken for a header. ".repeat(40))
        .unwrap();
    let error = AnyDb::connect(&url("letter.txt")).await.unwrap_err();
    assert!(is_connect(&error, &["letter.txt", "not an SQLite database"]), "{error}");
    let error = AnyDb::connect(&url("")).await.unwrap_err();
    assert!(is_connect(&error, &["directory"]), "{error}");
    let error = AnyDb::connect(&url("no/such/folder/x.db")).await.unwrap_err();
    assert!(is_connect(&error, &["no directory", "no/such/folder"]), "{error}");
    for mode in ["ro", "rw"] {
        let error = AnyDb::connect(&url(&format!("absent.db?mode={mode}"))).await.unwrap_err();
        assert!(is_connect(&error, &["absent.db", "no such file"]), "{error}");
        assert!(!folder.join("absent.db").exists());
    }

    let db = AnyDb::connect(&file.url()).await.unwrap();
    create_users(&db).await;
    db.close().await;
    // one that is damaged
    let mut bytes = std::fs::read(file.path()).unwrap();
    bytes.truncate(bytes.len() / 2 + 100);
    bytes.iter_mut().skip(100).for_each(|byte| *byte ^= 0x5a);
    std::fs::write(folder.join("damaged.db"), bytes).unwrap();
    match AnyDb::connect(&url("damaged.db")).await {
        Err(error) => assert!(is_connect(&error, &["damaged"]), "{error}"),
        Ok(db) => {
            let error = User::query().all(&db).await.unwrap_err();
            assert!(error.database().is_some(), "{error}");
        }
    }
    // one that may only be read
    let db = AnyDb::connect(&format!("{}?mode=ro", file.url())).await.unwrap();
    assert!(User::query().all(&db).await.unwrap().is_empty());
    let error = User::insert(user("x")).execute(&db).await.unwrap_err();
    assert_eq!(error.category(), Some(relvar::error::Category::ReadOnly), "{error}");
}

/// On a pool that is closed, whatever wants to be sent is told so: what is refused otherwise was not to be sent.
async fn closed(place: &Place) -> AnyDb {
    let db = place.connect().await;
    create_users(&db).await;
    db.close().await;
    let sent = User::query().all(&db).await.unwrap_err();
    assert!(matches!(sent.kind(), ErrorKind::PoolClosed), "{sent}");
    db
}

async fn a_smuggled_column_is_not_sent(place: &Place) {
    let db = closed(place).await;
    let mut stolen = None;
    let _ = User::query().filter(|u| {
        stolen = Some(u);
        u.id.eq(1)
    });
    let stolen = stolen.unwrap();
    let refused = |error: relvar::Error| {
        assert!(matches!(error.kind(), ErrorKind::Build(_)), "{error}");
        assert!(error.to_string().contains("a column of another query"), "{error}");
    };
    refused(User::query().filter(|_| stolen.name.eq("x")).all(&db).await.unwrap_err());
    refused(User::query().select(|_| stolen.name).all(&db).await.unwrap_err());
    refused(User::query().order_by(|_| stolen.id.desc()).all(db.read_only()).await.unwrap_err());
    refused(User::query().filter(|_| stolen.id.eq(1)).count(&db).await.unwrap_err());
    refused(User::update().filter(|u| u.id.eq(1)).set(|u| u.name.set(stolen.name)).execute(&db).await.unwrap_err());
    refused(User::delete().filter(|_| stolen.id.eq(1)).execute(&db).await.unwrap_err());
    if place.engine() != Engine::MySql {
        refused(Returned::insert(NewReturned::from(user("x"))).returning_as(|_| stolen.id).one(&db).await.unwrap_err());
    }

    let db = place.connect().await;
    Schema::new().table::<User>().create_if_not_exists(&db).await.unwrap();
    let tx = db.begin().await.unwrap();
    refused(User::query().filter(|_| stolen.name.eq("x")).all(&tx).await.unwrap_err());
    // nothing was sent, so that the transaction is as it was
    User::insert(user("x")).execute(&tx).await.unwrap();
    tx.commit().await.unwrap();
}

async fn other_mistakes_are_not_sent(place: &Place) {
    let db = closed(place).await;
    let build = |error: relvar::Error, words: &str| {
        assert!(matches!(error.kind(), ErrorKind::Build(_)), "{error}");
        assert!(error.to_string().contains(words), "{error}");
    };
    let none: Option<i64> = None;
    let delete = User::delete().filter_opt(none, |u, id| u.id.eq(id));
    build(delete.execute(&db).await.unwrap_err(), "every row");
    let update = User::update().filter_opt(none, |u, id| u.id.eq(id)).set(|u| u.name.set("x"));
    build(update.execute(&db).await.unwrap_err(), "every row");
    build(User::delete().filter(|_| all::<Portable>([])).execute(&db).await.unwrap_err(), "every row");
    build(User::update().everywhere().execute(&db).await.unwrap_err(), "sets no column");
    let twice = User::query();
    let inner = twice.clone();
    let twice = twice.filter(|u| exists(inner.filter(|v| v.id.eq(u.id))));
    build(twice.all(&db).await.unwrap_err(), "clone of itself");
}

/// A statement is shown, the values bound to it never are: not by us, and not in what the database says.
async fn no_data_in_errors(place: &Place) {
    let db = place.connect().await;
    create_users(&db).await;
    let secret = || user("geheim");
    User::insert(secret()).execute(&db).await.unwrap();
    let check = if place.is_server() { "ALTER TABLE users ADD CHECK (logins < 10)" } else { "SELECT 1" };
    place.script(&db, check).await;
    let mut errors = vec![
        User::insert(secret()).execute(&db).await.unwrap_err(),
        User::insert_many([secret(), secret()]).execute(&db).await.unwrap_err(),
        User::query().filter(|u| u.name.ne("geheim")).one(&db).await.unwrap_err(),
    ];
    if place.engine() != Engine::MySql {
        let returned = Returned::insert(NewReturned::from(secret())).returning();
        errors.push(returned.one(&db).await.unwrap_err());
    }
    if place.is_server() {
        errors.push(User::update().everywhere().set(|u| u.logins.set(4_711)).execute(&db).await.unwrap_err());
        let cast = User::query().select(|u| u.name.cast::<i64>()).all(&db).await;
        // the others take the digits at the start, and warn
        assert_eq!(cast.is_err(), place.is_postgres());
        errors.extend(cast.err());
    }
    place.script(&db, "DROP TABLE users").await;
    errors.push(User::query().filter(|u| u.name.eq("geheim")).all(&db).await.unwrap_err());
    errors.push(User::insert(secret()).execute(&db).await.unwrap_err());
    for error in errors {
        let said = format!("{error} {error:?}");
        assert!(!said.contains("geheim") && !said.contains("4711"), "{said}");
        if error.database().is_some() {
            assert!(said.contains("\n  in: "), "{said}");
        }
    }
    assert!(!format!("{db:?}").contains("postgres@"), "{db:?}");
}
