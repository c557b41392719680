//! The tables as Toasty declares them.

use toasty::{Deferred, Model};

#[derive(Debug, Model)]
#[table = "users"]
pub(crate) struct User {
    #[key]
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) hair_color: Option<String>,
    pub(crate) age: i32,
    pub(crate) active: bool,
    #[has_many]
    pub(crate) posts: Deferred<Vec<Post>>,
}

#[derive(Debug, Model)]
#[table = "posts"]
pub(crate) struct Post {
    #[key]
    pub(crate) id: i64,
    #[index]
    pub(crate) user_id: i64,
    #[belongs_to(key = user_id, references = id)]
    pub(crate) user: Deferred<User>,
    pub(crate) title: String,
    pub(crate) body: String,
    #[has_many]
    pub(crate) comments: Deferred<Vec<Comment>>,
}

#[derive(Debug, Model)]
#[table = "comments"]
pub(crate) struct Comment {
    #[key]
    pub(crate) id: i64,
    #[index]
    pub(crate) post_id: i64,
    #[belongs_to(key = post_id, references = id)]
    pub(crate) post: Deferred<Post>,
    pub(crate) text: String,
}

#[derive(Debug, Model)]
#[table = "inserted"]
pub(crate) struct Inserted {
    #[key]
    #[auto]
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) hair_color: Option<String>,
    pub(crate) age: i32,
    pub(crate) active: bool,
}
