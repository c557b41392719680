//! The source files of the workspace, with their code apart from comments, strings and tests.

use std::path::Path;

use super::text;
use crate::process::workspace_root;

/// One file.
#[derive(Debug)]
pub(super) struct Source {
    /// From the workspace's root, with slashes.
    pub(super) path: String,
    pub(super) text: String,
    /// The text with everything but code blanked, line by line as it was.
    pub(super) code: String,
    is_test: bool,
}

impl Source {
    pub(super) fn new(path: &str, text: &str) -> Self {
        let (code, _) = text::without_tests(&text::without_prose(text));
        Self { path: path.to_owned(), text: text.to_owned(), code, is_test: false }
    }

    /// What is compiled into a user's program.
    pub(super) fn is_library(&self) -> bool {
        let within_source = self.path.starts_with("crates/") && self.path.split('/').nth(2) == Some("src");
        within_source && !self.is_test
    }

    /// The lines whose code is picked, each with its place.
    pub(super) fn hits(&self, code: &str, picked: impl Fn(&str) -> bool) -> impl Iterator<Item = String> {
        let lines = code.lines().zip(self.text.lines()).enumerate();
        lines
            .filter(move |(_, (code, _))| picked(code))
            .map(|(index, (_, text))| format!("{}:{}: {}", self.path, index + 1, text.trim()))
    }
}

/// Every Rust file below these folders of the workspace.
pub(super) fn sources(folders: &[&str]) -> Vec<Source> {
    let root = workspace_root();
    let mut paths = Vec::new();
    for folder in folders {
        walk(&root.join(folder), &mut paths);
    }
    assert!(!paths.is_empty(), "no source file was found below {folders:?}");
    let mut outside = Vec::new();
    let mut all = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        let path = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
        let (_, modules) = text::without_tests(&text::without_prose(&text));
        outside.extend(modules.into_iter().map(|module| format!("{}/{module}", children_of(&path))));
        all.push(Source::new(&path, &text));
    }
    for source in &mut all {
        source.is_test = outside.iter().any(|test| {
            source.path.strip_prefix(test.as_str()).is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
        });
    }
    all
}

/// The folder of the modules that a file declares.
fn children_of(path: &str) -> &str {
    let stem = path.trim_end_matches(".rs");
    match stem.rsplit_once('/') {
        Some((folder, "lib" | "main" | "mod")) => folder,
        _ => stem,
    }
}

fn walk(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.map(|entry| entry.unwrap().path()) {
        if path.is_dir() && path.file_name().is_some_and(|name| name != "target") {
            walk(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}
