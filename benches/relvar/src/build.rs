//! Building SQL with relvar: from the typed query to the cached text with all its arguments collected.

use contender::{Contender, Result};
use relvar::prelude::*;
use relvar::query::compile::ShapeCache;
use relvar::query::dialect::{Engine, Target};
use relvar::query::ir;
use relvar::query::statement::Fetchable;

use crate::{Comment, Post, User};

/// Builds, and runs nothing.
pub(crate) struct Building(ShapeCache);

impl Building {
    pub(crate) fn new() -> Building {
        Building(ShapeCache::new(Target::oldest(Engine::Postgres)))
    }

    /// What a terminal does before it has a connection; the decoder is part of it.
    fn built(&self, query: impl Fetchable) -> Option<i64> {
        let decoder = query.decoder();
        let statement = query.into_ir();
        let bindings = self.0.get(&statement).ok()?;
        let arguments: Vec<ir::Bound<'_>> = bindings.iter().collect();
        std::hint::black_box(&decoder);
        Some((bindings.compiled.sql.len() + std::hint::black_box(arguments).len()) as i64)
    }
}

impl Contender for Building {
    async fn execute(&mut self, _: &'static str) -> Result<()> {
        Ok(())
    }

    fn build_simple(&mut self, id: i64) -> Option<i64> {
        self.built(User::query().filter(|u| u.id.eq(id)))
    }

    fn build_join(&mut self, id: i64) -> Option<i64> {
        let query = User::query()
            .join(Post::table(), |u, p| p.user_id.eq(u.id))
            .join(Comment::table(), |(_, p), c| c.post_id.eq(p.id))
            .filter(|(u, _, _)| u.id.eq(id))
            .filter(|(u, _, _)| u.age.gt(18))
            .order_by(|(_, _, c)| c.id.asc())
            .limit(20)
            .select(|(u, p, c)| (u.name, p.title, c.text));
        self.built(query)
    }
}
