//! A login over the wire, as far as it takes to hear the server's version.

use std::io::{Read, Write};
use std::process::Command;

use super::super::address::{Address, Host};
use super::super::line;
use crate::{Outcome, process};

/// More than any message of a login has.
const LONGEST: usize = 64 * 1024;

/// The version of the server that lets us in.
pub(super) fn server_version(address: &Address) -> Outcome<String> {
    match login(line::open(address)?, address)? {
        Login::Version(version) => Ok(version),
        Login::Password if address.password.is_none() => Err("it asks for a password".into()),
        // Hashing a password is the business of a client, and a server is seldom without one.
        Login::Password => by_psql(address),
    }
}

enum Login {
    Version(String),
    Password,
}

fn login(mut stream: impl Read + Write, address: &Address) -> Outcome<Login> {
    stream.write_all(&startup(&address.user, &address.database)).map_err(text)?;
    let mut version = None;
    loop {
        let (kind, body) = message(&mut stream)?;
        match (kind, body.as_slice()) {
            (b'R', [0, 0, 0, 0, ..]) => {}
            (b'R', _) => return Ok(Login::Password),
            (b'S', body) => {
                let mut words = body.split(|byte| *byte == 0).map(String::from_utf8_lossy);
                if words.next().as_deref() == Some("server_version") {
                    version = words.next().map(|full| first_word(&full));
                }
            }
            (b'E', body) => return Err(error_text(body)),
            (b'Z', _) => {
                // The polite end; the answer is already here if the server does not hear it.
                let _ = stream.write_all(&[b'X', 0, 0, 0, 4]);
                return version.map(Login::Version).ok_or_else(|| "it named no version".into());
            }
            _ => {}
        }
    }
}

fn startup(user: &str, database: &str) -> Vec<u8> {
    const PROTOCOL_3_0: i32 = 196_608;
    let mut body = PROTOCOL_3_0.to_be_bytes().to_vec();
    for word in ["user", user, "database", database] {
        body.extend(word.bytes());
        body.push(0);
    }
    body.push(0);
    let length = i32::try_from(body.len() + 4).unwrap_or(i32::MAX);
    [&length.to_be_bytes(), body.as_slice()].concat()
}

fn message(stream: &mut impl Read) -> Outcome<(u8, Vec<u8>)> {
    let mut head = [0; 5];
    stream.read_exact(&mut head).map_err(|_| "it is not PostgreSQL, or hung up during the login")?;
    let [kind, length @ ..] = head;
    let length = usize::try_from(i32::from_be_bytes(length)).unwrap_or(usize::MAX);
    if !(4..=LONGEST).contains(&length) {
        return Err("what answers there is not PostgreSQL".into());
    }
    let mut body = vec![0; length - 4];
    stream.read_exact(&mut body).map_err(text)?;
    Ok((kind, body))
}

fn error_text(body: &[u8]) -> String {
    let fields = body.split(|byte| *byte == 0);
    let message = fields.filter_map(|field| field.strip_prefix(b"M")).next();
    message.map_or_else(|| "it refused the login".into(), |text| String::from_utf8_lossy(text).into_owned())
}

fn by_psql(address: &Address) -> Outcome<String> {
    let psql = super::own::binaries().map(|folder| folder.join("psql")).filter(|path| path.is_file());
    let Some(psql) = psql.or_else(|| process::on_path("psql").then(|| "psql".into())) else {
        return Err("it asks for a password, which only psql can try, and psql is not installed".into());
    };
    let mut command = Command::new(psql);
    command.args(["-AXtwc", "SHOW server_version"]).env("PGCONNECT_TIMEOUT", "5");
    // By the environment: the arguments of a process are everybody's to read, its environment is not.
    let host = match &address.host {
        Host::Network(host) => host.trim_matches(['[', ']']).to_owned(),
        // It wants the folder of the socket, and makes the name of the file from the port.
        Host::Socket(path) => path.parent().unwrap_or(path).display().to_string(),
    };
    command.env("PGHOST", host).env("PGPORT", address.port.to_string()).env("PGUSER", &address.user);
    command.env("PGDATABASE", &address.database).env("PGPASSWORD", address.password.as_deref().unwrap_or_default());
    process::output(&mut command).map(|full| first_word(full.trim()))
}

fn first_word(version: &str) -> String {
    version.split(' ').next().unwrap_or_default().to_owned()
}

fn text(error: std::io::Error) -> String {
    error.to_string()
}

#[cfg(test)]
mod tests {
    use super::super::super::line::Scripted;
    use super::*;

    fn answer(messages: &[(u8, &[u8])]) -> Outcome<Login> {
        let mut bytes = Vec::new();
        for (kind, body) in messages {
            bytes.push(*kind);
            bytes.extend((body.len() as i32 + 4).to_be_bytes());
            bytes.extend(*body);
        }
        login(Scripted::new(bytes), &super::super::address("postgres://u@h/d").unwrap())
    }

    #[test]
    fn hears_the_version() {
        let talk: [(u8, &[u8]); 4] =
            [(b'R', &[0; 4]), (b'S', b"TimeZone\0UTC\0"), (b'S', b"server_version\x0015.20 (Debian)\0"), (b'Z', b"I")];
        assert!(matches!(answer(&talk), Ok(Login::Version(version)) if version == "15.20"));
    }

    #[test]
    fn tells_a_password_from_a_refusal() {
        assert!(matches!(answer(&[(b'R', &[0, 0, 0, 10])]), Ok(Login::Password)));
        let refused = answer(&[(b'E', b"SFATAL\0C28000\0Mno such role\0\0")]);
        assert!(matches!(refused, Err(reason) if reason == "no such role"));
    }

    #[test]
    fn survives_what_is_not_a_server() {
        let address = super::super::address("postgres://h").unwrap();
        assert!(login(Scripted::new(b"HTTP/1.1 400".to_vec()), &address).is_err());
        assert!(answer(&[]).is_err());
    }
}
