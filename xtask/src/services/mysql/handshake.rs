//! A login in the protocol that MySQL and MariaDB share, as far as it takes to know who answers and whether it lets us in.

use std::io::{Read, Write};
use std::process::Command;

use super::super::address::{Address, Host};
use super::super::line;
use crate::{Outcome, process};

/// More than any packet of a login has.
const LONGEST: usize = 64 * 1024;
/// More turns than any login takes.
const TURNS: usize = 8;

/// What a server says of itself.
#[derive(Debug, PartialEq)]
pub(in crate::services) struct Server {
    pub(in crate::services) is_mariadb: bool,
    /// Its version, without what packagers add.
    pub(in crate::services) version: String,
}

/// The server that lets us in.
pub(in crate::services) fn server(address: &Address) -> Outcome<Server> {
    match login(&mut line::open(address)?, address)? {
        Login::Open(server) => Ok(server),
        Login::Password(_) if address.password.is_none() => Err("it asks for a password".into()),
        // Hashing a password is the business of a client, and a server is seldom without one.
        Login::Password(server) => by_client(address).map(|()| server),
    }
}

#[derive(Debug, PartialEq)]
enum Login {
    Open(Server),
    Password(Server),
}

fn login(stream: &mut (impl Read + Write + ?Sized), address: &Address) -> Outcome<Login> {
    let (_, greeting) = packet(stream)?;
    if let [0xff, rest @ ..] = greeting.as_slice() {
        return Err(error_text(rest));
    }
    let server = greeted(&greeting).ok_or("what answers there is neither MySQL nor MariaDB")?;
    if address.password.as_deref().is_some_and(|password| !password.is_empty()) {
        return Ok(Login::Password(server));
    }
    send(stream, 1, &answer(&address.user, &address.database))?;
    for _ in 0..TURNS {
        let (number, body) = packet(stream)?;
        match body.as_slice() {
            [0, ..] => {
                // The polite end; the answer is already here if the server does not hear it.
                let _ = send(stream, 0, &[1]);
                return Ok(Login::Open(server));
            }
            [0xff, rest @ ..] => return Err(error_text(rest)),
            // Another method is asked for; the answer is empty in each, as the password is.
            [0xfe, ..] => send(stream, number.wrapping_add(1), &[])?,
            // The fast way of caching_sha2_password has succeeded.
            [1, 3, ..] => {}
            _ => return Ok(Login::Password(server)),
        }
    }
    Err("its login does not end".into())
}

/// Read from the first packet: the protocol's number, then the version up to a zero.
fn greeted(greeting: &[u8]) -> Option<Server> {
    const PROTOCOL: u8 = 10;
    let text = greeting.strip_prefix(&[PROTOCOL])?;
    let full = String::from_utf8_lossy(text.get(..text.iter().position(|byte| *byte == 0)?)?).into_owned();
    // Put before the version of MariaDB for the sake of old replicas.
    let own = full.strip_prefix("5.5.5-").unwrap_or(&full);
    let is_number = |letter: char| letter.is_ascii_digit() || letter == '.';
    let version = own.split(|letter| !is_number(letter)).next().filter(|version| !version.is_empty())?;
    Some(Server { is_mariadb: full.to_ascii_lowercase().contains("mariadb"), version: version.to_owned() })
}

fn answer(user: &str, database: &str) -> Vec<u8> {
    const CONNECT_WITH_DB: u32 = 1 << 3;
    const PROTOCOL_41: u32 = 1 << 9;
    const SECURE_CONNECTION: u32 = 1 << 15;
    const PLUGIN_AUTH: u32 = 1 << 19;
    const UTF8MB4: u8 = 45;
    let with_database = if database.is_empty() { 0 } else { CONNECT_WITH_DB };
    let mut body = (PROTOCOL_41 | SECURE_CONNECTION | PLUGIN_AUTH | with_database).to_le_bytes().to_vec();
    body.extend((1_u32 << 24).to_le_bytes());
    body.push(UTF8MB4);
    body.extend([0; 23]);
    body.extend(user.bytes());
    // The end of the name, and an answer of no bytes.
    body.extend([0, 0]);
    if !database.is_empty() {
        body.extend(database.bytes());
        body.push(0);
    }
    // The one method all versions know; a server that wants another says so.
    body.extend(*b"mysql_native_password\0");
    body
}

fn packet(stream: &mut (impl Read + ?Sized)) -> Outcome<(u8, Vec<u8>)> {
    let mut head = [0; 4];
    stream.read_exact(&mut head).map_err(|_| "it is neither MySQL nor MariaDB, or hung up during the login")?;
    let [low, middle, high, number] = head;
    let length = usize::from(low) | usize::from(middle) << 8 | usize::from(high) << 16;
    if !(1..=LONGEST).contains(&length) {
        return Err("what answers there is neither MySQL nor MariaDB".into());
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).map_err(|error| error.to_string())?;
    Ok((number, body))
}

