//! What the command line can say.

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use std::path::PathBuf;

use crate::migrate::Failure;

const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  it failed: a migration, the connection, or something that is refused by name
  2  the command line is wrong
  3  `status --check` found migrations that are not applied";

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Task {
    Run { place: Place, allow: Allow, dry: bool },
    Undo { place: Place, allow: Allow, count: usize },
    Status { place: Place, check: bool },
    Resolve { place: Place, version: i64, applied: bool },
    New { folder: PathBuf, name: String, up_only: bool },
}

/// Which migrations, and which database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) url: String,
    pub(crate) folder: PathBuf,
    /// How many seconds another migrator is waited for.
    pub(crate) wait: u64,
}

/// What is let pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Allow {
    pub(crate) out_of_order: bool,
    pub(crate) missing: bool,
}

/// The command line, with its help.
pub(crate) fn command() -> Command {
    let migrate = Command::new("migrate")
        .about("Bring a database's schema to where the files of a folder say")
        .after_help(EXIT_CODES)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommands([run(), undo(), status(), resolve(), new()]);
    Command::new("relvar-cli")
        .about("The command line of relvar")
        .version(env!("CARGO_PKG_VERSION"))
        .after_help(EXIT_CODES)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(migrate)
}

fn run() -> Command {
    let dry = Arg::new("dry-run")
        .long("dry-run")
        .action(ArgAction::SetTrue)
        .help("Print the SQL that would be run, and run nothing");
    located(Command::new("run").about("Apply what has not been applied, oldest first")).args(allowances()).arg(dry)
}

fn undo() -> Command {
    let count = Arg::new("count")
        .value_name("COUNT")
        .default_value("1")
        .value_parser(value_parser!(u32).range(1..))
        .help("How many, from the newest that was applied");
    located(Command::new("undo").about("Undo the newest that were applied")).arg(count).args(allowances())
}

fn status() -> Command {
    let check = Arg::new("check")
        .long("check")
        .action(ArgAction::SetTrue)
        .help("Exit with 3 unless every migration is applied");
    located(Command::new("status").about("Show how the database stands to each migration")).arg(check)
}

fn resolve() -> Command {
    let version = Arg::new("version").value_name("VERSION").required(true).value_parser(value_parser!(i64).range(0..));
    let applied = Arg::new("applied").long("applied").action(ArgAction::SetTrue).required_unless_present("undone");
    let undone = Arg::new("undone").long("undone").action(ArgAction::SetTrue).conflicts_with("applied");
    let about = "Write down what became of a migration, and run nothing";
    let more = "For one that was stopped half-way, one whose file was edited, or one that a database has had since \
                before it had a history.";
    located(Command::new("resolve").about(about).long_about(format!("{about}.\n\n{more}"))).args([
        version.help("Its version"),
        applied.help("The database has all of it: it counts as applied, with the text that it has now"),
        undone.help("The database has nothing of it: it counts as not applied"),
    ])
}

fn new() -> Command {
    let name = Arg::new("name").value_name("NAME").required(true).help("What it does, as in `add_due_date`");
    let up_only =
        Arg::new("up-only").long("up-only").action(ArgAction::SetTrue).help("One file, for what cannot be undone");
    Command::new("new").about("Make the files of a new migration, with the time in UTC as its version").args([
        name,
        up_only,
        folder(),
    ])
}

fn folder() -> Arg {
    Arg::new("folder")
        .long("folder")
        .value_name("FOLDER")
        .default_value("migrations")
        .value_parser(value_parser!(PathBuf))
        .help("Where the migrations are")
}

fn located(command: Command) -> Command {
    let url = Arg::new("url")
        .long("url")
        .value_name("URL")
        .help("The database: postgres://, mysql://, mariadb:// or sqlite: [default: the environment's DATABASE_URL]");
    let wait = Arg::new("wait")
        .long("wait")
        .value_name("SECONDS")
        .default_value("60")
        .value_parser(value_parser!(u64))
        .help("How long to wait for another migrator");
    command.args([url, folder(), wait])
}

fn allowances() -> [Arg; 2] {
    let flag = |name: &'static str, help: &'static str| Arg::new(name).long(name).action(ArgAction::SetTrue).help(help);
    [
        flag("allow-out-of-order", "Apply what is older than what was applied already"),
        flag("allow-missing", "Put up with applied migrations that the folder does not have"),
    ]
}

impl Task {
    /// What the command line asks for.
    ///
    /// # Errors
    /// That there is no URL.
    pub(crate) fn of(matches: &ArgMatches) -> Result<Task, Failure> {
        let nothing = || Failure::from("nothing was asked for; see `relvar-cli --help`");
        let (_, migrate) = matches.subcommand().ok_or_else(nothing)?;
        let (name, given) = migrate.subcommand().ok_or_else(nothing)?;
        match name {
            "run" => {
                Ok(Task::Run { place: Place::of(given)?, allow: Allow::of(given), dry: given.get_flag("dry-run") })
            }
            "undo" => {
                let count = given.get_one::<u32>("count").copied().unwrap_or(1);
                let count = usize::try_from(count).unwrap_or(usize::MAX);
                Ok(Task::Undo { place: Place::of(given)?, allow: Allow::of(given), count })
            }
            "status" => Ok(Task::Status { place: Place::of(given)?, check: given.get_flag("check") }),
            "resolve" => {
                let version = given.get_one("version").copied().ok_or_else(nothing)?;
                Ok(Task::Resolve { place: Place::of(given)?, version, applied: given.get_flag("applied") })
            }
            "new" => {
                let name = given.get_one::<String>("name").cloned().ok_or_else(nothing)?;
                Ok(Task::New { folder: folder_of(given), name, up_only: given.get_flag("up-only") })
            }
            _ => Err(nothing()),
        }
    }
}

impl Place {
    fn of(given: &ArgMatches) -> Result<Place, Failure> {
        let url = given.get_one::<String>("url").cloned().or_else(|| std::env::var("DATABASE_URL").ok());
        let url = url.ok_or("no database: say `--url URL`, or set DATABASE_URL")?;
        let wait = given.get_one::<u64>("wait").copied().unwrap_or_default();
        Ok(Place { url, folder: folder_of(given), wait })
    }
}

fn folder_of(given: &ArgMatches) -> PathBuf {
    given.get_one::<PathBuf>("folder").cloned().unwrap_or_default()
}

impl Allow {
    fn of(given: &ArgMatches) -> Allow {
        Allow { out_of_order: given.get_flag("allow-out-of-order"), missing: given.get_flag("allow-missing") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_holds_together() {
        command().debug_assert();
    }

    #[test]
    fn tasks_are_understood() {
        let task = |line: &str| Task::of(&command().try_get_matches_from(line.split(' ')).unwrap());
        let place = Place { url: "sqlite:x".to_owned(), folder: "m".into(), wait: 60 };
        let undo = task("relvar-cli migrate undo 2 --url sqlite:x --folder m --allow-missing");
        let allow = Allow { out_of_order: false, missing: true };
        assert_eq!(undo.unwrap(), Task::Undo { place, allow, count: 2 });
        for wrong in ["relvar-cli", "relvar-cli migrate", "relvar-cli migrate undo 0", "relvar-cli migrate resolve 1"] {
            assert_eq!(command().try_get_matches_from(wrong.split(' ')).unwrap_err().exit_code(), 2, "{wrong}");
        }
    }
}
