//! The eleven tables of the shop, for all databases.
//!
//! Text has a length wherever a key or an index holds it, and everywhere else where the data has a natural one.

use relvar::chrono::{NaiveDate, NaiveDateTime};
use relvar::prelude::*;
use serde::Deserialize;

use crate::csv::{cents, date, timestamp};

/// Money in cents.
///
/// Decimals would do on three of the four databases. SQLite has none: there they are text, and sums of them would be
/// floating point. Cents in an integer are exact everywhere, and so are their sums, which are `i64`. An amount
/// ends at 21 million, which is more than a record costs.
#[derive(SqlType, Debug, Clone, Copy, PartialEq, Eq)]
#[sql_type(arithmetic)]
pub(crate) struct Cents(pub(crate) i32);

#[derive(Table, Debug, Clone, Deserialize)]
pub(crate) struct Genre {
    #[column(primary_key)]
    #[serde(rename = "GenreId")]
    pub(crate) id: i32,
    #[column(unique, len = 120)]
    #[serde(rename = "Name")]
    pub(crate) name: String,
}

#[derive(Table, Debug, Clone, Deserialize)]
pub(crate) struct MediaType {
    #[column(primary_key)]
    #[serde(rename = "MediaTypeId")]
    pub(crate) id: i32,
    #[column(unique, len = 120)]
    #[serde(rename = "Name")]
    pub(crate) name: String,
}

#[derive(Table, Debug, Clone, Deserialize)]
pub(crate) struct Artist {
    #[column(primary_key)]
    #[serde(rename = "ArtistId")]
    pub(crate) id: i32,
    #[column(index, len = 120)]
    #[serde(rename = "Name")]
    pub(crate) name: String,
}

#[derive(Table, Debug, Clone, Deserialize)]
pub(crate) struct Album {
    #[column(primary_key)]
    #[serde(rename = "AlbumId")]
    pub(crate) id: i32,
    #[column(len = 160)]
    #[serde(rename = "Title")]
    pub(crate) title: String,
    #[column(index, references = Artist::id)]
    #[serde(rename = "ArtistId")]
    pub(crate) artist_id: i32,
}

#[derive(Table, Debug, Clone, Deserialize)]
#[index(on = |t| (t.genre_id, t.milliseconds))]
#[check(|t| t.milliseconds.gt(0))]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Track {
    #[column(primary_key)]
    #[serde(rename = "TrackId")]
    pub(crate) id: i32,
    #[column(len = 200)]
    pub(crate) name: String,
    #[column(index, references = Album::id)]
    pub(crate) album_id: i32,
    #[column(index, references = MediaType::id)]
    pub(crate) media_type_id: i32,
    #[column(references = Genre::id)]
    pub(crate) genre_id: i32,
    #[column(len = 220)]
    pub(crate) composer: Option<String>,
    pub(crate) milliseconds: i32,
    pub(crate) bytes: i32,
    #[serde(deserialize_with = "cents")]
    pub(crate) unit_price: Cents,
}

#[derive(Table, Debug, Clone, Deserialize)]
pub(crate) struct Playlist {
    #[column(primary_key)]
    #[serde(rename = "PlaylistId")]
    pub(crate) id: i32,
    #[column(len = 120)]
    #[serde(rename = "Name")]
    pub(crate) name: String,
}

#[derive(Table, Debug, Clone, Deserialize)]
#[table(primary_key(playlist_id, track_id))]
#[serde(rename_all = "PascalCase")]
pub(crate) struct PlaylistTrack {
    #[column(references = Playlist::id, on_delete = Cascade)]
    pub(crate) playlist_id: i32,
    #[column(index, references = Track::id, on_delete = Cascade)]
    pub(crate) track_id: i32,
}

