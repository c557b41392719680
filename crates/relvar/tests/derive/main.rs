//! What the derives make: definitions, columns, rows, keys, and code that holds up in hostile surroundings.

mod definition;
pub mod documented;
mod forum;
mod hygiene;
mod kinds;
mod rows;

/// What a row of `T` gives.
fn values<T: relvar::derive::Table>(row: impl relvar::derive::Insertable<T>) -> Vec<relvar::derive::ir::Node> {
    let mut rows = relvar::derive::ir::Rows::new(0, 1);
    row.values(&mut rows);
    match rows.into_source() {
        relvar::derive::ir::InsertSource::Values(values) => values,
        other => panic!("{other:?}"),
    }
}

/// The columns of `T` that every insert must give.
fn required<T: relvar::derive::Table>() -> Vec<&'static str> {
    use relvar::derive::TableColumns as _;
    <T as relvar::derive::Table>::Columns::<relvar::derive::NotNull>::PARTS
        .iter()
        .filter(|part| part.required())
        .map(|part| part.name)
        .collect()
}
