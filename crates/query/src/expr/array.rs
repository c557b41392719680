//! Arrays: containment, overlap, elements, parts.

use super::operand::bind;
use super::{ArrayParts, Base, Condition, DialectOf, Expr, Expression, Fits, Operand, TypeOf};
use crate::dialect::{HasArrays, MakesArrays, Meet, Met, Portable};
use crate::ir::{self, BinaryOp, Function};
use crate::types::{ArrayElement, In, NotNull, NullOf, SqlType, TextValue, Type, Wrap};

/// An array, nullable or not.
#[diagnostic::on_unimplemented(message = "`{Self}` is not an array", label = "needs a `Vec<..>` column or expression")]
pub trait IsArray: SqlType {
    /// What it is an array of.
    type Element: ArrayElement;
}
#[diagnostic::do_not_recommend]
impl<T: ArrayElement> IsArray for Vec<T> {
    type Element = T;
}
#[diagnostic::do_not_recommend]
impl<T: ArrayElement> IsArray for Option<Vec<T>> {
    type Element = T;
}
#[diagnostic::do_not_recommend]
impl<T: ArrayElement> IsArray for Vec<Option<T>>
where
    Option<T>: SqlType,
{
    type Element = T;
}
#[diagnostic::do_not_recommend]
impl<T: ArrayElement> IsArray for Option<Vec<Option<T>>>
where
    Option<T>: SqlType,
    Option<Vec<Option<T>>>: SqlType,
{
    type Element = T;
}

/// An array of the program stands where a `Vec` does.
#[diagnostic::do_not_recommend]
impl<T: ArrayElement, const N: usize> Operand<Vec<T>> for [T; N] {
    type Null = NotNull;
    type Dialect = Portable;

    fn operand(self, beside: &'static Type) -> ir::Node {
        bind(Vec::from(self), beside)
    }
}
#[diagnostic::do_not_recommend]
impl<const N: usize> Operand<Vec<String>> for [&str; N] {
    type Null = NotNull;
    type Dialect = Portable;

    fn operand(self, beside: &'static Type) -> ir::Node {
        bind(self.map(str::to_owned).to_vec(), beside)
    }
}
#[diagnostic::do_not_recommend]
impl<T: ArrayElement, const N: usize> Fits<Vec<T>> for [T; N] {
    type Dialect = Portable;

    fn fit(self, place: &'static Type) -> ir::Node {
        bind(Vec::from(self), place)
    }
}
#[diagnostic::do_not_recommend]
impl<const N: usize> Fits<Vec<String>> for [&str; N] {
    type Dialect = Portable;

    fn fit(self, place: &'static Type) -> ir::Node {
        bind(self.map(str::to_owned).to_vec(), place)
    }
}

