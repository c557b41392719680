//! Typed index keys: which methods there are, what each can hold, and with which operator class.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use rust_decimal::Decimal;
use uuid::Uuid;

use super::{IndexMethod, IndexPart};
use crate::dialect::{
    Covers, Dialect, HasBrin, HasExpressionIndex, HasFullText, HasGin, HasGist, HasHashIndex, HasPrefixIndex,
};
use crate::expr::{Column, Document, Expr, Expression, Generated, Newtype, Order, Origin};
use crate::ir::{self, Direction};
use crate::source::Indexed;
use crate::types::{ArrayElement, BaseOf, Json, SqlType};

/// An index method, for the databases in `D`.
#[diagnostic::on_unimplemented(message = "`{Self}` is not an index method", label = "not an index method")]
pub trait Method<D> {
    /// Which.
    const METHOD: IndexMethod;
}

/// A method whose indexes can be unique.
#[diagnostic::on_unimplemented(
    message = "an index of this kind cannot be unique",
    label = "only a B-tree can be unique"
)]
pub trait UniqueMethod {}
impl UniqueMethod for BTree {}

macro_rules! methods {
    ($($(#[$doc:meta])* $name:ident, $(#[$held_doc:meta])* $held:ident $message:literal $note:literal;)*) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name;

        $(#[$held_doc])*
        #[diagnostic::on_unimplemented(message = $message, label = "not without an operator class", note = $note)]
        pub trait $held {}

        #[diagnostic::do_not_recommend]
        impl<T: Newtype<Raw: $held>> $held for T {}

        impl<T: $held> OperatorClass<$name, T> for DefaultOps {
            fn name(&self) -> Option<&'static str> {
                None
            }
        }
    )* };
}
methods! {
    /// A B-tree: equality, ranges and order.
    BTree,
    /// What a B-tree index can hold.
    InBTree "a B-tree index cannot hold `{Self}`"
        "a B-tree needs an order: for a document, index a path of it (`t.document.text(\"key\")`) or use `using = Gin`";
    /// GIN: documents, arrays, full text.
    Gin,
    /// What a GIN index can hold.
    InGin "a GIN index cannot hold `{Self}`"
        "GIN holds `Json<..>`, arrays and `to_tsvector(..)`; text only with `ops = GinTrgmOps`";
    /// GiST: ranges, geometry, full text.
    Gist,
    /// What a GiST index can hold.
    InGist "a GiST index cannot hold `{Self}`"
        "GiST holds `to_tsvector(..)`; text only with `ops = GistTrgmOps`";
    /// BRIN: very large tables in natural order.
    Brin,
    /// What a BRIN index can hold.
    InBrin "a BRIN index cannot hold `{Self}`"
        "BRIN holds numbers, text, UUIDs, dates and times";
    /// Hash: equality only.
    Hash,
    /// What a hash index can hold.
    InHash "a hash index cannot hold `{Self}`"
        "hash indexes hold scalar values";
    /// FULLTEXT: words, for `MATCH … AGAINST`.
    FullText,
    /// What a FULLTEXT index can hold.
    InFullText "a FULLTEXT index cannot hold `{Self}`"
        "FULLTEXT holds `String` columns";
}

// one line each, and no macro: the compiler shows where an implementation comes from
macro_rules! method {
    ($name:ident) => {
        const METHOD: IndexMethod = IndexMethod::$name;
    };
}
#[rustfmt::skip]
impl<D: Dialect> Method<D> for BTree { method!(BTree); }
#[rustfmt::skip]
impl<D: HasGin> Method<D> for Gin { method!(Gin); }
#[rustfmt::skip]
impl<D: HasGist> Method<D> for Gist { method!(Gist); }
#[rustfmt::skip]
impl<D: HasBrin> Method<D> for Brin { method!(Brin); }
#[rustfmt::skip]
impl<D: HasHashIndex> Method<D> for Hash { method!(Hash); }
#[rustfmt::skip]
impl<D: HasFullText> Method<D> for FullText { method!(FullText); }

macro_rules! held { ($($method:ident: $($rust:ty),*;)*) => { $($(#[diagnostic::do_not_recommend] impl $method for $rust {})*)* } }
held! {
    InBTree: bool, i16, i32, i64, f32, f64, String, Vec<u8>, Uuid, Decimal, DateTime<Utc>, NaiveDateTime, NaiveDate,
        NaiveTime;
    InBrin: i16, i32, i64, f32, f64, String, Vec<u8>, Uuid, Decimal, DateTime<Utc>, NaiveDateTime, NaiveDate,
        NaiveTime;
    InHash: bool, i16, i32, i64, f32, f64, String, Vec<u8>, Uuid, Decimal, DateTime<Utc>, NaiveDateTime, NaiveDate,
        NaiveTime;
    InGin: Document;
    InGist: Document;
    InFullText: String;
}
#[diagnostic::do_not_recommend]
impl<T: ArrayElement> InBTree for Vec<T> {}
#[diagnostic::do_not_recommend]
impl<T: ArrayElement> InGin for Vec<T> {}
#[diagnostic::do_not_recommend]
impl<T> InGin for Json<T> {}

/// That an index of method `M` holds a `T` with this operator class.
#[diagnostic::on_unimplemented(
    message = "the operator class `{Self}` is not for a `{T}` in this kind of index",
    label = "cannot be indexed with `{Self}`"
)]
pub trait OperatorClass<M, T> {
    /// Its name; none for the type's own.
    fn name(&self) -> Option<&'static str>;
}

/// The operator class that the type has by itself.
#[derive(Clone, Copy, Debug)]
pub struct DefaultOps;

/// An operator class by its name. What it holds is the user's word: `ops = "gist_ltree_ops"`.
#[derive(Clone, Copy, Debug)]
pub struct NamedOps(pub &'static str);

impl<M, T> OperatorClass<M, T> for NamedOps {
    fn name(&self) -> Option<&'static str> {
        Some(self.0)
    }
}

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident $sql:literal $method:ident [$($generic:ident)?] $rust:ty;)*) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name;

        impl<$($generic)?> OperatorClass<$method, $rust> for $name {
            fn name(&self) -> Option<&'static str> {
                Some($sql)
            }
        }
    )* };
}
classes! {
    /// Documents for all JSON operators; the default.
    JsonbOps "jsonb_ops" Gin [T] Json<T>;
    /// Documents for containment only: smaller and faster.
    JsonbPathOps "jsonb_path_ops" Gin [T] Json<T>;
    /// Text by its trigrams, for `ILIKE '%word%'`; needs the extension `pg_trgm`.
    GinTrgmOps "gin_trgm_ops" Gin [] String;
    /// Text by its trigrams; needs the extension `pg_trgm`.
    GistTrgmOps "gist_trgm_ops" Gist [] String;
    /// Text for `LIKE 'prefix%'` whatever the collation.
    TextPatternOps "text_pattern_ops" BTree [] String;
    /// `varchar` for `LIKE 'prefix%'` whatever the collation.
    VarcharPatternOps "varchar_pattern_ops" BTree [] String;
}

