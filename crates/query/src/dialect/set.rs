//! Sets of dialects: which databases a table, an expression or a statement may run on.
//!
//! A set is a tuple in the fixed order PostgreSQL, MySQL, MariaDB, SQLite. Type-level bits underneath
//! decide what two sets have in common and whether one covers another; tuples keep messages readable.

use super::Engine;

/// A dialect, or a set of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a set of dialects",
    note = "write one dialect, or a tuple of them in the order Postgres, MySql, MariaDb, Sqlite"
)]
pub trait Dialect: Send + Sync + 'static {
    #[doc(hidden)]
    type Pg: Bit;
    #[doc(hidden)]
    type My: Bit;
    #[doc(hidden)]
    type Ma: Bit;
    #[doc(hidden)]
    type Li: Bit;
    /// The dialects of the set.
    const ENGINES: &'static [Engine];
}

/// A set of exactly one dialect.
#[diagnostic::on_unimplemented(message = "`{Self}` is not a single dialect")]
pub trait OneDialect: Dialect + Copy {
    /// Which.
    const ENGINE: Engine;
}

macro_rules! dialects {
    ($($(#[$doc:meta])* $name:ident)*) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub struct $name;
        impl OneDialect for $name {
            const ENGINE: Engine = Engine::$name;
        }
    )* };
}
dialects! {
    /// PostgreSQL.
    Postgres
    /// MySQL.
    MySql
    /// MariaDB.
    MariaDb
    /// SQLite.
    Sqlite
}

/// All four: what a table without `dialect = ..` is for.
pub type Portable = (Postgres, MySql, MariaDb, Sqlite);

pub(super) mod bits {
    //! Membership of one dialect in a set.

    #[derive(Debug)]
    pub struct Yes;
    #[derive(Debug)]
    pub struct No;
    pub trait Bit: 'static {
        type And<B: Bit>: Bit;
        type Not: Bit;
        type Or<B: Bit>: Bit;
        type If<Then, Else>;
    }
    impl Bit for Yes {
        type And<B: Bit> = B;
        type Not = No;
        type Or<B: Bit> = Yes;
        type If<Then, Else> = Then;
    }
    impl Bit for No {
        type And<B: Bit> = No;
        type Not = Yes;
        type Or<B: Bit> = B;
        type If<Then, Else> = Else;
    }
}
use bits::{Bit, No, Yes};

/// A combination of bits that has a name: every one but the empty set.
#[doc(hidden)]
pub trait Named {
    type Name: Dialect;
}

macro_rules! sets {
    ($($set:ty = $pg:ident $my:ident $ma:ident $li:ident: $($member:ident)*;)*) => { $(
        impl Dialect for $set {
            type Pg = $pg;
            type My = $my;
            type Ma = $ma;
            type Li = $li;
            const ENGINES: &'static [Engine] = &[$(Engine::$member),*];
        }
        impl Named for ($pg, $my, $ma, $li) {
            type Name = $set;
        }
        $(
            #[diagnostic::do_not_recommend]
            impl RunsOn<$member> for $set {}
        )*
    )* };
}
sets! {
    Postgres = Yes No No No: Postgres;
    MySql = No Yes No No: MySql;
    MariaDb = No No Yes No: MariaDb;
    Sqlite = No No No Yes: Sqlite;
    (Postgres, MySql) = Yes Yes No No: Postgres MySql;
    (Postgres, MariaDb) = Yes No Yes No: Postgres MariaDb;
    (Postgres, Sqlite) = Yes No No Yes: Postgres Sqlite;
    (MySql, MariaDb) = No Yes Yes No: MySql MariaDb;
    (MySql, Sqlite) = No Yes No Yes: MySql Sqlite;
    (MariaDb, Sqlite) = No No Yes Yes: MariaDb Sqlite;
    (Postgres, MySql, MariaDb) = Yes Yes Yes No: Postgres MySql MariaDb;
    (Postgres, MySql, Sqlite) = Yes Yes No Yes: Postgres MySql Sqlite;
    (Postgres, MariaDb, Sqlite) = Yes No Yes Yes: Postgres MariaDb Sqlite;
    (MySql, MariaDb, Sqlite) = No Yes Yes Yes: MySql MariaDb Sqlite;
    (Postgres, MySql, MariaDb, Sqlite) = Yes Yes Yes Yes: Postgres MySql MariaDb Sqlite;
}

/// That a statement written for this set may run on database `B`.
#[diagnostic::on_unimplemented(
    message = "this query is written for {Self} and cannot run on {B}",
    label = "a {B} database",
    note = "`#[table(dialect = ..)]` names the databases of a table; without it, all four"
)]
pub trait RunsOn<B>: Dialect {}

