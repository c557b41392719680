//! What the derives make: definitions, columns, rows, keys, and code that holds up in hostile surroundings.

mod definition;
pub mod documented;
mod forum;
mod hygiene;
mod kinds;
mod rows;

/// The columns of `T` that every insert must give.
fn required<T: relvar::derive::Table>() -> Vec<&'static str> {
    use relvar::derive::TableColumns as _;
    <T as relvar::derive::Table>::Columns::<relvar::derive::NotNull>::PARTS
        .iter()
        .filter(|part| part.required())
        .map(|part| part.name)
        .collect()
}
