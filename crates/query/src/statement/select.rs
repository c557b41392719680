//! SELECT: filters, joins, select list, order and limits.

mod grouping;
mod lateral;
mod lock;

pub use lateral::Lateral;

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use super::{Bounded, Fetchable, Statement, Subquery};
use crate::dialect::{Covers, Dialect, HasDistinctOn, HasFullJoin, HasRightJoin, Meet, Met};
use crate::expr::{Boolean, Condition, Expr, Expression, Group, Orders, Param};
use crate::ir::{self, Distinct, Item, Join, JoinKind, SourceId};
use crate::source::{
    Cte, DerivedTable, Nullify, Projection, Push, RowOf, RowSource, Scope, Selection, Source, Ungrouped, decoder,
    listed,
};
use crate::types::{Decoder, Joined, NotNull, Nullable, SqlType};
use crate::value::Value;

/// A query: its closures get `H`, its rows are `R`, it runs on the databases in `D`.
///
/// Its type does not grow with its clauses, so a query can be kept in a variable, changed under `if`, stored in a
/// struct and returned. `Query<Thread>` names a query for a whole table, [`Rows`] one that has only to be run.
pub struct Select<H, R, D> {
    ir: Box<ir::Select>,
    scope: H,
    decoder: Decoder<R>,
    dialect: PhantomData<fn() -> D>,
}

/// A query whose scope is forgotten: it can be run, limited and put into other queries.
pub type Rows<R, D> = Select<(), R, D>;

impl<H: Clone, R, D> Clone for Select<H, R, D> {
    fn clone(&self) -> Self {
        let (scope, dialect) = (self.scope.clone(), PhantomData);
        Select { ir: self.ir.clone(), scope, decoder: self.decoder.clone(), dialect }
    }
}

impl<H, R, D: Dialect> fmt::Debug for Select<H, R, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        super::debug::<D>(&ir::Statement::Select(self.ir.clone()), f)
    }
}

/// That `R` is what the scope selects by itself: no select list was chosen yet.
#[diagnostic::on_unimplemented(
    message = "the select list is already set: join before `select`",
    label = "`select(..)` stands before this",
    note = "a query that is selected can be joined to as a derived table: `.derived()`"
)]
pub trait Whole<Row> {}
#[diagnostic::do_not_recommend]
impl<R> Whole<R> for R {}

impl<H: Scope + Projection<D>, D: Dialect> Select<H, H::Row, D> {
    /// All rows of a source.
    pub(crate) fn from_source<S: Source<Columns<NotNull> = H>>(from: &S) -> Self {
        let source = SourceId::fresh();
        let ir = ir::Select::all(from.relation(), source);
        let scope = S::columns::<NotNull>(source);
        Select { ir, scope, decoder: decoder::<H, D>(), dialect: PhantomData }
    }
}

impl<H: Clone, R, D: Dialect> Select<H, R, D> {
    /// WHERE: keeps the rows for which the condition is true. Several filters must all hold.
    #[must_use]
    pub fn filter<E: Expression<Type: Boolean, Dialect: Covers<D>>>(mut self, f: impl FnOnce(H) -> E) -> Self
    where
        H: Ungrouped,
    {
        self.ir.filter.push(f(self.scope).into_ir());
        self
    }

    /// A filter that may be absent: nothing is filtered for `None`.
    #[must_use]
    pub fn filter_opt<V, E: Expression<Type: Boolean, Dialect: Covers<D>>>(
        self,
        value: Option<V>,
        f: impl FnOnce(H, V) -> E,
    ) -> Self
    where
        H: Ungrouped,
    {
        match value {
            Some(value) => self.filter(|scope| f(scope, value)),
            None => self,
        }
    }

    /// INNER JOIN
    #[must_use]
    pub fn join<S: Source, E>(
        self,
        source: S,
        on: impl FnOnce(H, S::Columns<NotNull>) -> E,
    ) -> Select<H::Out, RowOf<H::Out, Met<D, S::Dialect>>, Met<D, S::Dialect>>
    where
        D: Meet<S::Dialect>,
        H: Ungrouped + Projection<D> + Push<S::Columns<NotNull>, Out: Projection<Met<D, S::Dialect>>>,
        R: Whole<RowOf<H, D>>,
        E: Expression<Type: Boolean, Dialect: Covers<Met<D, S::Dialect>>>,
    {
        let id = SourceId::fresh();
        let columns = S::columns::<NotNull>(id);
        let on = on(self.scope, columns).into_ir();
        let scope = self.scope.push(columns);
        self.joined(JoinKind::Inner, source.relation(), id, Some(on), scope)
    }

