//! INSERT and ON CONFLICT.

use std::fmt;
use std::marker::PhantomData;

use super::{Bounded, Returning, Statement};
use crate::dialect::{Covers, HasOnConflict, HasOnDuplicateKey, HasReturning};
use crate::expr::{Boolean, Expression, Origin};
use crate::ir::{self, Conflict, ConflictAction, ConflictTarget, InsertSource, Item, Ref, SourceId};
use crate::schema::Role;
use crate::source::{Assignments, ConflictKey, Projection, Table, decoder};
use crate::types::{Decoder, NotNull};

/// An insert.
#[must_use = "an insert does nothing until it is run"]
pub struct Insert<T> {
    ir: Box<ir::Insert>,
    table: PhantomData<fn() -> T>,
}

impl<T> Clone for Insert<T> {
    fn clone(&self) -> Self {
        Insert { ir: self.ir.clone(), table: PhantomData }
    }
}

impl<T: Table> fmt::Debug for Insert<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        super::debug::<T::Dialect>(&self.clone().into_ir(), f)
    }
}

impl<T: Table> Insert<T> {
    pub(crate) fn new(columns: &[u32], rows: InsertSource) -> Self {
        let source = SourceId::fresh();
        let mut ir = ir::Insert {
            table: Ref::Static(T::TABLE),
            source,
            columns: columns.to_vec(),
            rows,
            conflict: None,
            returning: Vec::new(),
        };
        super::change::complete_insert(&mut ir, T::STAMPS);
        Insert { ir: Box::new(ir), table: PhantomData }
    }

    /// ON CONFLICT: what to do where a row with this key exists.
    pub fn on_conflict<K: ConflictKey<T>>(self, key: K) -> OnConflict<T>
    where
        T::Dialect: HasOnConflict,
    {
        OnConflict::new(self, Some(key.target()))
    }

    /// ON CONFLICT, whatever the key: only doing nothing is possible.
    pub fn on_any_conflict_do_nothing(self) -> Insert<T>
    where
        T::Dialect: HasOnConflict,
    {
        OnConflict::new(self, None).do_nothing()
    }

    /// ON DUPLICATE KEY: what to do where a row with any of the table's keys exists.
    pub fn on_duplicate_key(self) -> OnConflict<T>
    where
        T::Dialect: HasOnDuplicateKey,
    {
        OnConflict::new(self, None)
    }

    /// RETURNING all columns of the rows inserted or updated.
    pub fn returning(mut self) -> Returning<T, T::Dialect>
    where
        T::Dialect: HasReturning,
    {
        self.ir.returning = vec![Item::Row(self.ir.source)];
        Returning::new(ir::Statement::Insert(*self.ir), Decoder { read: T::read, types: T::types })
    }

    /// RETURNING a projection of the rows inserted or updated.
    pub fn returning_as<P: Projection<T::Dialect>>(
        mut self,
        f: impl FnOnce(<T as Table>::Columns<NotNull>) -> P,
    ) -> Returning<P::Row, T::Dialect>
    where
        T::Dialect: HasReturning,
    {
        f(<T as Table>::columns(self.ir.source)).items(&mut self.ir.returning);
        Returning::new(ir::Statement::Insert(*self.ir), decoder::<P, T::Dialect>())
    }
}

impl<T: Table> Statement for Insert<T> {
    type Dialect = <T as Origin>::Dialect;
    type Reach = Bounded;

    fn into_ir(self) -> ir::Statement {
        ir::Statement::Insert(*self.ir)
    }
}

/// An insert and the key that it may find taken.
#[must_use = "say what happens on conflict: `.update(..)` or `.do_nothing()`"]
pub struct OnConflict<T> {
    insert: Insert<T>,
    target: Option<ConflictTarget>,
    excluded: SourceId,
    filter: Vec<ir::Node>,
}

impl<T: Table> OnConflict<T> {
    fn new(insert: Insert<T>, target: Option<ConflictTarget>) -> Self {
        OnConflict { insert, target, excluded: SourceId::fresh(), filter: Vec::new() }
    }

    fn columns(&self) -> (<T as Table>::Columns<NotNull>, <T as Table>::Columns<NotNull>) {
        (<T as Table>::columns(self.insert.ir.source), <T as Table>::columns(self.excluded))
    }

    fn with(mut self, action: ConflictAction) -> Insert<T> {
        self.insert.ir.conflict = Some(Conflict { target: self.target, action, excluded: self.excluded });
        self.insert
    }

    /// DO NOTHING: the row that is there stays as it is.
    pub fn do_nothing(self) -> Insert<T> {
        self.with(ConflictAction::Nothing)
    }

    /// Updates only where this holds; the closure gets the row that is there and the one proposed.
    pub fn when<E: Expression<Type: Boolean, Dialect: Covers<T::Dialect>>>(
        mut self,
        f: impl FnOnce(<T as Table>::Columns<NotNull>, <T as Table>::Columns<NotNull>) -> E,
    ) -> Self {
        let (existing, excluded) = self.columns();
        self.filter.push(f(existing, excluded).into_ir());
        self
    }

    /// DO UPDATE SET; the closure gets the row that is there and the one proposed.
    pub fn update<A: Assignments<T>>(
        mut self,
        f: impl FnOnce(<T as Table>::Columns<NotNull>, <T as Table>::Columns<NotNull>) -> A,
    ) -> Insert<T> {
        let (existing, excluded) = self.columns();
        let mut assignments = Vec::new();
        f(existing, excluded).assignments(&mut assignments);
        super::change::complete_assignments(&mut assignments, T::STAMPS, self.insert.ir.source);
        let filter = std::mem::take(&mut self.filter);
        self.with(ConflictAction::Update { assignments, filter })
    }
}

/// Whether a role's column is filled on insert.
pub(super) fn stamped_on_insert(role: Role) -> bool {
    matches!(role, Role::CreatedAt | Role::UpdatedAt)
}