type Common<A, B> = (
    <<A as Dialect>::Pg as Bit>::And<<B as Dialect>::Pg>,
    <<A as Dialect>::My as Bit>::And<<B as Dialect>::My>,
    <<A as Dialect>::Ma as Bit>::And<<B as Dialect>::Ma>,
    <<A as Dialect>::Li as Bit>::And<<B as Dialect>::Li>,
);

/// No dialect at all.
#[doc(hidden)]
#[derive(Debug)]
pub enum Nowhere {}

type Minus<A, B> = <A as Bit>::And<<B as Bit>::Not>;

/// The set of these bits, by name.
type SetOf<P, M, A, L> = <P as Bit>::If<
    <M as Bit>::If<
        <A as Bit>::If<
            <L as Bit>::If<(Postgres, MySql, MariaDb, Sqlite), (Postgres, MySql, MariaDb)>,
            <L as Bit>::If<(Postgres, MySql, Sqlite), (Postgres, MySql)>,
        >,
        <A as Bit>::If<
            <L as Bit>::If<(Postgres, MariaDb, Sqlite), (Postgres, MariaDb)>,
            <L as Bit>::If<(Postgres, Sqlite), Postgres>,
        >,
    >,
    <M as Bit>::If<
        <A as Bit>::If<
            <L as Bit>::If<(MySql, MariaDb, Sqlite), (MySql, MariaDb)>,
            <L as Bit>::If<(MySql, Sqlite), MySql>,
        >,
        <A as Bit>::If<<L as Bit>::If<(MariaDb, Sqlite), MariaDb>, <L as Bit>::If<Sqlite, Nowhere>>,
    >,
>;

/// The dialects of `A` that are not in `B`.
pub(super) type Without<A, B> = SetOf<
    Minus<<A as Dialect>::Pg, <B as Dialect>::Pg>,
    Minus<<A as Dialect>::My, <B as Dialect>::My>,
    Minus<<A as Dialect>::Ma, <B as Dialect>::Ma>,
    Minus<<A as Dialect>::Li, <B as Dialect>::Li>,
>;

/// What two sets have in common.
#[diagnostic::on_unimplemented(
    message = "{Self} and {B} have no database in common",
    label = "written for other databases",
    note = "a query can only use tables and expressions that some database has all of"
)]
pub trait Meet<B: Dialect>: Dialect {
    /// The common dialects.
    type Out: Dialect;
}
#[diagnostic::do_not_recommend]
impl<A: Dialect, B: Dialect> Meet<B> for A
where
    Common<A, B>: Named,
{
    type Out = <Common<A, B> as Named>::Name;
}

/// The common dialects of two sets.
pub type Met<A, B> = <A as Meet<B>>::Out;

type Either<A, B> = (
    <<A as Dialect>::Pg as Bit>::Or<<B as Dialect>::Pg>,
    <<A as Dialect>::My as Bit>::Or<<B as Dialect>::My>,
    <<A as Dialect>::Ma as Bit>::Or<<B as Dialect>::Ma>,
    <<A as Dialect>::Li as Bit>::Or<<B as Dialect>::Li>,
);

/// Two sets taken together, whatever the order: `#[table(dialect = ..)]` need not know the fixed one.
#[doc(hidden)]
pub trait Unite<B: Dialect>: Dialect {
    type Out: Dialect;
}
impl<A: Dialect, B: Dialect> Unite<B> for A
where
    Either<A, B>: Named,
{
    type Out = <Either<A, B> as Named>::Name;
}

macro_rules! on {
    ($($trait:ident $message:literal)*) => { $(
        #[doc(hidden)]
        #[diagnostic::on_unimplemented(
            message = $message,
            label = "not available there",
            note = "if the table only ever lives in one database, say so: `#[table(dialect = Postgres)]`; without it a table is for all four"
        )]
        pub trait $trait<B> {}
        #[diagnostic::do_not_recommend]
        impl<B> $trait<B> for Yes {}
        #[diagnostic::do_not_recommend]
        impl $trait<No> for No {}
    )* };
}
on! {
    OnPg "this is not available on PostgreSQL, where the query may run"
    OnMy "this is not available on MySQL, where the query may run"
    OnMa "this is not available on MariaDB, where the query may run"
    OnLi "this is not available on SQLite, where the query may run"
}

/// That an expression for this set exists wherever a statement for `B` may run.
#[diagnostic::on_unimplemented(
    message = "this is for {Self}, but the query may run on {B}",
    label = "not available everywhere where the query may run",
    note = "a query says by `.only_on::<Postgres>()` that it is for fewer databases; a table, by `#[table(dialect = Postgres)]`"
)]
pub trait Covers<B: Dialect>: Dialect {}
#[diagnostic::do_not_recommend]
impl<A: Dialect, B: Dialect> Covers<B> for A
where
    A::Pg: OnPg<B::Pg>,
    A::My: OnMy<B::My>,
    A::Ma: OnMa<B::Ma>,
    A::Li: OnLi<B::Li>,
{
}
