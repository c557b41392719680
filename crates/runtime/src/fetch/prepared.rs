//! Prepared statements: written once with parameters, kept in a `static`, run with values.

use relvar_query::compile::Template;
use relvar_query::expr::{BindTo, Params};
use relvar_query::statement::{Fetchable, IsBounded, Statement};
use relvar_query::types::Decoder;
use relvar_query::value::Value;
use std::fmt;
use std::sync::OnceLock;

use super::sink::{Collect, Ignore};
use super::stream::{RowStream, Streamed};
use super::{Running, at_most_one, run};
use crate::error::{Error, ErrorKind, Result};
use crate::executor::{Executor, Runs};

/// A statement that is written once and run many times, each time with other values for its parameters.
///
/// [`prepare`] makes it, in a `static` or anywhere else. `P` are the parameters as its closure gets them, one
/// [`Param`](relvar_query::expr::Param) or a tuple of these; `Q` is the statement, most often a
/// [`Query`](relvar_query::statement::Query) or [`Rows`](relvar_query::statement::Rows). The first run builds the
/// statement and its SQL; every other one looks up neither, and allocates nothing for it but what the values need.
///
/// It is tied to no database: the same one runs on [`Db`](crate::Db), [`AnyDb`](crate::AnyDb), and transactions.
pub struct Prepared<P, Q> {
    build: fn(P) -> Q,
    kept: OnceLock<Kept<Q>>,
}

/// What there is after the first run.
struct Kept<Q> {
    /// Says how rows are read.
    query: Q,
    whole: Template,
    /// With a LIMIT, for the terminals that want few rows.
    limited: OnceLock<Template>,
}

/// Prepares the statement that `build` gives for its parameters. Nothing is built before the first run.
///
/// `build` is a closure that captures nothing: what changes from run to run is a parameter, everything else is part
/// of the statement. A parameter stands wherever a value does, as often as needed.
///
/// ```
/// use relvar_runtime::{Db, Prepared, Result, prepare};
/// # use relvar_query::{dialect::Portable, expr::*, source::Table, statement::*};
/// # #[derive(relvar_schema_derive::Table)]
/// # #[table(name = "threads", crate = ::relvar_query)]
/// # struct Thread { #[column(primary_key)] id: i64, user_id: i64, title: String }
/// static OF_USER: Prepared<Param<i64>, Query<Thread>> = prepare(|user: Param<i64>| {
///     Thread::query().filter(|t| t.user_id.eq(user)).order_by(|t| t.id.desc()).limit(20)
/// });
///
/// static TITLES: Prepared<(Param<Vec<i64>>, Param<String>), Rows<(i64, String), Portable>> =
///     prepare(|(ids, except): (Param<Vec<i64>>, Param<String>)| {
///         Thread::query()
///             .filter(|t| t.id.in_param(ids) & t.title.ne(except))
///             .select(|t| (t.id, t.title))
///             .rows()
///     });
///
/// # async fn run(db: &Db<relvar_query::dialect::Sqlite>) -> Result<()> {
/// let threads: Vec<Thread> = OF_USER.bind(7).all(db).await?;
/// let titles: Vec<(i64, String)> = TITLES.bind(([1, 2, 3], "x")).all(db).await?;
/// # Ok(()) }
/// ```
///
/// A value from outside, or a parameter of another statement, is refused by the compiler:
///
/// ```compile_fail,E0308
/// # use relvar_runtime::prepare;
/// # use relvar_query::{expr::*, source::Table, statement::*};
/// # #[derive(relvar_schema_derive::Table)]
/// # #[table(name = "threads", crate = ::relvar_query)]
/// # struct Thread { #[column(primary_key)] id: i64, user_id: i64, title: String }
/// let user = 7;
/// let of_user = prepare(|title: Param<String>| Thread::query().filter(|t| t.user_id.eq(user) & t.title.eq(title)));
/// ```
pub const fn prepare<P: Params, Q: Statement>(build: fn(P) -> Q) -> Prepared<P, Q> {
    Prepared { build, kept: OnceLock::new() }
}

impl<P: Params, Q: Statement> Prepared<P, Q> {
    /// The statement with values for its parameters, ready to be run.
    #[must_use = "a statement does nothing until it is run"]
    pub fn bind<V: BindTo<P>>(&self, values: V) -> BoundStatement<'_, P, Q> {
        // the last value is the LIMIT of the terminals that want few rows
        BoundStatement { prepared: self, values: values.bind_to(Value::I64(2)) }
    }

    fn kept(&self) -> &Kept<Q> {
        self.kept.get_or_init(|| {
            let parameters = P::fresh();
            let whole = Template::new((self.build)(parameters).into_ir());
            Kept { query: (self.build)(parameters), whole, limited: OnceLock::new() }
        })
    }
}