    /// LEFT JOIN: the joined table's columns are nullable from here on, its row optional.
    #[must_use]
    pub fn left_join<S: Source, E>(
        self,
        source: S,
        on: impl FnOnce(H, S::Columns<NotNull>) -> E,
    ) -> Select<H::Out, RowOf<H::Out, Met<D, S::Dialect>>, Met<D, S::Dialect>>
    where
        D: Meet<S::Dialect>,
        H: Ungrouped + Projection<D> + Push<S::Columns<Nullable>, Out: Projection<Met<D, S::Dialect>>>,
        R: Whole<RowOf<H, D>>,
        E: Expression<Type: Boolean, Dialect: Covers<Met<D, S::Dialect>>>,
    {
        let id = SourceId::fresh();
        let on = on(self.scope, S::columns::<NotNull>(id)).into_ir();
        let scope = self.scope.push(S::columns::<Nullable>(id));
        self.joined(JoinKind::Left, source.relation(), id, Some(on), scope)
    }

    /// RIGHT JOIN: all columns before are nullable from here on.
    #[must_use]
    pub fn right_join<S: Source, E, N>(
        self,
        source: S,
        on: impl FnOnce(H, S::Columns<NotNull>) -> E,
    ) -> Select<N::Out, RowOf<N::Out, Met<D, S::Dialect>>, Met<D, S::Dialect>>
    where
        D: Meet<S::Dialect>,
        Met<D, S::Dialect>: HasRightJoin,
        H: Ungrouped + Projection<D> + Nullify<Out = N>,
        N: Push<S::Columns<NotNull>, Out: Projection<Met<D, S::Dialect>>>,
        R: Whole<RowOf<H, D>>,
        E: Expression<Type: Boolean, Dialect: Covers<Met<D, S::Dialect>>>,
    {
        let id = SourceId::fresh();
        let columns = S::columns::<NotNull>(id);
        let on = on(self.scope, columns).into_ir();
        let scope = self.scope.nullify().push(columns);
        self.joined(JoinKind::Right, source.relation(), id, Some(on), scope)
    }

    /// FULL JOIN: all columns, before and joined, are nullable from here on.
    #[must_use]
    pub fn full_join<S: Source, E, N>(
        self,
        source: S,
        on: impl FnOnce(H, S::Columns<NotNull>) -> E,
    ) -> Select<N::Out, RowOf<N::Out, Met<D, S::Dialect>>, Met<D, S::Dialect>>
    where
        D: Meet<S::Dialect>,
        Met<D, S::Dialect>: HasFullJoin,
        H: Ungrouped + Projection<D> + Nullify<Out = N>,
        N: Push<S::Columns<Nullable>, Out: Projection<Met<D, S::Dialect>>>,
        R: Whole<RowOf<H, D>>,
        E: Expression<Type: Boolean, Dialect: Covers<Met<D, S::Dialect>>>,
    {
        let id = SourceId::fresh();
        let on = on(self.scope, S::columns::<NotNull>(id)).into_ir();
        let scope = self.scope.nullify().push(S::columns::<Nullable>(id));
        self.joined(JoinKind::Full, source.relation(), id, Some(on), scope)
    }

    /// CROSS JOIN: every row with every row.
    #[must_use]
    pub fn cross_join<S: Source>(
        self,
        source: S,
    ) -> Select<H::Out, RowOf<H::Out, Met<D, S::Dialect>>, Met<D, S::Dialect>>
    where
        D: Meet<S::Dialect>,
        H: Ungrouped + Projection<D> + Push<S::Columns<NotNull>, Out: Projection<Met<D, S::Dialect>>>,
        R: Whole<RowOf<H, D>>,
    {
        let id = SourceId::fresh();
        let scope = self.scope.push(S::columns::<NotNull>(id));
        self.joined(JoinKind::Cross, source.relation(), id, None, scope)
    }

