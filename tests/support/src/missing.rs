//! Saying that something is not there, so that no test is skipped in silence.

use std::io::Write;

/// Writes past the capture of the test harness, which shows nothing of a test that passes.
pub(crate) fn warn(text: &str) {
    let _ = writeln!(std::io::stderr(), "\n!!! {text}\n");
}

/// A skipped database: a warning at home, a failure where nothing may be missing.
pub(crate) fn skip(name: &str, reason: &str) {
    assert!(!in_ci(), "no {name}: {reason}");
    warn(&format!("SKIPPED: no {name}, every test that needs it does nothing: {reason}"));
}

fn in_ci() -> bool {
    std::env::var("CI").is_ok_and(|value| !matches!(value.as_str(), "" | "0" | "false"))
}
