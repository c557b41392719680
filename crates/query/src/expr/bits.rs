//! The bits of integers: AND, OR, XOR, NOT and shifts.

use super::{Base, DialectOf, Expr, Expression, Operand, TypeOf};
use crate::dialect::{Meet, Met};
use crate::ir::{self, BinaryOp, Function};
use crate::types::{In, Integral, NullOf, OrNull, SqlType, Wrap};

macro_rules! combined {
    ($($(#[$doc:meta])* $name:ident $op:ident;)*) => { $(
        $(#[$doc])*
        fn $name<R: Operand<Base<Self>>>(
            self,
            other: R,
        ) -> Expr<In<R::Null, TypeOf<Self>>, Met<DialectOf<Self>, R::Dialect>>
        where
            Base<Self>: Integral,
            DialectOf<Self>: Meet<R::Dialect>,
        {
            let ty = self.sql_type();
            Expr::from_ir(ir::Node::binary(BinaryOp::$op, self.into_ir(), other.operand(ty)))
        }
    )* };
}

macro_rules! shifted {
    ($($(#[$doc:meta])* $name:ident $op:ident;)*) => { $(
        $(#[$doc])*
        fn $name<R: Operand<i32>>(
            self,
            places: R,
        ) -> Expr<Wrap<OrNull<NullOf<TypeOf<Self>>, R::Null>, i64>, Met<DialectOf<Self>, R::Dialect>>
        where
            Base<Self>: Integral,
            DialectOf<Self>: Meet<R::Dialect>,
        {
            let places = places.operand(i32::SQL_TYPE);
            Expr::from_ir(ir::Node::binary(BinaryOp::$op, self.into_ir(), places))
        }
    )* };
}

/// The bits of integers, of either sign: a negative number is the two's complement, as in Rust.
///
/// ```
/// # use relvar_query::{dialect::Portable, expr::{Bits, Compare, Condition, Expr}};
/// # fn of(flags: Expr<i32, Portable>, place: Expr<i32, Portable>) {
/// let has_both: Condition<Portable> = flags.clone().bit_and(0b101).eq(0b101);
/// let without: Expr<i32, Portable> = flags.clone().bit_and(!0b100);
/// let at_place: Expr<i64, Portable> = flags.shift_right(place).bit_and(1);
/// # }
/// ```
pub trait Bits: Expression {
    combined! {
        /// `self & other`: the bits that are set in both.
        bit_and BitAnd;
        /// `self | other`: the bits that are set in either.
        bit_or BitOr;
        /// `self # other`, `self ^ other`: the bits that are set in one of them alone.
        bit_xor BitXor;
    }

    /// `~self`: every bit the other way round.
    fn bit_not(self) -> Expr<TypeOf<Self>, DialectOf<Self>>
    where
        Base<Self>: Integral,
    {
        Expr::from_ir(ir::Node::Call(Function::BitNot, vec![self.into_ir()]))
    }

    shifted! {
        /// `self << places`, in 64 bits: those that leave them are lost. Of `places` the last six bits count, as for
        /// [`i64::wrapping_shl`]: by 64 places is by none, by -1 is by 63.
        shift_left ShiftLeft;
        /// `self >> places`, in 64 bits, with the sign kept: -8 by one place is -4. Of `places` the last six bits count,
        /// as for [`i64::wrapping_shr`].
        shift_right ShiftRight;
    }
}

impl<E: Expression> Bits for E {}
