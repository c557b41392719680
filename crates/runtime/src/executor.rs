//! Executors: everything that a statement can be run on.

use futures_core::future::BoxFuture;
use relvar_query::compile::{Bindings, ShapeCache, Template};
use relvar_query::dialect::{Dialect, Engine};
use relvar_query::ir;
use relvar_query::types::CellTypes;
use relvar_query::value::Value;
use std::sync::Arc;

use crate::backend::RowSink;
use crate::error::Result;
use crate::transaction::Level;

/// What statements written for `D` can be run on: `&Db`, `&Tx`, `&ReadOnly`, `&dyn Executor<D>`.
///
/// Functions that take `impl Executor<D>` serve inside and outside of transactions.
#[diagnostic::on_unimplemented(
    message = "a query for {D} cannot run on `{Self}`",
    label = "not a database or transaction that it can run on",
    note = "pass `&db` or `&tx` of a database that the query is written for"
)]
pub trait Executor<D: Dialect>: sealed::Sealed + Send + Sync {
    #[doc(hidden)]
    fn run<'a>(&'a self, job: Job<'a>) -> BoxFuture<'a, Result<u64>>;

    /// Runs it if nothing has to be waited for; without a result, nothing was done.
    #[doc(hidden)]
    fn run_now<'a>(&self, _job: &mut Job<'a>) -> Option<Result<u64>> {
        None
    }

    #[doc(hidden)]
    fn limits(&self) -> Limits;

    /// Begins what is done or undone as a whole: a transaction, or a savepoint in one.
    #[doc(hidden)]
    fn begin_unit(&self) -> BoxFuture<'_, Result<Unit>>;
}

/// A transaction or a savepoint, to code that works on either. Dropped without a commit, it is rolled back.
pub struct Unit(pub(crate) Arc<dyn Level>);

pub(crate) mod sealed {
    //! Keeps `Executor` to the types of this crate.

    pub trait Sealed {}
    impl<E: Sealed + ?Sized> Sealed for &E {}
    impl<E: Sealed + ?Sized> Sealed for std::sync::Arc<E> {}
    impl<E: Sealed + ?Sized> Sealed for Box<E> {}
}

/// What a database takes at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Which database it is.
    pub(crate) engine: Engine,
    /// How many arguments a statement can have.
    pub(crate) arguments: usize,
    /// How many bytes the arguments of a statement should have at most.
    pub(crate) bytes: usize,
}

impl Limits {
    /// Those of a database that says no more.
    pub(crate) fn of(engine: Engine) -> Limits {
        let syntax = engine.syntax();
        let (values, bytes) = syntax.at_once.unwrap_or((usize::MAX, usize::MAX));
        Limits { engine, arguments: syntax.max_arguments.min(values), bytes }
    }
}

/// Statements to run, and where their rows go.
pub struct Job<'a> {
    pub(crate) runs: Runs<'a>,
    /// The databases that they are written for.
    pub(crate) engines: &'static [Engine],
    /// The types of the cells of a row.
    pub(crate) expected: &'a (dyn Fn(&mut CellTypes) + Sync),
    pub(crate) rows: &'a mut (dyn RowSink + 'a),
    /// How many rows are taken at most.
    pub(crate) stop_after: Option<u64>,
    pub(crate) pace: Pace,
    /// Whether only reads are let through.
    pub(crate) read_only: bool,
    /// What an attempt to run it at once has compiled.
    pub(crate) compiled: Option<Box<Bindings<'a>>>,
}

/// The statements of a job.
#[derive(Clone, Copy)]
pub(crate) enum Runs<'a> {
    /// Run in this order; more than one are all done or none.
    Statements(&'a [ir::Statement]),
    /// One that is prepared, and the values of its parameters.
    Prepared(&'a Template, &'a [Value]),
}

/// One statement of a job.
#[derive(Clone, Copy)]
pub(crate) enum One<'a> {
    Statement(&'a ir::Statement),
    Prepared(&'a Template, &'a [Value]),
}

impl<'a> One<'a> {
    pub(crate) fn statement(self) -> &'a ir::Statement {
        match self {
            One::Statement(statement) => statement,
            One::Prepared(template, _) => template.statement(),
        }
    }

    /// Its text, and what it binds.
    ///
    /// # Errors
    /// A mistake that types could not catch.
    #[inline]
    pub(crate) fn compile(self, cache: &ShapeCache) -> Result<Bindings<'a>> {
        Ok(match self {
            One::Statement(statement) => cache.get(statement)?,
            One::Prepared(template, values) => cache.prepared(template, values)?,
        })
    }
}

/// How much work a job is, as far as its caller knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pace {
    /// As much as is done at once.
    Short,
    /// Rows are taken while it runs, at the reader's pace.
    Stream,
}

macro_rules! through {
    ($($pointer:ty),*) => { $(
        #[diagnostic::do_not_recommend]
        impl<D: Dialect, E: Executor<D> + ?Sized> Executor<D> for $pointer {
            fn run<'a>(&'a self, job: Job<'a>) -> BoxFuture<'a, Result<u64>> {
                (**self).run(job)
            }

            fn run_now<'a>(&self, job: &mut Job<'a>) -> Option<Result<u64>> {
                (**self).run_now(job)
            }

            fn limits(&self) -> Limits {
                (**self).limits()
            }

            fn begin_unit(&self) -> BoxFuture<'_, Result<Unit>> {
                (**self).begin_unit()
            }
        }
    )* };
}
through!(&E, Arc<E>, Box<E>);
