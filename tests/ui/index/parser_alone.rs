//! A parser of an index that is not FULLTEXT.

use relvar::prelude::*;

#[derive(Table)]
#[table(name = "notes", dialect = MySql)]
#[index(on = |n| n.title, parser = "ngram")]
pub struct Note {
    #[column(len = 80)]
    pub title: String,
}

fn main() {}
