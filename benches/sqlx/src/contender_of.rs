//! A contender for a database of sqlx: the same lines, for its queries are generic over none of this.

/// Rows of the tables, and of a join, whose columns are named apart.
pub(crate) mod rows {
    #[derive(sqlx::FromRow)]
    pub(crate) struct User {
        pub(crate) id: i64,
        #[expect(dead_code, reason = "read, not used")]
        pub(crate) name: String,
        #[expect(dead_code, reason = "read, not used")]
        pub(crate) email: String,
        #[expect(dead_code, reason = "read, not used")]
        pub(crate) hair_color: Option<String>,
        pub(crate) age: i32,
        #[expect(dead_code, reason = "read, not used")]
        pub(crate) active: bool,
    }

    #[derive(sqlx::FromRow)]
    pub(crate) struct Post {
        pub(crate) id: i64,
        pub(crate) user_id: i64,
        #[expect(dead_code, reason = "read, not used")]
        pub(crate) title: String,
        #[expect(dead_code, reason = "read, not used")]
        pub(crate) body: String,
    }

    #[derive(sqlx::FromRow)]
    pub(crate) struct Comment {
        pub(crate) id: i64,
        pub(crate) post_id: i64,
        #[expect(dead_code, reason = "read, not used")]
        pub(crate) text: String,
    }

    #[derive(sqlx::FromRow)]
    pub(crate) struct UserWithPost {
        #[sqlx(flatten)]
        pub(crate) user: User,
        pub(crate) post_id: i64,
        #[expect(dead_code, reason = "read, not used")]
        pub(crate) user_id: i64,
        #[expect(dead_code, reason = "read, not used")]
        pub(crate) title: String,
        #[expect(dead_code, reason = "read, not used")]
        pub(crate) body: String,
    }

    #[derive(sqlx::FromRow)]
    pub(crate) struct Event {
        #[expect(dead_code, reason = "read, not used")]
        pub(crate) id: i64,
        pub(crate) size: i64,
        #[expect(dead_code, reason = "read, not used")]
        pub(crate) kind: String,
    }
}

