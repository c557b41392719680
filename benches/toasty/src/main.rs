//! Toasty, through its own pool.
//!
//! It has no join that gives pairs of rows: what it includes with each row stands for that. It streams nothing.

mod model;

use contender::{Contender, Filters, NewUser, Result};
use model::{Comment, Inserted, Post, User};
use toasty::Db;
use toasty::stmt::{List, Query};

struct Toasty {
    db: Db,
    /// How many rows an insert has at most.
    rows: usize,
}

impl Contender for Toasty {
    async fn execute(&mut self, sql: &'static str) -> Result<()> {
        toasty::sql::statement(sql).exec(&mut self.db).await?;
        Ok(())
    }

    async fn load(&mut self, rows: i64) -> Result<i64> {
        let users: Vec<User> = User::filter(User::fields().id().le(rows)).exec(&mut self.db).await?;
        Ok(users.iter().map(|user| i64::from(user.age)).sum())
    }

    async fn joined(&mut self, rows: i64) -> Result<i64> {
        let id = User::fields().id();
        let query = User::filter(id.clone().gt(1_000).and(id.le(1_000 + rows))).include(User::fields().posts());
        let users: Vec<User> = query.exec(&mut self.db).await?;
        let pairs = users.iter().flat_map(|user| user.posts.get().iter().map(move |post| (user, post)));
        Ok(pairs.map(|(user, post)| i64::from(user.age) + post.id).sum())
    }

    async fn associations(&mut self, first: i64, last: i64) -> Result<i64> {
        let query = User::filter(User::fields().id().between(first, last)).include(User::fields().posts().comments());
        let users: Vec<User> = query.exec(&mut self.db).await?;
        let posts = users.iter().flat_map(|user| user.posts.get());
        Ok(posts.flat_map(|post| post.comments.get()).map(|comment| comment.id).sum())
    }

    async fn point(&mut self, id: i64) -> Result<i64> {
        Ok(User::get_by_id(&mut self.db, id).await?.age.into())
    }

    async fn insert(&mut self, users: &[NewUser]) -> Result<i64> {
        let mut count = 0;
        for part in users.chunks(self.rows) {
            let insert = part.iter().cloned().fold(Inserted::create_many(), |insert, user| {
                let NewUser { name, email, hair_color, age, active } = user;
                insert.item(Inserted::create().name(name).email(email).hair_color(hair_color).age(age).active(active))
            });
            count += insert.exec(&mut self.db).await?.len();
        }
        Ok(count as i64)
    }

    async fn update(&mut self, id: i64, age: i32) -> Result<i64> {
        User::filter_by_id(id).update().age(age).exec(&mut self.db).await?;
        Ok(1)
    }

    async fn filters(&mut self, filters: &Filters) -> Result<i64> {
        let mut query: Query<List<User>> = Query::all().order_by(User::fields().id().asc()).limit(20);
        if let Some(after) = filters.after {
            query = query.filter(User::fields().id().gt(after));
        }
        if let Some(hair_color) = &filters.hair_color {
            query = query.filter(User::fields().hair_color().eq(Some(hair_color.clone())));
        }
        if let Some(age) = filters.min_age {
            query = query.filter(User::fields().age().ge(age));
        }
        if let Some(age) = filters.max_age {
            query = query.filter(User::fields().age().le(age));
        }
        if let Some(active) = filters.active {
            query = query.filter(User::fields().active().eq(active));
        }
        let users: Vec<User> = query.exec(&mut self.db).await?;
        Ok(users.iter().map(|user| i64::from(user.age)).sum())
    }

    fn share(&self) -> Option<Self> {
        Some(Toasty { db: self.db.clone(), rows: self.rows })
    }
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<()> {
    let url = std::env::args().nth(1).ok_or("the URL is missing")?;
    let is_sqlite = url.starts_with("sqlite");
    let mut builder = Db::builder();
    builder.models(toasty::models!(User, Post, Comment, Inserted)).max_pool_size(4);
    let db = builder.connect(&url).await?;
    if is_sqlite {
        // what every contender has on SQLite, on each of the pool's connections
        let mut connections = Vec::new();
        for _ in 0..4 {
            let mut connection = db.connection().await?;
            for pragma in ["PRAGMA synchronous = NORMAL", "PRAGMA foreign_keys = ON"] {
                toasty::sql::statement(pragma).exec(&mut connection).await?;
            }
            connections.push(connection);
        }
    }
    contender::serve(Toasty { db, rows: if is_sqlite { 6_000 } else { 10_000 } }).await
}
