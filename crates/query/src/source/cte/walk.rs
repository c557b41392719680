//! SEARCH and CYCLE: a recursive query as a walk through a tree or a graph.

use std::marker::PhantomData;

use super::Cte;
use crate::dialect::{Dialect, HasSearchCycle};
use crate::expr::{Column, Derived, Order};
use crate::ir::{self, ColumnRef, Item, Search, SearchOrder, SourceId};
use crate::source::{Nullify, Projection, RowSource, Scope, Single, Source};
use crate::statement::Select;
use crate::types::{CellTypes, DecodeError, Joined, NotNull, Nullness, RowReader};

impl<R: RowSource, D: Dialect> Cte<R, D> {
    /// SEARCH: the rows can be sorted by the walk that finds them, siblings by these columns:
    /// `let tree = tree.search(SearchOrder::DepthFirst, |n| n.id)`, then `tree.query().order_by(|n| n.order.asc())`.
    pub fn search<K: ColumnList>(
        self,
        order: SearchOrder,
        by: impl FnOnce(<R as RowSource>::Columns<NotNull, D>) -> K,
    ) -> Walk<R, D, InOrder, ()>
    where
        D: HasSearchCycle,
    {
        Walk { cte: searched(self, order, by), parts: PhantomData }
    }

    /// CYCLE: the walk does not go on from a row that it met on the way to it, as these columns tell; the row itself is
    /// found, with `is_cycle` true.
    pub fn cycle<K: ColumnList>(
        self,
        by: impl FnOnce(<R as RowSource>::Columns<NotNull, D>) -> K,
    ) -> Walk<R, D, (), Checked>
    where
        D: HasSearchCycle,
    {
        Walk { cte: checked(self, by), parts: PhantomData }
    }
}

fn searched<R: RowSource, D: Dialect, K: ColumnList>(
    cte: Cte<R, D>,
    order: SearchOrder,
    by: impl FnOnce(<R as RowSource>::Columns<NotNull, D>) -> K,
) -> Cte<R, D> {
    let by = by(<R as RowSource>::columns(SourceId::SCHEMA)).all_positions();
    cte.changed(|cte| cte.search = Some(Search { order, by }))
}

fn checked<R: RowSource, D: Dialect, K: ColumnList>(
    cte: Cte<R, D>,
    by: impl FnOnce(<R as RowSource>::Columns<NotNull, D>) -> K,
) -> Cte<R, D> {
    let by = by(<R as RowSource>::columns(SourceId::SCHEMA)).all_positions();
    cte.changed(|cte| cte.cycle = Some(by))
}

/// A recursive query with SEARCH, CYCLE or both: a source whose rows are those of the query, and whose columns have
/// `order` and `is_cycle` beside them.
pub struct Walk<R, D, S, C> {
    cte: Cte<R, D>,
    parts: PhantomData<fn() -> (S, C)>,
}

impl<R, D, S, C> Clone for Walk<R, D, S, C> {
    fn clone(&self) -> Self {
        Walk { cte: self.cte.clone(), parts: PhantomData }
    }
}

impl<R: RowSource, D: Dialect> Walk<R, D, (), Checked> {
    /// SEARCH, too: see [`Cte::search`].
    pub fn search<K: ColumnList>(
        self,
        order: SearchOrder,
        by: impl FnOnce(<R as RowSource>::Columns<NotNull, D>) -> K,
    ) -> Walk<R, D, InOrder, Checked>
    where
        D: HasSearchCycle,
    {
        Walk { cte: searched(self.cte, order, by), parts: PhantomData }
    }
}

impl<R: RowSource, D: Dialect> Walk<R, D, InOrder, ()> {
    /// CYCLE, too: see [`Cte::cycle`].
    pub fn cycle<K: ColumnList>(
        self,
        by: impl FnOnce(<R as RowSource>::Columns<NotNull, D>) -> K,
    ) -> Walk<R, D, InOrder, Checked>
    where
        D: HasSearchCycle,
    {
        Walk { cte: checked(self.cte, by), parts: PhantomData }
    }
}

/// What SEARCH or CYCLE adds to a row: nothing, a sort key, a flag.
pub trait WalkPart<R, D>: 'static {
    /// How many columns.
    const WIDTH: u32;
    /// What closures see of it.
    type Column<N: Nullness>: Copy;

    /// The column at `index`.
    fn column<N: Nullness>(source: SourceId, index: u32) -> Self::Column<N>;
}

impl<R, D> WalkPart<R, D> for () {
    const WIDTH: u32 = 0;
    type Column<N: Nullness> = ();

    fn column<N: Nullness>(_: SourceId, _: u32) {}
}

/// There is SEARCH.
#[derive(Clone, Copy, Debug)]
pub struct InOrder;

impl<R: 'static, D: Dialect> WalkPart<R, D> for InOrder {
    const WIDTH: u32 = 1;
    type Column<N: Nullness> = SearchKey<D>;

    fn column<N: Nullness>(source: SourceId, index: u32) -> SearchKey<D> {
        SearchKey { at: ColumnRef { source, index }, dialect: PhantomData }
    }
}

/// There is CYCLE.
#[derive(Clone, Copy, Debug)]
pub struct Checked;

