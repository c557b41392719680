//! relvar, through its own pool.

mod build;
mod prepared;

use contender::model::nest;
use contender::{Contender, Filters, NewUser, Result};
use futures_util::TryStreamExt;
use relvar::Options;
use relvar::prelude::*;
use relvar::query::expr::sql_unchecked;
use std::time::{Duration, Instant};

#[derive(Table, Debug, Clone)]
#[table(name = "users", dialect = (Postgres, MariaDb, Sqlite))]
struct User {
    #[column(primary_key)]
    id: i64,
    name: String,
    email: String,
    hair_color: Option<String>,
    age: i32,
    active: bool,
}

#[derive(Table, Debug, Clone)]
#[table(name = "posts", dialect = (Postgres, MariaDb, Sqlite))]
struct Post {
    #[column(primary_key)]
    id: i64,
    user_id: i64,
    title: String,
    body: String,
}

#[derive(Table, Debug, Clone)]
#[table(name = "comments", dialect = (Postgres, MariaDb, Sqlite))]
struct Comment {
    #[column(primary_key)]
    id: i64,
    post_id: i64,
    text: String,
}

#[derive(Table, Debug, Clone)]
#[table(name = "events", dialect = (Postgres, MariaDb, Sqlite))]
struct Event {
    #[column(primary_key)]
    id: i64,
    size: i64,
    kind: String,
}

#[derive(Table, Debug, Clone)]
#[table(name = "inserted", dialect = (Postgres, MariaDb, Sqlite))]
struct Inserted {
    #[column(primary_key, auto_increment)]
    id: i64,
    name: String,
    email: String,
    hair_color: Option<String>,
    age: i32,
    active: bool,
}

#[derive(Insert)]
#[insert(table = Inserted)]
struct NewRow {
    name: String,
    email: String,
    hair_color: Option<String>,
    age: i32,
    active: bool,
}

impl From<&NewUser> for NewRow {
    fn from(user: &NewUser) -> NewRow {
        let NewUser { name, email, hair_color, age, active } = user.clone();
        NewRow { name, email, hair_color, age, active }
    }
}

struct Relvar(AnyDb);

impl Contender for Relvar {
    async fn execute(&mut self, sql: &'static str) -> Result<()> {
        sql_unchecked(sql).statement().execute(&self.0).await?;
        Ok(())
    }

    async fn load(&mut self, rows: i64) -> Result<i64> {
        let users: Vec<User> = User::query().filter(|u| u.id.lte(rows)).all(&self.0).await?;
        Ok(users.iter().map(|user| i64::from(user.age)).sum())
    }

    async fn joined(&mut self, rows: i64) -> Result<i64> {
        let query = User::query()
            .join(Post::table(), |u, p| p.user_id.eq(u.id))
            .filter(|(u, _)| u.id.gt(1_000) & u.id.lte(1_000 + rows));
        let rows: Vec<(User, Post)> = query.all(&self.0).await?;
        Ok(rows.iter().map(|(user, post)| i64::from(user.age) + post.id).sum())
    }

    async fn associations(&mut self, first: i64, last: i64) -> Result<i64> {
        let users = User::query().filter(|u| u.id.between(first, last)).all(&self.0).await?;
        let ids: Vec<i64> = users.iter().map(|user| user.id).collect();
        let posts = Post::query().filter(|p| p.user_id.in_list(ids)).all(&self.0).await?;
        let ids: Vec<i64> = posts.iter().map(|post| post.id).collect();
        let comments = Comment::query().filter(|c| c.post_id.in_list(ids)).all(&self.0).await?;
        let keys = (|u: &User| u.id, |p: &Post| (p.id, p.user_id), |c: &Comment| (c.id, c.post_id));
        Ok(nest(users, posts, comments, keys))
    }

    async fn point(&mut self, id: i64) -> Result<i64> {
        let user = User::find(id, &self.0).await?.ok_or("no such user")?;
        Ok(user.age.into())
    }

    async fn insert(&mut self, users: &[NewUser]) -> Result<i64> {
        Ok(Inserted::insert_many(users.iter().map(NewRow::from)).execute(&self.0).await? as i64)
    }

    async fn update(&mut self, id: i64, age: i32) -> Result<i64> {
        Ok(User::update().filter(|u| u.id.eq(id)).set(|u| u.age.set(age)).execute(&self.0).await? as i64)
    }

    async fn filters(&mut self, filters: &Filters) -> Result<i64> {
        let Filters { after, hair_color, min_age, max_age, active } = filters.clone();
        let mut query = User::query().order_by(|u| u.id.asc()).limit(20);
        if let Some(after) = after {
            query = query.filter(|u| u.id.gt(after));
        }
        if let Some(hair_color) = hair_color {
            query = query.filter(|u| u.hair_color.eq(hair_color));
        }
        if let Some(age) = min_age {
            query = query.filter(|u| u.age.gte(age));
        }
        if let Some(age) = max_age {
            query = query.filter(|u| u.age.lte(age));
        }
        if let Some(active) = active {
            query = query.filter(|u| u.active.eq(active));
        }
        Ok(query.all(&self.0).await?.iter().map(|user| i64::from(user.age)).sum())
    }

    async fn stream(&mut self) -> Result<(Duration, i64)> {
        let begun = Instant::now();
        let mut rows = Event::query().stream(&self.0);
        let mut sum = rows.try_next().await?.ok_or("no events")?.size;
        let first = begun.elapsed();
        while let Some(event) = rows.try_next().await? {
            sum += event.size;
        }
        Ok((first, sum))
    }

    fn share(&self) -> Option<Self> {
        Some(Relvar(self.0.clone()))
    }
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<()> {
    let url = std::env::args().nth(1).ok_or("the URL is missing")?;
    if std::env::args().nth(2).as_deref() == Some("build") {
        return contender::serve(build::Building::new()).await;
    }
    let db = AnyDb::connect_with(&url, Options::new().max_connections(4)).await?;
    match std::env::args().nth(2).as_deref() {
        Some("prepared") => contender::serve(prepared::Prep(Relvar(db))).await,
        _ => contender::serve(Relvar(db)).await,
    }
}
