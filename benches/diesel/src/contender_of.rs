//! A contender for a database of Diesel; the asynchronous ones differ by `.await`.

macro_rules! contender {
    ($module:ident, $pool:ty, $backend:ty, $rows:literal, $shared:literal, $mode:ty, $import:item, ($($wait:tt)*)) => {
        mod $module {
            //! One of the contenders.

            use contender::{Contender, Filters, NewUser, Result};
            use diesel::prelude::*;
            #[allow(unused_imports, reason = "the asynchronous ones need it")]
            use futures_util::TryStreamExt;
            use std::time::{Duration, Instant};
            #[allow(unused_imports)]
            $import

            use crate::schema::{Comment, Event, NewRow, Post, User, events, inserted, posts, users};

            pub(crate) struct Diesel(pub(crate) $pool);

            impl Contender for Diesel {
                async fn execute(&mut self, sql: &'static str) -> Result<()> {
                    Ok(self.0.get()$($wait)*?.batch_execute(sql)$($wait)*?)
                }

                async fn load(&mut self, rows: i64) -> Result<i64> {
                    let mut c = self.0.get()$($wait)*?;
                    let query = users::table.filter(users::id.le(rows)).select(User::as_select());
                    let users: Vec<User> = RunQueryDsl::load(query, &mut c)$($wait)*?;
                    Ok(users.iter().map(|user| i64::from(user.age)).sum())
                }

                async fn joined(&mut self, rows: i64) -> Result<i64> {
                    let mut c = self.0.get()$($wait)*?;
                    let query = users::table
                        .inner_join(posts::table)
                        .filter(users::id.gt(1_000).and(users::id.le(1_000 + rows)))
                        .select((User::as_select(), Post::as_select()));
                    let rows: Vec<(User, Post)> = RunQueryDsl::load(query, &mut c)$($wait)*?;
                    Ok(rows.iter().map(|(user, post)| i64::from(user.age) + post.id).sum())
                }

                async fn associations(&mut self, first: i64, last: i64) -> Result<i64> {
                    let mut c = self.0.get()$($wait)*?;
                    let query = users::table.filter(users::id.between(first, last)).select(User::as_select());
                    let users: Vec<User> = RunQueryDsl::load(query, &mut c)$($wait)*?;
                    let query = Post::belonging_to(&users).select(Post::as_select());
                    let posts: Vec<Post> = RunQueryDsl::load(query, &mut c)$($wait)*?;
                    let query = Comment::belonging_to(&posts).select(Comment::as_select());
                    let comments: Vec<Comment> = RunQueryDsl::load(query, &mut c)$($wait)*?;
                    let comments = comments.grouped_by(&posts);
                    let posts: Vec<(Post, Vec<Comment>)> = posts.into_iter().zip(comments).collect();
                    let posts = posts.grouped_by(&users);
                    let nested: Vec<(User, Vec<(Post, Vec<Comment>)>)> = users.into_iter().zip(posts).collect();
                    let comments = nested.iter().flat_map(|(_, posts)| posts).flat_map(|(_, comments)| comments);
                    Ok(comments.map(|comment| comment.id).sum())
                }

                async fn point(&mut self, id: i64) -> Result<i64> {
                    let mut c = self.0.get()$($wait)*?;
                    let query = users::table.find(id).select(User::as_select());
                    let user: User = RunQueryDsl::first(query, &mut c)$($wait)*?;
                    Ok(user.age.into())
                }

                async fn insert(&mut self, users: &[NewUser]) -> Result<i64> {
                    let mut c = self.0.get()$($wait)*?;
                    let mut count = 0;
                    for part in users.chunks($rows) {
                        let rows: Vec<NewRow<'_>> = part.iter().map(NewRow::from).collect();
                        let insert = diesel::insert_into(inserted::table).values(rows);
                        count += RunQueryDsl::execute(insert, &mut c)$($wait)*?;
                    }
                    Ok(count as i64)
                }

                async fn update(&mut self, id: i64, age: i32) -> Result<i64> {
                    let mut c = self.0.get()$($wait)*?;
                    let update = diesel::update(users::table.find(id)).set(users::age.eq(age));
                    Ok(RunQueryDsl::execute(update, &mut c)$($wait)*? as i64)
                }

                async fn filters(&mut self, filters: &Filters) -> Result<i64> {
                    let mut c = self.0.get()$($wait)*?;
                    let mut query = users::table.select(User::as_select()).order_by(users::id).limit(20).into_boxed::<$backend>();
                    if let Some(after) = filters.after {
                        query = query.filter(users::id.gt(after));
                    }
                    if let Some(hair_color) = &filters.hair_color {
                        query = query.filter(users::hair_color.eq(hair_color));
                    }
                    if let Some(age) = filters.min_age {
                        query = query.filter(users::age.ge(age));
                    }
                    if let Some(age) = filters.max_age {
                        query = query.filter(users::age.le(age));
                    }
                    if let Some(active) = filters.active {
                        query = query.filter(users::active.eq(active));
                    }
                    let users: Vec<User> = RunQueryDsl::load(query, &mut c)$($wait)*?;
                    Ok(users.iter().map(|user| i64::from(user.age)).sum())
                }

                async fn stream(&mut self) -> Result<(Duration, i64)> {
                    let begun = Instant::now();
                    let mut c = self.0.get()$($wait)*?;
                    let query = events::table.select(Event::as_select());
                    let mut first = None;
                    let mut sum = 0;
                    $crate::contender_of::contender!(@rows (query, c, first, begun, sum, $mode) $($wait)*);
                    Ok((first.ok_or("no events")?, sum))
                }

                fn share(&self) -> Option<Self> {
                    $shared.then(|| Diesel(self.0.clone()))
                }
            }
        }
    };
    (@rows ($query:ident, $c:ident, $first:ident, $begun:ident, $sum:ident, $mode:ty)) => {
        for event in RunQueryDsl::load_iter::<Event, $mode>($query, &mut $c)? {
            $first.get_or_insert_with(|| $begun.elapsed());
            $sum += event?.size;
        }
    };
    (@rows ($query:ident, $c:ident, $first:ident, $begun:ident, $sum:ident, $mode:ty) .await) => {
        let mut rows = RunQueryDsl::load_stream::<Event>($query, &mut $c).await?;
        while let Some(event) = rows.try_next().await? {
            $first.get_or_insert_with(|| $begun.elapsed());
            $sum += event.size;
        }
    };
}
pub(crate) use contender;
