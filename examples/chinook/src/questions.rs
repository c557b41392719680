//! Twelve questions, each a query and what is made of its rows.
//!
//! Every query is written once, for all databases. What is shown in the order of text is sorted here: databases
//! sort text by the collation that they were set up with.

mod albums_of_long_tracks;
mod best_customers;
mod checksum;
mod lost_customers;
mod median_invoice;
mod never_sold;
mod playlist_genres;
mod sales;
mod staff;
mod top_artists;
mod track_length;
mod upsell;

use relvar::prelude::*;

use crate::answer::Answer;

/// The answers to all questions.
///
/// # Errors
/// What the database said.
pub async fn all(db: &AnyDb) -> relvar::Result<Vec<Answer>> {
    Ok(vec![
        sales::answer(db).await?,
        best_customers::answer(db).await?,
        playlist_genres::answer(db).await?,
        staff::answer(db).await?,
        never_sold::answer(db).await?,
        median_invoice::answer(db).await?,
        top_artists::answer(db).await?,
        track_length::answer(db).await?,
        lost_customers::answer(db).await?,
        checksum::answer(db).await?,
        albums_of_long_tracks::answer(db).await?,
        upsell::answer(db).await?,
    ])
}
