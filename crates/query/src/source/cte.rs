//! Common table expressions: named queries; using one puts it in WITH.

mod walk;

pub use walk::{Checked, ColumnList, InOrder, SearchKey, Walk, WalkColumns, WalkPart};

use std::borrow::Cow;
use std::marker::PhantomData;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::{Projection, RowSource, Scope, Source};
use crate::dialect::{Covers, Dialect, HasMaterialized};
use crate::ir::{self, CteBody, CteRef, SourceId};
use crate::statement::Select;
use crate::types::{NotNull, Nullness};

/// A named query with rows `R`. `&cte` is a source; `cte.query()` starts a query on it.
pub struct Cte<R, D> {
    reference: CteRef,
    types: PhantomData<fn() -> (R, D)>,
}

impl<R, D> Clone for Cte<R, D> {
    fn clone(&self) -> Self {
        Cte { reference: self.reference.clone(), types: PhantomData }
    }
}

/// An identity that no other common table expression has.
pub(crate) fn fresh_cte() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

impl<R, D> Cte<R, D> {
    fn of(cte: ir::Cte) -> Self {
        Cte { reference: CteRef::Of(Arc::new(cte)), types: PhantomData }
    }

    /// The same expression, with a change to its declaration.
    fn changed(self, change: impl FnOnce(&mut ir::Cte)) -> Self {
        match self.reference {
            CteRef::Of(mut cte) => {
                change(Arc::make_mut(&mut cte));
                Cte { reference: CteRef::Of(cte), types: PhantomData }
            }
            // inside of its own step it is declared already
            itself => Cte { reference: itself, types: PhantomData },
        }
    }

    pub(crate) fn reference(&self) -> &CteRef {
        &self.reference
    }
}

impl<R: RowSource, D: Dialect> Cte<R, D> {
    pub(crate) fn new(name: Cow<'static, str>, id: u64, body: CteBody) -> Self {
        Cte::of(ir::Cte::new(id, name, R::names(), body))
    }

    pub(crate) fn of_select(name: Cow<'static, str>, select: Box<ir::Select>) -> Self {
        Cte::new(name, fresh_cte(), CteBody::Select(select))
    }

    pub(crate) fn of_change(name: Cow<'static, str>, statement: ir::Statement) -> Self {
        let body = match statement {
            ir::Statement::Select(select) => CteBody::Select(select),
            ir::Statement::Insert(insert) => CteBody::Insert(insert),
            ir::Statement::Update(update) => CteBody::Update(update),
            ir::Statement::Delete(delete) => CteBody::Delete(delete),
            ir::Statement::Merge(_) => {
                let mut select = Box::new(ir::Select::new(ir::Items::Rows, []));
                select.further.mistake = Some("MERGE gives no rows back".into());
                CteBody::Select(select)
            }
            ir::Statement::Raw(raw) => CteBody::Raw(raw),
        };
        Cte::new(name, fresh_cte(), body)
    }

    /// MATERIALIZED: it is computed once, and what stands outside of it does not change how.
    #[must_use]
    pub fn materialized(self) -> Self
    where
        D: HasMaterialized,
    {
        self.changed(|cte| cte.materialized = Some(true))
    }

    /// NOT MATERIALIZED: it is computed wherever it is used, with the conditions that stand there.
    #[must_use]
    pub fn not_materialized(self) -> Self
    where
        D: HasMaterialized,
    {
        self.changed(|cte| cte.materialized = Some(false))
    }

    pub(crate) fn of_raw(name: Cow<'static, str>, raw: Box<ir::Raw>) -> Self {
        Cte::new(name, fresh_cte(), CteBody::Raw(raw))
    }

    /// All its rows: where a query starts.
    pub fn query(&self) -> Select<<R as RowSource>::Columns<NotNull, D>, R, D>
    where
        <R as RowSource>::Columns<NotNull, D>: Scope + Projection<D, Row = R>,
    {
        Select::from_source(&self)
    }
}

impl<R: RowSource, D: Dialect> Source for &Cte<R, D> {
    type Dialect = D;
    type Columns<N: Nullness> = <R as RowSource>::Columns<N, D>;

    fn relation(&self) -> ir::Relation {
        ir::Relation::Cte(self.reference.clone())
    }

    fn columns<N: Nullness>(source: SourceId) -> Self::Columns<N> {
        <R as RowSource>::columns(source)
    }
}

/// That rows of a recursive query's step are like those of its base.
#[diagnostic::on_unimplemented(
    message = "the step of this recursive query gives rows of type `{Self}`, its base rows of type `{R}`",
    label = "not the rows of the base"
)]
pub trait SameRow<R> {}
#[diagnostic::do_not_recommend]
impl<R> SameRow<R> for R {}

/// `WITH RECURSIVE name AS (base UNION ALL step)`: the step selects from what was found so far, which it is given.
pub fn recursive<R: RowSource, H1, H2, R2: SameRow<R>, D: Dialect, D2: Dialect + Covers<D>>(
    name: impl Into<Cow<'static, str>>,
    base: Select<H1, R, D>,
    step: impl FnOnce(&Cte<R, D>) -> Select<H2, R2, D2>,
) -> Cte<R, D> {
    steps(name.into(), base, step, true)
}

/// `WITH RECURSIVE name AS (base UNION step)`: as [`recursive`], and no row is found twice, so that it ends though
/// the rows lead back to each other.
pub fn recursive_distinct<R: RowSource, H1, H2, R2: SameRow<R>, D: Dialect, D2: Dialect + Covers<D>>(
    name: impl Into<Cow<'static, str>>,
    base: Select<H1, R, D>,
    step: impl FnOnce(&Cte<R, D>) -> Select<H2, R2, D2>,
) -> Cte<R, D> {
    steps(name.into(), base, step, false)
}

fn steps<R: RowSource, H1, H2, R2, D: Dialect, D2>(
    name: Cow<'static, str>,
    base: Select<H1, R, D>,
    step: impl FnOnce(&Cte<R, D>) -> Select<H2, R2, D2>,
    all: bool,
) -> Cte<R, D> {
    let id = fresh_cte();
    let reference = CteRef::Itself { id, name: name.clone(), columns: R::names() };
    let step = step(&Cte { reference, types: PhantomData }).into_select();
    Cte::new(name, id, CteBody::Recursive { base: base.into_select(), step, all })
}
