//! URLs of PostgreSQL: what the driver would pass over in silence is an error here, and passwords stay out.

use sqlx::ConnectOptions;
use sqlx::postgres::PgConnectOptions;

use crate::error::{Error, ErrorKind, Result};
use crate::options::Options;

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
    let bad = |why: String| Error::new(ErrorKind::Url(why));
    let scheme = url.split_once("://").map(|(scheme, _)| scheme);
    if !scheme.is_some_and(|scheme| SCHEMES.contains(&scheme)) {
        return Err(bad("it does not begin with `postgres://`".to_owned()));
    }
    // in the start-up message a NUL ends a value, and the rest would be read as another setting
    if url.contains('\0') || url.contains("%00") {
        return Err(bad("it holds a NUL character".to_owned()));
    }
    let query = url.split_once('#').map_or(url, |(url, _)| url).split_once('?').map_or("", |(_, query)| query);
    let names = || query.split('&').filter(|p| !p.is_empty()).map(|p| p.split_once('=').map_or(p, |(name, _)| name));
    if let Some(unknown) = names().find(|name| !PARAMETERS.contains(name) && !name.starts_with("options[")) {
        return Err(bad(format!("there is no parameter `{unknown}`")));
    }
    let mut driver: PgConnectOptions = url.parse().map_err(|e| bad(reason(e)))?;
    // the driver hands the brackets of an IPv6 address on to the resolver, which does not know them
    if let Some(host) = driver.get_host().strip_prefix('[').and_then(|h| h.strip_suffix(']')) {
        let host = host.to_owned();
        driver = driver.host(&host);
    }
    if !names().any(|name| name == CACHE_CAPACITY) {
        driver = driver.statement_cache_capacity(STATEMENTS);
    }
    if let Some(name) = &options.application_name {
        if name.contains('\0') {
            return Err(Error::new(ErrorKind::Value("the application name holds a NUL character".to_owned())));
        }
        driver = driver.application_name(name);
    }
    Ok(driver.disable_statement_logging())
}

/// Where the options lead, without the password.
pub(super) fn address(driver: &PgConnectOptions) -> String {
    let host = match driver.get_socket() {
        Some(path) => path.display().to_string(),
        None => driver.get_host().to_owned(),
    };
    let host = if host.contains(':') { format!("[{host}]") } else { host };
    let database = driver.get_database().unwrap_or(driver.get_username());
    format!("{host}:{}/{database}", driver.get_port())
}

/// Why the driver refused a URL. Its words name what is wrong with the form, or an unknown `sslmode`.
fn reason(error: sqlx::Error) -> String {
    match error {
        sqlx::Error::Configuration(why) => why.to_string(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
