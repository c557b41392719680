//! SeaORM 2, through the pool of sqlx that it uses.

mod build;
mod entity;

use contender::{Contender, Filters, NewUser, Result};
use entity::{comment, event, inserted, post, user};
use futures_util::TryStreamExt;
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectOptions, ConnectionTrait, Database, DatabaseConnection, EntityTrait, JoinType, LoaderTrait,
    QueryFilter, QueryOrder, QuerySelect, RelationTrait, TransactionTrait,
};
use std::time::{Duration, Instant};

struct SeaOrm {
    db: DatabaseConnection,
    rows: usize,
}

impl SeaOrm {
    async fn part(&self, c: &impl ConnectionTrait, users: &[NewUser]) -> Result<i64> {
        let rows = users.iter().cloned().map(|user| inserted::ActiveModel {
            id: NotSet,
            name: Set(user.name),
            email: Set(user.email),
            hair_color: Set(user.hair_color),
            age: Set(user.age),
            active: Set(user.active),
        });
        inserted::Entity::insert_many(rows).exec_without_returning(c).await?;
        Ok(users.len() as i64)
    }
}

impl Contender for SeaOrm {
    async fn execute(&mut self, sql: &'static str) -> Result<()> {
        self.db.execute_unprepared(sql).await?;
        Ok(())
    }

    async fn load(&mut self, rows: i64) -> Result<i64> {
        let users = user::Entity::find().filter(user::Column::Id.lte(rows)).all(&self.db).await?;
        Ok(users.iter().map(|user| i64::from(user.age)).sum())
    }

    async fn joined(&mut self, rows: i64) -> Result<i64> {
        let query = user::Entity::find()
            .join(JoinType::InnerJoin, user::Relation::Post.def())
            .select_also(post::Entity)
            .filter(user::Column::Id.gt(1_000))
            .filter(user::Column::Id.lte(1_000 + rows));
        let rows: Vec<(user::Model, Option<post::Model>)> = query.all(&self.db).await?;
        Ok(rows.iter().map(|(user, post)| i64::from(user.age) + post.as_ref().map_or(0, |post| post.id)).sum())
    }

    async fn associations(&mut self, first: i64, last: i64) -> Result<i64> {
        let users = user::Entity::find().filter(user::Column::Id.between(first, last)).all(&self.db).await?;
        let posts: Vec<Vec<post::Model>> = users.load_many(post::Entity, &self.db).await?;
        let flat: Vec<post::Model> = posts.iter().flatten().cloned().collect();
        let comments: Vec<Vec<comment::Model>> = flat.load_many(comment::Entity, &self.db).await?;
        let mut comments = comments.into_iter();
        let nested: Vec<(user::Model, Vec<(post::Model, Vec<comment::Model>)>)> = users
            .into_iter()
            .zip(posts)
            .map(|(user, posts)| (user, posts.into_iter().zip(comments.by_ref()).collect()))
            .collect();
        let comments = nested.iter().flat_map(|(_, posts)| posts).flat_map(|(_, comments)| comments);
        Ok(comments.map(|comment| comment.id).sum())
    }

    async fn point(&mut self, id: i64) -> Result<i64> {
        let user = user::Entity::find_by_id(id).one(&self.db).await?.ok_or("no such user")?;
        Ok(user.age.into())
    }

    async fn insert(&mut self, users: &[NewUser]) -> Result<i64> {
        let mut count = 0;
        for part in users.chunks(self.rows) {
            count += self.part(&self.db, part).await?;
        }
        Ok(count)
    }

    async fn bulk(&mut self, users: &[NewUser]) -> Result<i64> {
        let transaction = self.db.begin().await?;
        let mut count = 0;
        for part in users.chunks(500) {
            count += self.part(&transaction, part).await?;
        }
        transaction.commit().await?;
        Ok(count)
    }

    async fn update(&mut self, id: i64, age: i32) -> Result<i64> {
        let update = user::Entity::update_many()
            .col_expr(user::Column::Age, sea_orm::sea_query::Expr::value(age))
            .filter(user::Column::Id.eq(id));
        Ok(update.exec(&self.db).await?.rows_affected as i64)
    }

    async fn filters(&mut self, filters: &Filters) -> Result<i64> {
        let mut query = user::Entity::find().order_by_asc(user::Column::Id).limit(20);
        if let Some(after) = filters.after {
            query = query.filter(user::Column::Id.gt(after));
        }
        if let Some(hair_color) = &filters.hair_color {
            query = query.filter(user::Column::HairColor.eq(hair_color.clone()));
        }
        if let Some(age) = filters.min_age {
            query = query.filter(user::Column::Age.gte(age));
        }
        if let Some(age) = filters.max_age {
            query = query.filter(user::Column::Age.lte(age));
        }
        if let Some(active) = filters.active {
            query = query.filter(user::Column::Active.eq(active));
        }
        Ok(query.all(&self.db).await?.iter().map(|user| i64::from(user.age)).sum())
    }

    async fn stream(&mut self) -> Result<(Duration, i64)> {
        let begun = Instant::now();
        let mut rows = event::Entity::find().stream(&self.db).await?;
        let mut sum = rows.try_next().await?.ok_or("no events")?.size;
        let first = begun.elapsed();
        while let Some(event) = rows.try_next().await? {
            sum += event.size;
        }
        Ok((first, sum))
    }

    fn share(&self) -> Option<Self> {
        Some(SeaOrm { db: self.db.clone(), rows: self.rows })
    }
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<()> {
    let url = std::env::args().nth(1).ok_or("the URL is missing")?;
    match std::env::args().nth(2).as_deref() {
        Some("build") => return contender::serve(build::SeaOrm).await,
        Some(_) => return contender::serve(build::SeaQuery).await,
        None => {}
    }
    let rows = if url.starts_with("sqlite") { 6_000 } else { 10_000 };
    let mut options = ConnectOptions::new(url.replace("mariadb://", "mysql://"));
    options.max_connections(4).sqlx_logging(false);
    options.map_sqlx_sqlite_opts(|options| options.synchronous(sea_orm::sqlx::sqlite::SqliteSynchronous::Normal));
    contender::serve(SeaOrm { db: Database::connect(options).await?, rows }).await
}
