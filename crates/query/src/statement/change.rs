//! UPDATE and DELETE: runnable once it is said which rows are meant.

use std::fmt;
use std::marker::PhantomData;

use super::insert::stamped_on_insert;
use super::{Returning, Statement};
use crate::dialect::{Covers, HasDeleteReturning, HasUpdateReturning};
use crate::expr::{Boolean, Expression, Origin};
use crate::ir::{self, BinaryOp, ColumnRef, Function, InsertSource, Item, Join, JoinKind, Ref, SourceId};
use crate::schema::Role;
use crate::source::{Assignments, Patch, Projection, Push, Scope, Source, Stamp, Table, decoder};
use crate::types::{Decoder, NotNull};

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
    ($(#[$doc:meta])* $name:ident, $returning:ident) => {
        $(#[$doc])*
        #[must_use = "a statement does nothing until it is run"]
        pub struct $name<H, T, S = Everything> {
            ir: Box<ir::$name>,
            scope: H,
            types: PhantomData<fn() -> (T, S)>,
        }

        impl<H: Clone, T, S> Clone for $name<H, T, S> {
            fn clone(&self) -> Self {
                $name { ir: self.ir.clone(), scope: self.scope.clone(), types: PhantomData }
            }
        }

        impl<H, T: Table, S> fmt::Debug for $name<H, T, S> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                super::debug::<T::Dialect>(&Self::complete((*self.ir).clone()), f)
            }
        }

        impl<H: Scope, T: Table, S> $name<H, T, S> {
            /// WHERE: changes the rows for which the condition is true. Several filters must all hold.
            pub fn filter<E: Expression<Type: Boolean, Dialect: Covers<T::Dialect>>>(mut self, f: impl FnOnce(H) -> E) -> $name<H, T, Bounded> {
                self.ir.filter.push(f(self.scope).into_ir());
                $name { ir: self.ir, scope: self.scope, types: PhantomData }
            }

            /// A filter that may be absent. If all of them are, running the statement is an error, not a change of every row.
            pub fn filter_opt<V, E: Expression<Type: Boolean, Dialect: Covers<T::Dialect>>>(
                self,
                value: Option<V>,
                f: impl FnOnce(H, V) -> E,
            ) -> $name<H, T, Bounded> {
                match value {
                    Some(value) => self.filter(|scope| f(scope, value)),
                    None => $name { ir: self.ir, scope: self.scope, types: PhantomData },
                }
            }

            /// Every row is meant.
            pub fn everywhere(mut self) -> $name<H, T, Bounded> {
                self.ir.everywhere = true;
                $name { ir: self.ir, scope: self.scope, types: PhantomData }
            }

            /// RETURNING all columns of the rows changed.
            pub fn returning(mut self) -> Returning<T, T::Dialect>
            where
                S: IsBounded,
                T::Dialect: $returning,
            {
                self.ir.returning = vec![Item::Row(self.ir.source)];
                Returning::new(Self::complete(*self.ir), Decoder::new(T::read, T::types))
            }

            /// RETURNING a projection of the rows changed.
            pub fn returning_as<P: Projection<T::Dialect>>(mut self, f: impl FnOnce(H) -> P) -> Returning<P::Row, T::Dialect>
            where
                S: IsBounded,
                T::Dialect: $returning,
            {
                f(self.scope).items(&mut self.ir.returning);
                Returning::new(Self::complete(*self.ir), decoder::<P, T::Dialect>())
            }
        }

        impl<H: Send, T: Table, S> Statement for $name<H, T, S> {
            type Dialect = <T as Origin>::Dialect;
            type Reach = S;

            fn into_ir(self) -> ir::Statement {
                Self::complete(*self.ir)
            }
        }
    };
}

change! {
    /// An update. It runs once a filter, or `everywhere`, says which rows are meant.
    Update, HasUpdateReturning
}
change! {
    /// A delete. It runs once a filter, or `everywhere`, says which rows are meant.
    Delete, HasDeleteReturning
}

impl<T: Table> Update<<T as Table>::Columns<NotNull>, T> {
    pub(crate) fn new() -> Self {
        let source = SourceId::fresh();
        let ir = ir::Update {
            head: ir::Head::default(),
            table: Ref::Static(T::TABLE),
            source,
            assignments: Vec::new(),
            from: Vec::new(),
            filter: Vec::new(),
            everywhere: false,
            returning: Vec::new(),
        };
        Update { ir: Box::new(ir), scope: <T as Table>::columns(source), types: PhantomData }
    }
}

impl<H, T: Table, S> Update<H, T, S> {
    fn complete(mut ir: ir::Update) -> ir::Statement {
        complete_assignments(&mut ir.assignments, T::STAMPS, ir.source);
        ir::Statement::Update(ir)
    }
}

impl<H: Scope, T: Table, S> Update<H, T, S> {
    /// SET
    pub fn set<A: Assignments<T>>(mut self, f: impl FnOnce(H) -> A) -> Self {
        f(self.scope).assignments(&mut self.ir.assignments);
        self
    }

    /// SET what the patch does not leave as it is. A patch that leaves everything is an error when the update runs.
    pub fn patch<P: Patch<T>>(mut self, patch: P) -> Self {
        patch.changes().assignments(&mut self.ir.assignments);
        self
    }

    /// FROM: rows of another source decide which rows change, and to what.
    pub fn join<J: Source<Dialect: Covers<T::Dialect>>, E>(
        mut self,
        source: J,
        on: impl FnOnce(H, J::Columns<NotNull>) -> E,
    ) -> Update<H::Out, T, Bounded>
    where
        H: Push<J::Columns<NotNull>>,
        E: Expression<Type: Boolean, Dialect: Covers<T::Dialect>>,
    {
        let id = SourceId::fresh();
        let columns = J::columns::<NotNull>(id);
        self.ir.filter.push(on(self.scope, columns).into_ir());
        self.ir.from.push(Join { kind: JoinKind::From, relation: source.relation(), source: id, on: None });
        Update { ir: self.ir, scope: self.scope.push(columns), types: PhantomData }
    }
}

impl<T: Table> Delete<<T as Table>::Columns<NotNull>, T> {
    pub(crate) fn new() -> Self {
        let source = SourceId::fresh();
        let ir = ir::Delete {
            head: ir::Head::default(),
            table: Ref::Static(T::TABLE),
            source,
            filter: Vec::new(),
            everywhere: false,
            returning: Vec::new(),
        };
        Delete { ir: Box::new(ir), scope: <T as Table>::columns(source), types: PhantomData }
    }
}

impl<H, T, S> Delete<H, T, S> {
    fn complete(ir: ir::Delete) -> ir::Statement {
        ir::Statement::Delete(ir)
    }
}

fn now() -> ir::Node {
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
    let InsertSource::Values(values) = &mut insert.rows else { return };
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
