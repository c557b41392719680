//! UPDATE of many rows, each to values of its own: the rows are a list that the table is joined to.

use std::borrow::Cow;
use std::marker::PhantomData;

use super::{Bounded, Update};
use crate::dialect::Covers;
use crate::expr::{Column, Expression, Fits, Generated, Origin};
use crate::ir::{self, BinaryOp, ColumnRef, Join, JoinKind, Relation, SourceId};
use crate::source::{KeyValue, Settable, Table, UniqueKey};
use crate::types::{NotNull, SqlType};

/// Columns of `T` that each row sets, for rows of values `V`: a column and a value, or a tuple of columns and a tuple
/// of as many values.
#[diagnostic::on_unimplemented(
    message = "values of type `{V}` do not go with these columns of `{T}`",
    label = "not a value for each of them",
    note = "a row is its key and a value for each column: `(id, (name, age))` for `|u| (u.name, u.age)`, `(id, name)` for `|u| u.name`"
)]
pub trait EachColumn<T, V> {
    /// Appends the positions of the columns.
    fn positions(&self, columns: &mut Vec<u32>);

    /// Appends the values of one row.
    fn values(&self, row: V, values: &mut Vec<ir::Node>);
}

impl<T: Settable, C: SqlType, V: Fits<C, Dialect: Covers<T::Dialect>>> EachColumn<T, V> for Column<T, C> {
    fn positions(&self, columns: &mut Vec<u32>) {
        columns.push(self.at().index);
    }

    fn values(&self, row: V, values: &mut Vec<ir::Node>) {
        values.push(row.fit(self.sql_type()));
    }
}

// of a column that cannot be set, that is said of it
impl<T: Origin, C: SqlType, V> EachColumn<T, V> for Column<Generated<T>, C>
where
    Generated<T>: Settable,
{
    fn positions(&self, columns: &mut Vec<u32>) {
        columns.push(self.at().index);
    }

    fn values(&self, _: V, _: &mut Vec<ir::Node>) {}
}

macro_rules! tuples {
    ($(($($column:ident $value:ident $row:ident $index:tt)*))*) => { $(
        impl<T, $($column: EachColumn<T, $value>, $value),*> EachColumn<T, ($($value,)*)> for ($($column,)*) {
            fn positions(&self, columns: &mut Vec<u32>) {
                $(self.$index.positions(columns);)*
            }

            fn values(&self, row: ($($value,)*), values: &mut Vec<ir::Node>) {
                let ($($row,)*) = row;
                $(self.$index.values($row, values);)*
            }
        }
    )* };
}
tuples! {
    (A U a 0) (A U a 0 B V b 1) (A U a 0 B V b 1 C W c 2) (A U a 0 B V b 1 C W c 2 E X e 3)
    (A U a 0 B V b 1 C W c 2 E X e 3 F Y f 4) (A U a 0 B V b 1 C W c 2 E X e 3 F Y f 4 G Z g 5)
    (A U a 0 B V b 1 C W c 2 E X e 3 F Y f 4 G Z g 5 H R h 6)
    (A U a 0 B V b 1 C W c 2 E X e 3 F Y f 4 G Z g 5 H R h 6 I S i 7)
    (A U a 0 B V b 1 C W c 2 E X e 3 F Y f 4 G Z g 5 H R h 6 I S i 7 J Q j 8)
    (A U a 0 B V b 1 C W c 2 E X e 3 F Y f 4 G Z g 5 H R h 6 I S i 7 J Q j 8 K P k 9)
    (A U a 0 B V b 1 C W c 2 E X e 3 F Y f 4 G Z g 5 H R h 6 I S i 7 J Q j 8 K P k 9 L O l 10)
    (A U a 0 B V b 1 C W c 2 E X e 3 F Y f 4 G Z g 5 H R h 6 I S i 7 J Q j 8 K P k 9 L O l 10 M N m 11)
}

/// The update of [`Table::update_each`] and [`Table::update_each_by`].
pub(crate) fn update_each<T: Table, K, I, A: KeyValue<K>, V, C: EachColumn<T, V>>(
    key: UniqueKey<T, K, I>,
    rows: impl IntoIterator<Item = (A, V)>,
    columns: impl FnOnce(<T as Table>::Columns<NotNull>) -> C,
) -> Update<<T as Table>::Columns<NotNull>, T, Bounded> {
    let mut update = Update::<<T as Table>::Columns<NotNull>, T>::new();
    let (table, listed) = (update.ir.source, SourceId::fresh());
    let columns = columns(update.scope);
    let mut set = Vec::new();
    columns.positions(&mut set);
    let keys = key.columns();
    let width = keys.len() + set.len();

    let mut values = Vec::new();
    for (of_key, row) in rows {
        let first = values.len();
        of_key.values(&mut values);
        for (value, column) in values.iter_mut().skip(first).zip(keys) {
            if let (ir::Node::Argument(argument), Some(ty)) = (&*value, T::column_type(*column)) {
                *value = ir::Node::Argument(argument.clone().retyped(ty));
            }
        }
        columns.values(row, &mut values);
    }

    update.ir.mistake = mistake(&values, keys, &set).map(Cow::Borrowed);
    update.ir.splits = true;
    let given = |position: usize| ir::Node::Column(ColumnRef { source: listed, index: position as u32 });
    for (position, index) in keys.iter().enumerate() {
        let column = ir::Node::Column(ColumnRef { source: table, index: *index });
        update.ir.filter.push(ir::Node::binary(BinaryOp::Equal, column, given(position)));
    }
    for (position, column) in set.iter().enumerate() {
        update.ir.assignments.push(ir::Assignment { column: *column, value: given(keys.len() + position) });
    }
    let names: Vec<Cow<'static, str>> = (0..width).map(|position| Cow::Owned(format!("c{position}"))).collect();
    let relation = Relation::Values { values, columns: Cow::Owned(names) };
    update.ir.from.push(Join { kind: JoinKind::From, relation, source: listed, on: None });
    Update { ir: update.ir, scope: update.scope, types: PhantomData }
}

/// What is wrong with the rows, if anything.
fn mistake(values: &[ir::Node], keys: &[u32], set: &[u32]) -> Option<&'static str> {
    if set.iter().any(|column| keys.contains(column)) {
        return Some("`update_each` finds rows by their key: it cannot set a column of the key");
    }
    if set.iter().enumerate().any(|(position, column)| set.iter().skip(position + 1).any(|other| other == column)) {
        return Some("`update_each` sets a column twice");
    }
    let rows = values.chunks(keys.len() + set.len()).map(|row| row.get(..keys.len()).unwrap_or_default());
    match ir::Argument::distinct(rows) {
        None => Some("a key of `update_each` is an expression, not a value"),
        Some(false) => Some("two rows of `update_each` have the same key"),
        Some(true) => None,
    }
}
