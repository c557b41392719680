//! LATERAL: sources that see the rows of those before them.

use super::{Select, Whole};
use crate::dialect::{Covers, Dialect, HasLateral, Meet, Met};
use crate::expr::{Boolean, Expression};
use crate::ir::{self, JoinKind, SourceId};
use crate::source::{DerivedTable, Projection, Push, RowOf, RowSource, Source, TableFunction, Ungrouped};
use crate::types::{NotNull, Nullable};

/// A source that can be made of the rows before it: a query where there is LATERAL, a function everywhere.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be made of the rows before it",
    label = "neither a derived table nor a function that gives rows",
    note = "write `query.derived()`; a table is joined with `.join(..)`"
)]
pub trait Lateral<D>: Source {
    /// What stands in FROM.
    fn lateral(&self) -> ir::Relation;
}

impl<R: RowSource, X: Dialect, D: HasLateral> Lateral<D> for DerivedTable<R, X> {
    fn lateral(&self) -> ir::Relation {
        match self.relation() {
            ir::Relation::Derived { query, columns, .. } => ir::Relation::Derived { query, columns, lateral: true },
            other => other,
        }
    }
}

impl<R: RowSource, X: Dialect, D> Lateral<D> for TableFunction<R, X> {
    fn lateral(&self) -> ir::Relation {
        self.relation()
    }
}

impl<H: Clone, R, D: Dialect> Select<H, R, D> {
    /// INNER JOIN LATERAL: a source made for each row: the latest of a user's threads, the elements of an array.
    #[must_use]
    pub fn join_lateral<S, E>(
        self,
        source: impl FnOnce(H) -> S,
        on: impl FnOnce(H, <S as Source>::Columns<NotNull>) -> E,
    ) -> Select<H::Out, RowOf<H::Out, Met<D, <S as Source>::Dialect>>, Met<D, <S as Source>::Dialect>>
    where
        D: Meet<<S as Source>::Dialect>,
        S: Source + Lateral<Met<D, <S as Source>::Dialect>>,
        H: Ungrouped
            + Projection<D>
            + Push<<S as Source>::Columns<NotNull>, Out: Projection<Met<D, <S as Source>::Dialect>>>,
        R: Whole<RowOf<H, D>>,
        E: Expression<Type: Boolean, Dialect: Covers<Met<D, <S as Source>::Dialect>>>,
    {
        let id = SourceId::fresh();
        let relation = source(self.scope).lateral();
        let columns = <S as Source>::columns::<NotNull>(id);
        let on = on(self.scope, columns).into_ir();
        let scope = self.scope.push(columns);
        self.joined(JoinKind::Inner, relation, id, Some(on), scope)
    }

    /// LEFT JOIN LATERAL: as [`join_lateral`](Select::join_lateral), and rows for which the source is empty stay, with
    /// NULL in its columns.
    #[must_use]
    pub fn left_join_lateral<S, E>(
        self,
        source: impl FnOnce(H) -> S,
        on: impl FnOnce(H, <S as Source>::Columns<NotNull>) -> E,
    ) -> Select<H::Out, RowOf<H::Out, Met<D, <S as Source>::Dialect>>, Met<D, <S as Source>::Dialect>>
    where
        D: Meet<<S as Source>::Dialect>,
        S: Source + Lateral<Met<D, <S as Source>::Dialect>>,
        H: Ungrouped
            + Projection<D>
            + Push<<S as Source>::Columns<Nullable>, Out: Projection<Met<D, <S as Source>::Dialect>>>,
        R: Whole<RowOf<H, D>>,
        E: Expression<Type: Boolean, Dialect: Covers<Met<D, <S as Source>::Dialect>>>,
    {
        let id = SourceId::fresh();
        let relation = source(self.scope).lateral();
        let on = on(self.scope, <S as Source>::columns::<NotNull>(id)).into_ir();
        let scope = self.scope.push(<S as Source>::columns::<Nullable>(id));
        self.joined(JoinKind::Left, relation, id, Some(on), scope)
    }

    /// CROSS JOIN LATERAL: every row with every row of the source that is made of it.
    #[must_use]
    pub fn cross_join_lateral<S>(
        self,
        source: impl FnOnce(H) -> S,
    ) -> Select<H::Out, RowOf<H::Out, Met<D, <S as Source>::Dialect>>, Met<D, <S as Source>::Dialect>>
    where
        D: Meet<<S as Source>::Dialect>,
        S: Source + Lateral<Met<D, <S as Source>::Dialect>>,
        H: Ungrouped
            + Projection<D>
            + Push<<S as Source>::Columns<NotNull>, Out: Projection<Met<D, <S as Source>::Dialect>>>,
        R: Whole<RowOf<H, D>>,
    {
        let id = SourceId::fresh();
        let relation = source(self.scope).lateral();
        let scope = self.scope.push(<S as Source>::columns::<NotNull>(id));
        self.joined(JoinKind::Cross, relation, id, None, scope)
    }
}
