//! What requests carry: body, path and query, read so that a mistake in them is one of our errors; and rules for text.

use axum::extract::{FromRequest, FromRequestParts};

use crate::error::ApiError;

/// A body of JSON.
#[derive(FromRequest)]
#[from_request(via(axum::Json), rejection(ApiError))]
pub(crate) struct Body<T>(pub(crate) T);

/// The variable parts of the path.
#[derive(FromRequestParts)]
#[from_request(via(axum::extract::Path), rejection(ApiError))]
pub(crate) struct Path<T>(pub(crate) T);

/// What stands behind the `?`.
#[derive(FromRequestParts)]
#[from_request(via(axum::extract::Query), rejection(ApiError))]
pub(crate) struct Query<T>(pub(crate) T);

/// Text for a column of `most` characters.
pub(crate) fn text(field: &'static str, text: &str, most: usize) -> Result<(), ApiError> {
    if text.chars().count() > most {
        return Err(ApiError::invalid(field, format!("is longer than {most} characters")));
    }
    // the only character that not every database can keep
    if text.contains('\0') {
        return Err(ApiError::invalid(field, "contains the character U+0000"));
    }
    Ok(())
}

/// Text that is not blank.
pub(crate) fn name(field: &'static str, name: &str, most: usize) -> Result<(), ApiError> {
    if name.trim().is_empty() {
        return Err(ApiError::invalid(field, "is blank"));
    }
    text(field, name, most)
}
