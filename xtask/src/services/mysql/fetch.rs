//! The server's files: fetched with apt from Debian's unstable suite and unpacked beside our data, never installed.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::super::{distribution, own};
use super::sources::{self, Archive};
use crate::{Outcome, process};

const PACKAGE: &str = "mysql-server-core";
const SUITE: &str = "unstable";
const KEYS: &str = "/usr/share/keyrings/debian-archive-keyring.gpg";
/// Needed by scripts of the packages, which we do not run.
const UNNEEDED: [&str; 4] = ["perl", "libperl", "libgdbm", "libdb5"];
const MARKER: &str = "unpacked";
const ASKING: Duration = Duration::from_secs(60);
const UPDATING: Duration = Duration::from_secs(5 * 60);
const DOWNLOADING: Duration = Duration::from_secs(15 * 60);

/// A server that runs with its own libraries, whatever the system's are.
pub(super) struct Unpacked {
    root: PathBuf,
    loader: PathBuf,
    libraries: OsString,
    server: PathBuf,
}

impl Unpacked {
    /// The server without settings but for the places of its own files.
    pub(super) fn server(&self) -> Command {
        let usr = self.root.join("usr");
        let at = |option: &str, path: PathBuf| format!("--{option}={}", path.display());
        let mut command = Command::new(&self.loader);
        command.arg("--library-path").arg(&self.libraries).arg(&self.server).arg("--no-defaults");
        command.arg(at("plugin-dir", usr.join("lib/mysql/plugin")));
        command.arg(at("lc-messages-dir", usr.join("share/mysql")));
        command.arg(at("basedir", usr));
        command
    }

    fn find(root: &Path) -> Option<Self> {
        let mut files = Vec::new();
        walk(&root.join("usr/lib"), &mut files);
        walk(&root.join("usr/lib64"), &mut files);
        walk(&root.join("lib"), &mut files);
        walk(&root.join("lib64"), &mut files);
        let named = |wanted: fn(&str) -> bool| {
            files.iter().find(|path| path.file_name().and_then(|name| name.to_str()).is_some_and(wanted))
        };
        let loader = named(|name| name.starts_with("ld-linux") || name.starts_with("ld64.so"))?.clone();
        // Beside the C library lie all the others, unless a package has not followed the merger of /lib and /usr/lib.
        let folder = named(|name| name == "libc.so.6")?.parent()?;
        let triplet = folder.file_name()?;
        let folders = [root.join("usr/lib").join(triplet), root.join("lib").join(triplet)];
        let libraries = std::env::join_paths(folders.into_iter().filter(|folder| folder.is_dir())).ok()?;
        let server = root.join("usr/sbin/mysqld");
        server.is_file().then(|| Self { root: root.to_owned(), loader, libraries, server })
    }
}

/// The server in this folder, fetched if it is not there or not whole.
pub(super) fn unpacked(folder: &Path) -> Outcome<Unpacked> {
    let root = folder.join("root");
    let marker = folder.join(MARKER);
    if let Some(unpacked) = Unpacked::find(&root).filter(|_| marker.is_file()) {
        return Ok(unpacked);
    }
    if !(distribution::is_debian() && process::on_path("apt-get") && process::on_path("dpkg-deb")) {
        return Err(
            "only Debian has it where it can be fetched from: install MySQL 9 by your own means and start it".into()
        );
    }
    let apt = folder.join("apt");
    let outcome = fetch(folder, &apt, &root);
    own::remove(&apt)?;
    outcome?;
    let unpacked = Unpacked::find(&root).ok_or("the packages hold no server, or no loader for it")?;
    let version = process::output_within(unpacked.server().arg("--version"), ASKING)?;
    // Written last, so that what was interrupted is done again.
    fs::write(&marker, version).map_err(|error| format!("{}: {error}", marker.display()))?;
    Ok(unpacked)
}

fn fetch(folder: &Path, apt: &Path, root: &Path) -> Outcome {
    let archives = sources::archives();
    if archives.is_empty() {
        return Err("the configuration of apt names no archive".into());
    }
    match fs::remove_file(folder.join(MARKER)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.to_string()),
        _ => own::remove(root)?,
    }
    let mut refusals = Vec::new();
    for archive in &archives {
        println!("fetching {PACKAGE} of {SUITE} from {} into {}", archive.uri, folder.display());
        own::remove(apt)?;
        match download(apt, archive) {
            Ok(packages) => return packages.iter().try_for_each(|package| unpack(package, root)),
            Err(reason) => refusals.push(format!("{}: {reason}", archive.uri)),
        }
    }
    Err(refusals.join("\n"))
}

fn unpack(package: &Path, root: &Path) -> Outcome {
    process::output_within(Command::new("dpkg-deb").arg("-x").arg(package).arg(root), UPDATING).map(drop)
}

