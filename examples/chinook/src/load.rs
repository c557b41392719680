//! Loads all files into all tables, or nothing.

use relvar::prelude::*;
use relvar::query::expr::Origin;
use relvar::query::source::Insertable;
use serde::de::DeserializeOwned;
use std::path::{Path, PathBuf};

use crate::csv;
use crate::schema::*;

/// The files, each after those that it refers to.
pub const FILES: [&str; 11] = [
    "Genre",
    "MediaType",
    "Artist",
    "Album",
    "Track",
    "Playlist",
    "PlaylistTrack",
    "Employee",
    "Customer",
    "Invoice",
    "InvoiceLine",
];

/// Why the data could not be loaded.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// A file is not there or does not hold what it should.
    #[error("{}: {error}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong, and in which line.
        error: ::csv::Error,
    },
    /// What the database said.
    #[error(transparent)]
    Database(#[from] relvar::Error),
}

/// Fills the tables from the files in `folder`, in one transaction, and says how many rows there were.
/// `progress` hears of every few hundred rows: the file, and its rows so far.
///
/// # Errors
/// The first file that is missing or wrong, or what the database said; nothing was loaded then.
pub async fn load(
    db: &AnyDb,
    folder: &Path,
    progress: impl Fn(&'static str, u64) + Send + Sync,
) -> Result<u64, LoadError> {
    let loader = &Loader { folder, progress };
    db.transaction(|tx| async move {
        let [genre, media, artist, album, track, playlist, listed, employee, customer, invoice, line] = FILES;
        let mut loaded = 0;
        loaded += loader.table::<Genre>(&tx, genre).await?;
        loaded += loader.table::<MediaType>(&tx, media).await?;
        loaded += loader.table::<Artist>(&tx, artist).await?;
        loaded += loader.table::<Album>(&tx, album).await?;
        loaded += loader.table::<Track>(&tx, track).await?;
        loaded += loader.table::<Playlist>(&tx, playlist).await?;
        loaded += loader.table::<PlaylistTrack>(&tx, listed).await?;
        loaded += loader.table::<Employee>(&tx, employee).await?;
        loaded += loader.table::<Customer>(&tx, customer).await?;
        loaded += loader.table::<Invoice>(&tx, invoice).await?;
        loaded += loader.table::<InvoiceLine>(&tx, line).await?;
        Ok(loaded)
    })
    .await
}

struct Loader<'f, P> {
    folder: &'f Path,
    progress: P,
}

impl<P: Fn(&'static str, u64) + Send + Sync> Loader<'_, P> {
    async fn table<T>(&self, db: impl Executor<Portable>, name: &'static str) -> Result<u64, LoadError>
    where
        T: Table + Origin<Dialect = Portable> + Insertable<T> + DeserializeOwned,
    {
        let rows = csv::rows::<T>(self.folder, name)?;
        T::insert_iter(rows).progress(|sent| (self.progress)(name, sent)).execute(db).await
    }
}
