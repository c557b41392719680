//! The names of throw-away databases, which say how old they are.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::unique;

pub(crate) const PREFIX: &str = "relvar_test_";
/// What a killed test left behind is removed after this time, when no run can still be using it.
const ORPHANED: Duration = Duration::from_secs(24 * 60 * 60);

/// A name for a database that is made now.
pub(crate) fn name() -> String {
    name_of(seconds_now())
}

/// Whether a database has this name because a test made it and never removed it.
pub(crate) fn is_orphaned(name: &str) -> bool {
    born(name).is_some_and(|born| born + ORPHANED.as_secs() < seconds_now())
}

fn name_of(seconds: u64) -> String {
    format!("{PREFIX}{seconds:x}_{}", unique::name())
}

/// When a database of ours was created, by its name; none for any other.
fn born(name: &str) -> Option<u64> {
    let (seconds, unique) = name.strip_prefix(PREFIX)?.split_once('_')?;
    let ours = unique.len() == 16 && unique.bytes().all(|byte| byte.is_ascii_hexdigit());
    u64::from_str_radix(seconds, 16).ok().filter(|_| ours)
}

fn seconds_now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs())
}

/// The name of one that a killed test left behind.
#[cfg(test)]
pub(crate) fn old_name() -> String {
    name_of(seconds_now() - ORPHANED.as_secs() - 60)
}

/// A name like ours that is not.
#[cfg(test)]
pub(crate) fn foreign_name() -> String {
    format!("{PREFIX}other_{}", unique::name())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_old_names_of_ours_are_orphaned() {
        assert!(is_orphaned(&old_name()));
        for other in [name(), foreign_name(), "relvar_test_1_x".into(), "shop".into()] {
            assert!(!is_orphaned(&other), "{other}");
        }
    }
}
