//! Unique keys and index handles: what ON CONFLICT, lookups by key and filters can refer to.

use std::borrow::Cow;
use std::marker::PhantomData;

use super::{Table, TableColumns};
use crate::dialect::HasPartialIndex;
use crate::expr::{Condition, Operand, Origin};
use crate::ir::{self, BinaryOp, ColumnRef, ConflictTarget, SourceId};
use crate::types::{Nullness, SqlType, Type};

/// Of a [`UniqueKey`], that it is a constraint: a primary key, or what `#[column(unique)]` makes.
#[derive(Clone, Copy, Debug)]
pub enum Constraint {}

/// Of a [`UniqueKey`], that it is a unique index: what `#[index(unique, ..)]` makes.
#[derive(Clone, Copy, Debug)]
pub enum UniqueIndex {}

/// A unique key of `T` with values of type `K`: a constant such as `User::EMAIL_KEY`, made by the derive. `C` says
/// whether it is a constraint or a unique index.
pub struct UniqueKey<T, K, C = Constraint> {
    columns: &'static [u32],
    /// The constraint's name, if it was given one.
    name: Option<&'static str>,
    types: PhantomData<fn() -> (T, K, C)>,
}

impl<T, K, C> Clone for UniqueKey<T, K, C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, K, C> Copy for UniqueKey<T, K, C> {}

impl<T, K> UniqueKey<T, K> {
    /// The primary key, of these columns. The types are the caller's word: this is for derives.
    pub const fn primary(columns: &'static [u32]) -> Self {
        UniqueKey { columns, name: None, types: PhantomData }
    }

    /// The key of these columns that is a constraint of this name. The types are the caller's word: this is for
    /// derives.
    pub const fn constraint(columns: &'static [u32], name: &'static str) -> Self {
        UniqueKey { columns, name: Some(name), types: PhantomData }
    }
}

impl<T, K> UniqueKey<T, K, UniqueIndex> {
    /// The key of a unique index on these columns. The types are the caller's word: this is for derives.
    pub const fn index(columns: &'static [u32]) -> Self {
        UniqueKey { columns, name: None, types: PhantomData }
    }
}

impl<T, K, C> UniqueKey<T, K, C> {
    /// The positions of its columns.
    pub const fn columns(&self) -> &'static [u32] {
        self.columns
    }

    /// The condition that its columns in `source` have these values.
    pub fn is<V: KeyValue<K>>(&self, source: SourceId, value: V) -> ir::Node
    where
        T: Origin,
    {
        let mut values = Vec::new();
        value.values(&mut values);
        all_equal(self.columns, source, values, T::column_type)
    }
}

/// The condition that these columns of `source` have these values. `declared` says what a column was declared as.
fn all_equal(
    columns: &[u32],
    source: SourceId,
    values: Vec<ir::Node>,
    declared: fn(u32) -> Option<&'static Type>,
) -> ir::Node {
    let conditions = columns.iter().zip(values).map(|(&index, value)| {
        let column = ir::Node::Column(ColumnRef { source, index });
        let value = match (value, declared(index)) {
            (ir::Node::Argument(argument), Some(ty)) => ir::Node::Argument(argument.retyped(ty)),
            (value, _) => value,
        };
        ir::Node::binary(BinaryOp::Equal, column, value)
    });
    ir::Node::All(conditions.collect())
}

/// A unique key that holds only for the rows of its predicate: a partial unique index.
pub struct PartialKey<T, K> {
    columns: &'static [u32],
    predicate: fn() -> ir::Node,
    types: PhantomData<fn() -> (T, K)>,
}

impl<T, K> Clone for PartialKey<T, K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, K> Copy for PartialKey<T, K> {}

impl<T, K> PartialKey<T, K> {
    /// The key of these columns with this predicate. The types are the caller's word: this is for derives.
    pub const fn new(columns: &'static [u32], predicate: fn() -> ir::Node) -> Self {
        PartialKey { columns, predicate, types: PhantomData }
    }
}

/// What ON CONFLICT can name: a declared unique key.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a unique key of `{T}`",
    label = "not a declared key",
    note = "ON CONFLICT needs a declared key: `{T}::.._KEY`, made by `#[column(unique)]`, `primary_key` or `#[index(unique, ..)]`"
)]
pub trait ConflictKey<T> {
    /// The target of ON CONFLICT.
    fn target(&self) -> ConflictTarget;
}

impl<T: Table, K, C> ConflictKey<T> for UniqueKey<T, K, C> {
    fn target(&self) -> ConflictTarget {
        ConflictTarget::Key { columns: self.columns.to_vec(), predicate: None, alone: false }
    }
}

impl<T: Table<Dialect: HasPartialIndex>, K> ConflictKey<T> for PartialKey<T, K> {
    fn target(&self) -> ConflictTarget {
        ConflictTarget::Key { columns: self.columns.to_vec(), predicate: Some((self.predicate)()), alone: false }
    }
}

