//! UPDATE and DELETE: runnable once it is said which rows are meant.

use std::fmt;
use std::marker::PhantomData;

use super::insert::stamped_on_insert;
use super::{Returning, Statement};
use crate::dialect::{
    Covers, Dialect, HasDeleteJoin, HasDeleteJoinReturning, HasDeleteReturning, HasUpdateJoinReturning,
    HasUpdateReturning,
};
use crate::expr::{Boolean, Expression, Origin};
use crate::ir::{self, BinaryOp, ColumnRef, Function, InsertSource, Item, Join, JoinKind, SourceId};
use crate::schema::Role;
use crate::source::{Assignment, Assignments, Patch, Projection, Push, Scope, Source, Stamp, Table, decoder};
use crate::types::NotNull;

/// No filter was given: the statement would change every row.
#[derive(Clone, Copy, Debug)]
pub struct Everything;

/// A filter was given, or every row is meant.
#[derive(Clone, Copy, Debug)]
pub struct Bounded;

/// That a statement says which rows it means.
#[diagnostic::on_unimplemented(
    message = "this statement would change every row of the table",
    label = "no filter yet",
    note = "add `.filter(..)`, or `.everywhere()` if every row is meant"
)]
pub trait IsBounded {}
#[diagnostic::do_not_recommend]
impl IsBounded for Bounded {}

