//! URLs of MySQL and MariaDB.

use sqlx::ConnectOptions;
use sqlx::mysql::MySqlConnectOptions;
use std::path::PathBuf;

use super::connection::STATEMENTS;
use super::variant::Variant;
use crate::error::Result;
use crate::server::url as server;

/// The parameters that may follow the `?`. Character set and time zone are not among them: those of a session
/// are fixed.
const PARAMETERS: &[&str] =
    &["socket", "ssl-ca", "ssl-cert", "ssl-key", "ssl-mode", "sslca", "sslcert", "sslkey", "sslmode"];

/// Reads a URL.
pub(super) fn parse(url: &str, variant: &Variant) -> Result<MySqlConnectOptions> {
    server::check(url, variant.schemes, |name| PARAMETERS.contains(&name))?;
    let mut driver: MySqlConnectOptions = url.parse().map_err(server::reason)?;
    if let Some(host) = server::in_brackets(driver.get_host()) {
        driver = driver.host(&host);
    }
    // one more than we let there be, so that the driver never closes a single one
    driver = driver.statement_cache_capacity(STATEMENTS + 1);
    // the session is set up by ourselves, in one round trip
    driver = driver.pipes_as_concat(false).no_engine_substitution(false).timezone(None).set_names(false);
    Ok(driver.disable_statement_logging())
}

/// Where the options lead, without the password.
pub(super) fn address(driver: &MySqlConnectOptions) -> String {
    let database = driver.get_database().unwrap_or_default();
    server::address(driver.get_host(), driver.get_socket().map(PathBuf::as_path), driver.get_port(), database)
}

#[cfg(test)]
mod tests {
    use super::super::variant::Dialect;
    use super::*;
    use crate::error::ErrorKind;
    use relvar_query::dialect::{MariaDb, MySql};

    #[test]
    fn a_url_says_where_to() {
        let d = parse("mysql://us%40er:p%3Aw@db.example:6000/my%20db?ssl-mode=disabled", MySql::VARIANT).unwrap();
        assert_eq!(d.get_username(), "us@er");
        assert_eq!(address(&d), "db.example:6000/my db");
        let d = parse("mariadb://u@h/d?socket=/run/mysqld/mysqld.sock", MariaDb::VARIANT).unwrap();
        assert_eq!(address(&d), "/run/mysqld/mysqld.sock:3306/d");
        let d = parse("mysql://u@[::1]:7/d", MySql::VARIANT).unwrap();
        assert_eq!((d.get_host(), address(&d).as_str()), ("::1", "[::1]:7/d"));
        assert_eq!(address(&parse("mysql://u@h", MySql::VARIANT).unwrap()), "h:3306/");
    }

    #[test]
    fn a_bad_url_is_named_without_the_password() {
        for (url, why) in [
            ("", "begin with `mysql://`"),
            ("mariadb://u:geheim@h/d", "begin with"),
            ("mysql:/u:geheim@h", "begin with"),
            ("mysql://u:geheim@h:port/d", "port"),
            ("mysql://u:geheim@h:99999/d", "port"),
            ("mysql://u:geheim@h/d?ssl-mode=maybe", "maybe"),
            ("mysql://u:geheim@h/d?pasword=geheim", "`pasword`"),
            ("mysql://u:geheim@h/d?charset=latin1", "`charset`"),
            ("mysql://u:gehei%00m@h/d", "NUL"),
            ("mysql://u:geheim@[::1/d", "IPv6"),
        ] {
            let error = parse(url, MySql::VARIANT).unwrap_err();
            assert!(matches!(error.kind(), ErrorKind::Url(w) if w.contains(why)), "{url}: {error}");
            assert!(!format!("{error:?}").contains("gehei"), "{error:?}");
        }
        assert!(parse("mysql://u@h/d", MariaDb::VARIANT).is_err());
    }
}
