//! Every construct that takes any value, with a column of every type for which it compiles: it runs on each database,
//! and gives the same on all of them.
//!
//! What compiles is found out by the compiler: [`Asked`] of a construct is implemented for the types that its bounds
//! allow, and for all others there is [`NotAsked`].

mod values;

use relvar::query::dialect::RunsOn;
use relvar::{Database, Result};
use relvar_sql_tests::postgres_schema;
use relvar_sql_tests::prelude::*;
use relvar_test_support::{mariadb, mysql};
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::future::Future;
use std::pin::Pin;

use values::Values;

/// What has no other name than this: a type of the tables here.
trait Kind: SqlType<Base = Self, Null = NotNull> + Values + Clone + Debug + Send + Sync {}
impl<T: SqlType<Base = T, Null = NotNull> + Values + Clone + Debug + Send + Sync> Kind for T {}

/// A query that is to be run.
type Ask<D> = Box<dyn Fn(&Db<D>) -> Pin<Box<dyn Future<Output = Result<Vec<String>>>>>>;

/// The rows of a query as text.
fn rows<Q, D>(query: Q) -> Option<Ask<D>>
where
    Q: Fetchable<Dialect = D, Row: Debug> + Clone + Send + Sync + 'static,
    D: Database + RunsOn<D>,
{
    Some(Box::new(move |db| {
        let (query, db) = (query.clone(), db.clone());
        Box::pin(async move { Ok(query.all(&db).await?.iter().map(|row| format!("{row:?}")).collect()) })
    }))
}

/// The same, where they come in no order.
fn unsorted<Q, D>(query: Q) -> Option<Ask<D>>
where
    Q: Fetchable<Dialect = D, Row: Debug> + Clone + Send + Sync + 'static,
    D: Database + RunsOn<D>,
{
    let ask = rows(query)?;
    Some(Box::new(move |db| {
        let rows = ask(db);
        Box::pin(async move {
            let mut rows = rows.await?;
            rows.sort();
            Ok(rows)
        })
    }))
}

/// What depends on the order of values: that of UUIDs is another on MariaDB.
const BY_ORDER: [&str; 11] = [
    "ascending",
    "descending",
    "greatest",
    "gte",
    "least",
    "lt",
    "lt_any",
    "max",
    "max_filter_over",
    "max_over",
    "min",
];

/// What a construct gave for a column, by the databases that could be asked.
type Answers = BTreeMap<(&'static str, &'static str), BTreeMap<&'static str, String>>;

