//! A server that says what it is told to say.

use std::future::Future;
use std::time::Duration;
use tokio::net::TcpStream;

use super::super::session::contract;
use super::Site;
use crate::backend::Backend;
use crate::mysql::Server;
use crate::options::Options;
use crate::server::harness::{hear, listen, say};

/// A back-end for a server that treats each connection as `serve` does.
pub(super) async fn server<D, F, W>(serve: F) -> Server<D>
where
    D: Site,
    F: Fn(TcpStream) -> W + Send + 'static,
    W: Future<Output = ()> + Send + 'static,
{
    let port = listen(serve).await;
    let url = format!("{}://me:geheim@127.0.0.1:{port}/db", D::VARIANT.schemes[0]);
    Server::from_url(&url, &Options::new().connect_timeout(Duration::from_secs(2))).unwrap()
}

/// A packet: its length, its number, what it says.
pub(super) fn packet(number: u8, body: &[u8]) -> Vec<u8> {
    let mut packet = (body.len() as u32).to_le_bytes()[..3].to_vec();
    packet.push(number);
    packet.extend(body);
    packet
}

/// The first packet of a server, which is of version `version`.
pub(super) fn greeting(version: &str) -> Vec<u8> {
    // CONNECT_WITH_DB, PROTOCOL_41, TRANSACTIONS, SECURE_CONNECTION; PLUGIN_AUTH, DEPRECATE_EOF and several results
    let (low, high) = (0x0008u16 | 0x0200 | 0x2000 | 0x8000, 0x0001u16 | 0x0002 | 0x0004 | 0x0008 | 0x0100);
    let mut body = vec![10];
    body.extend(version.as_bytes());
    body.push(0);
    body.extend(7u32.to_le_bytes());
    body.extend(b"12345678\0");
    body.extend(low.to_le_bytes());
    body.extend([45, 2, 0]);
    body.extend(high.to_le_bytes());
    body.push(21);
    body.extend([0; 10]);
    body.extend(b"123456789012\0mysql_native_password\0");
    packet(0, &body)
}

/// That something was done; `more` says whether another result follows.
pub(super) fn ok(more: bool) -> Vec<u8> {
    packet(2, &[0, 0, 0, if more { 10 } else { 2 }, 0, 0, 0])
}

/// The end of the rows of a result.
pub(super) fn end(more: bool) -> Vec<u8> {
    packet(9, &[0xfe, 0, 0, if more { 10 } else { 2 }, 0, 0, 0])
}

pub(super) fn error(number: u16, state: &str, text: &str) -> Vec<u8> {
    let mut body = vec![0xff];
    body.extend(number.to_le_bytes());
    body.push(b'#');
    body.extend(state.as_bytes());
    body.extend(text.as_bytes());
    packet(2, &body)
}

fn text(text: &str) -> Vec<u8> {
    assert!(text.len() < 251);
    [&[text.len() as u8], text.as_bytes()].concat()
}

/// The description of a column of this type.
pub(super) fn column(kind: u8) -> Vec<u8> {
    let mut body: Vec<u8> = ["def", "", "", "", "c", ""].into_iter().flat_map(text).collect();
    // text, of up to 255 bytes
    body.extend([0x0c, 45, 0, 255, 0, 0, 0, kind, 0, 0, 0, 0, 0]);
    packet(3, &body)
}

/// A result of one row of text.
fn row(cells: &[&str], more: bool) -> Vec<u8> {
    let mut answer = packet(1, &[cells.len() as u8]);
    cells.iter().for_each(|_| answer.extend(column(0xfd)));
    answer.extend(packet(4, &cells.iter().copied().flat_map(text).collect::<Vec<u8>>()));
    answer.extend(end(more));
    answer
}

/// What a server of this kind calls its version.
pub(super) fn version<D: Site>() -> &'static str {
    if D::VARIANT.uuid_type { "10.11.1-MariaDB" } else { "8.4.0" }
}

/// Answers the log-in and the set-up of a session as a server does.
pub(super) async fn welcome<D: Site>(stream: &mut TcpStream) {
    greet::<D>(stream).await;
    hear(stream).await;
    say(stream, &settings::<D>("STRICT")).await;
}

/// Answers the log-in.
pub(super) async fn greet<D: Site>(stream: &mut TcpStream) {
    say(stream, &greeting(version::<D>())).await;
    hear(stream).await;
    say(stream, &ok(false)).await;
}

/// Answers the set-up, where the mode of SQL is what it has to be, or `mode` if that is not `STRICT`.
pub(super) fn settings<D: Site>(mode: &str) -> Vec<u8> {
    let mut wanted = contract(D::VARIANT);
    if mode != "STRICT" {
        wanted[0] = mode.to_owned();
    }
    let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
    [row(&[version::<D>(), "7", "16777216", "0"], true), ok(true), row(&wanted, false)].concat()
}
