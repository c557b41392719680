//! The manifests: which crate may depend on which, and that every one keeps the workspace's lints.

use std::path::{Path, PathBuf};

use super::complain;
use crate::process::workspace_root;

/// Our crates and those of ours that each may depend on. The facade alone sees everything.
const DIRECTION: [(&str, &[&str]); 5] = [
    ("relvar-cli", &["relvar"]),
    ("relvar", &["relvar-schema-derive", "relvar-query", "relvar-runtime"]),
    ("relvar-runtime", &["relvar-query"]),
    ("relvar-query", &[]),
    ("relvar-schema-derive", &[]),
];
/// Foreign crates that one of ours alone may depend on.
const OWNED: [(&str, &str); 3] =
    [("sea-query", "relvar-query"), ("sqlx", "relvar-runtime"), ("rusqlite", "relvar-runtime")];

/// A `Cargo.toml`, as far as the rules read it.
struct Manifest {
    path: PathBuf,
    name: String,
    /// What it is built from: tests may depend on anything.
    dependencies: Vec<String>,
    keeps_lints: bool,
}

#[test]
fn dependencies_point_one_way() {
    let manifests = manifests(&["crates"]);
    assert_eq!(manifests.len(), DIRECTION.len(), "a crate was added; say in DIRECTION what it may depend on");
    complain("dependencies point from the facade to the core", wrong_ways(&manifests));
}

#[test]
fn every_crate_keeps_the_lints_of_the_workspace() {
    let mut manifests = manifests(&["crates", "tests", "examples"]);
    manifests.push(Manifest::read(&workspace_root().join("xtask/Cargo.toml")));
    complain("add `[lints]` with `workspace = true`", careless(&manifests));
}

#[test]
fn the_workspace_forbids_unsafe_code() {
    let text = std::fs::read_to_string(workspace_root().join("Cargo.toml")).unwrap();
    let forbids = entries(&text)
        .any(|(section, key, value)| (section, key, value) == ("workspace.lints.rust", "unsafe_code", "\"forbid\""));
    assert!(forbids, "[workspace.lints.rust] must say unsafe_code = \"forbid\"");
}

fn wrong_ways(manifests: &[Manifest]) -> Vec<String> {
    let mut complaints = Vec::new();
    for manifest in manifests {
        let Some((_, allowed)) = DIRECTION.iter().find(|(name, _)| *name == manifest.name) else {
            complaints.push(format!("{} is not in DIRECTION", manifest.name));
            continue;
        };
        for dependency in &manifest.dependencies {
            let ours = dependency.starts_with("relvar");
            let owner = OWNED.iter().find(|(name, _)| name == dependency).map(|(_, owner)| *owner);
            if ours && !allowed.contains(&dependency.as_str()) || owner.is_some_and(|owner| owner != manifest.name) {
                complaints.push(format!("{} depends on {dependency}", manifest.name));
            }
        }
    }
    complaints
}

fn careless(manifests: &[Manifest]) -> Vec<String> {
    manifests
        .iter()
        .filter(|manifest| !manifest.keeps_lints)
        .map(|manifest| manifest.path.display().to_string())
        .collect()
}

impl Manifest {
    fn read(path: &Path) -> Self {
        let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Self::parse(path, &text)
    }

    fn parse(path: &Path, text: &str) -> Self {
        let find = |section: &str, key: &str| {
            entries(text).find(|entry| (entry.0, entry.1) == (section, key)).map(|entry| entry.2)
        };
        let name = find("package", "name").unwrap_or_else(|| panic!("{} names no package", path.display()));
        Self {
            path: path.to_owned(),
            name: name.trim_matches('"').to_owned(),
            dependencies: dependencies(text),
            keeps_lints: find("lints", "workspace") == Some("true"),
        }
    }
}

/// The real names of what it is built from, in any section for it, for any target.
fn dependencies(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (section, key, value) in entries(text) {
        let (kind, own_section) = match section.rsplit_once("dependencies.") {
            Some((before, name)) => (format!("{before}dependencies"), Some(name)),
            None => (section.to_owned(), None),
        };
        if !kind.ends_with("dependencies") || kind.ends_with("dev-dependencies") {
            continue;
        }
        let renamed = match own_section {
            Some(_) => (key == "package").then_some(value),
            None => value.split("package").nth(1),
        };
        let renamed = renamed.and_then(|rest| rest.split('"').nth(1));
        let name = renamed.or(own_section).unwrap_or_else(|| key.split('.').next().unwrap_or(key));
        names.push(name.trim_matches('"').to_owned());
    }
    names
}

/// Section, key and value of each line that has them.
fn entries(text: &str) -> impl Iterator<Item = (&str, &str, &str)> {
    let mut section = "";
    text.lines().filter_map(move |line| {
        let line = line.trim();
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.split(']').next()) {
            section = name;
            return None;
        }
        let (key, value) = line.split_once('=').filter(|_| !line.starts_with('#'))?;
        Some((section, key.trim(), value.trim()))
    })
}

/// The manifests of the crates in these folders.
fn manifests(folders: &[&str]) -> Vec<Manifest> {
    let entries = folders.iter().filter_map(|folder| std::fs::read_dir(workspace_root().join(folder)).ok()).flatten();
    let paths = entries.map(|entry| entry.unwrap().path().join("Cargo.toml")).filter(|path| path.is_file());
    paths.map(|path| Manifest::read(&path)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Manifest {
        Manifest::parse(Path::new("x/Cargo.toml"), text)
    }

    #[test]
    fn reads_every_way_to_name_a_dependency() {
        let text = "[package]\nname = \"x\"\n[dependencies]\na.workspace = true\nb = { version = \"1\" }\n# c = \"1\"\n\
                    d = { package = \"real-d\", version = \"1\" }\n[target.'cfg(unix)'.dependencies]\ne = \"1\"\n\
                    [build-dependencies]\nf = \"1\"\n[dev-dependencies]\ng = \"1\"\n[dependencies.h]\nworkspace = true\n";
        assert_eq!(parsed(text).dependencies, ["a", "b", "real-d", "e", "f", "h"]);
    }

    #[test]
    fn finds_wrong_ways() {
        let complaints = |name: &str, dependency: &str| {
            wrong_ways(&[parsed(&format!(
                "[package]\nname = \"{name}\"\n[dependencies]\n{dependency}.workspace = true\n"
            ))])
            .len()
        };
        for (name, dependency) in [
            ("relvar-query", "relvar-runtime"),
            ("relvar-runtime", "relvar"),
            ("relvar-schema-derive", "relvar-query"),
            ("relvar-runtime", "sea-query"),
            ("relvar-query", "sqlx"),
            ("relvar", "rusqlite"),
            ("relvar-new", "serde"),
        ] {
            assert_eq!(complaints(name, dependency), 1, "{name} {dependency}");
        }
        for (name, dependency) in
            [("relvar", "relvar-runtime"), ("relvar-runtime", "relvar-query"), ("relvar-query", "sea-query")]
        {
            assert_eq!(complaints(name, dependency), 0, "{name} {dependency}");
        }
    }

    #[test]
    fn finds_manifests_without_lints() {
        let kept = parsed("[package]\nname = \"x\"\n[lints]\nworkspace = true\n");
        let lost = parsed("[package]\nname = \"x\"\n[package.metadata]\nworkspace = true\n");
        assert_eq!(careless(&[kept, lost]).len(), 1);
    }
}
