//! rusqlite with its cache of prepared statements.

use contender::model::{Comment, Post, User, nest};
use contender::{Contender, Filters, NewUser, Result};
use rusqlite::{Connection, Row, ToSql};
use std::time::{Duration, Instant};

use crate::{USER, conditions, values};

pub(crate) struct Rusqlite(Connection);

impl Rusqlite {
    pub(crate) fn open(file: &str) -> Result<Self> {
        let connection = Connection::open(file)?;
        connection.execute_batch("PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON")?;
        connection.set_prepared_statement_cache_capacity(100);
        Ok(Rusqlite(connection))
    }

    fn rows<T>(
        &self,
        sql: &str,
        arguments: &[&dyn ToSql],
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let mut statement = self.0.prepare_cached(sql)?;
        let rows = statement.query_map(arguments, read)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn insert_values(&self, users: &[NewUser]) -> Result<i64> {
        let mut statement = self.0.prepare_cached(&values(users.len(), 5, '?'))?;
        let arguments = users.iter().flat_map(|u| [&u.name as &dyn ToSql, &u.email, &u.hair_color, &u.age, &u.active]);
        Ok(statement.execute(rusqlite::params_from_iter(arguments))? as i64)
    }
}

fn user(row: &Row<'_>) -> rusqlite::Result<User> {
    Ok(User {
        id: row.get(0)?,
        name: row.get(1)?,
        email: row.get(2)?,
        hair_color: row.get(3)?,
        age: row.get(4)?,
        active: row.get(5)?,
    })
}

fn post(row: &Row<'_>, at: usize) -> rusqlite::Result<Post> {
    Ok(Post { id: row.get(at)?, user_id: row.get(at + 1)?, title: row.get(at + 2)?, body: row.get(at + 3)? })
}

fn comment(row: &Row<'_>) -> rusqlite::Result<Comment> {
    Ok(Comment { id: row.get(0)?, post_id: row.get(1)?, text: row.get(2)? })
}

fn list(ids: impl Iterator<Item = i64>) -> String {
    ids.map(|id| id.to_string()).collect::<Vec<_>>().join(", ")
}

impl Contender for Rusqlite {
    async fn execute(&mut self, sql: &'static str) -> Result<()> {
        Ok(self.0.execute_batch(sql)?)
    }

    async fn load(&mut self, rows: i64) -> Result<i64> {
        let users = self.rows(&format!("SELECT {USER} FROM users WHERE id <= ?1"), &[&rows], user)?;
        Ok(users.iter().map(|user| i64::from(user.age)).sum())
    }

    async fn joined(&mut self, rows: i64) -> Result<i64> {
        const SQL: &str =
            "SELECT u.id, u.name, u.email, u.hair_color, u.age, u.active, p.id, p.user_id, p.title, p.body
            FROM users u JOIN posts p ON p.user_id = u.id WHERE u.id > 1000 AND u.id <= ?1";
        let rows = self.rows(SQL, &[&(1_000 + rows)], |row| Ok((user(row)?, post(row, 6)?)))?;
        Ok(rows.iter().map(|(user, post)| i64::from(user.age) + post.id).sum())
    }

    async fn associations(&mut self, first: i64, last: i64) -> Result<i64> {
        let users = format!("SELECT {USER} FROM users WHERE id BETWEEN ?1 AND ?2");
        let users = self.rows(&users, &[&first, &last], user)?;
        let posts = list(users.iter().map(|user| user.id));
        let posts = format!("SELECT id, user_id, title, body FROM posts WHERE user_id IN ({posts})");
        let posts = self.rows(&posts, &[], |row| post(row, 0))?;
        let comments = list(posts.iter().map(|post| post.id));
        let comments = format!("SELECT id, post_id, text FROM comments WHERE post_id IN ({comments})");
        let comments = self.rows(&comments, &[], comment)?;
        let keys = (|u: &User| u.id, |p: &Post| (p.id, p.user_id), |c: &Comment| (c.id, c.post_id));
        Ok(nest(users, posts, comments, keys))
    }

    async fn point(&mut self, id: i64) -> Result<i64> {
        let mut statement =
            self.0.prepare_cached("SELECT id, name, email, hair_color, age, active FROM users WHERE id = ?1")?;
        Ok(statement.query_row([id], user)?.age.into())
    }

    async fn insert(&mut self, users: &[NewUser]) -> Result<i64> {
        let transaction = (users.len() > 6_000).then(|| self.0.unchecked_transaction()).transpose()?;
        let mut count = 0;
        for part in users.chunks(6_000) {
            count += self.insert_values(part)?;
        }
        transaction.map(|transaction| transaction.commit()).transpose()?;
        Ok(count)
    }

    async fn bulk(&mut self, users: &[NewUser]) -> Result<i64> {
        let transaction = self.0.unchecked_transaction()?;
        let mut count = 0;
        for part in users.chunks(100) {
            count += self.insert_values(part)?;
        }
        transaction.commit()?;
        Ok(count)
    }

    async fn update(&mut self, id: i64, age: i32) -> Result<i64> {
        let mut statement = self.0.prepare_cached("UPDATE users SET age = ?1 WHERE id = ?2")?;
        Ok(statement.execute((age, id))? as i64)
    }

    async fn filters(&mut self, filters: &Filters) -> Result<i64> {
        let Filters { after, hair_color, min_age, max_age, active } = filters;
        let mut arguments: Vec<&dyn ToSql> = Vec::new();
        arguments.extend(after.as_ref().map(|it| it as &dyn ToSql));
        arguments.extend(hair_color.as_ref().map(|it| it as &dyn ToSql));
        arguments.extend(min_age.as_ref().map(|it| it as &dyn ToSql));
        arguments.extend(max_age.as_ref().map(|it| it as &dyn ToSql));
        arguments.extend(active.as_ref().map(|it| it as &dyn ToSql));
        let users = self.rows(&conditions(filters, '?'), &arguments, user)?;
        Ok(users.iter().map(|user| i64::from(user.age)).sum())
    }

    async fn stream(&mut self) -> Result<(Duration, i64)> {
        let begun = Instant::now();
        let mut statement = self.0.prepare_cached("SELECT id, size, kind FROM events")?;
        let mut rows = statement.query([])?;
        let (mut first, mut sum) = (None, 0);
        while let Some(row) = rows.next()? {
            let (_id, size, _kind): (i64, i64, String) = row.try_into()?;
            first.get_or_insert_with(|| begun.elapsed());
            sum += size;
        }
        Ok((first.ok_or("no events")?, sum))
    }
}
