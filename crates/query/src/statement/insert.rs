//! INSERT and ON CONFLICT.

use std::fmt;
use std::marker::PhantomData;

use super::{Bounded, Returning, Statement};
use crate::dialect::{Covers, Dialect, HasOnConstraint, HasOnDuplicateKey, HasReturning, NamesConflict};
use crate::error::BuildError;
use crate::expr::{Boolean, Expression, Origin};
use crate::ir::{
    self, BinaryOp, ColumnRef, Conflict, ConflictAction, ConflictTarget, Function, InsertSource, Item, Ref, SourceId,
    TableRef,
};
use crate::schema::Role;
use crate::source::{
    Assignments, ConflictConstraint, ConflictKey, Entity, FindsOneRow, OneRow, Projection, Table, decoder,
};
use crate::types::NotNull;

/// An insert into `T`, for the databases in `D`: those of the table, if it was not said to be for fewer.
#[must_use = "an insert does nothing until it is run"]
pub struct Insert<T: Origin, D = <T as Origin>::Dialect> {
    ir: Box<ir::Insert>,
    types: PhantomData<fn() -> (T, D)>,
}

impl<T: Origin, D> Clone for Insert<T, D> {
    fn clone(&self) -> Self {
        Insert { ir: self.ir.clone(), types: PhantomData }
    }
}

impl<T: Table, D: Dialect> fmt::Debug for Insert<T, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        super::debug::<D>(&self.clone().into_ir(), f)
    }
}

impl<T: Table, D> Insert<T, D> {
    pub(crate) fn new(columns: &[u32], rows: InsertSource) -> Self {
        let mut ir = ir::Insert::new(T::TABLE, columns, rows);
        super::change::complete_insert(&mut ir, T::STAMPS);
        Insert { ir, types: PhantomData }
    }
}

impl<T: Table, D: Dialect> Insert<T, D> {
    /// The same insert for fewer databases: a portable table's, with what only those can say.
    pub fn only_on<D2: Dialect>(self) -> Insert<T, D2>
    where
        D: Covers<D2>,
    {
        Insert { ir: self.ir, types: PhantomData }
    }

    /// ON CONFLICT: what to do where a row with this key exists.
    ///
    /// MySQL and MariaDB have no word for which key is meant, so there the table must have no other that the
    /// insert could meet: it has one unique key, or one beside a primary key that the database numbers and the
    /// insert does not give.
    pub fn on_conflict<K: ConflictKey<T>>(self, key: K) -> OnConflict<T, D>
    where
        D: NamesConflict<T>,
    {
        let mut target = key.target();
        if let ConflictTarget::Key { columns, alone, .. } = &mut target {
            *alone = match T::NUMBERED {
                None => T::UNIQUE_KEYS == 1,
                Some(numbered) if *columns == [numbered] => T::UNIQUE_KEYS == 1,
                Some(numbered) => T::UNIQUE_KEYS == 2 && !self.ir.columns.contains(&numbered),
            };
        }
        OnConflict::new(self, Some(target))
    }

    /// ON CONFLICT ON CONSTRAINT: the constraint by its name, where ON CONFLICT finds a key by its columns.
    ///
    /// `User::EMAIL_KEY` is a constraint that the table declares, and so is `User::PRIMARY_KEY`, by the name that
    /// PostgreSQL gives it if nothing else has it: that of the table, and `_pkey`. One that is not declared here goes by its name as text,
    /// `"users_name_key"`; by an exclusion constraint, `Exclusion::named("users_apart")`, nothing can be updated.
    pub fn on_constraint<C: ConflictConstraint<T>>(self, constraint: C) -> OnConflict<T, D, C::Finds>
    where
        D: HasOnConstraint,
    {
        OnConflict::new(self, Some(constraint.named()))
    }

    /// ON CONFLICT, whatever the key: only doing nothing is possible. A row that is there stays as it is, and is
    /// not counted; other mistakes in the rows are errors as ever.
    pub fn on_any_conflict_do_nothing(self) -> Insert<T, D> {
        OnConflict::<T, D>::new(self, None).do_nothing()
    }

    /// ON DUPLICATE KEY: what to do where a row with any of the table's keys exists.
    ///
    /// With several keys, a row can meet one of them in one row and another in the next: only one of these is
    /// updated, and it may not be the one that was meant. The row proposed and all the others stand or fall by it.
    /// See [INSERT … ON DUPLICATE KEY UPDATE](https://dev.mysql.com/doc/refman/9.0/en/insert-on-duplicate.html).
    pub fn on_duplicate_key(self) -> OnConflict<T, D>
    where
        D: HasOnDuplicateKey,
    {
        OnConflict::new(self, None)
    }

    /// The statements that insert one row and give it back as it is stored: one with RETURNING, or an insert and
    /// the select of the row by its primary key, to be run one after the other in one session.
    ///
    /// # Errors
    /// [`BuildError::Clause`] if it is not one row, if there is an ON CONFLICT, or if without RETURNING the key is
    /// neither given nor numbered by the database.
    pub fn stored_by(self, returning: bool) -> Result<Vec<ir::Statement>, BuildError>
    where
        T: Entity,
    {
        stored(self.ir, returning, T::TABLE, T::PRIMARY_KEY.columns(), T::NUMBERED)
    }

