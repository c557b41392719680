//! Unique keys and index handles: what ON CONFLICT, lookups by key and filters can refer to.

use std::marker::PhantomData;

use super::{Table, TableColumns};
use crate::dialect::HasPartialIndex;
use crate::expr::{Condition, Operand, Origin};
use crate::ir::{self, BinaryOp, ColumnRef, ConflictTarget, SourceId};
use crate::types::{Nullness, SqlType, Type};

/// A unique key of `T` with values of type `K`: a constant such as `User::EMAIL_KEY`, made by the derive.
pub struct UniqueKey<T, K> {
    columns: &'static [u32],
    types: PhantomData<fn() -> (T, K)>,
}

impl<T, K> Clone for UniqueKey<T, K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, K> Copy for UniqueKey<T, K> {}

impl<T, K> UniqueKey<T, K> {
    /// The key of these columns. The types are the caller's word: this is for derives.
    pub const fn new(columns: &'static [u32]) -> Self {
        UniqueKey { columns, types: PhantomData }
    }

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
        let conditions = self.columns.iter().zip(values).map(|(&index, value)| {
            let column = ir::Node::Column(ColumnRef { source, index });
            let value = match (value, T::column_type(index)) {
                (ir::Node::Argument(argument), Some(ty)) => ir::Node::Argument(argument.retyped(ty)),
                (value, _) => value,
            };
            ir::Node::binary(BinaryOp::Equal, column, value)
        });
        ir::Node::All(conditions.collect())
    }
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

impl<T: Table, K> ConflictKey<T> for UniqueKey<T, K> {
    fn target(&self) -> ConflictTarget {
        ConflictTarget { columns: self.columns.to_vec(), predicate: None, alone: false }
    }
}

impl<T: Table<Dialect: HasPartialIndex>, K> ConflictKey<T> for PartialKey<T, K> {
    fn target(&self) -> ConflictTarget {
        ConflictTarget { columns: self.columns.to_vec(), predicate: Some((self.predicate)()), alone: false }
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