    /// The expressions of a key; `mistake` is noted if there is a whole row among them.
    fn keys<K: Projection<D>>(&mut self, key: K, mistake: &'static str) -> Vec<ir::Node> {
        let mut items = Vec::new();
        key.items(&mut items);
        let exprs = items.into_iter().filter_map(|item| match item {
            Item::Expr(expr) => Some(expr),
            Item::Row(_) => {
                self.ir.further.mistake = Some(Cow::Borrowed(mistake));
                None
            }
        });
        exprs.collect()
    }

    fn joined<H2: Projection<D2>, D2: Dialect>(
        self,
        kind: JoinKind,
        relation: ir::Relation,
        source: SourceId,
        on: Option<ir::Node>,
        scope: H2,
    ) -> Select<H2, H2::Row, D2> {
        let mut ir = self.ir;
        join(&mut ir, Join { kind, relation, source, on });
        Select { ir, scope, decoder: decoder::<H2, D2>(), dialect: PhantomData }
    }

    /// Gives the closures that follow a struct of your own instead of a tuple: `.scope(|(p, s, c)| Q { p, s, c })`.
    ///
    /// Mark the struct with `impl Scope for Q {}`. Nothing can be joined after this.
    #[must_use]
    pub fn scope<H2: Scope>(self, f: impl FnOnce(H) -> H2) -> Select<H2, R, D> {
        let scope = f(self.scope);
        Select { ir: self.ir, scope, decoder: self.decoder, dialect: PhantomData }
    }

    /// The select list.
    #[must_use]
    pub fn select<P: Projection<D>>(mut self, f: impl FnOnce(H) -> P) -> Select<H, P::Row, D> {
        self.ir.items = listed(f(self.scope.clone()));
        let (decoder, scope) = (decoder::<P, D>(), self.scope);
        Select { ir: self.ir, scope, decoder, dialect: PhantomData }
    }

    /// A select list chosen at run time: see [`selection`](crate::source::selection).
    #[must_use]
    pub fn select_list<R2>(mut self, f: impl FnOnce(H) -> Selection<R2, D>) -> Select<H, R2, D> {
        let Selection { items, decoder, .. } = f(self.scope.clone());
        self.ir.items = items.into();
        Select { ir: self.ir, scope: self.scope, decoder, dialect: PhantomData }
    }

    /// Aggregates of all rows together, as one row.
    #[must_use]
    pub fn aggregate<P: Projection<D>>(mut self, f: impl FnOnce(Group<H, D>) -> P) -> Rows<P::Row, D>
    where
        H: Ungrouped,
    {
        self.ends_before_grouping();
        self.ir.items = listed(f(Group::new(self.scope)));
        Select { ir: self.ir, scope: (), decoder: decoder::<P, D>(), dialect: PhantomData }
    }

    /// ORDER BY: sorts by these after what it was sorted by before.
    #[must_use]
    pub fn order_by<O: Orders<D>>(mut self, f: impl FnOnce(H) -> O) -> Self {
        f(self.scope.clone()).orders(&mut self.ir.order_by);
        self
    }

    /// DISTINCT: no row twice.
    #[must_use]
    pub fn distinct(mut self) -> Self {
        self.ir.further.distinct = Distinct::Rows;
        self
    }

    /// DISTINCT ON: of the rows with the same key, the first in order.
    #[must_use]
    pub fn distinct_on<K: Projection<D>>(mut self, f: impl FnOnce(H) -> K) -> Self
    where
        D: HasDistinctOn,
    {
        let keys = f(self.scope.clone());
        self.ir.further.distinct =
            Distinct::On(self.keys(keys, "DISTINCT ON takes columns or expressions, not a whole row"));
        self
    }

    /// LIMIT: at most so many rows.
    #[must_use]
    pub fn limit(mut self, rows: impl RowCount) -> Self {
        self.ir.limit = Some(rows.argument());
        self
    }

    /// OFFSET: without the first so many rows. The database still computes them: page by key where there are many.
    #[must_use]
    pub fn offset(mut self, rows: impl RowCount) -> Self {
        self.ir.further.offset = Some(rows.argument());
        self
    }

    /// The query as a source, to be joined: a subquery in FROM.
    pub fn derived(self) -> DerivedTable<R, D>
    where
        R: RowSource,
    {
        DerivedTable::new(self.ir)
    }

