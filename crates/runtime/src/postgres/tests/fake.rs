//! A server that says what it is told to say.

use std::future::Future;
use tokio::net::TcpStream;

use crate::backend::Backend;
use crate::options::Options;
use crate::postgres::PostgresBackend;
use crate::server::harness::{hear, listen, say};
use std::time::Duration;

/// A back-end for a server that treats each connection as `serve` does.
pub(super) async fn server<F, W>(serve: F) -> PostgresBackend
where
    F: Fn(TcpStream) -> W + Send + 'static,
    W: Future<Output = ()> + Send + 'static,
{
    let port = listen(serve).await;
    let url = format!("postgres://me:geheim@127.0.0.1:{port}/db?sslmode=disable");
    PostgresBackend::from_url(&url, &Options::new().connect_timeout(Duration::from_secs(2))).unwrap()
}

/// A message: its type, its length, what it says.
pub(super) fn message(kind: u8, body: &[u8]) -> Vec<u8> {
    let mut message = vec![kind];
    message.extend((body.len() as u32 + 4).to_be_bytes());
    message.extend(body);
    message
}

/// ErrorResponse.
pub(super) fn error(severity: &str, code: &str, text: &str) -> Vec<u8> {
    message(b'E', format!("S{severity}\0V{severity}\0C{code}\0M{text}\0\0").as_bytes())
}

pub(super) fn ready() -> Vec<u8> {
    message(b'Z', b"I")
}

/// RowDescription with columns of these types.
pub(super) fn columns(types: &[u32]) -> Vec<u8> {
    let mut body = (types.len() as u16).to_be_bytes().to_vec();
    for ty in types {
        body.extend(b"c\0\0\0\0\0\0\0");
        body.extend(ty.to_be_bytes());
        body.extend(b"\xff\xff\xff\xff\xff\xff\0\x01");
    }
    message(b'T', &body)
}

/// DataRow.
pub(super) fn row(cells: &[&[u8]]) -> Vec<u8> {
    let mut body = (cells.len() as u16).to_be_bytes().to_vec();
    for cell in cells {
        body.extend((cell.len() as u32).to_be_bytes());
        body.extend(*cell);
    }
    message(b'D', &body)
}

/// Answers the start-up and the set-up of a session as a server does.
pub(super) async fn welcome(stream: &mut TcpStream) {
    greet(stream).await;
    introduce(stream).await;
}

/// Answers the start-up.
pub(super) async fn greet(stream: &mut TcpStream) {
    hear(stream).await;
    let key = message(b'K', &[0, 0, 0, 7, 0, 0, 0, 9]);
    say(stream, &[message(b'R', &0u32.to_be_bytes()), key, ready()].concat()).await;
}

/// Answers the set-up: process 7 of a PostgreSQL 15.1.
pub(super) async fn introduce(stream: &mut TcpStream) {
    hear(stream).await;
    let row = row(&[b"7", b"150001", b"1.5"]);
    say(stream, &[columns(&[23, 25, 1700]), row, message(b'C', b"SELECT 1\0"), ready()].concat()).await;
}