macro_rules! operators {
    ($($(#[$doc:meta])* $name:ident $op:ident;)*) => { $(
        $(#[$doc])*
        fn $name<R: Operand<Base<Self>>>(self, other: R) -> Condition<Met<DialectOf<Self>, R::Dialect>>
        where
            TypeOf<Self>: IsArray,
            DialectOf<Self>: HasArrays + Meet<R::Dialect>,
        {
            let ty = self.sql_type();
            Expr::from_ir(ir::Node::binary(BinaryOp::$op, self.into_ir(), other.operand(ty)))
        }
    )* };
}

/// The type of an array's elements.
pub type ElementOf<E> = <TypeOf<E> as IsArray>::Element;

macro_rules! with_element {
    ($($(#[$doc:meta])* $name:ident $function:ident -> $out:ty;)*) => { $(
        $(#[$doc])*
        fn $name<R: Operand<ElementOf<Self>>>(self, element: R) -> Expr<$out, Met<DialectOf<Self>, R::Dialect>>
        where
            TypeOf<Self>: IsArray,
            DialectOf<Self>: HasArrays + Meet<R::Dialect>,
        {
            let element = element.operand(ElementOf::<Self>::SQL_TYPE);
            Expr::from_ir(ir::Node::Call(Function::$function, vec![self.into_ir(), element]))
        }
    )* };
}

/// Operations on arrays.
///
/// ```
/// # use relvar_query::{dialect::Postgres, expr::{ArrayOps, Condition, Expr}};
/// # fn of(tags: Expr<Vec<String>, Postgres>) {
/// let both: Condition<Postgres> = tags.clone().contains_all(["a", "b"]);
/// let first: Expr<Option<String>, Postgres> = tags.clone().element(1);
/// let more: Expr<Vec<String>, Postgres> = tags.append("c");
/// # }
/// ```
pub trait ArrayOps: Expression {
    operators! {
        /// `self @> other`: whether every element of `other` is in it.
        contains_all Contains;
        /// `self <@ other`: whether every element of it is in `other`.
        contained_by ContainedBy;
        /// `self && other`: whether they have an element in common.
        overlaps Overlaps;
    }

    /// How many elements it has.
    fn cardinality(self) -> Expr<Wrap<NullOf<TypeOf<Self>>, i32>, DialectOf<Self>>
    where
        TypeOf<Self>: IsArray,
        DialectOf<Self>: HasArrays,
    {
        Expr::from_ir(ir::Node::Call(Function::Cardinality, vec![self.into_ir()]))
    }

    /// The element at a position, which counts from 1; NULL if there is none.
    fn element<R: Operand<i32>>(self, position: R) -> Expr<Option<ElementOf<Self>>, Met<DialectOf<Self>, R::Dialect>>
    where
        TypeOf<Self>: IsArray,
        DialectOf<Self>: HasArrays + Meet<R::Dialect>,
    {
        let position = position.operand(i32::SQL_TYPE);
        Expr::from_ir(ir::Node::Call(Function::ArrayElement, vec![self.into_ir(), position]))
    }

    /// The elements from one position to another, both included, counted from 1.
    fn slice(self, from: i32, to: i32) -> Expr<TypeOf<Self>, DialectOf<Self>>
    where
        TypeOf<Self>: IsArray,
        DialectOf<Self>: HasArrays,
    {
        let bounds = [from, to].map(|n| bind(n, i32::SQL_TYPE));
        Expr::from_ir(ir::Node::Call(Function::ArraySlice, std::iter::once(self.into_ir()).chain(bounds).collect()))
    }

    with_element! {
        /// It with one more element at its end.
        append ArrayAppend -> TypeOf<Self>;
        /// It with one more element at its start.
        prepend ArrayPrepend -> TypeOf<Self>;
        /// It without the elements that equal this one.
        without ArrayRemove -> TypeOf<Self>;
        /// The position of the first such element, from 1; NULL if there is none.
        position_of ArrayPosition -> Option<i32>;
        /// `element = ANY (self)`: whether it has the element. An index on the array serves
        /// [`contains_all`](ArrayOps::contains_all), not this.
        has_element ArrayHas -> Option<bool>;
    }

    /// It with the elements that equal `from` replaced by `to`.
    fn replace_element<A, B>(self, from: A, to: B) -> Expr<TypeOf<Self>, DialectOf<Self>>
    where
        TypeOf<Self>: IsArray,
        A: Operand<ElementOf<Self>>,
        B: Operand<ElementOf<Self>>,
        DialectOf<Self>: HasArrays + Meet<A::Dialect, Out = DialectOf<Self>> + Meet<B::Dialect, Out = DialectOf<Self>>,
    {
        let ty = ElementOf::<Self>::SQL_TYPE;
        let arguments = vec![self.into_ir(), from.operand(ty), to.operand(ty)];
        Expr::from_ir(ir::Node::Call(Function::ArrayReplace, arguments))
    }

    /// The elements of both, those of `other` behind.
    fn concat_array<R: Operand<Base<Self>>>(
        self,
        other: R,
    ) -> Expr<In<R::Null, TypeOf<Self>>, Met<DialectOf<Self>, R::Dialect>>
    where
        TypeOf<Self>: IsArray,
        DialectOf<Self>: HasArrays + Meet<R::Dialect>,
    {
        let ty = self.sql_type();
        Expr::from_ir(ir::Node::Call(Function::Concatenate, vec![self.into_ir(), other.operand(ty)]))
    }

    /// The elements as text, with `separator` between them.
    fn join_elements(self, separator: impl TextValue) -> Expr<Wrap<NullOf<TypeOf<Self>>, String>, DialectOf<Self>>
    where
        TypeOf<Self>: IsArray,
        DialectOf<Self>: HasArrays,
    {
        let separator = bind(separator.into_text(), String::SQL_TYPE);
        Expr::from_ir(ir::Node::Call(Function::ArrayToText, vec![self.into_ir(), separator]))
    }
}

impl<E: Expression> ArrayOps for E {}

/// `ARRAY[…]` of expressions: a list of them, or a tuple of columns, values and other expressions, of which the first
/// gives the type. An array of values alone is a `Vec`, which is an operand itself.
///
/// ```
/// # use relvar_query::{dialect::Postgres, expr::{Expr, Text, array}};
/// # fn of(title: Expr<String, Postgres>, first: i64) {
/// let names: Expr<Vec<String>, Postgres> = array((title.clone(), "none", title.lower()));
/// let numbers: Expr<Vec<i64>, Postgres> = array([first, 2, 3]);
/// # }
/// ```
pub fn array<A: ArrayParts<Dialect: Meet<MakesArrays>>>(
    elements: A,
) -> Expr<Vec<A::Element>, Met<A::Dialect, MakesArrays>> {
    let mut nodes = Vec::new();
    elements.nodes(&mut nodes);
    Expr::from_ir(match nodes.is_empty() {
        true => bind(Vec::<A::Element>::new(), <Vec<A::Element>>::SQL_TYPE),
        false => ir::Node::Call(Function::Array, nodes),
    })
}