    /// RETURNING all columns of the rows inserted or updated.
    pub fn returning(mut self) -> Returning<T, D>
    where
        D: HasReturning,
    {
        self.ir.returning = vec![Item::Row(self.ir.source)];
        Returning::new(ir::Statement::Insert(self.ir), <T as Table>::decoder())
    }

    /// RETURNING a projection of the rows inserted or updated.
    pub fn returning_as<P: Projection<D>>(
        mut self,
        f: impl FnOnce(<T as Table>::Columns<NotNull>) -> P,
    ) -> Returning<P::Row, D>
    where
        D: HasReturning,
    {
        f(<T as Table>::columns(self.ir.source)).items(&mut self.ir.returning);
        Returning::new(ir::Statement::Insert(self.ir), decoder::<P, D>())
    }
}

impl<T: Table, D: Dialect> Statement for Insert<T, D> {
    type Dialect = D;
    type Reach = Bounded;

    fn into_ir(self) -> ir::Statement {
        ir::Statement::Insert(self.ir)
    }
}

/// See [`Insert::stored_by`]. `numbered` is the column that the database numbers.
fn stored(
    mut insert: Box<ir::Insert>,
    returning: bool,
    table: &'static TableRef,
    key: &[u32],
    numbered: Option<u32>,
) -> Result<Vec<ir::Statement>, BuildError> {
    let wrong = |what: &'static str| Err(BuildError::Clause(what.into()));
    if insert.conflict.is_some() {
        return wrong("`stored` is for a plain insert: after an upsert, find the row by its key");
    }
    let values = match &insert.rows {
        InsertSource::Values(values) if values.len() == insert.columns.len() => values.as_slice(),
        InsertSource::Defaults => &[],
        InsertSource::Values(_) | InsertSource::Columns(_) | InsertSource::Query(_) => {
            return wrong("`stored` is for an insert of one row: for several, `returning`, or one after the other");
        }
    };
    if returning {
        insert.returning = vec![Item::Row(insert.source)];
        return Ok(vec![ir::Statement::Insert(insert)]);
    }
    let source = SourceId::fresh();
    let mut select = ir::Select::all(ir::Relation::Table(Ref::Static(table)), source);
    for &index in key {
        let given = insert.columns.iter().position(|column| *column == index);
        let value = match given.and_then(|position| values.get(position)) {
            Some(value) => value.clone(),
            None if numbered == Some(index) => ir::Node::Call(Function::LastInsertId, Vec::new()),
            None => {
                return wrong("without RETURNING, the primary key has to be given, or numbered by the database");
            }
        };
        select.filter.push(ir::Node::binary(BinaryOp::Equal, ir::Node::Column(ColumnRef { source, index }), value));
    }
    Ok(vec![ir::Statement::Insert(insert), ir::Statement::Select(select)])
}

/// An insert and the key that it may find taken, or a constraint. `F` says what it finds then: one row, but for an
/// exclusion constraint.
#[must_use = "say what happens on conflict: `.update(..)` or `.do_nothing()`"]
pub struct OnConflict<T: Origin, D = <T as Origin>::Dialect, F = OneRow> {
    insert: Insert<T, D>,
    target: Option<ConflictTarget>,
    excluded: SourceId,
    filter: Vec<ir::Node>,
    finds: PhantomData<fn() -> F>,
}

impl<T: Table, D: Dialect, F> OnConflict<T, D, F> {
    fn new(insert: Insert<T, D>, target: Option<ConflictTarget>) -> Self {
        OnConflict { insert, target, excluded: SourceId::fresh(), filter: Vec::new(), finds: PhantomData }
    }

    fn columns(&self) -> (<T as Table>::Columns<NotNull>, <T as Table>::Columns<NotNull>) {
        (<T as Table>::columns(self.insert.ir.source), <T as Table>::columns(self.excluded))
    }

    fn with(mut self, action: ConflictAction) -> Insert<T, D> {
        let OnConflict { target, excluded, .. } = self;
        self.insert.ir.conflict = Some(Conflict { target, action, excluded, counted: false });
        self.insert
    }

    /// DO NOTHING: the row that is there stays as it is.
    pub fn do_nothing(self) -> Insert<T, D> {
        self.with(ConflictAction::Nothing)
    }

    /// Updates only where this holds; the closure gets the row that is there and the one proposed.
    pub fn when<E: Expression<Type: Boolean, Dialect: Covers<D>>>(
        mut self,
        f: impl FnOnce(<T as Table>::Columns<NotNull>, <T as Table>::Columns<NotNull>) -> E,
    ) -> Self {
        let (existing, excluded) = self.columns();
        self.filter.push(f(existing, excluded).into_ir());
        self
    }

    /// DO UPDATE SET; the closure gets the row that is there and the one proposed.
    pub fn update<A: Assignments<T, D>>(
        mut self,
        f: impl FnOnce(<T as Table>::Columns<NotNull>, <T as Table>::Columns<NotNull>) -> A,
    ) -> Insert<T, D>
    where
        F: FindsOneRow,
    {
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
