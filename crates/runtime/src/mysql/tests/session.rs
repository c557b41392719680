//! Sessions: what the contract says is so, whatever the server says; and who is not a server of the kind asked for.

use std::time::Duration;

use super::{Site, connect, on_both, run, server};
use crate::backend::{Backend, Connection, Lane};
use crate::db::Any;
use crate::error::ErrorKind;
use crate::mysql::Server;
use crate::options::Options;

on_both! {
    the_session_is_as_the_contract_says
    another_kind_of_server_is_named
    a_server_that_is_not_there_or_refuses
    a_url_chooses_the_driver
}

async fn the_session_is_as_the_contract_says<D: Site>() {
    let admin = &mut server::<D>().connect(Lane::Write).await.unwrap();
    let odd = [("time_zone", "'+09:00'"), ("div_precision_increment", "2"), ("group_concat_max_len", "1024")];
    let mut before = Vec::new();
    for (name, value) in odd {
        let was = run(&format!("SELECT CONCAT(@@GLOBAL.{name}, '')")).column::<String>(admin).await.unwrap().remove(0);
        before.push((name, was));
        admin.script(&format!("SET GLOBAL {name} = {value}")).await.unwrap();
    }
    let session = server::<D>().connect(Lane::Write).await;
    for ((name, value), (_, literal)) in before.iter().zip(odd) {
        let quote = if literal.starts_with('\'') { "'" } else { "" };
        admin.script(&format!("SET GLOBAL {name} = {quote}{value}{quote}")).await.unwrap();
    }
    let c = &mut session.unwrap();
    for (name, value) in [
        ("time_zone", "+00:00"),
        ("character_set_client", "utf8mb4"),
        ("character_set_results", "utf8mb4"),
        ("collation_connection", D::VARIANT.engine.syntax().collation.unwrap_or_default()),
        ("div_precision_increment", "12"),
        ("group_concat_max_len", "1073741824"),
    ] {
        let found = run(&format!("SELECT CONCAT(@@{name}, '')")).column::<String>(c).await.unwrap();
        assert_eq!(found, [value], "{name}");
    }
    assert_eq!(run("SELECT @@autocommit + 0").column::<i64>(c).await.unwrap(), [1]);
    let modes = run("SELECT @@sql_mode").column::<String>(c).await.unwrap().remove(0);
    for mode in
        ["STRICT_ALL_TABLES", "ONLY_FULL_GROUP_BY", "NO_ZERO_DATE", "NO_ZERO_IN_DATE", "ERROR_FOR_DIVISION_BY_ZERO"]
    {
        assert!(modes.split(',').any(|m| m == mode), "{mode}: {modes}");
    }
    for mode in ["NO_BACKSLASH_ESCAPES", "ANSI_QUOTES", "PIPES_AS_CONCAT"] {
        assert!(!modes.contains(mode), "{modes}");
    }
    let texts = run("SELECT 'a' = 'A'").column::<bool>(c).await.unwrap();
    assert_eq!(texts, [false], "by bytes, as on other databases");
}

async fn another_kind_of_server_is_named<D: Site>() {
    let scheme = D::VARIANT.schemes[0];
    let url = super::url::<D>().replacen(scheme, D::VARIANT.other, 1);
    let error = crate::AnyDb::connect(&url).await.unwrap_err();
    let ErrorKind::Session(why) = error.kind() else { panic!("{error}") };
    assert!(why.contains(&format!("use `{scheme}:` instead of `{}:`", D::VARIANT.other)), "{why}");
    // also where a setting is asked for that it does not know
    let options = Options::new().statement_timeout(Duration::from_secs(9));
    let error = crate::AnyDb::connect_with(&url, options).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Session(why) if why.contains("instead of")), "{error}");
}

/// Why connecting fails; shows that the password is kept out of it.
pub(super) async fn refusal<D: Site>(url: &str) -> String {
    let server = Server::<D>::from_url(url, &Options::new().connect_timeout(Duration::from_secs(3))).unwrap();
    let Err(error) = server.connect(Lane::Write).await else { panic!("{url}: it connected") };
    let mut shown = format!("{error} {error:?} {:?}", error.kind());
    let mut source = std::error::Error::source(&error);
    while let Some(inner) = source {
        shown.push_str(&format!("{inner} {inner:?}"));
        source = inner.source();
    }
    assert!(!shown.contains("geheim"), "{shown}");
    match error.kind() {
        ErrorKind::Connect { address, why } => {
            assert_eq!(*address, server.address());
            why.clone()
        }
        _ => panic!("{error}"),
    }
}

/// Whether this build can encrypt.
const TLS: bool = cfg!(any(feature = "tls-rustls", feature = "tls-native-tls"));

async fn a_server_that_is_not_there_or_refuses<D: Site>() {
    let scheme = D::VARIANT.schemes[0];
    let why = refusal::<D>(&format!("{scheme}://me:geheim@127.0.0.1:1/db")).await;
    assert!(why.contains("nothing listens there"), "{why}");
    let why = refusal::<D>(&format!("{scheme}://me:geheim@h/db?socket=/nowhere/s")).await;
    assert!(why.contains("no such socket"), "{why}");
    let why = refusal::<D>(&format!("{scheme}://me:geheim@no-such-host.invalid/db")).await;
    assert!(!why.is_empty());

    let c = &mut connect::<D>("relvar_my_refused").await;
    let user = "DROP USER IF EXISTS relvar_secret; CREATE USER relvar_secret IDENTIFIED BY 'geheim!'";
    c.script(user).await.unwrap();
    let at = super::url::<D>();
    let (_, place) = at.split_once('@').unwrap();
    let place = place.split('/').next().unwrap();
    let why = refusal::<D>(&format!("{scheme}://relvar_secret@{place}")).await;
    assert!(why.contains("the password of user `relvar_secret` is wrong"), "{why}");
    let why = refusal::<D>(&format!("{scheme}://relvar_secret:geheim@{place}")).await;
    // a password that the server has not seen is not sent in the open
    assert!(why.contains("password of user `relvar_secret`"), "{why}");
    let right = format!("{scheme}://relvar_secret:geheim%21@{place}");
    if D::VARIANT.uuid_type || cfg!(feature = "mysql-rsa") || TLS {
        let server = Server::<D>::from_url(&right, &Options::default()).unwrap();
        server.connect(Lane::Write).await.unwrap().close().await;
    } else {
        let why = refusal::<D>(&right).await;
        assert!(why.contains("wants the password of user `relvar_secret` encrypted"), "{why}");
    }
    let why = refusal::<D>(&format!("{scheme}://root@{place}/no_such_database")).await;
    assert_eq!(why, "there is no database `no_such_database`");
    if !TLS {
        let why = refusal::<D>(&format!("{scheme}://root:geheim@{place}/db?ssl-mode=required")).await;
        assert!(why.contains("no TLS"), "{why}");
    }
    c.script("DROP USER relvar_secret").await.unwrap();
}

async fn a_url_chooses_the_driver<D: Site>() {
    let db = crate::AnyDb::connect(&super::url::<D>()).await.unwrap();
    assert_eq!(db.engine(), D::VARIANT.engine);
    db.close().await;
    let error = <Any as crate::Connect>::open("nosql://h", Options::default()).await.unwrap_err();
    let here = D::VARIANT.schemes[0];
    assert!(matches!(error.kind(), ErrorKind::Url(why) if why.contains(here)), "{error}");
}
