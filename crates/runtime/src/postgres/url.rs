//! URLs of PostgreSQL: what the driver would pass over in silence is an error here, and passwords stay out.

use sqlx::ConnectOptions;
use sqlx::postgres::PgConnectOptions;
use std::path::PathBuf;

use crate::error::Result;
use crate::options::Options;
use crate::server::error::refused;
use crate::server::url as server;

/// What a URL starts with.
pub(super) const SCHEMES: &[&str] = &["postgres", "postgresql"];

/// The parameters that may follow the `?`.
const PARAMETERS: &[&str] = &[
    "application_name",
    "dbname",
    "host",
    "hostaddr",
    "options",
    "password",
    "port",
    "ssl-ca",
    "ssl-cert",
    "ssl-key",
    "ssl-mode",
    "ssl-root-cert",
    "sslcert",
    "sslkey",
    "sslmode",
    "sslrootcert",
    CACHE_CAPACITY,
    "user",
];
const CACHE_CAPACITY: &str = "statement-cache-capacity";

/// How many statements a connection keeps prepared.
const STATEMENTS: usize = 512;

/// Reads a URL.
pub(super) fn parse(url: &str, options: &Options) -> Result<PgConnectOptions> {
    let known = |name: &str| PARAMETERS.contains(&name) || name.starts_with("options[");
    let parameters = server::check(url, SCHEMES, known)?;
    let mut driver: PgConnectOptions = url.parse().map_err(server::reason)?;
    if let Some(host) = server::in_brackets(driver.get_host()) {
        driver = driver.host(&host);
    }
    if !parameters.contains(&CACHE_CAPACITY) {
        driver = driver.statement_cache_capacity(STATEMENTS);
    }
    if let Some(name) = &options.application_name {
        if name.contains('\0') {
            return Err(refused("the application name holds a NUL character"));
        }
        driver = driver.application_name(name);
    }
    Ok(driver.disable_statement_logging())
}

/// Where the options lead, without the password.
pub(super) fn address(driver: &PgConnectOptions) -> String {
    let database = driver.get_database().unwrap_or(driver.get_username());
    server::address(driver.get_host(), driver.get_socket().map(PathBuf::as_path), driver.get_port(), database)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    fn driver(url: &str) -> PgConnectOptions {
        parse(url, &Options::default()).unwrap()
    }

    #[test]
    fn a_url_says_where_to() {
        let d = driver("postgres://us%40er:p%3Aw@db.example:6000/my%20db?application_name=x");
        assert_eq!(d.get_username(), "us@er");
        assert_eq!(d.get_application_name(), Some("x"));
        assert_eq!(address(&d), "db.example:6000/my db");
        let d = driver("postgresql:///db?host=/var/run/postgresql&user=u");
        assert_eq!(address(&d), "/var/run/postgresql:5432/db");
        assert_eq!(address(&driver("postgres://u@[::1]:7/d")), "[::1]:7/d");
        assert_eq!(driver("postgres://u@[::1]:7/d").get_host(), "::1");
        assert_eq!(address(&driver("postgres://someone@h")), "h:5432/someone");
        let named = parse("postgres://u@h/d", &Options::new().application_name("feed")).unwrap();
        assert_eq!(named.get_application_name(), Some("feed"));
    }

    #[test]
    fn a_bad_url_is_named_without_the_password() {
        for (url, why) in [
            ("", "begin with"),
            ("mysql://u:geheim@h/d", "begin with"),
            ("postgres:/u:geheim@h", "begin with"),
            ("postgres://u:geheim@h:port/d", "port"),
            ("postgres://u:geheim@h:99999/d", "port"),
            ("postgres://u:geheim@h/d?sslmode=maybe", "maybe"),
            ("postgres://u:geheim@h/d?pasword=geheim", "`pasword`"),
            ("postgres://u:geheim@h/d?port=x", "digit"),
            ("postgres://u:gehei%00m@h/d", "NUL"),
            ("postgres://u:geheim@[::1/d", "IPv6"),
        ] {
            let error = parse(url, &Options::default()).unwrap_err();
            assert!(matches!(error.kind(), ErrorKind::Url(w) if w.contains(why)), "{url}: {error}");
            assert!(!format!("{error:?}").contains("gehei"), "{error:?}");
        }
    }
}
