//! The data, from CSV files of which some are compressed, through the library's own bulk insert.

use flate2::read::GzDecoder;
use relvar::prelude::*;
use relvar::query::expr::Origin;
use relvar::rust_decimal::Decimal;
use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer};
use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::schema::*;

/// Fills the tables, each after those that it refers to, and has the database look at what came. The number of rows
/// of each must be that of the scale factor.
pub(crate) async fn load(db: &AnyDb, folder: &Path) {
    let loaded = [
        table::<Region>(db, folder, "region.csv").await,
        table::<Nation>(db, folder, "nation.csv").await,
        table::<Supplier>(db, folder, "supplier.csv").await,
        table::<Part>(db, folder, "part.csv").await,
        table::<PartSupp>(db, folder, "partsupp.csv.gz").await,
        table::<Customer>(db, folder, "customer.csv").await,
        table::<Order>(db, folder, "orders.csv.gz").await,
        table::<LineItem>(db, folder, "lineitem.csv.gz").await,
    ];
    // the specification's cardinalities at scale factor 0.01; of line items it says only about how many there are
    assert_eq!(loaded, [5, 25, 100, 2_000, 8_000, 1_500, 15_000, 60_175]);
    schema().analyze(db).await.unwrap();
}

async fn table<T>(db: &AnyDb, folder: &Path, name: &str) -> u64
where
    T: Table + Origin<Dialect = Portable> + Insertable<T> + DeserializeOwned,
{
    let inserted: relvar::Result<u64> = T::insert_iter(read::<T>(folder, name).map(Ok)).execute(db).await;
    inserted.unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The rows of a file, one after the other.
pub(crate) fn read<T: DeserializeOwned + Send>(folder: &Path, name: &str) -> impl Iterator<Item = T> + Send + use<T> {
    let path = folder.join(name);
    let file = File::open(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let text: Box<dyn Read + Send> =
        if name.ends_with(".gz") { Box::new(GzDecoder::new(file)) } else { Box::new(file) };
    let rows = csv::Reader::from_reader(text).into_deserialize::<T>();
    rows.map(move |row| row.unwrap_or_else(|error| panic!("{}: {error}", path.display())))
}

/// `17.00`, exactly: what reads CSV would make a double of it.
pub(crate) fn decimal<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
    String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
}