/// One part of the key of an index of method `M` on `T`, with operator class `C`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be part of the key of this index on `{T}`",
    label = "not a key",
    note = "a key is a column of the table or an expression of its columns; only a B-tree has directions"
)]
pub trait IndexKey<T, M, C> {
    /// The part.
    fn part(self, class: &C) -> IndexPart;
}

fn part(expr: ir::Node, ops: Option<&'static str>) -> IndexPart {
    let expr = super::define::inlined(expr);
    IndexPart { ops: ops.map(str::to_owned), ..IndexPart::new(expr) }
}

impl<T: Indexed, K: SqlType, M, C: OperatorClass<M, BaseOf<K>>> IndexKey<T, M, C> for Column<T, K> {
    fn part(self, class: &C) -> IndexPart {
        part(self.into_ir(), class.name())
    }
}

#[diagnostic::do_not_recommend]
impl<T: Indexed, K: SqlType, M, C: OperatorClass<M, BaseOf<K>>> IndexKey<T, M, C> for Column<Generated<T>, K> {
    fn part(self, class: &C) -> IndexPart {
        part(self.into_ir(), class.name())
    }
}

impl<T, X, K, M, C> IndexKey<T, M, C> for Expr<K, X>
where
    T: Indexed<Dialect: HasExpressionIndex>,
    X: Covers<T::Dialect>,
    K: SqlType,
    C: OperatorClass<M, BaseOf<K>>,
{
    fn part(self, class: &C) -> IndexPart {
        part(self.into_ir(), class.name())
    }
}

// what has an order can be held by a B-tree; a class has no say in what the order's type has forgotten
impl<T: Indexed, X: Covers<T::Dialect>, C: OperatorClass<BTree, String>> IndexKey<T, BTree, C> for Order<X> {
    fn part(self, class: &C) -> IndexPart {
        let order = self.into_ir();
        IndexPart { direction: Some(order.direction), nulls: order.nulls, ..part(order.expr, class.name()) }
    }
}

/// A type of which an index's key can hold the beginning.
#[diagnostic::on_unimplemented(
    message = "an index cannot hold the beginning of `{Self}`",
    label = "`prefix` is for text and bytes",
    note = "`prefix` takes the first characters of a `String` or bytes of a `Vec<u8>`; index other columns whole"
)]
pub trait HasPrefix {}
impl HasPrefix for String {}
impl HasPrefix for Vec<u8> {}
#[diagnostic::do_not_recommend]
impl<T: Newtype<Raw: HasPrefix>> HasPrefix for T {}

