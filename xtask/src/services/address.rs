//! The parts of a database URL that a login needs.

use std::path::PathBuf;

use crate::Outcome;

/// What a kind of database takes for what its URL leaves out.
pub(super) struct Scheme {
    pub(super) names: &'static [&'static str],
    pub(super) port: u16,
    pub(super) user: &'static str,
    pub(super) database: &'static str,
}

/// Where a server listens and as whom to log in.
#[derive(Debug, PartialEq)]
pub(super) struct Address {
    pub(super) user: String,
    pub(super) password: Option<String>,
    pub(super) host: Host,
    pub(super) port: u16,
    pub(super) database: String,
}

/// A network host, or a path to a Unix socket.
#[derive(Debug, PartialEq)]
pub(super) enum Host {
    Network(String),
    Socket(PathBuf),
}

impl Address {
    pub(super) fn parse(url: &str, scheme: &Scheme) -> Outcome<Self> {
        let (name, rest) = url.split_once("://").unwrap_or((url, ""));
        if !scheme.names.contains(&name) {
            return Err(format!("the URL does not start with {}://", scheme.names.join(":// or ")));
        }
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (authority, database) = rest.split_once('/').unwrap_or((rest, ""));
        let (login, place) = authority.rsplit_once('@').unwrap_or(("", authority));
        let (user, password) = match login.split_once(':') {
            Some((user, password)) => (user, Some(decoded(password)?)),
            None => (login, None),
        };
        // The colon of a port comes after the bracket of an IPv6 address.
        let (host, port) = match place.rsplit_once(':') {
            Some((host, port)) if !port.contains(']') => {
                (host, port.parse().map_err(|_| format!("'{port}' is not a port"))?)
            }
            _ => (place, scheme.port),
        };
        let mut address = Self {
            user: or_default(decoded(user)?, scheme.user),
            password,
            host: Host::named(or_default(decoded(host)?, "localhost")),
            port,
            database: or_default(decoded(database)?, scheme.database),
        };
        for (key, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            let value = decoded(value)?;
            match key {
                "host" | "socket" => address.host = Host::named(value),
                "port" => address.port = value.parse().map_err(|_| format!("'{value}' is not a port"))?,
                "user" => address.user = value,
                "password" => address.password = Some(value),
                "dbname" => address.database = value,
                _ => {}
            }
        }
        Ok(address)
    }

    /// What is printed: never the login.
    pub(super) fn place(&self) -> String {
        match &self.host {
            Host::Network(host) => format!("{host}:{}", self.port),
            Host::Socket(path) => path.display().to_string(),
        }
    }
}

impl Host {
    fn named(text: String) -> Self {
        if text.starts_with('/') { Self::Socket(text.into()) } else { Self::Network(text) }
    }
}

fn or_default(text: String, default: &str) -> String {
    if text.is_empty() { default.to_owned() } else { text }
}

fn decoded(text: &str) -> Outcome<String> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        if first != b'%' {
            bytes.push(first);
            rest = tail;
            continue;
        }
        let digits = tail.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(byte.ok_or_else(|| format!("'{text}' has a broken percent code"))?);
        rest = &tail[2..];
    }
    String::from_utf8(bytes).map_err(|_| format!("'{text}' is not UTF-8"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const POSTGRES: Scheme =
        Scheme { names: &["postgres", "postgresql"], port: 5432, user: "postgres", database: "postgres" };
    const MYSQL: Scheme = Scheme { names: &["mysql"], port: 3306, user: "root", database: "" };

    #[test]
    fn reads_every_part() {
        let address = Address::parse("postgresql://al%40x:p%3aq@[::1]:6000/shop?sslmode=disable", &POSTGRES).unwrap();
        let expected = Address {
            user: "al@x".into(),
            password: Some("p:q".into()),
            host: Host::Network("[::1]".into()),
            port: 6000,
            database: "shop".into(),
        };
        assert_eq!(address, expected);
    }

    #[test]
    fn fills_in_what_is_left_out() {
        let address = Address::parse("mysql://", &MYSQL).unwrap();
        assert_eq!((address.user.as_str(), address.port, address.database.as_str()), ("root", 3306, ""));
        assert_eq!((address.host, address.password), (Host::Network("localhost".into()), None));
    }

    #[test]
    fn a_path_as_host_is_a_socket() {
        for url in ["postgres://u@%2Frun%2Fpg/d", "postgres://u@localhost/d?host=/run/pg"] {
            let address = Address::parse(url, &POSTGRES).unwrap();
            assert_eq!((address.host, address.port), (Host::Socket("/run/pg".into()), 5432), "{url}");
        }
        let address = Address::parse("mysql://u@localhost/d?socket=/run/s.sock", &MYSQL).unwrap();
        assert_eq!((address.place(), address.host), ("/run/s.sock".into(), Host::Socket("/run/s.sock".into())));
    }

    #[test]
    fn refuses_what_it_cannot_read() {
        for url in ["mysql://root@localhost", "postgres://h:port/d", "postgres://%zz@h/d", "h", ""] {
            assert!(Address::parse(url, &POSTGRES).is_err(), "{url}");
        }
    }
}