fn send(stream: &mut (impl Write + ?Sized), number: u8, body: &[u8]) -> Outcome {
    let [low, middle, high, _] = u32::try_from(body.len()).unwrap_or(u32::MAX).to_le_bytes();
    let bytes = [&[low, middle, high, number], body].concat();
    stream.write_all(&bytes).map_err(|error| error.to_string())
}

/// An error's number comes first, then from the login on a state, then the text.
fn error_text(rest: &[u8]) -> String {
    let text = rest.get(2..).unwrap_or_default();
    let text = if text.first() == Some(&b'#') { text.get(6..).unwrap_or_default() } else { text };
    String::from_utf8_lossy(text).into_owned()
}

fn by_client(address: &Address) -> Outcome {
    let Some(client) = ["mysql", "mariadb"].into_iter().find(|name| process::on_path(name)) else {
        return Err(
            "it asks for a password, which only the client mysql or mariadb can try, and neither is installed".into()
        );
    };
    let mut command = Command::new(client);
    command.args(["--no-defaults", "--connect-timeout=5", "-NBe", "SELECT 1", "-u", &address.user]);
    match &address.host {
        Host::Network(host) => command.args(["--protocol=tcp", "-h", host.trim_matches(['[', ']'])]),
        Host::Socket(path) => command.arg("-S").arg(path),
    };
    command.args(["-P", &address.port.to_string()]);
    if !address.database.is_empty() {
        command.args(["-D", &address.database]);
    }
    // By the environment: the arguments of a process are everybody's to read, its environment is not.
    command.env("MYSQL_PWD", address.password.as_deref().unwrap_or_default());
    process::output_within(&mut command, std::time::Duration::from_secs(20)).map(drop)
}

#[cfg(test)]
mod tests {
    use super::super::super::line::Scripted;
    use super::super::SCHEME;
    use super::*;

    const GREETING: &[u8] = b"\x0a9.7.4-2\0rest";

    fn heard(packets: &[&[u8]]) -> Outcome<Login> {
        let mut bytes = Vec::new();
        for (number, body) in packets.iter().enumerate() {
            send(&mut bytes, number as u8, body).unwrap();
        }
        login(&mut Scripted::new(bytes), &Address::parse("mysql://root@h", &SCHEME).unwrap())
    }

    #[test]
    fn tells_the_two_apart() {
        let server = |text: &[u8]| greeted(text).map(|server| (server.is_mariadb, server.version));
        assert_eq!(server(b"\x0a5.5.5-10.11.19-MariaDB-0+deb12u1\0x"), Some((true, "10.11.19".into())));
        assert_eq!(server(b"\x0a11.8.2-MariaDB\0"), Some((true, "11.8.2".into())));
        assert_eq!(server(b"\x0a9.7.4-2\0"), Some((false, "9.7.4".into())));
        assert_eq!(server(b"\x0a\0"), None);
        assert_eq!(server(b"\x0a9.7.4"), None);
        assert_eq!(server(b"HTTP/1.1"), None);
    }

    #[test]
    fn logs_in_by_every_way_that_needs_no_password() {
        let server = || Server { is_mariadb: false, version: "9.7.4".into() };
        for packets in [
            &[GREETING, b"\0\0\0"][..],
            &[GREETING, b"\xfecaching_sha2_password\0nonce", b"\0\0\0"],
            &[GREETING, b"\xfecaching_sha2_password\0nonce", b"\x01\x03", b"\0\0\0"],
        ] {
            assert_eq!(heard(packets), Ok(Login::Open(server())));
        }
        assert_eq!(heard(&[GREETING, b"\x01\x04"]), Ok(Login::Password(server())));
    }

    #[test]
    fn gives_the_reason_of_a_refusal() {
        assert_eq!(heard(&[b"\xff\x10\x04Too many connections"]), Err("Too many connections".into()));
        assert_eq!(heard(&[GREETING, b"\xff\x15\x04#28000Access denied"]), Err("Access denied".into()));
    }

    #[test]
    fn survives_what_is_not_a_server() {
        for bytes in [&b""[..], b"HTTP/1.1 400 Bad Request", &[0, 0, 0, 0], &[3, 0, 0, 0, 10]] {
            let address = Address::parse("mysql://h", &SCHEME).unwrap();
            assert!(login(&mut Scripted::new(bytes.to_vec()), &address).is_err(), "{bytes:?}");
        }
        let endless: Vec<&[u8]> = std::iter::once(GREETING).chain(std::iter::repeat_n(&b"\xfex\0"[..], 20)).collect();
        assert!(heard(&endless).is_err());
    }
}
