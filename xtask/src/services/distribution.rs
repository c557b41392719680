//! The system's own packages: which system this is, and installing from it.

use std::time::Duration;

use crate::{Outcome, process};

/// A slow mirror may take long, a dead one must not take forever.
const PATIENCE: Duration = Duration::from_secs(15 * 60);

/// Installs a package with apt-get, where we may.
pub(super) fn install(package: &str) -> Outcome {
    if !process::on_path("apt-get") {
        return Err(format!(
            "it is not installed, and this is not Debian or Ubuntu: install {package} by your own means"
        ));
    }
    let apt = |arguments: &[&str]| {
        let mut command = process::as_root("env").ok_or_else(|| {
            format!("it is not installed, and installing needs the administrator: sudo apt-get install {package}")
        })?;
        command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y", "-o", "Dpkg::Use-Pty=0"]);
        command.args(["-o", "DPkg::Lock::Timeout=120"]).args(arguments);
        println!("apt-get {}", arguments.join(" "));
        process::output_within(&mut command, PATIENCE)
    };
    let wanted = ["install", "--no-install-recommends", package];
    // Fresh machines have no lists of packages yet, old ones have stale lists.
    apt(&wanted).or_else(|_| apt(&["update"]).and_then(|_| apt(&wanted))).map(drop)
}

/// Whether this is Debian itself, whose suites can be mixed with care.
pub(super) fn is_debian() -> bool {
    let text = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
    text.lines().any(|line| matches!(line.trim(), "ID=debian" | "ID=\"debian\""))
}