    /// The query as a common table expression.
    pub fn cte(self, name: impl Into<Cow<'static, str>>) -> Cte<R, D>
    where
        R: RowSource,
    {
        Cte::of_select(name.into(), self.ir)
    }

    /// The same query for fewer databases: what a portable subquery needs to see outer columns of theirs.
    #[must_use]
    pub fn only_on<D2: Dialect>(self) -> Select<H, R, D2>
    where
        D: Covers<D2>,
    {
        let Select { ir, scope, decoder, .. } = self;
        Select { ir, scope, decoder, dialect: PhantomData }
    }

    /// Forgets the scope, so that the type has only what running needs.
    pub fn rows(self) -> Rows<R, D> {
        Select { ir: self.ir, scope: (), decoder: self.decoder, dialect: PhantomData }
    }
}

/// Adds a source to FROM.
#[inline]
fn join(select: &mut ir::Select, join: Join) {
    if matches!(select.items, ir::Items::List(_)) {
        // the types catch this unless the list chosen has the very type of the whole row
        select.further.mistake = Some(Cow::Borrowed("the select list is already set: join before `select`"));
    }
    select.from.push(join);
}

impl<H, R, D> Select<H, R, D> {
    /// Gives up the types.
    pub fn into_select(self) -> Box<ir::Select> {
        self.ir
    }

    pub(crate) fn scope_ref(&self) -> &H {
        &self.scope
    }

    pub(crate) fn with_filter(mut self, condition: ir::Node) -> Self {
        self.ir.filter.push(condition);
        self
    }

    pub(super) fn grouped(ir: Box<ir::Select>, scope: H, decoder: Decoder<R>) -> Self {
        Select { ir, scope, decoder, dialect: PhantomData }
    }
}

impl<H, R: SqlType, D: Dialect> Select<H, R, D> {
    /// The query as a value, to be selected, sorted by or calculated with: that of its one row, and NULL if it has none.
    /// It sees the columns of the query around it. Beside an operator, a query is one without this word.
    ///
    /// ```
    /// # use relvar_query::{dialect::Portable, expr::*, statement::Rows};
    /// # fn of(books: Rows<i64, Portable>) {
    /// let count: Expr<i64, Portable> = books.scalar().coalesce(0);
    /// # }
    /// ```
    pub fn scalar(self) -> Expr<Joined<R, Nullable>, D> {
        Expr::from_ir(ir::Node::Scalar(self.into_select()))
    }
}

/// A number of rows, for LIMIT and OFFSET: a `u64`, or a parameter of a prepared statement.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a number of rows",
    label = "not a `u64`",
    note = "a number of rows is a `u64`, or a `Param<i64>` of a prepared statement"
)]
pub trait RowCount {
    #[doc(hidden)]
    fn argument(self) -> ir::Argument;
}

impl RowCount for u64 {
    fn argument(self) -> ir::Argument {
        ir::Argument::new(Value::I64(i64::try_from(self).unwrap_or(i64::MAX)), i64::SQL_TYPE)
    }
}

impl RowCount for Param<i64> {
    fn argument(self) -> ir::Argument {
        self.count()
    }
}

/// `EXISTS (query)`
pub fn exists<R, Q: Subquery<R>>(query: Q) -> Condition<Q::Dialect> {
    let mut select = query.into_subquery();
    // what it selects does not matter, only that there is a row
    if select.further.distinct == Distinct::All && select.further.compound.is_none() {
        select.items = vec![Item::Expr(ir::Node::Constant(ir::Constant::Integer(1)))].into();
    }
    Expr::from_ir(ir::Node::Exists(select))
}

/// `NOT EXISTS (query)`
pub fn not_exists<R, Q: Subquery<R>>(query: Q) -> Condition<Q::Dialect> {
    !exists(query)
}

impl<H: Send, R: Send, D: Dialect> Statement for Select<H, R, D> {
    type Dialect = D;
    type Reach = Bounded;

    fn into_ir(self) -> ir::Statement {
        ir::Statement::Select(self.ir)
    }
}

impl<H: Send, R: Send + 'static, D: Dialect> Fetchable for Select<H, R, D> {
    type Row = R;

    fn decoder(&self) -> Decoder<R> {
        self.decoder.clone()
    }
}
