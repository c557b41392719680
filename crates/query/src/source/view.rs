//! Views: what `#[derive(View)]` makes of a struct. They are read as tables are, and nothing can be written to them.

use std::marker::PhantomData;

use super::{Nullify, Projection, RowSource, Source, Table, TableColumns};
use crate::dialect::{Covers, Dialect, Portable};
use crate::expr::{Origin, Part};
use crate::ir::{self, Raw, RawPart, RawText, Ref, SourceId, TableRef};
use crate::schema::ViewDef;
use crate::statement::{Combined, RawRows, RawStatement, Select, Statement};
use crate::types::{DecodeError, NotNull, Nullable, Nullness, RowReader};

/// A view. Derive it: `#[derive(View)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a view",
    label = "not a view",
    note = "derive it: `#[derive(View)] #[view(query = ..)]`"
)]
pub trait View: Origin + RowSource + Send {
    /// What a query sees of a row.
    type Columns<N: Nullness>: TableColumns<Dialect = <Self as Origin>::Dialect, Row = N::Row<Self>>
        + Nullify<Out = <Self as View>::Columns<Nullable>>
        + Projection<<Self as Origin>::Dialect, Row = N::Row<Self>>;
    /// Its name.
    const VIEW_NAME: &'static str;
    /// Its schema, where that is not the default one.
    const VIEW_SCHEMA: Option<&'static str> = None;
    /// Its name and those of its columns.
    const VIEW: &'static TableRef =
        &TableRef::new(Self::VIEW_SCHEMA, Self::VIEW_NAME, <<Self as View>::Columns<NotNull> as TableColumns>::NAMES);

    /// Its columns as those of `source`.
    fn columns<N: Nullness>(source: SourceId) -> <Self as View>::Columns<N>;

    /// Reads a row of all its columns.
    ///
    /// # Errors
    /// A [`DecodeError`] for the first cell that does not hold what it should.
    fn read(cells: &mut RowReader<'_>) -> Result<Self, DecodeError>;

    /// The whole definition: the query, and the indexes of a materialized view.
    fn definition() -> ViewDef;

    /// The view as a source to join.
    fn view() -> ViewSource<Self> {
        ViewSource(PhantomData)
    }

    /// All rows: where a query starts.
    fn query() -> Select<<Self as View>::Columns<NotNull>, Self, Self::Dialect> {
        Select::from_source(&Self::view())
    }
}

/// Reads a row of all columns of a view, or of none, if an outer join found none.
#[doc(hidden)]
pub fn read_view_row<V: View, N: Nullness>(cells: &mut RowReader<'_>) -> Result<N::Row<V>, DecodeError> {
    N::row(cells, <<V as View>::Columns<N> as TableColumns>::PARTS.len(), V::read)
}

/// A view in FROM.
pub struct ViewSource<V>(PhantomData<fn() -> V>);

impl<V> Clone for ViewSource<V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<V> Copy for ViewSource<V> {}

impl<V: View> Source for ViewSource<V> {
    type Dialect = V::Dialect;
    type Columns<N: Nullness> = <V as View>::Columns<N>;

    fn relation(&self) -> ir::Relation {
        ir::Relation::Table(Ref::Static(V::VIEW))
    }

    fn columns<N: Nullness>(source: SourceId) -> Self::Columns<N> {
        <V as View>::columns(source)
    }
}

impl<V: View> Part for ViewSource<V> {
    type Dialect = V::Dialect;

    fn part(self) -> RawPart {
        RawPart::Table(Ref::Static(V::VIEW))
    }
}

/// A view that keeps its rows until it is refreshed: `#[view(materialized, ..)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a materialized view",
    label = "keeps no rows",
    note = "mark it: `#[view(materialized, query = ..)]`"
)]
pub trait Materialized: View {
    /// REFRESH MATERIALIZED VIEW: computes its rows anew. Nobody can read it until that is done.
    fn refresh() -> RawStatement<Self::Dialect> {
        refreshing::<Self>(&REFRESH)
    }

    /// REFRESH MATERIALIZED VIEW CONCURRENTLY: computes its rows anew while the old ones can be read.
    ///
    /// PostgreSQL needs a unique index of plain columns for it
    /// ([manual](https://www.postgresql.org/docs/current/sql-refreshmaterializedview.html)).
    fn refresh_concurrently() -> RawStatement<Self::Dialect>
    where
        Self: UniquelyIndexed,
    {
        refreshing::<Self>(&REFRESH_CONCURRENTLY)
    }
}

/// A materialized view whose rows a unique index tells apart.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be refreshed concurrently: no unique index tells its rows apart",
    label = "no unique index",
    note = "add one of plain columns, without a filter: `#[index(unique, on = |v| v.id)]`; or use `refresh()`"
)]
pub trait UniquelyIndexed: Materialized {}

static REFRESH: [RawText; 1] = [text("REFRESH MATERIALIZED VIEW {}")];
static REFRESH_CONCURRENTLY: [RawText; 1] = [text("REFRESH MATERIALIZED VIEW CONCURRENTLY {}")];

const fn text(sql: &'static str) -> RawText {
    use std::borrow::Cow;
    RawText { engines: Cow::Borrowed(Portable::ENGINES), sql: Cow::Borrowed(sql) }
}

fn refreshing<V: View>(text: &'static [RawText]) -> RawStatement<V::Dialect> {
    let part = RawPart::Table(Ref::Static(V::VIEW));
    RawStatement::new(Raw {
        texts: std::borrow::Cow::Borrowed(text),
        parts: vec![part],
        head: crate::ir::Head::default(),
    })
}

/// What a view is defined by: a query for rows of its own struct.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not define the view `{V}`",
    label = "does not select rows of `{V}`",
    note = "select the view's own struct: `.select(|t| {V}Exprs {{ .. }})`"
)]
pub trait Defines<V> {
    /// The databases it may run on.
    type Dialect: Dialect;

    /// Gives up the types.
    fn into_query(self) -> ir::Statement;
}

impl<H: Send, V: Send, D: Dialect> Defines<V> for Select<H, V, D> {
    type Dialect = D;

    fn into_query(self) -> ir::Statement {
        self.into_ir()
    }
}

impl<V: Send, D: Dialect> Defines<V> for Combined<V, D> {
    type Dialect = D;

    fn into_query(self) -> ir::Statement {
        self.into_ir()
    }
}

impl<V: Send, D: Dialect> Defines<V> for RawRows<V, D> {
    type Dialect = D;

    fn into_query(self) -> ir::Statement {
        self.into_ir()
    }
}

/// What can have indexes: a table or a materialized view.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no indexes",
    label = "neither a table nor a materialized view",
    note = "a view keeps no rows: `#[view(materialized, ..)]` makes one that does, on PostgreSQL"
)]
pub trait Indexed: Origin {
    /// Its name and those of its columns.
    const NAMES: &'static TableRef;
}

impl<T: Table> Indexed for T {
    const NAMES: &'static TableRef = T::TABLE;
}

/// The query of a view, checked to be one for the databases of the view.
pub(crate) fn query_of<V: View, Q: Defines<V, Dialect: Covers<V::Dialect>>>(
    query: impl FnOnce() -> Q,
) -> ir::Statement {
    query().into_query()
}
