//! The folder of the test data, which lies outside of the repository.

use std::path::{Path, PathBuf};
use std::sync::Once;

use crate::missing;

const VARIABLE: &str = "RELVAR_TEST_DATA";

/// The folder that `RELVAR_TEST_DATA` names, or `../shared/data` beside the workspace; none, and a warning, if it is not there.
///
/// # Panics
/// When the variable names what is not a folder.
pub fn test_data() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os(VARIABLE) {
        let path = PathBuf::from(named);
        assert!(path.is_dir(), "{VARIABLE} names {}, which is not a folder", path.display());
        return Some(path);
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    if path.is_dir() {
        return path.canonicalize().ok();
    }
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        missing::warn(&format!(
            "SKIPPED: no test data in {}, every test that needs it does nothing; {VARIABLE} can name its folder",
            path.display()
        ));
    });
    None
}
