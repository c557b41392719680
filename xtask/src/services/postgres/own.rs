//! A cluster of our own, from the installed binaries: for those who may not start the distribution's,
//! or whom it does not let in.

use std::fs::read_to_string;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Outcome, process};

/// The folder with `initdb` and `pg_ctl`, the newest version first.
pub(super) fn binaries() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders: Vec<(u32, PathBuf)> = versions
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .collect();
    folders.sort();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let complete = |folder: &PathBuf| folder.join("initdb").is_file() && folder.join("pg_ctl").is_file();
    folders.into_iter().rev().map(|(_, folder)| folder).chain(std::env::split_paths(&path)).find(complete)
}

/// Starts the cluster, making it first if it is not there, and gives its URL.
pub(super) fn start() -> Outcome<String> {
    let binaries = binaries().ok_or("initdb and pg_ctl are not installed")?;
    let own = Own::here();
    own.prepare(&binaries)?;
    if own.port().is_none() {
        own.launch(&binaries)?;
    }
    let port = own.port().ok_or_else(|| format!("it did not start; see {}", own.file("log").display()))?;
    let password = read_to_string(own.file("password")).map_err(|error| format!("its password: {error}"))?;
    Ok(format!("postgres://postgres:{}@127.0.0.1:{port}/postgres", password.trim()))
}

/// Ends the cluster if it runs.
pub(super) fn stop() -> Outcome {
    let own = Own::here();
    let Some(binaries) = binaries().filter(|_| own.port().is_some()) else { return Ok(()) };
    println!("stopping the PostgreSQL cluster in {}", own.folder.display());
    let mut command = own.command(&binaries.join("pg_ctl"));
    process::output(command.arg("-D").arg(own.file("data")).args(["-w", "-m", "fast", "stop"])).map(drop)
}

/// The cluster's folder and the user it runs as.
struct Own {
    folder: PathBuf,
    /// The server refuses to run as root, so root hands it to the user its package made.
    as_postgres: bool,
}

impl Own {
    fn here() -> Self {
        // That user cannot look into root's folders, where the target folder often is, but it has a home.
        let home = process::is_root().then(home_of_postgres).flatten();
        let as_postgres = home.is_some();
        let services = home.map_or_else(|| process::target_dir().join("services"), |home| home.join("relvar-services"));
        Self { folder: services.join("postgres"), as_postgres }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn command(&self, program: &Path) -> Command {
        if !self.as_postgres {
            return Command::new(program);
        }
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
        // The server's user may not stand where we stand.
        command.current_dir("/");
        command
    }

    /// The port it listens on, if it runs: the fourth line of the file a server keeps while it does.
    fn port(&self) -> Option<u16> {
        let text = read_to_string(self.file("data/postmaster.pid")).ok()?;
        let port = text.lines().nth(3)?.trim().parse().ok()?;
        // A server that was killed leaves the file behind.
        TcpStream::connect(("127.0.0.1", port)).ok().map(|_| port)
    }

    fn prepare(&self, binaries: &Path) -> Outcome {
        if self.file("data/PG_VERSION").is_file() {
            return Ok(());
        }
        println!("making a PostgreSQL cluster in {}", self.folder.display());
        // A password, as every user of this machine can connect to its loopback.
        let password = random_text()?;
        let script = "umask 077 && mkdir -p \"$0\" && rm -rf \"$0/data\" && cat > \"$0/password\"";
        process::output_of(self.command(Path::new("sh")).args(["-c", script]).arg(&self.folder), &password)?;
        let initdb = |locale: &[&str]| {
            let mut command = self.command(&binaries.join("initdb"));
            command.arg("-D").arg(self.file("data")).arg("--pwfile").arg(self.file("password"));
            command.args(["-U", "postgres", "-A", "scram-sha-256", "-E", "UTF8", "--no-sync"]).args(locale);
            process::output(&mut command)
        };
        // Not every system has this locale; those without it have a default one that knows UTF-8.
        initdb(&["--locale=C.UTF-8"]).or_else(|_| initdb(&[])).map(drop)
    }

    fn launch(&self, binaries: &Path) -> Outcome {
        let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let port = free.map_err(|error| format!("no free port: {error}"))?.port();
        println!("starting the PostgreSQL cluster in {} on port {port}", self.folder.display());
        let options = format!(
            "-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c max_connections=200"
        );
        let mut command = self.command(&binaries.join("pg_ctl"));
        command.arg("-D").arg(self.file("data")).arg("-l").arg(self.file("log"));
        process::output(command.args(["-w", "-o", &options, "start"])).map(drop)
    }
}

fn home_of_postgres() -> Option<PathBuf> {
    let users = read_to_string("/etc/passwd").ok()?;
    let fields = users.lines().find_map(|line| line.strip_prefix("postgres:"))?;
    fields.split(':').nth(4).map(PathBuf::from).filter(|home| home.is_dir())
}

fn random_text() -> Outcome<String> {
    use std::io::Read;
    let mut bytes = [0; 16];
    let source = std::fs::File::open("/dev/urandom").and_then(|mut source| source.read_exact(&mut bytes));
    source.map_err(|error| format!("/dev/urandom: {error}"))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
