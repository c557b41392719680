//! A connection to a server, of which nobody waits forever for an answer.

use std::io::{Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::os::unix::net::UnixStream;
use std::time::Duration;

use super::address::{Address, Host};
use crate::Outcome;

const PATIENCE: Duration = Duration::from_secs(5);

/// Bytes to and from a server.
pub(super) trait Line: Read + Write {}

impl<T: Read + Write> Line for T {}

/// A network connection or a Unix socket, whichever the address names.
pub(super) fn open(address: &Address) -> Outcome<Box<dyn Line>> {
    match &address.host {
        Host::Network(host) => connect(host, address.port),
        Host::Socket(path) => {
            let stream = UnixStream::connect(path).map_err(text)?;
            stream.set_read_timeout(Some(PATIENCE)).map_err(text)?;
            stream.set_write_timeout(Some(PATIENCE)).map_err(text)?;
            Ok(Box::new(stream))
        }
    }
}

fn connect(host: &str, port: u16) -> Outcome<Box<dyn Line>> {
    let mut last = format!("'{host}' has no address");
    for address in (host.trim_matches(['[', ']']), port).to_socket_addrs().map_err(text)? {
        match TcpStream::connect_timeout(&address, PATIENCE) {
            Ok(stream) => {
                stream.set_read_timeout(Some(PATIENCE)).map_err(text)?;
                stream.set_write_timeout(Some(PATIENCE)).map_err(text)?;
                return Ok(Box::new(stream));
            }
            Err(error) => last = error.to_string(),
        }
    }
    Err(last)
}

fn text(error: std::io::Error) -> String {
    error.to_string()
}

/// A server that has written its whole side of the talk beforehand.
#[cfg(test)]
pub(super) struct Scripted(std::io::Cursor<Vec<u8>>);

#[cfg(test)]
impl Scripted {
    pub(super) fn new(bytes: Vec<u8>) -> Self {
        Self(std::io::Cursor::new(bytes))
    }
}

#[cfg(test)]
impl Read for Scripted {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        self.0.read(into)
    }
}

#[cfg(test)]
impl Write for Scripted {
    fn write(&mut self, from: &[u8]) -> std::io::Result<usize> {
        Ok(from.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
