//! Public tables pass the lints of a library.
#![deny(
    missing_docs,
    unreachable_pub,
    missing_copy_implementations,
    rustdoc::all,
    clippy::pedantic,
    unused_qualifications
)]

use relvar::prelude::*;

/// A book.
#[derive(Table, Debug, Clone, PartialEq)]
#[index(name = "by_title", on = |t| t.title)]
#[index(on = |t| (t.id, t.title), unique)]
pub struct Book {
    /// The key.
    #[column(primary_key)]
    pub id: i64,
    /// What it is called.
    #[column(unique, len = 80)]
    pub title: String,
    /// Where it stands.
    #[column(embed)]
    pub shelf: Shelf,
}

/// A shelf.
#[derive(Embed, Debug, Clone, PartialEq)]
pub struct Shelf {
    /// Which room.
    pub room: String,
}

/// A new book.
#[derive(Insert, Debug, Clone)]
#[insert(table = Book)]
pub struct NewBook {
    /// The key.
    pub id: i64,
    /// What it is called.
    pub title: String,
    /// Where it stands.
    pub shelf: Shelf,
}

/// A change of a book.
#[derive(Patch, Debug, Clone)]
#[patch(table = Book)]
pub struct BookPatch {
    /// What it is called.
    pub title: Set<String>,
}

/// A title.
#[derive(Row, Debug, Clone)]
pub struct Title {
    /// What it is called.
    pub title: String,
}

/// The id of a reader.
#[derive(SqlType, Debug, Clone, Copy)]
pub struct ReaderId(pub i64);

/// How a reader liked a book.
#[derive(SqlType, Debug, Clone, Copy)]
pub enum Opinion {
    /// Much.
    Liked,
}
