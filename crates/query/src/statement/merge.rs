//! MERGE: rows of a source update, delete or insert rows of a table, each by whether it finds one.

use std::fmt;
use std::marker::PhantomData;

use super::change::{complete_assignments, now};
use super::insert::stamped_on_insert;
use super::{Bounded, Statement};
use crate::dialect::{Covers, Dialect, HasMerge};
use crate::expr::{Boolean, Expression, Origin};
use crate::ir::{self, Item, Join, JoinKind, MergeAction, MergeBranch, Ref, SourceId};
use crate::source::{Assignments, Insertable, Projection, Source, Table};
use crate::types::NotNull;

/// The beginning of a MERGE, which lacks its source. Made by [`Table::merge`].
#[must_use = "a merge needs a source: `.using(source, on)`"]
pub struct MergeInto<T: Origin, D = <T as Origin>::Dialect>(PhantomData<fn() -> (T, D)>);

impl<T: Origin, D> fmt::Debug for MergeInto<T, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MergeInto")
    }
}

impl<T: Table> MergeInto<T> {
    pub(crate) fn new() -> Self {
        MergeInto(PhantomData)
    }
}

impl<T: Table, D: Dialect> MergeInto<T, D> {
    /// The same merge for fewer databases: into a portable table, `.only_on::<Postgres>()`.
    pub fn only_on<D2: Dialect>(self) -> MergeInto<T, D2>
    where
        D: Covers<D2>,
    {
        MergeInto(PhantomData)
    }

    /// USING … ON: a row of the source and a row of the table are matched where the condition holds.
    ///
    /// Let the condition be about which rows belong together, and nothing else: what is only said of the table's
    /// row belongs into a branch, for a row that fails here is *not matched*, and would be inserted.
    /// <https://www.postgresql.org/docs/current/sql-merge.html>
    pub fn using<S: Source<Dialect: Covers<D>>, E: Expression<Type: Boolean, Dialect: Covers<D>>>(
        self,
        source: S,
        on: impl FnOnce(<T as Table>::Columns<NotNull>, S::Columns<NotNull>) -> E,
    ) -> Merge<T, S::Columns<NotNull>, D, Undecided>
    where
        D: HasMerge,
    {
        let (table, from) = (SourceId::fresh(), SourceId::fresh());
        let scope = S::columns::<NotNull>(from);
        let on = Some(on(<T as Table>::columns(table), scope).into_ir());
        let ir = ir::Merge {
            head: ir::Head::default(),
            table: Ref::Static(T::TABLE),
            source: table,
            using: Join { kind: JoinKind::From, relation: source.relation(), source: from, on },
            branches: Vec::new(),
        };
        Merge { ir: Box::new(ir), scope, types: PhantomData }
    }
}

/// Of a [`Merge`], that it has no branch yet.
#[derive(Clone, Copy, Debug)]
pub enum Undecided {}

/// Of a [`Merge`], that it has a branch.
#[derive(Clone, Copy, Debug)]
pub enum Decided {}

/// A merge into `T` of rows whose columns are `C`. It runs once it has a branch; of several, the first that fits a row
/// is done, and a row that none fits is left alone. The guide has an example: `docs/guide/writes.md`.
///
/// It gives no rows back: PostgreSQL has RETURNING on MERGE from version 17 only, and relvar is for those from 15. It
/// says how many rows were inserted, updated and deleted together.
#[must_use = "a statement does nothing until it is run"]
pub struct Merge<T: Origin, C, D = <T as Origin>::Dialect, B = Decided> {
    ir: Box<ir::Merge>,
    scope: C,
    types: PhantomData<fn() -> (T, D, B)>,
}

impl<T: Origin, C: Clone, D, B> Clone for Merge<T, C, D, B> {
    fn clone(&self) -> Self {
        Merge { ir: self.ir.clone(), scope: self.scope.clone(), types: PhantomData }
    }
}

impl<T: Table, C, D: Dialect, B> fmt::Debug for Merge<T, C, D, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        super::debug::<D>(&ir::Statement::Merge(self.ir.clone()), f)
    }
}

impl<T: Table, C: Copy, D: Dialect, B> Merge<T, C, D, B> {
    fn columns(&self) -> <T as Table>::Columns<NotNull> {
        <T as Table>::columns(self.ir.source)
    }

    fn with(mut self, condition: Option<ir::Node>, action: MergeAction) -> Merge<T, C, D> {
        self.ir.branches.push(MergeBranch { condition, action });
        Merge { ir: self.ir, scope: self.scope, types: PhantomData }
    }

