//! Passwords: users that log in with one, in the way that each server asks for it.

use relvar::prelude::*;
use relvar::{ErrorKind, Options};

use crate::place::{Place, everywhere};

everywhere!(on(postgres, mysql, mariadb): (a_user_with_a_password, a_password_that_was_never_seen_before));
mod by_another_method {
    use super::a_method_that_is_not_supported;
    use super::everywhere;
    everywhere!(on(mariadb): (a_method_that_is_not_supported));
}

const PASSWORD: &str = "it's a \"geheim\" \\ %41 🦀";

/// A user of one test, who may do everything in its database; gone with its guard.
struct User<'p> {
    place: &'p Place,
    name: String,
}

impl<'p> User<'p> {
    /// `way` is how the password is given, with `{}` for it.
    fn new(place: &'p Place, way: &str) -> User<'p> {
        let url = url::Url::parse(&place.url()).unwrap();
        let database = url.path().trim_start_matches('/').to_owned();
        let name = format!("relvar_{}", &database[database.len() - 16..]);
        let user = User { place, name };
        user.drop_it();
        let password = way.replace("{}", &PASSWORD.replace('\'', "''").replace('\\', place.choose("\\", "\\\\", "\\")));
        let name = &user.name;
        place.execute(
            &place
                .choose("CREATE ROLE {name} LOGIN {way}", "CREATE USER {name} {way}", "")
                .replace("{name}", name)
                .replace("{way}", &password),
        );
        if place.is_my() {
            place.execute(&format!("GRANT ALL ON {database}.* TO {name}"));
        }
        user
    }

    fn drop_it(&self) {
        self.place.execute(
            &self.place.choose("DROP ROLE IF EXISTS {}", "DROP USER IF EXISTS {}", "").replace("{}", &self.name),
        );
    }

    fn url(&self, password: &str) -> String {
        let mut url = url::Url::parse(&self.place.url()).unwrap();
        url.set_username(&self.name).unwrap();
        // what stands for itself there but a percent sign, which begins what does not
        url.set_password(Some(&password.replace('%', "%25"))).unwrap();
        url.to_string()
    }
}

impl Drop for User<'_> {
    fn drop(&mut self) {
        self.drop_it();
    }
}

/// How a password is given by default: SCRAM on PostgreSQL, `caching_sha2_password` on MySQL, `mysql_native_password`
/// on MariaDB.
fn default_way(place: &Place) -> &'static str {
    place.choose("PASSWORD '{}'", "IDENTIFIED BY '{}'", "")
}

async fn refused(place: &Place, url: &str) {
    let result = AnyDb::connect_with(url, Options::new()).await;
    // a server that trusts everybody who comes from here asks for no password
    let Err(error) = result else { return assert!(place.is_postgres(), "{url}") };
    let ErrorKind::Connect { why, .. } = error.kind() else { panic!("{error}") };
    assert!(why.contains("password of user `relvar_"), "{error}");
    assert!(!format!("{error} {error:?}").contains("geheim"), "{error}");
}

async fn a_user_with_a_password(place: &Place) {
    let user = User::new(place, default_way(place));
    let db = AnyDb::connect(&user.url(PASSWORD)).await.unwrap();
    db.ping().await.unwrap();
    db.close().await;
    refused(place, &user.url("geheim")).await;
    refused(place, &user.url("")).await;
    // once the server knows that it is right
    let db = AnyDb::connect(&user.url(PASSWORD)).await.unwrap();
    db.ping().await.unwrap();
    assert!(!format!("{db:?}").contains("geheim"), "{db:?}");
    db.close().await;
}

/// A server may remember passwords that it has seen: the first log-in is another one than those after it.
async fn a_password_that_was_never_seen_before(place: &Place) {
    let user = User::new(place, default_way(place));
    refused(place, &user.url("geheim")).await;
    for _ in 0..3 {
        let db = AnyDb::connect(&user.url(PASSWORD)).await.unwrap();
        db.close().await;
    }
    place.execute(
        &place
            .choose("ALTER ROLE {} PASSWORD 'other'", "ALTER USER {} IDENTIFIED BY 'other'", "")
            .replace("{}", &user.name),
    );
    refused(place, &user.url(PASSWORD)).await;
    AnyDb::connect(&user.url("other")).await.unwrap().close().await;
}

/// `ed25519`, which the driver does not speak, where the server has it.
async fn a_method_that_is_not_supported(place: &Place) {
    let has = "SELECT concat(count(*), '') FROM information_schema.plugins WHERE plugin_name = 'ed25519' \
               AND plugin_status = 'ACTIVE'";
    if place.scalar(has).as_deref() != Some("1") {
        // nothing to be tried: installing it would change the server for everybody
        return;
    }
    let user = User::new(place, "IDENTIFIED VIA ed25519 USING PASSWORD('{}')");
    let error = AnyDb::connect(&user.url(PASSWORD)).await.unwrap_err();
    assert!(error.is_connect() && error.to_string().contains("method that is not supported"), "{error}");
}
