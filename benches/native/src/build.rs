//! Building SQL with `format!`, the arguments in a vector beside it.

use contender::{Contender, Result};

/// Builds, and runs nothing.
pub(crate) struct Building;

impl Contender for Building {
    async fn execute(&mut self, _: &'static str) -> Result<()> {
        Ok(())
    }

    fn build_simple(&mut self, id: i64) -> Option<i64> {
        let sql = format!("SELECT id, name, email, hair_color, age, active FROM users WHERE id = ${}", 1);
        let arguments = vec![id];
        Some((std::hint::black_box(sql).len() + std::hint::black_box(arguments).len()) as i64)
    }

    fn build_join(&mut self, id: i64) -> Option<i64> {
        let sql = format!(
            "SELECT u.name, p.title, c.text FROM users u JOIN posts p ON p.user_id = u.id \
            JOIN comments c ON c.post_id = p.id WHERE u.id = ${} AND u.age > ${} ORDER BY c.id LIMIT ${}",
            1, 2, 3
        );
        let arguments = vec![id, 18, 20];
        Some((std::hint::black_box(sql).len() + std::hint::black_box(arguments).len()) as i64)
    }
}
