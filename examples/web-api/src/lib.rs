//! A thread store behind HTTP.
//!
//! - `schema`: the tables;
//! - `users`, `threads`, `tags`, `accounts`, `health`: the handlers of each resource;
//! - `request`: what requests carry; `cursor`: where a page ends;
//! - `error`: what goes wrong, and which HTTP status it is;
//! - `app`: the routes, and how the service ends.

mod accounts;
mod app;
mod cursor;
mod error;
mod health;
mod request;
mod schema;
mod tags;
mod threads;
mod users;

pub use app::serve;
pub use schema::create as create_tables;