/// The beginning of a column, as a part of an index's key: `t.title.prefix(40)`.
#[derive(Clone, Copy, Debug)]
pub struct Prefix<O, T> {
    column: Column<O, T>,
    length: u32,
    direction: Option<Direction>,
}

impl<O: Origin, T: SqlType> Column<O, T> {
    /// The first characters of a text, or bytes, as a part of an index's key. Such an index serves equality and
    /// `LIKE 'beginning%'`; it cannot order, and a unique one is unique in the beginning alone.
    ///
    /// See [Column Prefix Key Parts](https://dev.mysql.com/doc/refman/9.0/en/create-index.html#create-index-column-prefixes).
    pub fn prefix(self, length: u32) -> Prefix<O, T>
    where
        O::Dialect: HasPrefixIndex,
        BaseOf<T>: HasPrefix,
    {
        Prefix { column: self, length, direction: None }
    }
}

impl<O, T> Prefix<O, T> {
    /// In descending order.
    #[must_use]
    pub fn desc(self) -> Prefix<O, T> {
        Prefix { direction: Some(Direction::Descending), ..self }
    }
}

impl<T: Indexed, K: SqlType> IndexKey<T, BTree, DefaultOps> for Prefix<T, K> {
    fn part(self, _class: &DefaultOps) -> IndexPart {
        let Prefix { column, length, direction } = self;
        IndexPart { prefix: Some(length), direction, ..IndexPart::new(column.into_ir()) }
    }
}

/// The key of an index: one part, or a tuple of parts.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the key of this index on `{T}`",
    label = "not a key",
    note = "a key is a column of the table, an expression of its columns, or a tuple of up to 12 of these"
)]
pub trait IndexKeys<T, M, C> {
    /// The parts.
    fn parts(self, class: &C) -> Vec<IndexPart>;
}

macro_rules! single {
    () => {
        fn parts(self, class: &C) -> Vec<IndexPart> {
            vec![self.part(class)]
        }
    };
}
#[rustfmt::skip]
impl<T, M, C, O, K> IndexKeys<T, M, C> for Column<O, K> where Self: IndexKey<T, M, C> { single!(); }
#[rustfmt::skip]
impl<T, M, C, K, X> IndexKeys<T, M, C> for Expr<K, X> where Self: IndexKey<T, M, C> { single!(); }
#[rustfmt::skip]
impl<T, M, C, X> IndexKeys<T, M, C> for Order<X> where Self: IndexKey<T, M, C> { single!(); }
#[rustfmt::skip]
impl<T, M, C, O, K> IndexKeys<T, M, C> for Prefix<O, K> where Self: IndexKey<T, M, C> { single!(); }

/// Columns that an index carries along: one, or a tuple.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be carried along by an index on `{T}`",
    label = "not a column",
    note = "INCLUDE takes columns of the table, no expressions"
)]
pub trait IncludedColumns<T> {
    /// Appends their names.
    fn names(self, names: &mut Vec<String>);
}

impl<T: Indexed, K: SqlType> IncludedColumns<T> for Column<T, K> {
    fn names(self, names: &mut Vec<String>) {
        names.extend(super::define::name::<T>(self.at()));
    }
}

#[diagnostic::do_not_recommend]
impl<T: Indexed, K: SqlType> IncludedColumns<T> for Column<Generated<T>, K> {
    fn names(self, names: &mut Vec<String>) {
        names.extend(super::define::name::<T>(self.at()));
    }
}

macro_rules! tuples {
    ($(($($part:ident)*))*) => { $(
        #[allow(non_snake_case, reason = "the type parameters name the tuple's parts")]
        impl<T, M, X, $($part: IndexKey<T, M, X>),*> IndexKeys<T, M, X> for ($($part,)*) {
            fn parts(self, class: &X) -> Vec<IndexPart> {
                let ($($part,)*) = self;
                vec![$($part.part(class)),*]
            }
        }

        #[allow(non_snake_case, reason = "the type parameters name the tuple's parts")]
        impl<T, $($part: IncludedColumns<T>),*> IncludedColumns<T> for ($($part,)*) {
            fn names(self, names: &mut Vec<String>) {
                let ($($part,)*) = self;
                $($part.names(names);)*
            }
        }
    )* };
}
tuples! {
    (A) (A B) (A B C) (A B C E) (A B C E F) (A B C E F G) (A B C E F G H) (A B C E F G H I)
    (A B C E F G H I J) (A B C E F G H I J K) (A B C E F G H I J K L) (A B C E F G H I J K L N)
}
