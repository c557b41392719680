//! A line to a server that can be cut, stalled, or cut after so many bytes.

use std::io::Result;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::JoinHandle;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio::sync::watch;
use url::Url;

use crate::blocking;

/// Forwards to a server, on a thread of its own, so that a test which blocks its runtime does not block the line.
#[derive(Debug)]
pub struct FaultProxy {
    url: Url,
    line: Arc<Line>,
    thread: Option<JoinHandle<()>>,
}

/// Which way bytes travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// What the test sends.
    ToServer,
    /// What the server answers.
    ToClient,
}

/// What all connections of one proxy share.
#[derive(Debug)]
struct Line {
    state: watch::Sender<State>,
    accepted: AtomicUsize,
    open: AtomicUsize,
}

#[derive(Clone, Debug, Default)]
struct State {
    /// Counts the cuts: a connection ends when this is no longer what it was at its beginning.
    cuts: u64,
    stalled: bool,
    refusing: bool,
    /// The bytes that still pass before the next cut.
    allowance: Option<(Direction, usize)>,
    closing: bool,
}

#[derive(Clone)]
enum Upstream {
    Network(String, u16),
    Socket(PathBuf),
}

impl FaultProxy {
    /// A proxy to the server of this URL, whatever its kind.
    ///
    /// # Panics
    /// When there is no port to listen on.
    pub fn to(server: &Url) -> Self {
        let upstream = Upstream::of(server);
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        listener.set_nonblocking(true).expect("a listener that does not block");
        let address = listener.local_addr().expect("an address");
        let line = Arc::new(Line {
            state: watch::Sender::new(State::default()),
            accepted: AtomicUsize::new(0),
            open: AtomicUsize::new(0),
        });
        let thread = {
            let line = line.clone();
            // the caller may be inside of a runtime of its own
            std::thread::spawn(move || {
                blocking::runtime().block_on(async {
                    serve(TcpListener::from_std(listener).expect("a listener"), upstream, line).await;
                });
            })
        };
        Self { url: through(server, address), line, thread: Some(thread) }
    }

    /// The server's URL, by way of this proxy.
    pub fn url(&self) -> &str {
        self.url.as_str()
    }

    /// How many connections were made so far.
    pub fn accepted(&self) -> usize {
        self.line.accepted.load(Ordering::SeqCst)
    }

    /// How many connections are open now.
    pub fn open(&self) -> usize {
        self.line.open.load(Ordering::SeqCst)
    }

    /// Ends every connection, both ways. New ones are served.
    pub fn cut(&self) {
        self.line.state.send_modify(|state| state.cuts += 1);
    }

    /// Ends every connection as soon as `bytes` more have passed in this direction, all connections counted together.
    pub fn cut_after(&self, direction: Direction, bytes: usize) {
        self.line.state.send_modify(|state| state.allowance = Some((direction, bytes)));
    }

    /// Holds back everything, as a line does that is dead without a word: nothing is lost, nothing arrives.
    pub fn stall(&self) {
        self.line.state.send_modify(|state| state.stalled = true);
    }

    /// Lets everything through again, what was held back first.
    pub fn resume(&self) {
        self.line.state.send_modify(|state| state.stalled = false);
    }

    /// Ends new connections as soon as they are made, or no longer.
    pub fn refuse(&self, refusing: bool) {
        self.line.state.send_modify(|state| state.refusing = refusing);
    }
}

