//! The history: the table in which a database keeps what was applied to it.

use chrono::{DateTime, Utc};
use relvar_query::dialect::{Placeholder, Target};
use relvar_query::ir::Bound;
use relvar_query::lower::{create_table, table_name};
use relvar_query::schema::{ColumnDef, TableDef};
use relvar_query::types::{CellTypes, Decoder, SqlType, Type};
use relvar_query::value::Value;
use std::sync::Arc;
use std::time::Duration;

use super::migration::Step;
use crate::error::{Category, Error, MigrationProblem, Result};
use crate::fetch::{Collect, Ignore};
use crate::held::{Asked, Held};

/// The table's name.
pub(super) const TABLE: &str = "_relvar_migrations";

/// What is known of a step in the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) version: i64,
    pub(super) name: String,
    pub(super) checksum: String,
    pub(super) state: State,
    pub(super) applied_at: DateTime<Utc>,
    pub(super) duration: Duration,
}

/// How far a step has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// It was begun. Only where not all can be rolled back does anybody see this.
    Started,
    Applied,
    /// Undoing it was begun; likewise.
    Undoing,
}

impl State {
    const ALL: [(State, &'static str); 3] =
        [(State::Started, "started"), (State::Applied, "applied"), (State::Undoing, "undoing")];

    fn word(self) -> &'static str {
        State::ALL.iter().find(|(state, _)| *state == self).map_or("", |(_, word)| word)
    }

    /// A word that is not known is of a newer relvar; what it means is not known either, so it is unfinished.
    fn of(word: &str) -> State {
        State::ALL.iter().find(|(_, other)| *other == word).map_or(State::Started, |(state, _)| *state)
    }
}

/// The table of the history, by its full name: steps may change where names without a schema lead.
pub(super) struct History {
    definition: TableDef,
    table: String,
    target: Target,
}

impl History {
    /// Finds out where the history is.
    ///
    /// # Errors
    /// `NoSchema`, or what the database said.
    pub(super) async fn find(held: &mut dyn Held) -> Result<History> {
        let target = held.target();
        let decoder: Decoder<Option<String>> =
            Decoder::new(|row| row.read(), |types| types.push(<Option<String>>::SQL_TYPE));
        let home = query(held, target.engine.script().home, &[], decoder).await?.pop().flatten();
        let home = home.ok_or_else(|| Error::in_migration("", MigrationProblem::NoSchema))?;
        let mut definition = TableDef::new(Some(&home), TABLE);
        for (name, ty, length) in [
            ("version", i64::SQL_TYPE, None),
            ("name", String::SQL_TYPE, Some(255)),
            ("checksum", String::SQL_TYPE, Some(64)),
            ("state", String::SQL_TYPE, Some(16)),
            ("applied_at", <DateTime<Utc>>::SQL_TYPE, None),
            ("duration_ms", i64::SQL_TYPE, None),
        ] {
            let mut column = ColumnDef::new(name, ty.clone(), false);
            column.length = length;
            definition.columns.push(column);
        }
        definition.primary_key = vec!["version".to_owned()];
        let table = table_name(&definition, target)?;
        Ok(History { definition, table, target })
    }

    /// Makes the table if it is not there.
    pub(super) async fn create(&self, held: &mut dyn Held) -> Result<()> {
        for sql in create_table(&self.definition, self.target, true)? {
            held.script(&sql).await?;
        }
        Ok(())
    }

    /// All that was applied, oldest version first; nothing if there is no table.
    pub(super) async fn read(&self, held: &mut dyn Held) -> Result<Vec<Row>> {
        let sql = format!(
            "SELECT version, name, checksum, state, applied_at, duration_ms FROM {} ORDER BY version",
            self.table
        );
        let decoder: Decoder<Row> = Decoder::new(
            |row| {
                Ok(Row {
                    version: row.read()?,
                    name: row.read()?,
                    checksum: row.read()?,
                    state: State::of(&row.read::<String>()?),
                    applied_at: row.read()?,
                    duration: Duration::from_millis(u64::try_from(row.read::<i64>()?).unwrap_or(0)),
                })
            },
            |types: &mut CellTypes| {
                types.extend([i64::SQL_TYPE, String::SQL_TYPE, String::SQL_TYPE, String::SQL_TYPE]);
                types.extend([<DateTime<Utc>>::SQL_TYPE, i64::SQL_TYPE]);
            },
        );
        match query(held, &sql, &[], decoder).await {
            Err(error) if error.category() == Some(Category::Undefined) => {
                // there is no table; or there is, and a column is not: that is somebody else's table
                match number(held, &format!("SELECT count(*) FROM {}", self.table)).await {
                    Ok(_) => Err(error),
                    Err(_) => Ok(Vec::new()),
                }
            }
            rows => rows,
        }
    }

