//! Building SQL with Diesel.

use contender::{Contender, Result};
use diesel::prelude::*;
use diesel::query_builder::{QueryBuilder, QueryFragment};
use diesel::sqlite::Sqlite;

use crate::schema::{comments, posts, users};

/// Builds, and runs nothing.
pub(crate) struct Building;

impl Contender for Building {
    async fn execute(&mut self, _: &'static str) -> Result<()> {
        Ok(())
    }

    fn build_simple(&mut self, id: i64) -> Option<i64> {
        sql(&users::table.find(id))
    }

    fn build_join(&mut self, id: i64) -> Option<i64> {
        let query = users::table
            .inner_join(posts::table.inner_join(comments::table))
            .filter(users::id.eq(id).and(users::age.gt(18)))
            .order_by(comments::id)
            .limit(20)
            .select((users::name, posts::title, comments::text));
        sql(&query)
    }
}

/// The text; the arguments are in the query itself.
fn sql(query: &impl QueryFragment<Sqlite>) -> Option<i64> {
    let mut builder = diesel::sqlite::SqliteQueryBuilder::default();
    query.to_sql(&mut builder, &Sqlite).ok()?;
    Some(builder.finish().len() as i64)
}
