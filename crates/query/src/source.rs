//! Sources: what rows come from, and what a query's closures see of them.

mod cte;
mod derived;
mod embed;
mod function;
mod key;
mod named;
mod projection;
mod scan;
mod scope;
mod table;
mod values;
mod view;

pub(crate) use cte::fresh_cte;
pub use cte::{
    Checked, ColumnList, Cte, InOrder, SameRow, SearchKey, Walk, WalkColumns, WalkPart, recursive, recursive_distinct,
};
pub use derived::{DerivedTable, Field, Fields2, Fields3, Fields4, Fields5, Fields6, Fields7, Fields8, RowSource};
pub use embed::{ColumnPart, Embedded, Placed};
pub use function::{
    Elements, JsonDocuments, JsonList, JsonScalar, Numbered, PointInTime, TableFunction, generate_series,
    generate_series_by, generate_times, json_documents, json_elements, unnest, unnest_both,
};
pub use key::{
    AnyRows, ConflictConstraint, ConflictKey, Constraint, Exclusion, FindsOneRow, IndexHandle, KeyValue, OneRow,
    PartialKey, UniqueIndex, UniqueKey,
};
pub use named::{Comparison, Named};
pub(crate) use projection::dialects_of;
pub use projection::{CommonDialects, Fill, Projection, RowOf, Selection, selection};
pub(crate) use projection::{decoder, listed};
pub use scan::Scan;
pub use scope::{Nullify, Push, Scope, Single, TableColumns, Ungrouped};
#[doc(hidden)]
pub use scope::{column_types, declared_type, part_types, row_item};
pub use table::{
    Assignment, Assignments, Entity, FieldPart, Insertable, Patch, PatchField, Set, Settable, Stamp, Table, TableSource,
};
#[doc(hidden)]
pub use table::{Changed, Declared, changes, declared_value, push_own, read_row};
pub use values::{ValueRow, Values, values};

pub(crate) use view::query_of;
#[doc(hidden)]
pub use view::read_view_row;
pub use view::{Defines, Indexed, Materialized, UniquelyIndexed, View, ViewSource};

use crate::dialect::Dialect;
use crate::ir::{self, SourceId};
use crate::types::Nullness;

/// What can stand in FROM.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot stand in FROM",
    label = "not a source of rows",
    note = "join a table (`User::table()`), a common table expression (`&cte`) or a subquery (`query.derived()`)"
)]
pub trait Source {
    /// The databases it exists on.
    type Dialect: Dialect;
    /// What a query sees of one of its rows.
    type Columns<N: Nullness>: Copy;

    /// What stands in FROM.
    fn relation(&self) -> ir::Relation;

    /// Its columns as those of `source`.
    fn columns<N: Nullness>(source: SourceId) -> Self::Columns<N>;
}
