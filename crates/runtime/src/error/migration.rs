//! What can be wrong with migrations, each by the name of its file or step and with the way out.

use std::fmt;
use std::time::Duration;

/// A problem with migrations.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MigrationError {
    /// The file, or the version and name of the step; empty if it is about none in particular.
    pub migration: String,
    /// What is wrong.
    pub problem: MigrationProblem,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MigrationProblem {
    /// A folder or file cannot be read.
    Unreadable(String),
    /// A file's name is not `<version>_<name>[.up|.down][.<database>].sql`.
    FileName(String),
    /// Another file or step has the same version and is for the same database and direction.
    Duplicate {
        /// The other one.
        other: String,
    },
    /// There is a `.down.sql` and nothing that it undoes.
    OnlyDown,
    /// There are files for other databases and none for this one.
    NoVariant {
        /// This database.
        database: &'static str,
        /// What stands before `.sql` in the name of a file for it.
        suffix: &'static str,
    },
    /// A comment `relvar: …` asks for something that is not known.
    Directive {
        /// What it asks for.
        found: String,
        /// The line, from 1.
        line: usize,
    },
    /// A statement begins or ends a transaction, and the step is one already.
    TransactionControl {
        /// Its first word.
        statement: String,
        /// The line, from 1.
        line: usize,
    },
    /// A Rust step ended the transaction that it was given.
    EndedTransaction,
    /// It was applied with another text.
    Edited,
    /// It was applied, and is not among the migrations now.
    Missing,
    /// It is older than one that was applied.
    OutOfOrder {
        /// The newest that was applied.
        newest: String,
    },
    /// It was begun outside of a transaction and did not come to its end.
    Unfinished {
        /// Whether it was being undone.
        undoing: bool,
    },
    /// It failed; the source is what the database said.
    Failed {
        /// The line of the file, from 1; none for a Rust step.
        line: Option<usize>,
        /// Whether nothing of it was kept. Otherwise it is unfinished now.
        rolled_back: bool,
        /// What the database said, or the step.
        why: String,
    },
    /// The connection broke during its COMMIT: it was done as a whole or not at all, and the history knows.
    OutcomeUnknown,
    /// It cannot be undone: it has no way down.
    NoDown,
    /// Another migrator was at work for longer than was waited.
    Locked {
        /// How long was waited.
        waited: Duration,
    },
    /// No database was chosen in the URL, so there is no place for the history.
    NoSchema,
    /// No migration has this version.
    Unknown,
    /// There is nothing to resolve: it is not unfinished, and was applied with the text that it has.
    NothingToResolve,
}

impl fmt::Display for MigrationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.migration.as_str() {
            "" => write!(f, "migrations: {}", self.problem),
            migration => write!(f, "migration `{migration}` {}", self.problem),
        }
    }
}

impl fmt::Display for MigrationProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            MigrationProblem::Unreadable(why) => write!(f, "cannot be read: {why}"),
            MigrationProblem::FileName(why) => {
                write!(f, "has no name of the form `<version>_<name>[.up|.down][.<database>].sql`: {why}")
            }
            MigrationProblem::Duplicate { other } => write!(f, "has the version of `{other}`: give it one of its own"),
            MigrationProblem::OnlyDown => write!(f, "undoes what no file does: write the `.up.sql` beside it"),
            MigrationProblem::NoVariant { database, suffix } => write!(
                f,
                "is for other databases and not for {database}: write a file that ends in `.{suffix}.sql`, be it with \
                 nothing but a comment in it, or one without the name of a database"
            ),
            MigrationProblem::Directive { found, line } => {
                write!(f, "asks in line {line} for `{found}`, which is not known; there is `-- relvar: no transaction`")
            }
            MigrationProblem::TransactionControl { statement, line } => write!(
                f,
                "has {statement} in line {line}: a step is a transaction by itself; leave it out, or split the step in \
                 two, one of them with `-- relvar: no transaction`"
            ),
            MigrationProblem::EndedTransaction => {
                write!(f, "ended the transaction that it was given: leave its COMMIT or ROLLBACK to the migrator")
            }
            MigrationProblem::Edited => write!(
                f,
                "was edited after it was applied: restore its text and write the change as a new migration; or, if the \
                 database has the change already, accept the new text with `relvar-cli migrate resolve <version> --applied`"
            ),
            MigrationProblem::Missing => write!(
                f,
                "was applied and is not among the migrations any more: restore it, or allow what is missing if the \
                 database is ahead of this program"
            ),
            MigrationProblem::OutOfOrder { newest } => write!(
                f,
                "was not applied and is older than `{newest}`, which was: give it a newer version, or allow migrations out \
                 of order"
            ),
            MigrationProblem::Unfinished { undoing } => {
                let (doing, applied, undone) = match undoing {
                    false => ("applied", "do the rest by hand", "undo by hand what it did"),
                    true => ("undone", "bring back by hand what was undone", "undo the rest by hand"),
                };
                write!(
                    f,
                    "was being {doing} when the migrator was stopped, and part of it may have happened. Look at the \
                     database; then {applied} and say `relvar-cli migrate resolve <version> --applied`, or {undone} and say \
                     `relvar-cli migrate resolve <version> --undone`"
                )
            }
            MigrationProblem::Failed { line, rolled_back, why } => {
                write!(f, "failed")?;
                if let Some(line) = line {
                    write!(f, " in line {line}")?;
                }
                match rolled_back {
                    true => write!(f, " and was rolled back: {why}"),
                    false => write!(
                        f,
                        ": {why}\n  It ran where not all can be rolled back, so part of it may have happened. Look at the \
                         database; then say `relvar-cli migrate resolve <version>` with `--applied` or `--undone`"
                    ),
                }
            }
            MigrationProblem::OutcomeUnknown => write!(
                f,
                "was done as a whole or not at all: the connection broke during COMMIT; `relvar-cli migrate status` tells"
            ),
            MigrationProblem::NoDown => write!(f, "has no way down: there is no `.down.sql` beside it"),
            MigrationProblem::Locked { waited } => {
                write!(f, "another migrator is at work on this database; waited {:.1} s for it", waited.as_secs_f64())
            }
            MigrationProblem::NoSchema => {
                write!(
                    f,
                    "there is no place for the history: name a database in the URL, or a schema in the search path"
                )
            }
            MigrationProblem::Unknown => {
                write!(f, "is not known: no file, no step and no row of the history has this version")
            }
            MigrationProblem::NothingToResolve => write!(f, "has nothing to resolve: it is in that state"),
        }
    }
}
