//! The command line from end to end: what it prints and how it exits, on each database.

use relvar_test_support::{TempSqlite, mariadb, mysql, postgres, sqlite_file};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder to work in, with `migrations` in it or not.
struct Desk {
    _home: TempSqlite,
    folder: PathBuf,
}

fn desk() -> Desk {
    let home = sqlite_file();
    let folder = home.path().parent().unwrap().to_owned();
    Desk { _home: home, folder }
}

impl Desk {
    fn write(&self, name: &str, text: &str) {
        let folder = self.folder.join("migrations");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(name), text).unwrap();
    }

    /// Runs it, with the URL in the environment, and says how it exits and what it prints.
    fn run(&self, url: Option<&str>, line: &str) -> (i32, String, String) {
        said(command(&self.folder, url).args(line.split(' ')).output().unwrap())
    }
}

fn command(folder: &Path, url: Option<&str>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_relvar-cli"));
    command.current_dir(folder).env_remove("DATABASE_URL");
    if let Some(url) = url {
        command.env("DATABASE_URL", url);
    }
    command
}

fn said(output: Output) -> (i32, String, String) {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// What it prints, without times.
fn timeless(text: &str) -> String {
    text.lines()
        .map(|line| {
            line.split([' ', '\t']).take_while(|word| !word.starts_with('(')).collect::<Vec<_>>().join(" ") + "\n"
        })
        .collect()
}

#[test]
fn it_applies_shows_and_undoes_on_each_database() {
    let file = sqlite_file();
    let servers = [postgres().map(|server| server.database())];
    let mysqls = [mysql().map(|server| server.database()), mariadb().map(|server| server.database())];
    let mut urls = vec![file.url()];
    urls.extend(servers.iter().flatten().map(|database| database.url().to_owned()));
    urls.extend(mysqls.iter().flatten().map(|database| database.url().to_owned()));
    for url in urls {
        let desk = desk();
        desk.write("1_one.up.sql", "CREATE TABLE one (id INT PRIMARY KEY);");
        desk.write("1_one.down.sql", "DROP TABLE one;");
        desk.write("20_two.sql", "INSERT INTO one VALUES (1);");
        let run = |line: &str| desk.run(Some(&url), line);

        assert_eq!(
            run("migrate status"),
            (0, " 1  pending       one\n20  pending       two\n".replace(" 1 ", "1  "), String::new()),
            "{url}"
        );
        assert_eq!(run("migrate status --check").0, 3, "{url}");
        let dry = run("migrate run --dry-run");
        assert_eq!(
            dry,
            (
                0,
                "-- 1_one\nCREATE TABLE one (id INT PRIMARY KEY);\n-- 20_two\nINSERT INTO one VALUES (1);\n".into(),
                String::new()
            )
        );
        let (code, out, err) = run("migrate run");
        assert_eq!(
            (code, timeless(&out), err),
            (0, "applied 1_one.up.sql\napplied 20_two.sql\n".into(), String::new()),
            "{url}"
        );
        assert_eq!(run("migrate run"), (0, "nothing to apply\n".into(), String::new()), "{url}");
        assert_eq!(run("migrate status --check").0, 0, "{url}");

        let (code, out, err) = run("migrate undo 2");
        assert_eq!((code, out), (1, String::new()), "{url}");
        assert!(err.starts_with("relvar-cli: migration `20_two.sql` has no way down"), "{url}: {err}");
        desk.write("20_two.down.sql", "DELETE FROM one;");
        let (code, out, _) = run("migrate undo 2");
        assert_eq!((code, timeless(&out)), (0, "undone  20_two.down.sql\nundone  1_one.down.sql\n".into()), "{url}");
        assert_eq!(run("migrate undo"), (0, "nothing to undo\n".into(), String::new()), "{url}");
    }
}

#[test]
fn it_refuses_and_is_told_the_way_out() {
    let (desk, file) = (desk(), sqlite_file());
    let run = |line: &str| desk.run(None, &format!("{line} --url {}", file.url()));
    desk.write("1_one.sql", "-- relvar: no transaction\nCREATE TABLE one (id INT);\nINSERT INTO none VALUES (1);");
    let (code, _, err) = run("migrate run");
    assert_eq!(code, 1);
    assert!(err.starts_with("relvar-cli: migration `1_one.sql` failed in line 3: "), "{err}");
    assert!(err.ends_with("\n  in: INSERT INTO none VALUES (1)\n"), "{err}");
    let (code, _, err) = run("migrate run");
    assert_eq!(code, 1);
    assert!(err.contains("`1_one.sql` was being applied when the migrator was stopped"), "{err}");
    assert!(run("migrate status").1.contains("unfinished"));
    assert_eq!(run("migrate resolve 1").0, 2);
    assert_eq!(run("migrate resolve 1 --applied --undone").0, 2);
    assert_eq!(run("migrate resolve 1 --applied"), (0, "1 counts as applied\n".into(), String::new()));
    assert_eq!(run("migrate run"), (0, "nothing to apply\n".into(), String::new()));

    desk.write("1_one.sql", "CREATE TABLE one (id BIGINT);");
    let (code, _, err) = run("migrate run");
    assert_eq!(code, 1);
    assert!(err.starts_with("relvar-cli: migration `1_one.sql` was edited after it was applied"), "{err}");
    desk.write("one.sql", "SELECT 1");
    let (code, _, err) = run("migrate status");
    assert_eq!(code, 1);
    assert!(err.starts_with("relvar-cli: migration `one.sql` has no name of the form"), "{err}");
}

#[test]
fn it_makes_the_files_of_a_new_migration() {
    let desk = desk();
    let (code, out, err) = desk.run(None, "migrate new add_note");
    assert_eq!((code, err), (0, String::new()));
    let names: Vec<&str> = out.lines().collect();
    assert_eq!(names.len(), 2);
    let version = names[0].strip_prefix("migrations/").unwrap().strip_suffix("_add_note.up.sql").unwrap();
    assert_eq!((version.len(), version.parse::<u64>().is_ok()), (14, true), "{out}");
    assert!(names[1].ends_with("_add_note.down.sql"), "{out}");
    assert_eq!(desk.run(None, "migrate new --up-only --folder elsewhere last").1.lines().count(), 1);
    // they can be run as they are
    let file = sqlite_file();
    assert_eq!(desk.run(Some(&file.url()), "migrate run").0, 0);
    let (code, _, err) = desk.run(None, "migrate new a/b");
    assert_eq!((code, err.as_str()), (1, "relvar-cli: a migration's name consists of letters, digits, `_` and `-`\n"));
}

#[test]
fn wrong_usage_is_told_from_failure() {
    let desk = desk();
    for (line, code) in [
        ("migrate --help", 0),
        ("migrate run --help", 0),
        ("--version", 0),
        ("migrate", 2),
        ("migrate rum", 2),
        ("migrate undo none", 2),
        ("migrate new", 2),
        ("migrate run", 1),
        ("migrate run --url nonsense://x", 1),
        ("migrate run --url sqlite::memory: --folder nowhere", 1),
    ] {
        let (found, out, err) = desk.run(None, line);
        assert_eq!(found, code, "{line}: {out}{err}");
        assert_eq!(out.is_empty(), code != 0, "{line}");
        assert_eq!(err.is_empty(), code == 0, "{line}");
    }
    assert!(desk.run(None, "migrate run").2.contains("say `--url URL`, or set DATABASE_URL"));
    let help = desk.run(None, "migrate --help").1;
    assert!(
        ["run", "undo", "status", "resolve", "new", "Exit codes:"].iter().all(|word| help.contains(word)),
        "{help}"
    );
}
