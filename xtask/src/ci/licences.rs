//! Every dependency has a licence that `deny.toml` allows; a crate in two versions is pointed out.

use std::collections::BTreeSet;

use crate::{Outcome, process};

/// The list is `deny.toml`'s, read by cargo-deny where it is installed and by ourselves everywhere.
pub(super) fn check() -> Outcome {
    let path = process::workspace_root().join("deny.toml");
    let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let allowed = allowed(&text);
    if allowed.is_empty() {
        return Err("deny.toml allows no licence at all".into());
    }
    let list = ["tree", "--workspace", "--all-features", "--target=all", "--prefix=none", "--format={p}|{l}"];
    let tree = process::output(&mut process::cargo(&list))?;
    let crates: BTreeSet<&str> = tree.lines().map(|line| line.trim_end_matches(" (*)")).collect();
    let refused: Vec<String> = crates
        .iter()
        .filter_map(|line| line.split_once('|'))
        // A path follows the version of our own crates, whose licence is the workspace's.
        .filter(|(name, licence)| !name.contains(" (/") && !satisfied(licence, &allowed))
        .map(|(name, licence)| format!("{name} is under '{licence}', which deny.toml does not allow"))
        .collect();
    println!("   {} crates, licences allowed: {}", crates.len(), allowed.join(", "));
    point_out_duplicates()?;
    if process::on_path("cargo-deny") {
        process::run(&mut process::cargo(&["deny", "--all-features", "check", "licenses", "bans", "sources"]))?;
    }
    if refused.is_empty() { Ok(()) } else { Err(refused.join("\n")) }
}

fn point_out_duplicates() -> Outcome {
    let list = ["tree", "--workspace", "--all-features", "--target=all", "--duplicates", "--depth=0", "--prefix=none"];
    let tree = process::output(&mut process::cargo(&list))?;
    let names: BTreeSet<&str> =
        tree.lines().map(|line| line.trim_end_matches(" (*)")).filter(|line| !line.is_empty()).collect();
    if !names.is_empty() {
        println!("   warning: in more than one version: {}", names.into_iter().collect::<Vec<_>>().join(", "));
    }
    Ok(())
}

/// The strings of `allow = [..]` in the section `[licenses]`.
fn allowed(deny: &str) -> Vec<&str> {
    let section = deny.split("\n[").find_map(|section| section.strip_prefix("licenses]"));
    let list = section.and_then(|section| section.split("\nallow = [").nth(1)).and_then(|rest| rest.split(']').next());
    list.unwrap_or_default().split('"').skip(1).step_by(2).collect()
}

/// Whether a licence expression can be met with the allowed licences alone. OR binds weaker than AND; an old `/` is an OR.
fn satisfied(expression: &str, allowed: &[&str]) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let mut words = spaced.split_whitespace().peekable();
    let answer = any(&mut words, allowed);
    answer && words.peek().is_none()
}

type Words<'a> = std::iter::Peekable<std::str::SplitWhitespace<'a>>;

fn any(words: &mut Words<'_>, allowed: &[&str]) -> bool {
    let mut answer = all(words, allowed);
    while words.next_if_eq(&"OR").is_some() {
        answer |= all(words, allowed);
    }
    answer
}

fn all(words: &mut Words<'_>, allowed: &[&str]) -> bool {
    let mut answer = one(words, allowed);
    while words.next_if_eq(&"AND").is_some() {
        answer &= one(words, allowed);
    }
    answer
}

fn one(words: &mut Words<'_>, allowed: &[&str]) -> bool {
    match words.next() {
        Some("(") => any(words, allowed) & words.next_if_eq(&")").is_some(),
        Some(name) => match words.next_if_eq(&"WITH").and_then(|_| words.next()) {
            Some(exception) => allowed.contains(&format!("{name} WITH {exception}").as_str()),
            None => allowed.contains(&name),
        },
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_list_of_deny_toml() {
        let deny = "[bans]\nallow = [\"no\"]\n\n[licenses]\nconfidence-threshold = 0.9\nallow = [\n  \"MIT\", # why\n  \"Zlib\",\n]\n\n[sources]\n";
        assert_eq!(allowed(deny), ["MIT", "Zlib"]);
    }

    #[test]
    fn weighs_expressions() {
        let allowed = ["MIT", "Unicode-3.0", "Apache-2.0 WITH LLVM-exception"];
        for good in [
            "MIT",
            "GPL-3.0 OR MIT",
            "GPL-3.0/MIT",
            "(MIT OR Apache-2.0) AND Unicode-3.0",
            "Apache-2.0 WITH LLVM-exception",
        ] {
            assert!(satisfied(good, &allowed), "{good}");
        }
        for bad in [
            "",
            "GPL-3.0",
            "MIT AND GPL-3.0",
            "Apache-2.0 AND (MIT OR Unicode-3.0)",
            "MIT WITH GCC-exception",
            "(MIT",
            "MIT MIT",
        ] {
            assert!(!satisfied(bad, &allowed), "{bad}");
        }
    }
}