impl<R: 'static, D: Dialect> WalkPart<R, D> for Checked {
    const WIDTH: u32 = 1;
    type Column<N: Nullness> = Column<Derived<R, D>, Joined<bool, N>>;

    fn column<N: Nullness>(source: SourceId, index: u32) -> Self::Column<N> {
        Column::new(source, index)
    }
}

/// The place of a row in a walk: it has no value, rows can only be sorted by it.
pub struct SearchKey<D> {
    at: ColumnRef,
    dialect: PhantomData<fn() -> D>,
}

impl<D> Clone for SearchKey<D> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<D> Copy for SearchKey<D> {}

impl<D> SearchKey<D> {
    /// In the order of the walk.
    pub fn asc(self) -> Order<D> {
        Order::new(ir::Node::Column(self.at), ir::Direction::Ascending)
    }

    /// Against the order of the walk.
    pub fn desc(self) -> Order<D> {
        Order::new(ir::Node::Column(self.at), ir::Direction::Descending)
    }
}

/// The columns of a walk.
#[derive(Clone, Copy, Debug)]
pub struct WalkColumns<Row, S, C> {
    /// Those of the query.
    pub row: Row,
    /// The place in the walk, to sort by. `()` without SEARCH.
    pub order: S,
    /// Whether the row was met before on the way to it. `()` without CYCLE.
    pub is_cycle: C,
}

impl<Row: Copy, S: Copy, C: Copy> Scope for WalkColumns<Row, S, C> {}
impl<Row: Copy, S: Copy, C: Copy> Single for WalkColumns<Row, S, C> {}

impl<D, Row: Projection<D>, S, C> Projection<D> for WalkColumns<Row, S, C> {
    type Row = Row::Row;

    fn items(self, items: &mut Vec<Item>) {
        self.row.items(items);
    }

    fn read(cells: &mut RowReader<'_>) -> Result<Self::Row, DecodeError> {
        Row::read(cells)
    }

    fn types(types: &mut CellTypes) {
        Row::types(types);
    }
}

impl<Row: Nullify, S> Nullify for WalkColumns<Row, S, ()> {
    type Out = WalkColumns<Row::Out, S, ()>;

    fn nullify(self) -> Self::Out {
        WalkColumns { row: self.row.nullify(), order: self.order, is_cycle: () }
    }
}

impl<Row: Nullify, S, O, T> Nullify for WalkColumns<Row, S, Column<O, T>>
where
    Column<O, T>: Nullify,
{
    type Out = WalkColumns<Row::Out, S, <Column<O, T> as Nullify>::Out>;

    fn nullify(self) -> Self::Out {
        WalkColumns { row: self.row.nullify(), order: self.order, is_cycle: self.is_cycle.nullify() }
    }
}

impl<R: RowSource, D: Dialect, S: WalkPart<R, D>, C: WalkPart<R, D>> Source for &Walk<R, D, S, C> {
    type Dialect = D;
    type Columns<N: Nullness> = WalkColumns<<R as RowSource>::Columns<N, D>, S::Column<N>, C::Column<N>>;

    fn relation(&self) -> ir::Relation {
        (&self.cte).relation()
    }

    fn columns<N: Nullness>(source: SourceId) -> Self::Columns<N> {
        let width = u32::try_from(R::names().len()).unwrap_or(u32::MAX);
        WalkColumns {
            row: <R as RowSource>::columns(source),
            order: S::column::<N>(source, width),
            is_cycle: C::column::<N>(source, width.saturating_add(S::WIDTH)),
        }
    }
}

impl<R: RowSource, D: Dialect, S: WalkPart<R, D>, C: WalkPart<R, D>> Walk<R, D, S, C> {
    /// All its rows: where a query starts.
    #[allow(clippy::type_complexity, reason = "the columns of the walk, written out once")]
    pub fn query(
        &self,
    ) -> Select<WalkColumns<<R as RowSource>::Columns<NotNull, D>, S::Column<NotNull>, C::Column<NotNull>>, R, D>
    where
        <R as RowSource>::Columns<NotNull, D>: Projection<D, Row = R>,
    {
        Select::from_source(&self)
    }
}

/// Columns, of which only their positions matter: one, or a tuple of several.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a column of the recursive query",
    label = "not a column",
    note = "SEARCH and CYCLE take columns, one or a tuple of several"
)]
pub trait ColumnList: Sized {
    /// Appends the positions.
    fn positions(self, positions: &mut Vec<u32>);

    #[doc(hidden)]
    fn all_positions(self) -> Vec<u32> {
        let mut positions = Vec::new();
        self.positions(&mut positions);
        positions
    }
}

impl<O, T> ColumnList for Column<O, T> {
    fn positions(self, positions: &mut Vec<u32>) {
        positions.push(self.at().index);
    }
}

macro_rules! tuples {
    ($(($($part:ident)*))*) => { $(
        #[allow(non_snake_case, reason = "the type parameters name the tuple's parts")]
        impl<$($part: ColumnList),*> ColumnList for ($($part,)*) {
            fn positions(self, positions: &mut Vec<u32>) {
                let ($($part,)*) = self;
                $($part.positions(positions);)*
            }
        }
    )* };
}
tuples! { (A B) (A B C) (A B C D) }
