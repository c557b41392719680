//! Every combination of the facade's features compiles, without a warning.

use crate::{Outcome, process};

const FACADE: &str = "relvar";

/// Features that are a driver's own, with no code of ours behind them: each is tried with all others of ours on.
const DRIVERS_OWN: [&str; 3] = ["mysql-rsa", "tls-native-tls", "tls-rustls"];

/// The default features first, then every subset with the default ones off.
pub(super) fn check() -> Outcome {
    let manifest = process::workspace_root().join("crates").join(FACADE).join("Cargo.toml");
    let text = std::fs::read_to_string(&manifest).map_err(|error| format!("{}: {error}", manifest.display()))?;
    println!("   default");
    process::run(&mut super::clippy(&["--package", FACADE]))?;
    for subset in subsets(&declared(&text)) {
        println!("   {}", if subset.is_empty() { "none" } else { &subset });
        process::run(&mut super::clippy(&["--package", FACADE, "--no-default-features", "--features", &subset]))?;
    }
    Ok(())
}

fn declared(manifest: &str) -> Vec<&str> {
    let section = manifest.lines().skip_while(|line| line.trim() != "[features]").skip(1);
    let lines = section.take_while(|line| !line.starts_with('['));
    let name = |line: &'_ str| line.find('=').filter(|_| line.starts_with(char::is_alphabetic));
    lines.filter_map(|line| name(line).map(|end| line[..end].trim())).filter(|name| *name != "default").collect()
}

/// Every subset of our own, and all of these with one of the driver's.
fn subsets(names: &[&str]) -> Vec<String> {
    let (foreign, ours): (Vec<&str>, Vec<&str>) = names.iter().partition(|name| DRIVERS_OWN.contains(name));
    let with = |name: &&str| [ours.as_slice(), &[*name]].concat().join(",");
    powerset(&ours).into_iter().chain(foreign.iter().map(with)).collect()
}

fn powerset(names: &[&str]) -> Vec<String> {
    let mut all: Vec<Vec<&str>> = vec![Vec::new()];
    for name in names {
        let with: Vec<Vec<&str>> = all.iter().map(|subset| [subset.as_slice(), &[name]].concat()).collect();
        all.extend(with);
    }
    all.into_iter().map(|subset| subset.join(",")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_declared_features() {
        let manifest = "[package]\nname = \"x\"\n[features]\ndefault = [\"a\"]\n# about a\na = []\nb-c = [\n  \"d\",\n]\n[dependencies]\ne = \"1\"\n";
        assert_eq!(declared(manifest), ["a", "b-c"]);
    }

    #[test]
    fn the_drivers_own_do_not_multiply() {
        assert_eq!(subsets(&["a", "mysql-rsa", "b"]), ["", "a", "b", "a,b", "a,b,mysql-rsa"]);
    }

    #[test]
    fn has_every_subset_once() {
        assert_eq!(powerset(&["a", "b"]), ["", "a", "b", "a,b"]);
        assert_eq!(powerset(&["a", "b", "c", "d"]).len(), 16);
    }
}