/// That a prepared statement has no parameters, so that it can be run as it is.
#[diagnostic::on_unimplemented(
    message = "this prepared statement has parameters, `{Self}`, and no values for them",
    label = "values for its parameters are missing",
    note = "bind them first: `STATEMENT.bind(7).all(&db)`; of several parameters, a tuple: `.bind((7, \"x\"))`"
)]
pub trait NoParameters: Params + sealed::Sealed {
    #[doc(hidden)]
    fn bound<Q: Statement>(prepared: &Prepared<Self, Q>) -> BoundStatement<'_, Self, Q>;
}

mod sealed {
    //! No parameters are `()` and nothing else.

    pub trait Sealed {}
    impl Sealed for () {}
}

#[diagnostic::do_not_recommend]
impl NoParameters for () {
    fn bound<Q: Statement>(prepared: &Prepared<(), Q>) -> BoundStatement<'_, (), Q> {
        prepared.bind(())
    }
}

/// Without parameters there is nothing to bind.
impl<P: Params, Q: Fetchable + Sync> Prepared<P, Q> {
    /// All rows of a statement without parameters.
    ///
    /// # Errors
    /// As [`BoundStatement::all`].
    pub fn all<'e, E: Executor<Q::Dialect> + 'e>(&'e self, executor: E) -> Running<'e, Vec<Q::Row>>
    where
        P: NoParameters,
    {
        P::bound(self).all(executor)
    }

    /// The only row of a statement without parameters.
    ///
    /// # Errors
    /// As [`BoundStatement::one`].
    pub fn one<'e, E: Executor<Q::Dialect> + 'e>(&'e self, executor: E) -> Running<'e, Q::Row>
    where
        P: NoParameters,
    {
        P::bound(self).one(executor)
    }

    /// The only row of a statement without parameters, if there is one.
    ///
    /// # Errors
    /// As [`BoundStatement::optional`].
    pub fn optional<'e, E: Executor<Q::Dialect> + 'e>(&'e self, executor: E) -> Running<'e, Option<Q::Row>>
    where
        P: NoParameters,
    {
        P::bound(self).optional(executor)
    }

    /// The first row of a statement without parameters, if there is one.
    ///
    /// # Errors
    /// As [`BoundStatement::first`].
    pub fn first<'e, E: Executor<Q::Dialect> + 'e>(&'e self, executor: E) -> Running<'e, Option<Q::Row>>
    where
        P: NoParameters,
    {
        P::bound(self).first(executor)
    }

    /// The rows of a statement without parameters, while it runs.
    pub fn stream<'e, E: Executor<Q::Dialect> + 'e>(&'e self, executor: E) -> RowStream<'e, Q::Row>
    where
        P: NoParameters,
    {
        P::bound(self).stream(executor)
    }
}

impl<P: Params, Q: Statement<Reach: IsBounded> + Sync> Prepared<P, Q> {
    /// Runs a statement without parameters, and says how many rows were inserted, updated or deleted.
    ///
    /// # Errors
    /// As [`BoundStatement::execute`].
    pub fn execute<'e, E: Executor<Q::Dialect> + 'e>(&'e self, executor: E) -> Running<'e, u64>
    where
        P: NoParameters,
    {
        P::bound(self).execute(executor)
    }
}

impl<P: Params, Q: Fetchable> Prepared<P, Q> {
    fn limited(&self) -> &Template {
        let kept = self.kept();
        kept.limited.get_or_init(|| Template::limited(kept.whole.statement().clone(), P::COUNT))
    }
}

impl<P, Q> fmt::Debug for Prepared<P, Q> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Prepared").field("statement", &self.kept.get().map(|kept| kept.whole.statement())).finish()
    }
}

/// A prepared statement with values for its parameters: see [`Prepared::bind`].
#[must_use = "a statement does nothing until it is run"]
pub struct BoundStatement<'p, P: Params, Q> {
    prepared: &'p Prepared<P, Q>,
    values: P::Values,
}

impl<P: Params, Q> fmt::Debug for BoundStatement<'_, P, Q> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.prepared.fmt(f)
    }
}

impl<'p, P: Params, Q: Fetchable + Sync> BoundStatement<'p, P, Q> {
    /// All rows.
    ///
    /// # Errors
    /// A mistake in the statement, what the database said, or a row that does not hold what it should.
    pub fn all<'e, E: Executor<Q::Dialect> + 'e>(self, executor: E) -> Running<'e, Vec<Q::Row>>
    where
        'p: 'e,
        P: 'e,
        Q: 'e,
    {
        let values = self.values;
        let Kept { query, whole, .. } = self.prepared.kept();
        Box::pin(async move { collect::<Q, E>(&executor, query.decoder(), whole, values.as_ref(), None).await })
    }