/// The tests of one dialect, on a table that has a column of each of its types.
macro_rules! dialect {
    ($module:ident, $dialect:ident, { $($more:ident: $ty:ty,)* }) => {
        #[path = "every_type"]
        mod $module {
            use super::*;

            pub(super) type D = $dialect;

            #[derive(Table, Debug, Clone)]
            #[table(name = "kinds", dialect = $dialect)]
            pub(super) struct Kinds {
                #[column(primary_key)]
                id: i64,
                flag: bool,
                small: i16,
                int: i32,
                big: i64,
                single: f32,
                double: f64,
                #[column(precision = (12, 2))]
                exact: Decimal,
                #[column(precision = (12, 2))]
                lossy: Lossy,
                text: String,
                bytes: Vec<u8>,
                key: Uuid,
                at: DateTime<Utc>,
                local: NaiveDateTime,
                day: NaiveDate,
                clock: NaiveTime,
                document: Json<serde_json::Value>,
                seat: SeatKind,
                number: SeatNumber,
                $($more: $ty,)*
            }

            /// A column of the table.
            pub(super) struct Of<T>(fn(KindsColumns) -> Column<Kinds, T>);

            #[path = "constructs.rs"]
            #[allow(clippy::duplicate_mod, reason = "the same constructs, of tables of other dialects")]
            mod constructs;

            pub(super) async fn ask(db: &Db<D>, answers: &mut Answers, failed: &mut Vec<String>) {
                Schema::new().table::<Kinds>().create(db).await.unwrap();
                for (id, n) in [(1, 0), (2, 1), (3, 0)] {
                    let row = Kinds {
                        id,
                        flag: Values::at(n),
                        small: Values::at(n),
                        int: Values::at(n),
                        big: Values::at(n),
                        single: Values::at(n),
                        double: Values::at(n),
                        exact: Values::at(n),
                        lossy: Values::at(n),
                        text: Values::at(n),
                        bytes: Values::at(n),
                        key: Values::at(n),
                        at: Values::at(n),
                        local: Values::at(n),
                        day: Values::at(n),
                        clock: Values::at(n),
                        document: Values::at(n),
                        seat: Values::at(n),
                        number: Values::at(n),
                        $($more: Values::at(n),)*
                    };
                    Kinds::insert(row).execute(db).await.unwrap();
                }
                let mut asks: Vec<(&'static str, &'static str, Option<Ask<D>>)> = Vec::new();
                dialect!(@ asks: flag small int big single double exact lossy text bytes key at local day clock document
                    seat number $($more)*);
                for (construct, column, ask) in asks {
                    let Some(ask) = ask else { continue };
                    match ask(db).await {
                        Ok(rows) => {
                            let answers = answers.entry((construct, column)).or_default();
                            answers.insert(stringify!($dialect), alike(&rows.join("\n")));
                        }
                        Err(error) => {
                            let said = error.database().map(|said| said.message_with_data().to_owned());
                            let (error, sql) = (said.unwrap_or_else(|| error.to_string()), error.statement());
                            failed.push(format!("{construct} of {column} on {}: {error}: {sql:?}", stringify!($dialect)));
                        }
                    }
                }
            }
        }
    };
    (@ $asks:ident: $($column:ident)*) => { $( constructs::all_of!($asks, $column); )* };
}

dialect!(on_postgres, Postgres, {
    texts: Vec<String>,
    numbers: Vec<i64>,
    address: Inet,
    range: Range<i32>,
    during: Range<DateTime<Utc>>,
    age: Age,
});
dialect!(on_mysql, MySql, {});
dialect!(on_mariadb, MariaDb, {});
dialect!(on_sqlite, Sqlite, {});

/// Numbers of twelve digits at most, and without zeros at the end: quotients and decimals have as many as each database
/// likes.
fn alike(rows: &str) -> String {
    let mut text = String::new();
    for part in rows.split_inclusive(|c: char| !c.is_ascii_digit() && c != '.') {
        let end = part.trim_end_matches(|c: char| !c.is_ascii_digit() && c != '.').len();
        let (number, behind) = part.split_at(end);
        text.push_str(&match number.split_once('.') {
            Some((whole, digits)) => {
                let room = 12_usize.saturating_sub(whole.len());
                let fraction = digits.get(..room).unwrap_or(digits).trim_end_matches('0');
                format!("{whole}{}{fraction}", if fraction.is_empty() { "" } else { "." })
            }
            None => number.to_owned(),
        });
        text.push_str(behind);
    }
    text
}

#[test]
fn what_compiles_runs_and_gives_the_same_everywhere() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (mut answers, mut failed) = (Answers::new(), Vec::new());
    runtime.block_on(async {
        on_sqlite::ask(&Db::connect("sqlite::memory:").await.unwrap(), &mut answers, &mut failed).await;
        if let Some(schema) = postgres_schema() {
            on_postgres::ask(&Db::connect(&schema.url()).await.unwrap(), &mut answers, &mut failed).await;
        }
        if let Some(database) = mysql().map(|server| server.database()) {
            on_mysql::ask(&Db::connect(database.url()).await.unwrap(), &mut answers, &mut failed).await;
        }
        if let Some(database) = mariadb().map(|server| server.database()) {
            on_mariadb::ask(&Db::connect(database.url()).await.unwrap(), &mut answers, &mut failed).await;
        }
    });
    for ((construct, column), mut answers) in answers {
        if column == "key" && BY_ORDER.contains(&construct) {
            // from the last part to the first, as far as they are of versions 1 to 5
            answers.remove("MariaDb");
        }
        let mut different = answers.values();
        let first = different.next();
        if different.any(|answer| Some(answer) != first) {
            failed.push(format!("{construct} of {column} differs: {answers:#?}"));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