    /// WHEN MATCHED: what is done with a row of the table that a row of the source finds.
    ///
    /// Two rows of the source that find one row of the table, and would both change it, are an error of the database.
    pub fn when_matched(self) -> WhenMatched<T, C, D, B> {
        WhenMatched { merge: self, condition: None }
    }

    /// WHEN MATCHED AND: as [`when_matched`](Merge::when_matched), where the condition holds, which sees both rows.
    pub fn when_matched_and<E: Expression<Type: Boolean, Dialect: Covers<D>>>(
        self,
        f: impl FnOnce(<T as Table>::Columns<NotNull>, C) -> E,
    ) -> WhenMatched<T, C, D, B> {
        let condition = Some(f(self.columns(), self.scope).into_ir());
        WhenMatched { merge: self, condition }
    }

    /// WHEN NOT MATCHED: what is done with a row of the source that finds none in the table.
    pub fn when_not_matched(self) -> WhenNotMatched<T, C, D, B> {
        WhenNotMatched { merge: self, condition: None }
    }

    /// WHEN NOT MATCHED AND: as [`when_not_matched`](Merge::when_not_matched), where the condition holds, which sees
    /// the row of the source alone: there is no other.
    pub fn when_not_matched_and<E: Expression<Type: Boolean, Dialect: Covers<D>>>(
        self,
        f: impl FnOnce(C) -> E,
    ) -> WhenNotMatched<T, C, D, B> {
        let condition = Some(f(self.scope).into_ir());
        WhenNotMatched { merge: self, condition }
    }
}

impl<T: Table, C: Send, D: Dialect> Statement for Merge<T, C, D> {
    type Dialect = D;
    type Reach = Bounded;

    fn into_ir(self) -> ir::Statement {
        ir::Statement::Merge(self.ir)
    }
}

/// A branch of a merge for rows that are there, which lacks its action.
#[must_use = "say what is done: `.update(..)`, `.delete()` or `.do_nothing()`"]
pub struct WhenMatched<T: Origin, C, D, B> {
    merge: Merge<T, C, D, B>,
    condition: Option<ir::Node>,
}

impl<T: Table, C: Copy, D: Dialect, B> WhenMatched<T, C, D, B> {
    /// THEN UPDATE SET; the closure gets the row that is there and that of the source.
    pub fn update<A: Assignments<T, D>>(
        self,
        f: impl FnOnce(<T as Table>::Columns<NotNull>, C) -> A,
    ) -> Merge<T, C, D> {
        let mut assignments = Vec::new();
        f(self.merge.columns(), self.merge.scope).assignments(&mut assignments);
        complete_assignments(&mut assignments, T::STAMPS, self.merge.ir.source);
        self.merge.with(self.condition, MergeAction::Update(assignments))
    }

    /// THEN DELETE
    pub fn delete(self) -> Merge<T, C, D> {
        self.merge.with(self.condition, MergeAction::Delete)
    }

    /// THEN DO NOTHING: the row stays as it is, and no later branch is looked at.
    pub fn do_nothing(self) -> Merge<T, C, D> {
        self.merge.with(self.condition, MergeAction::Keep)
    }
}

/// A branch of a merge for rows that are not there, which lacks its action.
#[must_use = "say what is done: `.insert(..)` or `.do_nothing()`"]
pub struct WhenNotMatched<T: Origin, C, D, B> {
    merge: Merge<T, C, D, B>,
    condition: Option<ir::Node>,
}

impl<T: Table, C: Copy, D: Dialect, B> WhenNotMatched<T, C, D, B> {
    /// THEN INSERT: what the closure makes of the row of the source, as a row of a struct that can be inserted:
    /// `.insert(|s| NewUserExprs { email: s.email, name: s.name })`.
    pub fn insert<P: Projection<D>>(self, f: impl FnOnce(C) -> P) -> Merge<T, C, D>
    where
        P::Row: Insertable<T>,
    {
        let mut values = Vec::new();
        f(self.merge.scope).items(&mut values);
        let mut columns = <P::Row as Insertable<T>>::COLUMNS.to_vec();
        for stamp in T::STAMPS {
            if stamped_on_insert(stamp.role) && !columns.contains(&stamp.column) {
                columns.push(stamp.column);
                values.push(Item::Expr(now()));
            }
        }
        self.merge.with(self.condition, MergeAction::Insert { columns, values })
    }

    /// THEN DO NOTHING: the row of the source is passed over, and no later branch is looked at.
    pub fn do_nothing(self) -> Merge<T, C, D> {
        self.merge.with(self.condition, MergeAction::PassOver)
    }
}
