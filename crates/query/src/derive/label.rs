//! Reading the label of an enum.

use crate::types::{Cell, DecodeError};

/// The position of the cell's text among the labels of an enum; `expected` says in errors what it should be.
///
/// # Errors
/// A [`DecodeError`] if it is none of them, without the text itself: that is data.
pub fn label(cell: Cell<'_>, expected: &'static str, labels: &[&str]) -> Result<usize, DecodeError> {
    let (Cell::Text(text) | Cell::Binary(text)) = cell else { return Err(DecodeError::unexpected(expected, cell)) };
    let position = labels.iter().position(|label| label.as_bytes() == text);
    position.ok_or_else(|| DecodeError::invalid(expected, "the Rust enum has no such label"))
}