    /// Writes down that a step was begun. That it is written down already is an error: the key sees to it that no
    /// step is run twice, whatever became of the lock.
    pub(super) async fn start<D>(&self, held: &mut dyn Held, step: &Step<'_, D>, state: State) -> Result<()> {
        let values = [
            Value::I64(step.version),
            Value::Text(step.name.to_string()),
            Value::Text(step.checksum.clone()),
            Value::Text(state.word().to_owned()),
            Value::Timestamp(Utc::now()),
            Value::I64(0),
        ];
        let places: Vec<String> = (1..=values.len()).map(|number| self.placeholder(number)).collect();
        let sql = format!(
            "INSERT INTO {} (version, name, checksum, state, applied_at, duration_ms) VALUES ({})",
            self.table,
            places.join(", ")
        );
        self.execute(held, &sql, &values).await
    }

    /// Writes down that a step has come to its end.
    pub(super) async fn finish(&self, held: &mut dyn Held, version: i64, took: Duration) -> Result<()> {
        let millis = Value::I64(i64::try_from(took.as_millis()).unwrap_or(i64::MAX));
        let set =
            format!("state = 'applied', applied_at = {}, duration_ms = {}", self.placeholder(1), self.placeholder(2));
        let sql = format!("UPDATE {} SET {set} WHERE version = {}", self.table, self.placeholder(3));
        self.execute(held, &sql, &[Value::Timestamp(Utc::now()), millis, Value::I64(version)]).await
    }

    /// Writes down another state, and nothing else.
    pub(super) async fn set_state(&self, held: &mut dyn Held, version: i64, state: State) -> Result<()> {
        let set = format!("state = {}", self.placeholder(1));
        let sql = format!("UPDATE {} SET {set} WHERE version = {}", self.table, self.placeholder(2));
        self.execute(held, &sql, &[Value::Text(state.word().to_owned()), Value::I64(version)]).await
    }

    /// Forgets a step.
    pub(super) async fn remove(&self, held: &mut dyn Held, version: i64) -> Result<()> {
        let sql = format!("DELETE FROM {} WHERE version = {}", self.table, self.placeholder(1));
        self.execute(held, &sql, &[Value::I64(version)]).await
    }

    fn placeholder(&self, number: usize) -> String {
        match self.target.engine.syntax().placeholder {
            Placeholder::Numbered(sign) => format!("{sign}{number}"),
            Placeholder::Positional => "?".to_owned(),
        }
    }

    async fn execute(&self, held: &mut dyn Held, sql: &str, values: &[Value]) -> Result<()> {
        let arguments: Vec<Bound<'_>> = values.iter().map(|value| Bound::Value(value, type_of(value))).collect();
        let (sql, mut rows) = (Arc::from(sql), Ignore::default());
        let asked = Asked { sql: &sql, arguments: &arguments, expected: &CellTypes::default() };
        held.run(asked, &mut rows).await.map(drop)
    }
}

/// The type of a value that the history has.
fn type_of(value: &Value) -> &'static Type {
    match value {
        Value::I64(_) => i64::SQL_TYPE,
        Value::Timestamp(_) => <DateTime<Utc>>::SQL_TYPE,
        _ => String::SQL_TYPE,
    }
}

/// The number that a query gives.
pub(super) async fn number(held: &mut dyn Held, sql: &str) -> Result<Option<i64>> {
    let decoder: Decoder<Option<i64>> = Decoder::new(|row| row.read(), |types| types.push(<Option<i64>>::SQL_TYPE));
    Ok(query(held, sql, &[], decoder).await?.pop().flatten())
}

async fn query<R: Send + 'static>(
    held: &mut dyn Held,
    sql: &str,
    arguments: &[Bound<'_>],
    decoder: Decoder<R>,
) -> Result<Vec<R>> {
    let mut expected = CellTypes::default();
    decoder.types(&mut expected);
    let (sql, mut rows) = (Arc::from(sql), Collect::new(&decoder, u64::MAX));
    held.run(Asked { sql: &sql, arguments, expected: &expected }, &mut rows).await?;
    Ok(rows.into_rows())
}
