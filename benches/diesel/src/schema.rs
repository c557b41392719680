//! The tables as Diesel declares them.

#![expect(dead_code, reason = "columns that are read and not used")]

use diesel::prelude::*;

diesel::table! {
    users (id) {
        id -> BigInt,
        name -> Text,
        email -> Text,
        hair_color -> Nullable<Text>,
        age -> Integer,
        active -> Bool,
    }
}

diesel::table! {
    posts (id) {
        id -> BigInt,
        user_id -> BigInt,
        title -> Text,
        body -> Text,
    }
}

diesel::table! {
    comments (id) {
        id -> BigInt,
        post_id -> BigInt,
        text -> Text,
    }
}

diesel::table! {
    events (id) {
        id -> BigInt,
        size -> BigInt,
        kind -> Text,
    }
}

diesel::table! {
    inserted (id) {
        id -> BigInt,
        name -> Text,
        email -> Text,
        hair_color -> Nullable<Text>,
        age -> Integer,
        active -> Bool,
    }
}

diesel::joinable!(posts -> users (user_id));
diesel::joinable!(comments -> posts (post_id));
diesel::allow_tables_to_appear_in_same_query!(users, posts, comments);

#[derive(Queryable, Selectable, Identifiable, Debug)]
#[diesel(table_name = users)]
pub(crate) struct User {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) hair_color: Option<String>,
    pub(crate) age: i32,
    pub(crate) active: bool,
}

#[derive(Queryable, Selectable, Identifiable, Associations, Debug)]
#[diesel(table_name = posts, belongs_to(User))]
pub(crate) struct Post {
    pub(crate) id: i64,
    pub(crate) user_id: i64,
    pub(crate) title: String,
    pub(crate) body: String,
}

#[derive(Queryable, Selectable, Identifiable, Associations, Debug)]
#[diesel(table_name = comments, belongs_to(Post))]
pub(crate) struct Comment {
    pub(crate) id: i64,
    pub(crate) post_id: i64,
    pub(crate) text: String,
}

#[derive(Queryable, Selectable, Debug)]
#[diesel(table_name = events)]
pub(crate) struct Event {
    pub(crate) id: i64,
    pub(crate) size: i64,
    pub(crate) kind: String,
}

#[derive(Insertable)]
#[diesel(table_name = inserted)]
pub(crate) struct NewRow<'a> {
    name: &'a str,
    email: &'a str,
    hair_color: Option<&'a str>,
    age: i32,
    active: bool,
}

impl<'a> From<&'a contender::NewUser> for NewRow<'a> {
    fn from(user: &'a contender::NewUser) -> Self {
        let contender::NewUser { name, email, hair_color, age, active } = user;
        NewRow { name, email, hair_color: hair_color.as_deref(), age: *age, active: *active }
    }
}