macro_rules! contender {
    ($module:ident, $database:ident, $inner:ty, $one:literal, $two:literal, $rows:literal, |$it:ident| $executor:expr
        $(, $extra:ident)*) => {
        mod $module {
            //! One of the contenders.

            use contender::model::nest;
            use contender::{Contender, Filters, NewUser, Result};
            use futures_util::TryStreamExt;
            use sqlx::{$database, QueryBuilder};
            use std::time::{Duration, Instant};

            use crate::contender_of::rows::*;

            pub(crate) struct Sqlx(pub(crate) $inner);

            impl Sqlx {
                async fn values(&mut self, users: &[NewUser]) -> Result<i64> {
                    let $it = self;
                    let mut count = 0;
                    for part in users.chunks($rows) {
                        let mut query = QueryBuilder::<$database>::new(
                            "INSERT INTO inserted (name, email, hair_color, age, active) ",
                        );
                        query.push_values(part, |mut row, user| {
                            row.push_bind(&user.name)
                                .push_bind(&user.email)
                                .push_bind(&user.hair_color)
                                .push_bind(user.age)
                                .push_bind(user.active);
                        });
                        count += query.build().execute($executor).await?.rows_affected();
                    }
                    Ok(count as i64)
                }
            }

            impl Contender for Sqlx {
                async fn execute(&mut self, sql: &'static str) -> Result<()> {
                    let $it = self;
                    sqlx::raw_sql(sql).execute($executor).await?;
                    Ok(())
                }

                async fn load(&mut self, rows: i64) -> Result<i64> {
                    let $it = self;
                    let sql = concat!("SELECT id, name, email, hair_color, age, active FROM users WHERE id <= ", $one);
                    let users: Vec<User> = sqlx::query_as(sql).bind(rows).fetch_all($executor).await?;
                    Ok(users.iter().map(|user| i64::from(user.age)).sum())
                }

                async fn joined(&mut self, rows: i64) -> Result<i64> {
                    let $it = self;
                    let sql = concat!(
                        "SELECT u.id, u.name, u.email, u.hair_color, u.age, u.active, p.id AS post_id, p.user_id, p.title, p.body ",
                        "FROM users u JOIN posts p ON p.user_id = u.id WHERE u.id > 1000 AND u.id <= ", $one);
                    let rows: Vec<UserWithPost> = sqlx::query_as(sql).bind(1_000 + rows).fetch_all($executor).await?;
                    Ok(rows.iter().map(|row| i64::from(row.user.age) + row.post_id).sum())
                }

                async fn associations(&mut self, first: i64, last: i64) -> Result<i64> {
                    let $it = self;
                    let sql = concat!(
                        "SELECT id, name, email, hair_color, age, active FROM users WHERE id BETWEEN ", $one, " AND ", $two);
                    let users: Vec<User> = sqlx::query_as(sql).bind(first).bind(last).fetch_all($executor).await?;
                    let mut query = QueryBuilder::<$database>::new("SELECT id, user_id, title, body FROM posts WHERE user_id IN (");
                    let mut list = query.separated(", ");
                    users.iter().for_each(|user| { list.push_bind(user.id); });
                    query.push(")");
                    let posts: Vec<Post> = query.build_query_as().fetch_all($executor).await?;
                    let mut query = QueryBuilder::<$database>::new("SELECT id, post_id, text FROM comments WHERE post_id IN (");
                    let mut list = query.separated(", ");
                    posts.iter().for_each(|post| { list.push_bind(post.id); });
                    query.push(")");
                    let comments: Vec<Comment> = query.build_query_as().fetch_all($executor).await?;
                    let keys = (|u: &User| u.id, |p: &Post| (p.id, p.user_id), |c: &Comment| (c.id, c.post_id));
                    Ok(nest(users, posts, comments, keys))
                }

                async fn point(&mut self, id: i64) -> Result<i64> {
                    let $it = self;
                    let sql = concat!("SELECT id, name, email, hair_color, age, active FROM users WHERE id = ", $one);
                    let user: User = sqlx::query_as(sql).bind(id).fetch_one($executor).await?;
                    Ok(user.age.into())
                }

                async fn insert(&mut self, users: &[NewUser]) -> Result<i64> {
                    self.values(users).await
                }

                $crate::contender_of::contender!(@bulk $it $executor; $($extra)*);

                async fn update(&mut self, id: i64, age: i32) -> Result<i64> {
                    let $it = self;
                    let sql = concat!("UPDATE users SET age = ", $one, " WHERE id = ", $two);
                    Ok(sqlx::query(sql).bind(age).bind(id).execute($executor).await?.rows_affected() as i64)
                }

                async fn filters(&mut self, filters: &Filters) -> Result<i64> {
                    let $it = self;
                    let mut query = QueryBuilder::<$database>::new(
                        "SELECT id, name, email, hair_color, age, active FROM users WHERE 1 = 1");
                    if let Some(after) = filters.after {
                        query.push(" AND id > ").push_bind(after);
                    }
                    if let Some(hair_color) = &filters.hair_color {
                        query.push(" AND hair_color = ").push_bind(hair_color);
                    }
                    if let Some(age) = filters.min_age {
                        query.push(" AND age >= ").push_bind(age);
                    }
                    if let Some(age) = filters.max_age {
                        query.push(" AND age <= ").push_bind(age);
                    }
                    if let Some(active) = filters.active {
                        query.push(" AND active = ").push_bind(active);
                    }
                    query.push(" ORDER BY id LIMIT 20");
                    let users: Vec<User> = query.build_query_as().fetch_all($executor).await?;
                    Ok(users.iter().map(|user| i64::from(user.age)).sum())
                }

                async fn stream(&mut self) -> Result<(Duration, i64)> {
                    let $it = self;
                    let begun = Instant::now();
                    let mut rows = sqlx::query_as::<_, Event>("SELECT id, size, kind FROM events").fetch($executor);
                    let mut sum = rows.try_next().await?.ok_or("no events")?.size;
                    let first = begun.elapsed();
                    while let Some(event) = rows.try_next().await? {
                        sum += event.size;
                    }
                    Ok((first, sum))
                }

                $crate::contender_of::contender!(@share $($extra)*);
            }
        }
    };
    (@share share $($rest:ident)*) => {
        fn share(&self) -> Option<Self> {
            Some(Sqlx(self.0.clone()))
        }
    };
    (@share $($rest:ident)*) => {};
    (@bulk $it:ident $executor:expr; share unnest) => {
        $crate::contender_of::contender!(@bulk $it $executor; unnest);
    };
    (@bulk $it:ident $executor:expr; unnest) => {
        async fn bulk(&mut self, users: &[NewUser]) -> Result<i64> {
            let $it = self;
            let query = sqlx::query(
                "INSERT INTO inserted (name, email, hair_color, age, active)
                SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::integer[], $5::boolean[])");
            let names: Vec<&str> = users.iter().map(|user| user.name.as_str()).collect();
            let emails: Vec<&str> = users.iter().map(|user| user.email.as_str()).collect();
            let colors: Vec<Option<&str>> = users.iter().map(|user| user.hair_color.as_deref()).collect();
            let ages: Vec<i32> = users.iter().map(|user| user.age).collect();
            let active: Vec<bool> = users.iter().map(|user| user.active).collect();
            let query = query.bind(names).bind(emails).bind(colors).bind(ages).bind(active);
            Ok(query.execute($executor).await?.rows_affected() as i64)
        }
    };
    (@bulk $it:ident $executor:expr; $($rest:ident)*) => {
        async fn bulk(&mut self, users: &[NewUser]) -> Result<i64> {
            let mut count = 0;
            for part in users.chunks(500) {
                count += self.values(part).await?;
            }
            Ok(count)
        }
    };
}
pub(crate) use contender;
