//! What must compile, and render: the typed core with everything that it has to infer.
//!
//! An ordinary test, not cases of trybuild: that it builds is the test.

mod clash;
mod conditions;
mod derived;
mod dialects;
mod groups;
mod joins;
mod kept;
mod newtypes;
mod nullness;
mod rows;
mod run;
mod wide;
mod writes;

use relvar::query::statement::Fetchable;

/// That the rows of a query are of type `R`, and that it has SQL.
#[track_caller]
fn rows<R>(query: impl Fetchable<Row = R>) {
    sql(query);
}

/// The SQL of a statement, for the first of its databases.
#[track_caller]
fn sql(statement: impl relvar::query::statement::Statement) -> String {
    fn first<S: relvar::query::statement::Statement>(_: &S) -> relvar::query::dialect::Engine {
        use relvar::query::dialect::Dialect;
        S::Dialect::ENGINES[0]
    }
    let engine = first(&statement);
    statement.to_sql_for(engine).unwrap()
}
