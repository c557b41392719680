//! What PARTITION BY and ORDER BY of a window take.

use crate::dialect::{Dialect, Meet, Met};
use crate::expr::{Column, Expr, Expression, Order, Origin};
use crate::ir;
use crate::types::SqlType;

/// What PARTITION BY takes: a column, an expression, or a tuple of these.
#[diagnostic::on_unimplemented(message = "`{Self}` is not a key to partition by", label = "not a column or expression")]
pub trait WindowKeys {
    /// The databases they exist on.
    type Dialect: Dialect;

    /// Appends the keys.
    fn keys(self, keys: &mut Vec<ir::Node>);
}

impl<T: SqlType, D: Dialect> WindowKeys for Expr<T, D> {
    type Dialect = D;

    fn keys(self, keys: &mut Vec<ir::Node>) {
        keys.push(self.into_ir());
    }
}

impl<O: Origin, T: SqlType> WindowKeys for Column<O, T> {
    type Dialect = O::Dialect;

    fn keys(self, keys: &mut Vec<ir::Node>) {
        keys.push(self.into_ir());
    }
}

/// What ORDER BY of a window takes: a sort key, or a tuple of these.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an ordering",
    label = "no direction",
    note = "write `column.asc()` or `column.desc()`; several go in a tuple"
)]
pub trait WindowOrders {
    /// The databases they exist on.
    type Dialect: Dialect;

    /// Appends the sort keys.
    fn orders(self, keys: &mut Vec<ir::Order>);
}

impl<D: Dialect> WindowOrders for Order<D> {
    type Dialect = D;

    fn orders(self, keys: &mut Vec<ir::Order>) {
        keys.push(self.into_ir());
    }
}

macro_rules! tuples {
    ($(($first:ident $($part:ident)*) $dialect:ty, [$($meet:tt)*];)*) => { $(
        #[allow(non_snake_case, reason = "the type parameters name the tuple's parts")]
        impl<$first: WindowKeys, $($part: WindowKeys),*> WindowKeys for ($first, $($part,)*) where $($meet)* {
            type Dialect = $dialect;

            fn keys(self, keys: &mut Vec<ir::Node>) {
                let ($first, $($part,)*) = self;
                $first.keys(keys);
                $($part.keys(keys);)*
            }
        }

        #[allow(non_snake_case, reason = "the type parameters name the tuple's parts")]
        impl<$first: WindowOrders, $($part: WindowOrders),*> WindowOrders for ($first, $($part,)*) where $($meet)* {
            type Dialect = $dialect;

            fn orders(self, keys: &mut Vec<ir::Order>) {
                let ($first, $($part,)*) = self;
                $first.orders(keys);
                $($part.orders(keys);)*
            }
        }
    )* };
}
tuples! {
    (A B) Met<A::Dialect, B::Dialect>, [A::Dialect: Meet<B::Dialect>];
    (A B C) Met<Met<A::Dialect, B::Dialect>, C::Dialect>, [A::Dialect: Meet<B::Dialect>, Met<A::Dialect, B::Dialect>: Meet<C::Dialect>];
    (A B C E) Met<Met<Met<A::Dialect, B::Dialect>, C::Dialect>, E::Dialect>, [
        A::Dialect: Meet<B::Dialect>,
        Met<A::Dialect, B::Dialect>: Meet<C::Dialect>,
        Met<Met<A::Dialect, B::Dialect>, C::Dialect>: Meet<E::Dialect>
    ];
}