impl Drop for FaultProxy {
    fn drop(&mut self) {
        self.line.state.send_modify(|state| {
            state.closing = true;
            state.cuts += 1;
        });
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Upstream {
    fn of(url: &Url) -> Self {
        let named = |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
        let host = named("host").unwrap_or_else(|| url.host_str().unwrap_or("localhost").replace("%2F", "/"));
        let usual = if is_postgres(url) { 5432 } else { 3306 };
        let port = named("port").and_then(|port| port.parse().ok()).or(url.port()).unwrap_or(usual);
        if let Some(path) = named("socket") {
            return Self::Socket(path.into());
        }
        if host.starts_with('/') {
            return Self::Socket(PathBuf::from(host).join(format!(".s.PGSQL.{port}")));
        }
        Self::Network(host.trim_matches(['[', ']']).to_owned(), port)
    }

    async fn connect(&self) -> Result<(Reader, Writer)> {
        match self {
            Self::Network(host, port) => {
                let stream = TcpStream::connect((host.as_str(), *port)).await?;
                stream.set_nodelay(true)?;
                Ok(halves(stream))
            }
            Self::Socket(path) => Ok(halves(UnixStream::connect(path).await?)),
        }
    }
}

type Reader = Box<dyn AsyncRead + Send + Unpin>;
type Writer = Box<dyn AsyncWrite + Send + Unpin>;

fn halves(stream: impl AsyncRead + AsyncWrite + Send + 'static) -> (Reader, Writer) {
    let (reader, writer) = tokio::io::split(stream);
    (Box::new(reader), Box::new(writer))
}

fn is_postgres(url: &Url) -> bool {
    url.scheme().starts_with("postgres")
}

fn through(server: &Url, address: SocketAddr) -> Url {
    let mut url = server.clone();
    let kept: Vec<_> =
        server.query_pairs().filter(|(key, _)| !["host", "port", "socket"].contains(&key.as_ref())).collect();
    url.set_query(None);
    if !kept.is_empty() {
        url.query_pairs_mut().extend_pairs(kept);
    }
    url.set_host(Some(&address.ip().to_string())).expect("a host");
    url.set_port(Some(address.port())).expect("a port");
    url
}

async fn serve(listener: TcpListener, upstream: Upstream, line: Arc<Line>) {
    let mut state = line.state.subscribe();
    loop {
        let accepted = tokio::select! {
            _ = state.wait_for(|state| state.closing) => return,
            accepted = listener.accept() => accepted,
        };
        let Ok((client, _)) = accepted else { continue };
        line.accepted.fetch_add(1, Ordering::SeqCst);
        if !line.state.borrow().refusing {
            tokio::spawn(carry(client, upstream.clone(), line.clone()));
        }
    }
}

async fn carry(client: TcpStream, upstream: Upstream, line: Arc<Line>) {
    let mut state = line.state.subscribe();
    let beginning = state.borrow_and_update().cuts;
    line.open.fetch_add(1, Ordering::SeqCst);
    let talk = async {
        client.set_nodelay(true)?;
        let (from_server, to_server) = upstream.connect().await?;
        let (from_client, to_client) = halves(client);
        // Either way's end is the end of both, as it is for a client that loses its server.
        tokio::select! {
            ended = pump(from_client, to_server, Direction::ToServer, &line) => ended,
            ended = pump(from_server, to_client, Direction::ToClient, &line) => ended,
        }
    };
    tokio::select! {
        _ = state.wait_for(|state| state.cuts != beginning) => {}
        _ = talk => {}
    }
    line.open.fetch_sub(1, Ordering::SeqCst);
}

async fn pump(mut from: Reader, mut to: Writer, direction: Direction, line: &Line) -> Result<()> {
    let mut state = line.state.subscribe();
    let mut buffer = vec![0; 16 * 1024];
    loop {
        let read = from.read(&mut buffer).await?;
        // Held back after reading, so that what was sent before the stall is held back, too.
        let _ = state.wait_for(|state| !state.stalled).await;
        let passing = spend(line, direction, read);
        to.write_all(&buffer[..passing]).await?;
        to.flush().await?;
        if read == 0 {
            return to.shutdown().await;
        }
        if exhausted(line, direction) {
            line.state.send_modify(|state| {
                state.allowance = None;
                state.cuts += 1;
            });
            return to.shutdown().await;
        }
    }
}

/// How many of these bytes may pass; they are taken off the allowance.
fn spend(line: &Line, direction: Direction, bytes: usize) -> usize {
    let mut passing = bytes;
    line.state.send_if_modified(|state| {
        let Some((_, left)) = state.allowance.as_mut().filter(|(counted, _)| *counted == direction) else {
            return false;
        };
        passing = bytes.min(*left);
        *left -= passing;
        true
    });
    passing
}

fn exhausted(line: &Line, direction: Direction) -> bool {
    line.state.borrow().allowance == Some((direction, 0))
}

#[cfg(test)]
mod tests {
    use std::io::{ErrorKind, Read, Write};
    use std::net::TcpStream;
    use std::time::Duration;

    use super::*;

    /// A server that says back what it hears, and a client that talks to it through a proxy.
    fn echo() -> FaultProxy {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                std::thread::spawn(move || std::io::copy(&mut &stream, &mut &stream));
            }
        });
        FaultProxy::to(&Url::parse(&format!("postgres://u:p@{address}/d?x=y")).unwrap())
    }

    fn client(proxy: &FaultProxy) -> TcpStream {
        let url = Url::parse(proxy.url()).unwrap();
        let stream = TcpStream::connect((url.host_str().unwrap(), url.port().unwrap())).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
        stream
    }

    fn says(stream: &mut TcpStream, text: &[u8]) -> Vec<u8> {
        stream.write_all(text).unwrap();
        let mut answer = vec![0; text.len()];
        stream.read_exact(&mut answer).unwrap();
        answer
    }

    /// Everything up to the end of the connection, which a cut may make a reset.
    fn rest(stream: &mut TcpStream) -> Vec<u8> {
        let mut answer = Vec::new();
        match stream.read_to_end(&mut answer) {
            Ok(_) => answer,
            Err(error) if error.kind() == ErrorKind::ConnectionReset => answer,
            Err(error) => panic!("not cut: {error}"),
        }
    }

    #[test]
    fn forwards_and_keeps_the_rest_of_the_url() {
        let proxy = echo();
        assert!(
            proxy.url().starts_with("postgres://u:p@127.0.0.1:") && proxy.url().ends_with("/d?x=y"),
            "{}",
            proxy.url()
        );
        let mut stream = client(&proxy);
        let long: Vec<u8> = (0..=255).cycle().take(50_000).collect();
        assert!(says(&mut stream, &long) == long);
        assert_eq!((proxy.accepted(), proxy.open()), (1, 1));
    }

    #[test]
    fn cuts_what_is_open_and_serves_what_comes() {
        let proxy = echo();
        let mut old = client(&proxy);
        assert_eq!(says(&mut old, b"hello"), b"hello");
        proxy.cut();
        assert_eq!(rest(&mut old), b"");
        assert_eq!(says(&mut client(&proxy), b"again"), b"again");
        assert_eq!(proxy.accepted(), 2);
    }

    #[test]
    fn cuts_after_the_very_byte() {
        let proxy = echo();
        let mut stream = client(&proxy);
        assert_eq!(says(&mut stream, b"ab"), b"ab");
        proxy.cut_after(Direction::ToClient, 3);
        stream.write_all(b"cdefgh").unwrap();
        assert_eq!(rest(&mut stream), b"cde");
        // The fault is spent.
        assert_eq!(says(&mut client(&proxy), b"abcdef"), b"abcdef");
        proxy.cut_after(Direction::ToServer, 2);
        let mut stream = client(&proxy);
        stream.write_all(b"abcdef").unwrap();
        assert!(b"ab".starts_with(&rest(&mut stream)));
    }

    #[test]
    fn a_stall_loses_nothing() {
        let proxy = echo();
        let mut stream = client(&proxy);
        assert_eq!(says(&mut stream, b"ab"), b"ab");
        proxy.stall();
        stream.write_all(b"cd").unwrap();
        stream.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
        let kind = stream.read(&mut [0]).map_err(|error| error.kind());
        assert!(matches!(kind, Err(ErrorKind::WouldBlock | ErrorKind::TimedOut)), "{kind:?}");
        proxy.resume();
        stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
        let mut answer = [0; 2];
        stream.read_exact(&mut answer).unwrap();
        assert_eq!(&answer, b"cd");
    }

    #[test]
    fn a_stalled_connection_can_be_cut() {
        let proxy = echo();
        let mut stream = client(&proxy);
        proxy.stall();
        stream.write_all(b"ab").unwrap();
        std::thread::sleep(Duration::from_millis(50));
        proxy.cut();
        assert_eq!(rest(&mut stream), b"");
    }

    #[tokio::test]
    async fn is_made_inside_of_a_runtime() {
        let proxy = echo();
        assert_eq!(says(&mut client(&proxy), b"a"), b"a");
    }

    #[test]
    fn refuses_while_told_to() {
        let proxy = echo();
        proxy.refuse(true);
        assert_eq!(rest(&mut client(&proxy)), b"");
        proxy.refuse(false);
        assert_eq!(says(&mut client(&proxy), b"a"), b"a");
    }

    #[test]
    fn knows_where_each_server_listens() {
        let place = |url: &str| match Upstream::of(&Url::parse(url).unwrap()) {
            Upstream::Network(host, port) => format!("{host} {port}"),
            Upstream::Socket(path) => path.display().to_string(),
        };
        for (url, expected) in [
            ("postgres://u@h/d", "h 5432"),
            ("mysql://u@h/d", "h 3306"),
            ("mariadb://u@[::1]:4000/d", "::1 4000"),
            ("postgres://u@localhost/d?host=/run", "/run/.s.PGSQL.5432"),
            ("mariadb://u@localhost/d?socket=/run/m.sock", "/run/m.sock"),
        ] {
            assert_eq!(place(url), expected, "{url}");
        }
        let socket = Url::parse("mysql://u@localhost/d?socket=/run/m.sock&x=y").unwrap();
        assert_eq!(through(&socket, ([127, 0, 0, 1], 5).into()).as_str(), "mysql://u@127.0.0.1:5/d?x=y");
    }

    #[test]
    fn stands_before_a_database() {
        let Some(server) = crate::postgres() else { return };
        let database = server.database();
        let proxy = database.proxy();
        let ask = |runtime: &tokio::runtime::Runtime| {
            use sqlx::Connection;
            runtime.block_on(async {
                let mut connection = sqlx::PgConnection::connect(proxy.url()).await?;
                proxy.cut_after(Direction::ToClient, 10);
                sqlx::query_scalar::<_, String>("SELECT current_database()::text").fetch_one(&mut connection).await
            })
        };
        let error = ask(&blocking::runtime()).unwrap_err();
        assert!(matches!(error, sqlx::Error::Io(_)), "{error}");
        assert!(proxy.accepted() >= 1);
    }
}