#[derive(Table, Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Employee {
    #[column(primary_key)]
    #[serde(rename = "EmployeeId")]
    pub(crate) id: i32,
    #[column(len = 40)]
    pub(crate) last_name: String,
    #[column(len = 40)]
    pub(crate) first_name: String,
    #[column(len = 60)]
    pub(crate) title: String,
    #[column(index, references = Employee::id)]
    pub(crate) reports_to: Option<i32>,
    #[serde(deserialize_with = "date")]
    pub(crate) birth_date: NaiveDate,
    #[serde(deserialize_with = "date")]
    pub(crate) hire_date: NaiveDate,
    #[column(len = 70)]
    pub(crate) address: String,
    #[column(len = 40)]
    pub(crate) city: String,
    #[column(len = 40)]
    pub(crate) state: Option<String>,
    #[column(len = 40)]
    pub(crate) country: String,
    #[column(len = 10)]
    pub(crate) postal_code: Option<String>,
    #[column(len = 24)]
    pub(crate) phone: Option<String>,
    #[column(len = 24)]
    pub(crate) fax: Option<String>,
    #[column(unique, len = 60)]
    pub(crate) email: String,
}

#[derive(Table, Debug, Clone, Deserialize)]
#[index(on = |c| (c.country, c.city))]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Customer {
    #[column(primary_key)]
    #[serde(rename = "CustomerId")]
    pub(crate) id: i32,
    #[column(len = 40)]
    pub(crate) first_name: String,
    #[column(len = 40)]
    pub(crate) last_name: String,
    #[column(len = 80)]
    pub(crate) company: Option<String>,
    #[column(len = 70)]
    pub(crate) address: String,
    #[column(len = 40)]
    pub(crate) city: String,
    #[column(len = 40)]
    pub(crate) state: Option<String>,
    #[column(len = 40)]
    pub(crate) country: String,
    #[column(len = 10)]
    pub(crate) postal_code: Option<String>,
    #[column(len = 24)]
    pub(crate) phone: Option<String>,
    #[column(len = 24)]
    pub(crate) fax: Option<String>,
    #[column(unique, len = 60)]
    pub(crate) email: String,
    #[column(index, references = Employee::id)]
    pub(crate) support_rep_id: i32,
}

#[derive(Table, Debug, Clone, Deserialize)]
#[index(on = |i| (i.customer_id, i.invoice_date.desc()))]
#[index(on = |i| (i.billing_country, i.invoice_date))]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Invoice {
    #[column(primary_key)]
    #[serde(rename = "InvoiceId")]
    pub(crate) id: i32,
    #[column(references = Customer::id)]
    pub(crate) customer_id: i32,
    #[serde(deserialize_with = "timestamp")]
    pub(crate) invoice_date: NaiveDateTime,
    #[column(len = 70)]
    pub(crate) billing_address: String,
    #[column(len = 40)]
    pub(crate) billing_city: String,
    #[column(len = 40)]
    pub(crate) billing_state: Option<String>,
    #[column(len = 40)]
    pub(crate) billing_country: String,
    #[column(len = 10)]
    pub(crate) billing_postal_code: Option<String>,
    #[serde(deserialize_with = "cents")]
    pub(crate) total: Cents,
}

#[derive(Table, Debug, Clone, Deserialize)]
#[check(|l| l.quantity.gt(0))]
#[serde(rename_all = "PascalCase")]
pub(crate) struct InvoiceLine {
    #[column(primary_key)]
    #[serde(rename = "InvoiceLineId")]
    pub(crate) id: i32,
    #[column(index, references = Invoice::id, on_delete = Cascade)]
    pub(crate) invoice_id: i32,
    #[column(index, references = Track::id)]
    pub(crate) track_id: i32,
    #[serde(deserialize_with = "cents")]
    pub(crate) unit_price: Cents,
    pub(crate) quantity: i32,
}

/// Drops what an earlier run left, and creates everything anew.
///
/// # Errors
/// What the database said.
pub async fn create(db: &AnyDb) -> relvar::Result<()> {
    let schema = Schema::new()
        .table::<Genre>()
        .table::<MediaType>()
        .table::<Artist>()
        .table::<Album>()
        .table::<Track>()
        .table::<Playlist>()
        .table::<PlaylistTrack>()
        .table::<Employee>()
        .table::<Customer>()
        .table::<Invoice>()
        .table::<InvoiceLine>();
    schema.drop(db).await?;
    schema.create(db).await
}
