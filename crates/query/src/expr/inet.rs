//! Network addresses: which network lies in which.

use super::{Condition, DialectOf, Expr, Expression, Is, Operand, TypeOf};
use crate::dialect::{HasInet, Meet, Met};
use crate::ir::{self, BinaryOp, Function};
use crate::types::{Inet, NullOf, Wrap};

macro_rules! operators {
    ($($(#[$doc:meta])* $name:ident $op:ident;)*) => { $(
        $(#[$doc])*
        fn $name<R: Operand<Inet>>(self, other: R) -> Condition<Met<DialectOf<Self>, R::Dialect>>
        where
            TypeOf<Self>: Is<Inet>,
            DialectOf<Self>: HasInet + Meet<R::Dialect>,
        {
            let ty = self.sql_type();
            Expr::from_ir(ir::Node::binary(BinaryOp::$op, self.into_ir(), other.operand(ty)))
        }
    )* };
}

macro_rules! parts {
    ($($(#[$doc:meta])* $name:ident $function:ident -> $out:ty;)*) => { $(
        $(#[$doc])*
        fn $name(self) -> Expr<Wrap<NullOf<TypeOf<Self>>, $out>, DialectOf<Self>>
        where
            TypeOf<Self>: Is<Inet>,
            DialectOf<Self>: HasInet,
        {
            Expr::from_ir(ir::Node::Call(Function::$function, vec![self.into_ir()]))
        }
    )* };
}

/// Operations on network addresses.
///
/// ```
/// # use relvar_query::{dialect::Postgres, expr::{Condition, Expr, InetOps}, types::Inet};
/// # fn of(address: Expr<Inet, Postgres>) {
/// let local: Condition<Postgres> = address.in_network(Inet::new([10, 0, 0, 0].into(), 8));
/// # }
/// ```
pub trait InetOps: Expression {
    operators! {
        /// `self << network`: whether it lies in the network and is smaller.
        inside_network LeftOf;
        /// `self <<= network`: whether it lies in the network, or is it.
        in_network WithinOrEqual;
        /// `self >> other`: whether `other` lies in it and is smaller.
        around_network RightOf;
        /// `self >>= other`: whether `other` lies in it, or is it.
        has_network AroundOrEqual;
    }

    parts! {
        /// The address alone, as text.
        host InetHost -> String;
        /// The length of the network's prefix, in bits.
        prefix_length InetPrefix -> i32;
        /// The network that it lies in.
        network InetNetwork -> Inet;
    }
}

impl<E: Expression> InetOps for E {}
