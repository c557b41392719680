//! Columns, values and other expressions side by side: what an array is made of, and what texts are put together.

use super::{Branch, Fits, Operand};
use crate::dialect::{Dialect, Portable};
use crate::ir;
use crate::source::{CommonDialects, dialects_of};
use crate::types::{ArrayElement, SqlType};

/// What an array is made of: a list of columns, values or other expressions, or a tuple that has some of each.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not make an array",
    label = "neither a list of elements nor a tuple of them",
    note = "elements are columns, values and expressions of the type that the first of them has: `array((t.title, \"x\"))`; an array of values alone is a `Vec`"
)]
pub trait ArrayParts {
    /// The type of its elements.
    type Element: ArrayElement;
    /// The databases they all exist on.
    type Dialect: Dialect;

    /// Appends the elements.
    fn nodes(self, nodes: &mut Vec<ir::Node>);
}

/// Texts that are put together: a list of columns, values or other expressions, or a tuple that has some of each.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list of texts",
    label = "neither a list of texts nor a tuple of them",
    note = "texts are columns, values and expressions, nullable or not: `concat_ws(\", \", (t.title, t.note, \"x\"))`"
)]
pub trait TextParts {
    /// The databases they all exist on.
    type Dialect: Dialect;

    /// Appends the texts.
    fn nodes(self, nodes: &mut Vec<ir::Node>);
}

macro_rules! lists {
    ($([$($generics:tt)*] $list:ty;)*) => { $(
        impl<E: Branch<Type: ArrayElement>, $($generics)*> ArrayParts for $list {
            type Element = E::Type;
            type Dialect = E::Dialect;

            fn nodes(self, nodes: &mut Vec<ir::Node>) {
                nodes.extend(self.into_iter().map(E::branch));
            }
        }

        impl<E: Operand<String>, $($generics)*> TextParts for $list {
            type Dialect = E::Dialect;

            fn nodes(self, nodes: &mut Vec<ir::Node>) {
                nodes.extend(self.into_iter().map(|text| text.operand(String::SQL_TYPE)));
            }
        }
    )* };
}
lists! {
    [const N: usize] [E; N];
    [] Vec<E>;
}

impl TextParts for () {
    type Dialect = Portable;

    fn nodes(self, _: &mut Vec<ir::Node>) {}
}

macro_rules! tuples {
    ($(($first:ident $($rest:ident)*))*) => { $(
        #[allow(non_snake_case, reason = "the type parameters name the tuple's parts")]
        impl<$first: Branch<Type: ArrayElement>, $($rest: Fits<$first::Type>),*> ArrayParts for ($first, $($rest,)*)
        where
            dialects_of!($first $($rest)*): CommonDialects,
        {
            type Element = $first::Type;
            type Dialect = <dialects_of!($first $($rest)*) as CommonDialects>::Out;

            fn nodes(self, nodes: &mut Vec<ir::Node>) {
                let ($first, $($rest,)*) = self;
                nodes.push($first.branch());
                $(nodes.push($rest.fit(<$first::Type>::SQL_TYPE));)*
            }
        }

        #[allow(non_snake_case, reason = "the type parameters name the tuple's parts")]
        impl<$first: Operand<String>, $($rest: Operand<String>),*> TextParts for ($first, $($rest,)*)
        where
            dialects_of!($first $($rest)*): CommonDialects,
        {
            type Dialect = <dialects_of!($first $($rest)*) as CommonDialects>::Out;

            fn nodes(self, nodes: &mut Vec<ir::Node>) {
                let ($first, $($rest,)*) = self;
                nodes.push($first.operand(String::SQL_TYPE));
                $(nodes.push($rest.operand(String::SQL_TYPE));)*
            }
        }
    )* };
}
tuples! {
    (A) (A B) (A B C) (A B C E) (A B C E F) (A B C E F G) (A B C E F G H) (A B C E F G H I)
    (A B C E F G H I J) (A B C E F G H I J K) (A B C E F G H I J K L) (A B C E F G H I J K L M)
}
