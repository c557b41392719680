//! Building definitions from typed parts: what derived code calls, so that the compiler checks each part.
//!
//! Values in the expressions become constants. One that has no literal stays an argument, which whatever
//! writes the schema refuses.

use super::{
    AutoIncrement, CanAllBeNull, CanBeNull, CheckDef, ColumnDef, ForeignKeyDef, HasLength, HasPrecision,
    IncludedColumns, IndexDef, IndexKeys, KeyPart, Method, ReferentialAction, RefersTo, Stamped, TableDef, UniqueDef,
    UniqueMethod, Versioned, ViewDef,
};
use crate::dialect::{
    Covers, Dialect, HasCoveringIndex, HasFullText, HasInvisibleColumn, HasInvisibleIndex, HasMaterializedView,
    HasPartialIndex, HasSetDefault, HasVirtualColumn,
};
use crate::expr::{Boolean, Column, Expression, Fits, Origin};
use crate::ir::{self, ColumnRef, Function, TableRef};
use crate::source::{ColumnPart, Defines, Indexed, Table, View, query_of};
use crate::types::{IsText, SqlType};

/// Calls a closure of an attribute with the columns.
pub fn apply<C, K>(columns: C, f: impl FnOnce(C) -> K) -> K {
    f(columns)
}

/// The expression with every value as a constant.
pub fn inlined(expr: ir::Node) -> ir::Node {
    expr.clone().inlined().unwrap_or(expr)
}

/// The name of a table's column.
pub fn name<T: Indexed>(column: ColumnRef) -> Option<String> {
    T::NAMES.columns.get(column.index as usize).map(|name| name.to_string())
}

/// A table with nothing but its name and its columns.
pub fn table(table: &TableRef, columns: &[ColumnPart]) -> TableDef {
    let columns = columns.iter().map(column).collect();
    TableDef { columns, ..TableDef::new(table.schema.as_deref(), &table.name) }
}

fn column(part: &ColumnPart) -> ColumnDef {
    let labels = part.labels.iter().map(|&label| label.to_owned()).collect();
    ColumnDef { labels, ..ColumnDef::new(part.name, part.column_type().clone(), part.nullable) }
}

/// The columns from `first` that are those of an embedded struct.
pub fn part<'c>(columns: &'c mut [ColumnDef], first: u32, embedded: &[ColumnPart]) -> &'c mut [ColumnDef] {
    let first = first as usize;
    columns.get_mut(first..first + embedded.len()).unwrap_or_default()
}

/// Limits the length.
pub fn length<T: HasLength>(column: &mut ColumnDef, length: u32) {
    column.length = Some(length);
}

/// Sets the number of digits, in all and after the point.
pub fn precision<T: HasPrecision>(column: &mut ColumnDef, digits: u32, scale: u32) {
    column.precision = Some((digits, scale));
}

/// Sets the collation.
pub fn collation<T: IsText>(column: &mut ColumnDef, collation: &str) {
    column.collation = Some(collation.to_owned());
}

/// That a table for the databases in `D` can have generated columns that are computed when they are read.
pub fn computed_on_read<D: Dialect + HasVirtualColumn>(column: &mut ColumnDef) {
    column.computed_on_read = true;
}

/// Leaves the column out of `SELECT *`.
pub fn invisible<D: Dialect + HasInvisibleColumn>(column: &mut ColumnDef) {
    column.invisible = true;
}

/// Has the database number the rows.
pub fn auto_increment<T: AutoIncrement>(column: &mut ColumnDef) {
    column.auto_increment = true;
}

/// That a column of type `T` can be part of the primary key.
pub fn key_part<T: KeyPart>() {}

/// Sets the primary key.
pub fn primary_key(table: &mut TableDef, columns: &[&str]) {
    table.primary_key = columns.iter().map(|&column| column.to_owned()).collect();
}

/// A comment.
pub fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// A value that fits the column.
fn fitting<O: Origin, T: SqlType, V: Fits<T, Dialect: Covers<O::Dialect>>>(column: Column<O, T>, value: V) -> ir::Node {
    inlined(value.fit(column.sql_type()))
}

/// DEFAULT
pub fn default<O: Origin, T: SqlType, V: Fits<T, Dialect: Covers<O::Dialect>>>(
    column: Column<O, T>,
    value: V,
) -> Option<ir::Node> {
    Some(fitting(column, value))
}