/// The package and all it needs, as files.
fn download(apt: &Path, archive: &Archive) -> Outcome<Vec<PathBuf>> {
    configure(apt, archive).map_err(|error| format!("{}: {error}", apt.display()))?;
    let get = |arguments: &[&str], patience| {
        let mut command = Command::new("apt-get");
        command.args(["-q", "-y", "-c"]).arg(apt.join("apt.conf")).args(arguments);
        process::output_within(command.current_dir(apt.join("debs")), patience)
    };
    get(&["update"], UPDATING)?;
    let list = get(&["--print-uris", "--no-install-recommends", "install", PACKAGE], ASKING)?;
    let names = needed(&list);
    if names.is_empty() {
        return Err(format!("its suite {SUITE} has no {PACKAGE}"));
    }
    let arguments: Vec<&str> = std::iter::once("download").chain(names).collect();
    get(&arguments, DOWNLOADING)?;
    let entries = fs::read_dir(apt.join("debs")).map_err(|error| error.to_string())?;
    Ok(entries.flatten().map(|entry| entry.path()).collect())
}

/// A state of apt of its own: nothing is known to be installed, and nothing of the system's is read but where the archive is.
fn configure(apt: &Path, archive: &Archive) -> std::io::Result<()> {
    for folder in ["lists/partial", "cache/archives/partial", "state", "debs"] {
        fs::create_dir_all(apt.join(folder))?;
    }
    fs::write(apt.join("status"), "")?;
    let keys = archive.keys.as_deref().unwrap_or(KEYS);
    let signed = if Path::new(keys).is_file() { format!("signed-by={keys} ") } else { String::new() };
    // The one list that is needed, not what else the machine wants to know of an archive.
    let source = format!("deb [{signed}target=Packages lang=none] {} {SUITE} main\n", archive.uri);
    fs::write(apt.join("sources.list"), source)?;
    let here = apt.display();
    let settings = format!(
        r#"Dir::Etc::SourceList "{here}/sources.list";
Dir::Etc::SourceParts "/dev/null";
Dir::Etc::Preferences "/dev/null";
Dir::Etc::PreferencesParts "/dev/null";
Dir::State "{here}/state";
Dir::State::Lists "{here}/lists";
Dir::State::Status "{here}/status";
Dir::Cache "{here}/cache";
APT::Sandbox::User "root";
Acquire::Retries "3";
Acquire::http::Timeout "30";
Acquire::https::Timeout "30";
#clear APT::Default-Release;
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
"#
    );
    fs::write(apt.join("apt.conf"), settings)
}

/// The names in lines like `'URI' name_version_architecture.deb size hash`.
fn needed(list: &str) -> Vec<&str> {
    let files = list.lines().filter_map(|line| Some(line.strip_prefix('\'')?.split_once("' ")?.1));
    let names = files.filter_map(|file| Some(file.split_once('_')?.0));
    names.filter(|name| !UNNEEDED.iter().any(|unneeded| name.starts_with(unneeded))).collect()
}

/// All regular files: a link may lead out of the folder, to a file of the system's.
fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => walk(&entry.path(), files),
            Ok(kind) if kind.is_file() => files.push(entry.path()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_is_needed() {
        let list = "Reading package lists...\n'http://a/m/libc6_2.42-1_amd64.deb' libc6_2.42-1_amd64.deb 1 SHA256:x\n\
                    'http://a/p/perl-base_5_amd64.deb' perl-base_5_amd64.deb 2 SHA256:y\n\
                    'http://a/m/mysql-server-core_9%3a1_amd64.deb' mysql-server-core_9%3a1_amd64.deb 3 SHA256:z\n";
        assert_eq!(needed(list), ["libc6", "mysql-server-core"]);
        assert!(needed("").is_empty());
    }

    #[test]
    fn finds_the_files_on_any_architecture() {
        let root = std::env::temp_dir().join(format!("relvar_fetch_{}", std::process::id()));
        let make = |path: &str| {
            let path = root.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        };
        make("usr/lib/aarch64-linux-gnu/ld-linux-aarch64.so.1");
        make("usr/lib/aarch64-linux-gnu/libc.so.6");
        let without_server = Unpacked::find(&root).is_none();
        make("usr/sbin/mysqld");
        let found = Unpacked::find(&root);
        fs::remove_dir_all(&root).unwrap();
        let found = found.unwrap();
        assert!(without_server);
        assert_eq!(found.loader, root.join("usr/lib/aarch64-linux-gnu/ld-linux-aarch64.so.1"));
        assert_eq!(found.libraries, root.join("usr/lib/aarch64-linux-gnu").into_os_string());
    }
}
