//! relvar with statements that are prepared in statics, where the workload has one that stays the same.

use contender::{Contender, Filters, NewUser, Result, model::nest};
use relvar::prelude::*;
use std::time::Duration;

use crate::{Comment, Post, Relvar, User};

type Backends = (Postgres, MariaDb, Sqlite);

static LOAD: Prepared<Param<i64>, Query<User>> = prepare(|rows: Param<i64>| User::query().filter(|u| u.id.lte(rows)));

static JOINED: Prepared<Param<i64>, Rows<(User, Post), Backends>> = prepare(|last: Param<i64>| {
    User::query()
        .join(Post::table(), |u, p| p.user_id.eq(u.id))
        .filter(|(u, _)| u.id.gt(1_000) & u.id.lte(last))
        .rows()
});

static BETWEEN: Prepared<(Param<i64>, Param<i64>), Query<User>> =
    prepare(|(first, last): (Param<i64>, Param<i64>)| User::query().filter(|u| u.id.between(first, last)));

static POSTS: Prepared<Param<Vec<i64>>, Query<Post>> =
    prepare(|ids: Param<Vec<i64>>| Post::query().filter(|p| p.user_id.in_param(ids)));

static COMMENTS: Prepared<Param<Vec<i64>>, Query<Comment>> =
    prepare(|ids: Param<Vec<i64>>| Comment::query().filter(|c| c.post_id.in_param(ids)));

static POINT: Prepared<Param<i64>, Query<User>> = prepare(|id: Param<i64>| User::query().filter(|u| u.id.eq(id)));

static UPDATE: Prepared<(Param<i64>, Param<i32>), UpdateOf<User>> =
    prepare(|(id, age): (Param<i64>, Param<i32>)| User::update().filter(|u| u.id.eq(id)).set(|u| u.age.set(age)));

/// As [`Relvar`], but for what is prepared.
pub(crate) struct Prep(pub(crate) Relvar);

impl Contender for Prep {
    async fn execute(&mut self, sql: &'static str) -> Result<()> {
        self.0.execute(sql).await
    }

    async fn load(&mut self, rows: i64) -> Result<i64> {
        let users = LOAD.bind(rows).all(&self.0.0).await?;
        Ok(users.iter().map(|user| i64::from(user.age)).sum())
    }

    async fn joined(&mut self, rows: i64) -> Result<i64> {
        let rows = JOINED.bind(1_000 + rows).all(&self.0.0).await?;
        Ok(rows.iter().map(|(user, post)| i64::from(user.age) + post.id).sum())
    }

    async fn associations(&mut self, first: i64, last: i64) -> Result<i64> {
        let users = BETWEEN.bind((first, last)).all(&self.0.0).await?;
        let ids: Vec<i64> = users.iter().map(|user| user.id).collect();
        let posts = POSTS.bind(ids).all(&self.0.0).await?;
        let ids: Vec<i64> = posts.iter().map(|post| post.id).collect();
        let comments = COMMENTS.bind(ids).all(&self.0.0).await?;
        let keys = (|u: &User| u.id, |p: &Post| (p.id, p.user_id), |c: &Comment| (c.id, c.post_id));
        Ok(nest(users, posts, comments, keys))
    }

    async fn point(&mut self, id: i64) -> Result<i64> {
        Ok(POINT.bind(id).one(&self.0.0).await?.age.into())
    }

    async fn insert(&mut self, users: &[NewUser]) -> Result<i64> {
        self.0.insert(users).await
    }

    async fn update(&mut self, id: i64, age: i32) -> Result<i64> {
        Ok(UPDATE.bind((id, age)).execute(&self.0.0).await? as i64)
    }

    async fn filters(&mut self, filters: &Filters) -> Result<i64> {
        self.0.filters(filters).await
    }

    async fn stream(&mut self) -> Result<(Duration, i64)> {
        self.0.stream().await
    }

    fn share(&self) -> Option<Self> {
        self.0.share().map(Prep)
    }
}