/// GENERATED ALWAYS AS … STORED
pub fn generated<O: Origin, T: SqlType, V: Fits<T, Dialect: Covers<O::Dialect>>>(
    column: Column<O, T>,
    value: V,
) -> Option<ir::Node> {
    Some(fitting(column, value))
}

/// The default of a column that the library fills with the time.
pub fn stamp<T: Stamped>() -> Option<ir::Node> {
    Some(ir::Node::Call(Function::Now, Vec::new()))
}

/// The default of a column that counts versions.
pub fn version<T: Versioned>() -> Option<ir::Node> {
    Some(ir::Node::Constant(ir::Constant::Integer(0)))
}

/// A condition on rows of `T`.
pub fn condition<T: Table, E: Expression<Type: Boolean, Dialect: Covers<T::Dialect>>>(condition: E) -> ir::Node {
    inlined(condition.into_ir())
}

/// The condition of a partial index.
pub fn filter<T: Indexed<Dialect: HasPartialIndex>, E: Expression<Type: Boolean, Dialect: Covers<T::Dialect>>>(
    filter: E,
) -> ir::Node {
    inlined(filter.into_ir())
}

/// CHECK
pub fn check(name: &str, condition: ir::Node) -> CheckDef {
    CheckDef { name: name.to_owned(), condition }
}

/// UNIQUE, of one column.
pub fn unique(name: &str, column: &str) -> UniqueDef {
    UniqueDef { name: name.to_owned(), columns: vec![column.to_owned()] }
}

/// An index.
pub fn index<T: Indexed, M: Method<T::Dialect>, C, K: IndexKeys<T, M, C>>(
    name: &str,
    _method: M,
    class: C,
    keys: K,
) -> IndexDef {
    IndexDef { method: M::METHOD, ..IndexDef::new(name, keys.parts(&class)) }
}

/// What splits text into words.
pub fn parser<T: Indexed<Dialect: HasFullText>>(index: &mut IndexDef, parser: &str) {
    index.parser = Some(parser.to_owned());
}

/// Has plans pass the index over.
pub fn invisible_index<T: Indexed<Dialect: HasInvisibleIndex>>(index: &mut IndexDef) {
    index.invisible = true;
}

/// That a foreign key's column of type `A` can be set to NULL.
pub fn set_null<A: CanBeNull>() -> ReferentialAction {
    ReferentialAction::SetNull
}

/// That all columns of a foreign key can be set to NULL.
pub fn set_all_null<A: CanAllBeNull>(_columns: &A) -> ReferentialAction {
    ReferentialAction::SetNull
}

/// That a foreign key of `T` can set its column to the default.
pub fn set_default<T: Table<Dialect: HasSetDefault>>() -> ReferentialAction {
    ReferentialAction::SetDefault
}

/// Makes an index unique.
pub fn unique_index<M: UniqueMethod>(index: &mut IndexDef, _method: M) {
    index.unique = true;
}

/// INCLUDE
pub fn include<T: Indexed<Dialect: HasCoveringIndex>, C: IncludedColumns<T>>(index: &mut IndexDef, columns: C) {
    columns.names(&mut index.include);
}

/// A view, without the indexes that a materialized one can have.
pub fn view<V: View, Q: Defines<V, Dialect: Covers<V::Dialect>>>(query: impl FnOnce() -> Q) -> ViewDef {
    let columns = V::VIEW.columns.iter().map(|name| name.to_string()).collect();
    ViewDef::new(V::VIEW.schema.as_deref(), &V::VIEW.name, columns, query_of::<V, Q>(query))
}

/// That a view of this dialect can be materialized.
pub const fn materialized<D: HasMaterializedView>() {}

/// FOREIGN KEY, of a column or of several. Those referred to come first, so that a message names both types.
pub fn foreign_key<T: Table, F: Table<Dialect: Covers<T::Dialect>>, B, A: RefersTo<B>>(
    name: &str,
    to: B,
    from: A,
    on_delete: Option<ReferentialAction>,
    on_update: Option<ReferentialAction>,
) -> ForeignKeyDef {
    let pairs = from.pairs(to);
    ForeignKeyDef {
        name: name.to_owned(),
        columns: pairs.iter().filter_map(|(from, _)| self::name::<T>(*from)).collect(),
        to_schema: F::TABLE.schema.as_deref().map(str::to_owned),
        to_table: F::TABLE.name.to_string(),
        to_columns: pairs.iter().filter_map(|(_, to)| self::name::<F>(*to)).collect(),
        on_delete,
        on_update,
    }
}
