//! tokio-postgres, with statements that are prepared once and kept.

use contender::model::{Comment, Post, User, nest};
use contender::{Contender, Filters, NewUser, Result};
use futures_util::{TryStreamExt, pin_mut};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, NoTls, Row, Statement};

use crate::{USER, conditions, values};

pub(crate) struct TokioPostgres {
    client: Arc<Client>,
    statements: HashMap<String, Statement>,
}

impl TokioPostgres {
    pub(crate) async fn connect(url: &str) -> Result<Self> {
        let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
        tokio::spawn(connection);
        Ok(TokioPostgres { client: Arc::new(client), statements: HashMap::new() })
    }

    async fn statement(&mut self, sql: &str) -> Result<Statement> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare(sql).await?;
        self.statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    async fn rows(&mut self, sql: &str, arguments: &[&(dyn ToSql + Sync)]) -> Result<Vec<Row>> {
        let statement = self.statement(sql).await?;
        Ok(self.client.query(&statement, arguments).await?)
    }
}

fn user(row: &Row) -> User {
    User {
        id: row.get(0),
        name: row.get(1),
        email: row.get(2),
        hair_color: row.get(3),
        age: row.get(4),
        active: row.get(5),
    }
}

fn post(row: &Row, at: usize) -> Post {
    Post { id: row.get(at), user_id: row.get(at + 1), title: row.get(at + 2), body: row.get(at + 3) }
}

fn comment(row: &Row) -> Comment {
    Comment { id: row.get(0), post_id: row.get(1), text: row.get(2) }
}

impl Contender for TokioPostgres {
    async fn execute(&mut self, sql: &'static str) -> Result<()> {
        Ok(self.client.batch_execute(sql).await?)
    }

    async fn load(&mut self, rows: i64) -> Result<i64> {
        let rows =
            self.rows("SELECT id, name, email, hair_color, age, active FROM users WHERE id <= $1", &[&rows]).await?;
        let users: Vec<User> = rows.iter().map(user).collect();
        Ok(users.iter().map(|user| i64::from(user.age)).sum())
    }

    async fn joined(&mut self, rows: i64) -> Result<i64> {
        const SQL: &str =
            "SELECT u.id, u.name, u.email, u.hair_color, u.age, u.active, p.id, p.user_id, p.title, p.body
            FROM users u JOIN posts p ON p.user_id = u.id WHERE u.id > 1000 AND u.id <= $1";
        let rows = self.rows(SQL, &[&(1_000 + rows)]).await?;
        let rows: Vec<(User, Post)> = rows.iter().map(|row| (user(row), post(row, 6))).collect();
        Ok(rows.iter().map(|(user, post)| i64::from(user.age) + post.id).sum())
    }

    async fn associations(&mut self, first: i64, last: i64) -> Result<i64> {
        let users = format!("SELECT {USER} FROM users WHERE id BETWEEN $1 AND $2");
        let users: Vec<User> = self.rows(&users, &[&first, &last]).await?.iter().map(user).collect();
        let ids: Vec<i64> = users.iter().map(|user| user.id).collect();
        let posts = self.rows("SELECT id, user_id, title, body FROM posts WHERE user_id = ANY($1)", &[&ids]).await?;
        let posts: Vec<Post> = posts.iter().map(|row| post(row, 0)).collect();
        let ids: Vec<i64> = posts.iter().map(|post| post.id).collect();
        let comments = self.rows("SELECT id, post_id, text FROM comments WHERE post_id = ANY($1)", &[&ids]).await?;
        let comments = comments.iter().map(comment).collect();
        let keys = (|u: &User| u.id, |p: &Post| (p.id, p.user_id), |c: &Comment| (c.id, c.post_id));
        Ok(nest(users, posts, comments, keys))
    }

    async fn point(&mut self, id: i64) -> Result<i64> {
        let statement =
            self.statement("SELECT id, name, email, hair_color, age, active FROM users WHERE id = $1").await?;
        Ok(user(&self.client.query_one(&statement, &[&id]).await?).age.into())
    }

    async fn insert(&mut self, users: &[NewUser]) -> Result<i64> {
        let statement = self.statement(&values(users.len(), 5, '$')).await?;
        let arguments: Vec<&(dyn ToSql + Sync)> = users
            .iter()
            .flat_map(|u| [&u.name as &(dyn ToSql + Sync), &u.email, &u.hair_color, &u.age, &u.active])
            .collect();
        Ok(self.client.execute(&statement, &arguments).await? as i64)
    }

    async fn bulk(&mut self, users: &[NewUser]) -> Result<i64> {
        let statement = self
            .statement(
                "INSERT INTO inserted (name, email, hair_color, age, active)
                SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::integer[], $5::boolean[])",
            )
            .await?;
        let names: Vec<&str> = users.iter().map(|user| user.name.as_str()).collect();
        let emails: Vec<&str> = users.iter().map(|user| user.email.as_str()).collect();
        let colors: Vec<Option<&str>> = users.iter().map(|user| user.hair_color.as_deref()).collect();
        let ages: Vec<i32> = users.iter().map(|user| user.age).collect();
        let active: Vec<bool> = users.iter().map(|user| user.active).collect();
        Ok(self.client.execute(&statement, &[&names, &emails, &colors, &ages, &active]).await? as i64)
    }

    async fn update(&mut self, id: i64, age: i32) -> Result<i64> {
        let statement = self.statement("UPDATE users SET age = $1 WHERE id = $2").await?;
        Ok(self.client.execute(&statement, &[&age, &id]).await? as i64)
    }

    async fn filters(&mut self, filters: &Filters) -> Result<i64> {
        let Filters { after, hair_color, min_age, max_age, active } = filters;
        let mut arguments: Vec<&(dyn ToSql + Sync)> = Vec::new();
        arguments.extend(after.as_ref().map(|it| it as &(dyn ToSql + Sync)));
        arguments.extend(hair_color.as_ref().map(|it| it as &(dyn ToSql + Sync)));
        arguments.extend(min_age.as_ref().map(|it| it as &(dyn ToSql + Sync)));
        arguments.extend(max_age.as_ref().map(|it| it as &(dyn ToSql + Sync)));
        arguments.extend(active.as_ref().map(|it| it as &(dyn ToSql + Sync)));
        let rows = self.rows(&conditions(filters, '$'), &arguments).await?;
        let users: Vec<User> = rows.iter().map(user).collect();
        Ok(users.iter().map(|user| i64::from(user.age)).sum())
    }

    async fn stream(&mut self) -> Result<(Duration, i64)> {
        let begun = Instant::now();
        let statement = self.statement("SELECT id, size, kind FROM events").await?;
        let rows = self.client.query_raw(&statement, std::iter::empty::<i32>()).await?;
        pin_mut!(rows);
        let (mut first, mut sum) = (None, 0);
        while let Some(row) = rows.try_next().await? {
            let (_id, size, _kind): (i64, i64, String) = (row.get(0), row.get(1), row.get(2));
            first.get_or_insert_with(|| begun.elapsed());
            sum += size;
        }
        Ok((first.ok_or("no events")?, sum))
    }
}
