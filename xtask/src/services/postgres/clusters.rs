//! The clusters that Debian and Ubuntu keep, and starting one.

use std::process::Command;

use crate::{Outcome, process};

/// A line of `pg_lsclusters`.
#[derive(Debug, PartialEq)]
pub(super) struct Cluster {
    version: String,
    name: String,
    pub(super) port: u16,
    pub(super) down: bool,
}

impl Cluster {
    pub(super) fn start(&self) -> Outcome {
        let Self { version, name, .. } = self;
        let mut command = process::as_root("pg_ctlcluster")
            .ok_or_else(|| format!("to start the cluster {version} {name}: not the administrator"))?;
        println!("starting the PostgreSQL cluster {version} {name}");
        process::output(command.args([version, name, "start"])).map(drop)
    }
}

/// The clusters that the distribution's tools know.
pub(super) fn all() -> Vec<Cluster> {
    if !process::on_path("pg_lsclusters") {
        return Vec::new();
    }
    process::output(Command::new("pg_lsclusters").arg("-h")).map(|text| read_clusters(&text)).unwrap_or_default()
}

fn read_clusters(text: &str) -> Vec<Cluster> {
    let cluster = |line: &str| {
        let mut words = line.split_whitespace();
        Some(Cluster {
            version: words.next()?.to_owned(),
            name: words.next()?.to_owned(),
            port: words.next()?.parse().ok()?,
            down: words.next()?.starts_with("down"),
        })
    };
    text.lines().filter_map(cluster).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_list_of_clusters() {
        let text = "15 main 5432 online postgres /var/lib/postgresql/15/main /var/log/a.log\n\
                    16 two  5433 down   postgres /var/lib/postgresql/16/two  /var/log/b.log\n\nWarning: none\n";
        let cluster =
            |version: &str, name: &str, port, down| Cluster { version: version.into(), name: name.into(), port, down };
        assert_eq!(read_clusters(text), [cluster("15", "main", 5432, false), cluster("16", "two", 5433, true)]);
    }
}
