//! What the derives make: definitions, columns, rows, keys, and code that holds up in hostile surroundings.

mod definition;
pub mod documented;
mod forum;
mod hygiene;
mod kinds;
mod rows;

/// The columns of `T` that every insert must give.
fn required<T: relvar::derive::Table>() -> Vec<&'static str> {
    T::PARTS.iter().filter(|column| column.required).map(|column| column.name).collect()
}
