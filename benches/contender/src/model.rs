//! The rows as plain structs, for contenders that fill them by hand, and the sums over them.

use std::collections::HashMap;

/// A row of `users`.
#[derive(Clone, Debug)]
pub struct User {
    /// The key.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Its address.
    pub email: String,
    /// Often unknown.
    pub hair_color: Option<String>,
    /// In years.
    pub age: i32,
    /// Whether it may log in.
    pub active: bool,
}

/// A row of `posts`.
#[derive(Clone, Debug)]
pub struct Post {
    /// The key.
    pub id: i64,
    /// Whose it is.
    pub user_id: i64,
    /// A line.
    pub title: String,
    /// A paragraph.
    pub body: String,
}

/// A row of `comments`.
#[derive(Clone, Debug)]
pub struct Comment {
    /// The key.
    pub id: i64,
    /// What it is about.
    pub post_id: i64,
    /// A line.
    pub text: String,
}

/// A row of `events`.
#[derive(Clone, Debug)]
pub struct Event {
    /// The key.
    pub id: i64,
    /// In bytes.
    pub size: i64,
    /// A word.
    pub kind: String,
}

/// Rows by a key, in the order in which they came.
pub fn grouped<T>(rows: Vec<T>, key: impl Fn(&T) -> i64) -> HashMap<i64, Vec<T>> {
    let mut groups: HashMap<i64, Vec<T>> = HashMap::new();
    for row in rows {
        groups.entry(key(&row)).or_default().push(row);
    }
    groups
}

/// Users with their posts with their comments, made from the rows of three statements; the sum of the comments' ids.
pub fn nest<U, P, C>(
    users: Vec<U>,
    posts: Vec<P>,
    comments: Vec<C>,
    (user_id, post, comment): (impl Fn(&U) -> i64, impl Fn(&P) -> (i64, i64), impl Fn(&C) -> (i64, i64)),
) -> i64 {
    let mut posts = grouped(posts, |row| post(row).1);
    let mut comments = grouped(comments, |row| comment(row).1);
    let nested: Vec<(U, Vec<(P, Vec<C>)>)> = users
        .into_iter()
        .map(|user| {
            let posts = posts.remove(&user_id(&user)).unwrap_or_default();
            let posts = posts.into_iter().map(|row| {
                let comments = comments.remove(&post(&row).0).unwrap_or_default();
                (row, comments)
            });
            (user, posts.collect())
        })
        .collect();
    nested.iter().flat_map(|(_, posts)| posts).flat_map(|(_, comments)| comments).map(|row| comment(row).0).sum()
}
