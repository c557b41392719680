//! URLs of servers: what a driver would pass over in silence is an error here, and passwords stay out.

use std::path::Path;

use crate::error::{Error, ErrorKind, Result};

/// A URL that cannot be understood.
pub(crate) fn bad(why: impl Into<String>) -> Error {
    Error::new(ErrorKind::Url(why.into()))
}

/// Checks what is the same for all servers, and gives back the names of the parameters behind the `?`.
///
/// # Errors
/// `Url` for another scheme, a NUL, or a parameter that is not `known`.
pub(crate) fn check<'u>(url: &'u str, schemes: &[&str], known: impl Fn(&str) -> bool) -> Result<Vec<&'u str>> {
    let scheme = url.split_once("://").map(|(scheme, _)| scheme);
    if !scheme.is_some_and(|scheme| schemes.contains(&scheme)) {
        let first = schemes.first().copied().unwrap_or_default();
        return Err(bad(format!("it does not begin with `{first}://`")));
    }
    // in a start-up message a NUL ends a value, and the rest would be read as another one
    if url.contains('\0') || url.contains("%00") {
        return Err(bad("it holds a NUL character"));
    }
    let query = url.split_once('#').map_or(url, |(url, _)| url).split_once('?').map_or("", |(_, query)| query);
    let parameters = query.split('&').filter(|p| !p.is_empty());
    let names: Vec<&str> = parameters.map(|p| p.split_once('=').map_or(p, |(name, _)| name)).collect();
    match names.iter().find(|name| !known(name)) {
        Some(unknown) => Err(bad(format!("there is no parameter `{unknown}`"))),
        None => Ok(names),
    }
}

/// The address inside of the brackets of an IPv6 address. The drivers hand the brackets on to the resolver,
/// which does not know them.
pub(crate) fn in_brackets(host: &str) -> Option<String> {
    host.strip_prefix('[').and_then(|h| h.strip_suffix(']')).map(str::to_owned)
}

/// Where a connection leads, without the password.
pub(crate) fn address(host: &str, socket: Option<&Path>, port: u16, database: &str) -> String {
    match socket {
        Some(path) => format!("{}:{port}/{database}", path.display()),
        None if host.contains(':') => format!("[{host}]:{port}/{database}"),
        None => format!("{host}:{port}/{database}"),
    }
}

/// Why a driver refused a URL. Its words name what is wrong with the form, or an unknown mode of encryption.
pub(crate) fn reason(error: sqlx::Error) -> Error {
    match error {
        sqlx::Error::Configuration(why) => bad(why.to_string()),
        other => bad(other.to_string()),
    }
}