    /// The only row.
    ///
    /// # Errors
    /// `NoRow`, `ManyRows`, and as [`all`](BoundStatement::all).
    pub fn one<'e, E: Executor<Q::Dialect> + 'e>(self, executor: E) -> Running<'e, Q::Row>
    where
        'p: 'e,
        P: 'e,
        Q: 'e,
    {
        let running = self.optional(executor);
        Box::pin(async move { running.await?.ok_or_else(|| Error::new(ErrorKind::NoRow)) })
    }

    /// The only row, if there is one.
    ///
    /// # Errors
    /// `ManyRows`, and as [`all`](BoundStatement::all).
    pub fn optional<'e, E: Executor<Q::Dialect> + 'e>(self, executor: E) -> Running<'e, Option<Q::Row>>
    where
        'p: 'e,
        P: 'e,
        Q: 'e,
    {
        let (prepared, values) = (self.prepared, self.values);
        Box::pin(async move {
            let decoder = prepared.kept().query.decoder();
            at_most_one(collect::<Q, E>(&executor, decoder, prepared.limited(), values.as_ref(), Some(2)).await?)
        })
    }

    /// The first row, if there is one; how many more there are does not matter.
    ///
    /// # Errors
    /// As [`all`](BoundStatement::all).
    pub fn first<'e, E: Executor<Q::Dialect> + 'e>(self, executor: E) -> Running<'e, Option<Q::Row>>
    where
        'p: 'e,
        P: 'e,
        Q: 'e,
    {
        let (prepared, mut values) = (self.prepared, self.values);
        if let Some(limit) = values.as_mut().last_mut() {
            *limit = Value::I64(1);
        }
        Box::pin(async move {
            let decoder = prepared.kept().query.decoder();
            let rows = collect::<Q, E>(&executor, decoder, prepared.limited(), values.as_ref(), Some(1)).await?;
            Ok(rows.into_iter().next())
        })
    }

    /// The rows one after the other, while the statement runs: see [`Fetch::stream`](super::Fetch::stream).
    pub fn stream<'e, E: Executor<Q::Dialect> + 'e>(self, executor: E) -> RowStream<'e, Q::Row>
    where
        'p: 'e,
        P: 'e,
    {
        let Kept { query, whole, .. } = self.prepared.kept();
        RowStream::new::<Q::Dialect, _>(
            executor,
            BoundTemplate { template: whole, values: self.values },
            query.decoder(),
        )
    }
}

impl<'p, P: Params, Q: Statement<Reach: IsBounded> + Sync> BoundStatement<'p, P, Q> {
    /// Runs it, and says how many rows were inserted, updated or deleted.
    ///
    /// # Errors
    /// A mistake in the statement, or what the database said.
    pub fn execute<'e, E: Executor<Q::Dialect> + 'e>(self, executor: E) -> Running<'e, u64>
    where
        'p: 'e,
        P: 'e,
        Q: 'e,
    {
        let (prepared, values) = (self.prepared, self.values);
        Box::pin(async move {
            let runs = Runs::Prepared(&prepared.kept().whole, values.as_ref());
            run::<Q::Dialect, E>(&executor, runs, &|_| {}, &mut Ignore::default(), None).await
        })
    }
}

/// A statement and its values, kept while its rows are streamed.
struct BoundTemplate<'p, V> {
    template: &'p Template,
    values: V,
}

impl<V: AsRef<[Value]> + Send + Sync> Streamed for BoundTemplate<'_, V> {
    fn runs(&self) -> Runs<'_> {
        Runs::Prepared(self.template, self.values.as_ref())
    }
}

/// Runs a statement and keeps its rows, up to a number.
async fn collect<Q: Fetchable, E: Executor<Q::Dialect>>(
    executor: &E,
    decoder: Decoder<Q::Row>,
    template: &Template,
    values: &[Value],
    most: Option<u64>,
) -> Result<Vec<Q::Row>> {
    let mut rows = Collect::new(&decoder, most.unwrap_or(u64::MAX));
    let runs = Runs::Prepared(template, values);
    run::<Q::Dialect, E>(executor, runs, &|types| decoder.types(types), &mut rows, most).await?;
    Ok(rows.into_rows())
}