macro_rules! change {
    (
        $(#[$doc:meta])* $name:ident of $ir:ident by $complete:expr,
        $(#[$join_doc:meta])* join if $joins:ident to $joined:ident,
        returning if $returning:ident, expressions if $expressions:ident
    ) => {
        $(#[$doc])*
        #[must_use = "a statement does nothing until it is run"]
        pub struct $name<H, T: Origin, S = Everything, D = <T as Origin>::Dialect> {
            pub(super) ir: Box<ir::$ir>,
            pub(super) scope: H,
            pub(super) types: PhantomData<fn() -> (T, S, D)>,
        }

        impl<H: Clone, T: Origin, S, D> Clone for $name<H, T, S, D> {
            fn clone(&self) -> Self {
                $name { ir: self.ir.clone(), scope: self.scope.clone(), types: PhantomData }
            }
        }

        impl<H, T: Table, S, D: Dialect> fmt::Debug for $name<H, T, S, D> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                super::debug::<D>(&$complete(self.ir.clone()), f)
            }
        }

        impl<H: Scope, T: Table, S, D: Dialect> $name<H, T, S, D> {
            /// WHERE: changes the rows for which the condition is true. Several filters must all hold.
            pub fn filter<E: Expression<Type: Boolean, Dialect: Covers<D>>>(mut self, f: impl FnOnce(H) -> E) -> $name<H, T, Bounded, D> {
                self.ir.filter.push(f(self.scope).into_ir());
                $name { ir: self.ir, scope: self.scope, types: PhantomData }
            }

            /// A filter that may be absent. If all of them are, running the statement is an error, not a change of every row.
            pub fn filter_opt<V, E: Expression<Type: Boolean, Dialect: Covers<D>>>(
                self,
                value: Option<V>,
                f: impl FnOnce(H, V) -> E,
            ) -> $name<H, T, Bounded, D> {
                match value {
                    Some(value) => self.filter(|scope| f(scope, value)),
                    None => $name { ir: self.ir, scope: self.scope, types: PhantomData },
                }
            }

            /// A filter that may be an error, one [`Named`](crate::source::Named) for example.
            ///
            /// # Errors
            /// What `f` returns.
            pub fn try_filter<E, X>(self, f: impl FnOnce(H) -> Result<E, X>) -> Result<$name<H, T, Bounded, D>, X>
            where
                E: Expression<Type: Boolean, Dialect: Covers<D>>,
            {
                let condition = f(self.scope)?;
                Ok(self.filter(|_| condition))
            }

            /// Every row is meant.
            pub fn everywhere(mut self) -> $name<H, T, Bounded, D> {
                self.ir.everywhere = true;
                $name { ir: self.ir, scope: self.scope, types: PhantomData }
            }

            $(#[$join_doc])*
            pub fn join<J: Source<Dialect: Covers<D>>, E>(
                mut self,
                source: J,
                on: impl FnOnce(H, J::Columns<NotNull>) -> E,
            ) -> $joined<H::Out, T, Bounded, D>
            where
                D: $joins,
                H: Push<J::Columns<NotNull>>,
                E: Expression<Type: Boolean, Dialect: Covers<D>>,
            {
                let id = SourceId::fresh();
                let columns = J::columns::<NotNull>(id);
                self.ir.filter.push(on(self.scope, columns).into_ir());
                self.ir.from.push(Join { kind: JoinKind::From, relation: source.relation(), source: id, on: None });
                $joined { ir: self.ir, scope: self.scope.push(columns), types: PhantomData }
            }

            /// The same statement for fewer databases: a portable table's, with what only those can say.
            pub fn only_on<D2: Dialect>(self) -> $name<H, T, S, D2>
            where
                D: Covers<D2>,
            {
                $name { ir: self.ir, scope: self.scope, types: PhantomData }
            }

            /// RETURNING all columns of the rows changed.
            pub fn returning(mut self) -> Returning<T, D>
            where
                S: IsBounded,
                D: $returning,
            {
                self.ir.returning = vec![Item::Row(self.ir.source)];
                Returning::new($complete(self.ir), <T as Table>::decoder())
            }

            /// RETURNING a projection of the rows changed.
            pub fn returning_as<P: Projection<D>>(mut self, f: impl FnOnce(H) -> P) -> Returning<P::Row, D>
            where
                S: IsBounded,
                D: $expressions,
            {
                f(self.scope).items(&mut self.ir.returning);
                Returning::new($complete(self.ir), decoder::<P, D>())
            }
        }

        impl<H: Send, T: Table, S, D: Dialect> Statement for $name<H, T, S, D> {
            type Dialect = D;
            type Reach = S;

            fn into_ir(self) -> ir::Statement {
                $complete(self.ir)
            }
        }
    };
}

change! {
    /// An update. It runs once a filter, or `everywhere`, says which rows are meant.
    Update of Update by updates::<T>,
    /// FROM: rows of another source decide which rows change, and to what.
    join if Dialect to UpdateFrom,
    returning if HasUpdateReturning, expressions if HasUpdateReturning
}
change! {
    /// An update by rows of other sources: what [`Update::join`] makes.
    UpdateFrom of Update by updates::<T>,
    /// FROM: rows of one more source decide.
    join if Dialect to UpdateFrom,
    returning if HasUpdateReturning, expressions if HasUpdateJoinReturning
}
change! {
    /// A delete. It runs once a filter, or `everywhere`, says which rows are meant.
    Delete of Delete by ir::Statement::Delete,
    /// USING: rows of another source decide which rows go.
    ///
    /// `Order::delete().join(User::table(), |o, u| o.user_id.eq(u.id))` deletes orders, never users. An order that finds
    /// several users is deleted, and counted, once.
    join if HasDeleteJoin to DeleteUsing,
    returning if HasDeleteReturning, expressions if HasDeleteReturning
}
change! {
    /// A delete by rows of other sources: what [`Delete::join`] makes.
    DeleteUsing of Delete by ir::Statement::Delete,
    /// USING: rows of one more source decide.
    join if HasDeleteJoin to DeleteUsing,
    returning if HasDeleteJoinReturning, expressions if HasDeleteJoinReturning
}

impl<T: Table> Update<<T as Table>::Columns<NotNull>, T> {
    pub(crate) fn new() -> Self {
        let ir = ir::Update::new(T::TABLE);
        let scope = <T as Table>::columns(ir.source);
        Update { ir, scope, types: PhantomData }
    }
}

fn updates<T: Table>(mut ir: Box<ir::Update>) -> ir::Statement {
    complete_assignments(&mut ir.assignments, T::STAMPS, ir.source);
    ir::Statement::Update(ir)
}

macro_rules! sets {
    ($($name:ident)*) => { $(
        impl<H: Scope, T: Table, S, D: Dialect> $name<H, T, S, D> {
            /// SET
            pub fn set<A: Assignments<T, D>>(mut self, f: impl FnOnce(H) -> A) -> Self {
                f(self.scope).assignments(&mut self.ir.assignments);
                self
            }

            /// SET what the patch does not leave as it is. A patch that leaves everything is an error when the update runs.
            pub fn patch<P: Patch<T>>(self, patch: P) -> Self {
                self.changes(patch.changes())
            }

            /// SET, of assignments of the table's own.
            #[doc(hidden)]
            pub fn changes(mut self, changes: Vec<Assignment<T>>) -> Self {
                self.ir.assignments.extend(changes.into_iter().map(Assignment::into_ir));
                self
            }
        }
    )* };
}
sets! { Update UpdateFrom }

impl<T: Table> Delete<<T as Table>::Columns<NotNull>, T> {
    pub(crate) fn new() -> Self {
        let ir = ir::Delete::new(T::TABLE);
        let scope = <T as Table>::columns(ir.source);
        Delete { ir, scope, types: PhantomData }
    }
}

pub(super) fn now() -> ir::Node {
    ir::Node::Call(Function::Now, Vec::new())
}

/// Adds to every update, upserts among them, what the library fills in by itself: the one place where it does.
pub(super) fn complete_assignments(assignments: &mut Vec<ir::Assignment>, stamps: &[Stamp], source: SourceId) {
    if assignments.is_empty() {
        return;
    }
    for &Stamp { column, role } in stamps {
        let value = match role {
            Role::CreatedAt => continue,
            Role::UpdatedAt => now(),
            Role::Version => {
                let version = ir::Node::Column(ColumnRef { source, index: column });
                ir::Node::binary(BinaryOp::Add, version, ir::Node::Constant(ir::Constant::Integer(1)))
            }
        };
        if assignments.iter().all(|a| a.column != column) {
            assignments.push(ir::Assignment { column, value });
        }
    }
}

/// Adds to every insert of values what the library fills in by itself.
pub(super) fn complete_insert(insert: &mut ir::Insert, stamps: &[Stamp]) {
    let missing = stamps.iter().filter(|s| stamped_on_insert(s.role) && !insert.columns.contains(&s.column));
    let missing: Vec<u32> = missing.map(|s| s.column).collect();
    let values = match &mut insert.rows {
        InsertSource::Values(values) => values,
        InsertSource::Columns(columns) => {
            columns.extend(missing.iter().map(|_| now()));
            insert.columns.extend(missing);
            return;
        }
        InsertSource::Query(_) | InsertSource::Defaults => return,
    };
    if missing.is_empty() || insert.columns.is_empty() {
        return;
    }
    let width = insert.columns.len();
    let mut completed = Vec::with_capacity(values.len() / width * (width + missing.len()));
    for (i, value) in std::mem::take(values).into_iter().enumerate() {
        completed.push(value);
        if (i + 1) % width == 0 {
            completed.extend(missing.iter().map(|_| now()));
        }
    }
    *values = completed;
    insert.columns.extend(missing);
}
