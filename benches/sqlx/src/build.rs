//! Building SQL with sqlx's `QueryBuilder`.

use contender::{Contender, Result};
use sqlx::{Execute, Postgres, QueryBuilder};

/// Builds, and runs nothing.
pub(crate) struct Building;

impl Contender for Building {
    async fn execute(&mut self, _: &'static str) -> Result<()> {
        Ok(())
    }

    fn build_simple(&mut self, id: i64) -> Option<i64> {
        let mut query =
            QueryBuilder::<Postgres>::new("SELECT id, name, email, hair_color, age, active FROM users WHERE id = ");
        query.push_bind(id);
        Some(query.build().sql().as_str().len() as i64)
    }

    fn build_join(&mut self, id: i64) -> Option<i64> {
        let mut query = QueryBuilder::<Postgres>::new(
            "SELECT u.name, p.title, c.text FROM users u JOIN posts p ON p.user_id = u.id \
            JOIN comments c ON c.post_id = p.id WHERE u.id = ",
        );
        query.push_bind(id).push(" AND u.age > ").push_bind(18).push(" ORDER BY c.id LIMIT ").push_bind(20_i64);
        Some(query.build().sql().as_str().len() as i64)
    }
}