/// The name of an exclusion constraint, which keeps rows from each other by other operators than `=`:
/// `EXCLUDE USING gist (room WITH =, during WITH &&)`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Exclusion(Cow<'static, str>);

impl Exclusion {
    /// The exclusion constraint of this name.
    pub fn named(name: impl Into<Cow<'static, str>>) -> Exclusion {
        Exclusion(name.into())
    }
}

/// What ON CONFLICT ON CONSTRAINT can name: the key of a constraint, or the name of one that is not declared here.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a constraint of `{T}`",
    label = "not a constraint",
    note = "the primary key is one, and what `#[column(unique)]` makes; a unique index is none: `.on_conflict(..)` names its columns",
    note = "a constraint that is not declared here goes by its name, as text"
)]
pub trait ConflictConstraint<T> {
    /// What is found by it: [`OneRow`], or [`AnyRows`] of an exclusion constraint.
    type Finds;

    /// The target of ON CONFLICT.
    fn named(self) -> ConflictTarget;
}

/// Of a conflict, that one row is in the way: it has the same key.
#[derive(Clone, Copy, Debug)]
pub enum OneRow {}

/// Of a conflict, that several rows may be in the way: an exclusion constraint says so.
#[derive(Clone, Copy, Debug)]
pub enum AnyRows {}

/// That an upsert can update the row that is in the way.
#[diagnostic::on_unimplemented(
    message = "an upsert cannot update by an exclusion constraint",
    label = "several rows may be in the way",
    note = "`.do_nothing()` leaves the row out"
)]
pub trait FindsOneRow {}
#[diagnostic::do_not_recommend]
impl FindsOneRow for OneRow {}

impl<T: Table> ConflictConstraint<T> for Exclusion {
    type Finds = AnyRows;

    fn named(self) -> ConflictTarget {
        ConflictTarget::Constraint(self.0)
    }
}

impl<T: Table, K> ConflictConstraint<T> for UniqueKey<T, K> {
    type Finds = OneRow;

    fn named(self) -> ConflictTarget {
        self.name.map_or(ConflictTarget::PrimaryKey, |name| ConflictTarget::Constraint(name.into()))
    }
}

impl<T: Table> ConflictConstraint<T> for &'static str {
    type Finds = OneRow;

    fn named(self) -> ConflictTarget {
        ConflictTarget::Constraint(self.into())
    }
}

impl<T: Table> ConflictConstraint<T> for String {
    type Finds = OneRow;

    fn named(self) -> ConflictTarget {
        ConflictTarget::Constraint(self.into())
    }
}

/// The values of a key of type `K`: one value, or a tuple of as many as the key has columns.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a value of the key, which is `{K}`",
    label = "expected `{K}`"
)]
pub trait KeyValue<K> {
    /// Appends the values.
    fn values(self, values: &mut Vec<ir::Node>);
}

#[diagnostic::do_not_recommend]
impl<K: SqlType, V: Operand<K>> KeyValue<K> for V {
    fn values(self, values: &mut Vec<ir::Node>) {
        values.push(self.operand(K::SQL_TYPE));
    }
}

macro_rules! tuples {
    ($(($($key:ident $value:ident)*))*) => { $(
        #[allow(non_snake_case, reason = "the type parameters name the tuple's parts")]
        impl<$($key: SqlType,)* $($value: Operand<$key>),*> KeyValue<($($key,)*)> for ($($value,)*) {
            fn values(self, values: &mut Vec<ir::Node>) {
                let ($($value,)*) = self;
                $({
                    const fn ty<T: SqlType>() -> &'static Type {
                        T::SQL_TYPE
                    }
                    values.push($value.operand(ty::<$key>()));
                })*
            }
        }
    )* };
}
tuples! { (A U B V) (A U B V C W) (A U B V C W E X) (A U B V C W E X F Y) (A U B V C W E X F Y G Z)
(A U B V C W E X F Y G Z H O) (A U B V C W E X F Y G Z H O I P) }

/// An index of `T`: a constant such as `Thread::IDX_THREADS_ACTIVE`, made by the derive.
pub struct IndexHandle<T> {
    name: &'static str,
    condition: Option<fn(SourceId) -> ir::Node>,
    table: PhantomData<fn() -> T>,
}

impl<T> Clone for IndexHandle<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for IndexHandle<T> {}

impl<T: Table> IndexHandle<T> {
    /// The handle of an index. The types are the caller's word: this is for derives.
    pub const fn new(name: &'static str, condition: Option<fn(SourceId) -> ir::Node>) -> Self {
        IndexHandle { name, condition, table: PhantomData }
    }

    /// The index's name.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The predicate of a partial index, word for word, so that a plan can use the index; TRUE of any other.
    pub fn condition<N: Nullness>(&self, columns: <T as Table>::Columns<N>) -> Condition<T::Dialect> {
        let source = columns.source();
        Condition::from_ir(self.condition.map_or_else(|| ir::Node::All(Vec::new()), |f| f(source)))
    }
}
