//! A database that is chosen by its URL at run time.

use relvar_query::dialect::{Dialect, RunsOn};

use super::{Connect, Core, Db, Shared};
use crate::backend::{Backend, Database};
use crate::error::{Error, ErrorKind, Result};
use crate::options::Options;
use std::sync::Arc;

/// The dialect of a database that is chosen at run time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Any;

/// A database that is chosen at run time, among those that this build has a driver for.
///
/// It runs what is written for all databases; and what is written for several, where a database that
/// is not among them is a named error.
pub type AnyDb = Db<Any>;

#[diagnostic::do_not_recommend]
impl<A, B> RunsOn<Any> for (A, B) where (A, B): Dialect {}
#[diagnostic::do_not_recommend]
impl<A, B, C> RunsOn<Any> for (A, B, C) where (A, B, C): Dialect {}
#[diagnostic::do_not_recommend]
impl<A, B, C, E> RunsOn<Any> for (A, B, C, E) where (A, B, C, E): Dialect {}

#[diagnostic::do_not_recommend]
impl Connect for Any {
    async fn open(url: &str, options: Options) -> Result<AnyDb> {
        let scheme = url.split(':').next().unwrap_or_default();
        let mut known: Vec<&str> = Vec::new();
        macro_rules! try_backend {
            ($($feature:literal $backend:path),*) => { $(
                #[cfg(feature = $feature)]
                if let Some(core) = open::<$backend>(scheme, url, &options, &mut known).await? {
                    return Ok(Db::over(core));
                }
            )* };
        }
        try_backend!(
            "postgres" crate::postgres::PostgresBackend,
            "mysql" crate::mysql::MySqlBackend,
            "mariadb" crate::mysql::MariaDbBackend,
            "sqlite" crate::sqlite::SqliteBackend
        );
        let why = format!("no driver for `{scheme}:` is built in; there are: {}", known.join(", "));
        Err(Error::new(ErrorKind::Url(why)))
    }
}

impl AnyDb {
    /// The same database by its dialect, if it is that one.
    pub fn as_dialect<D: Database>(&self) -> Option<Db<D>> {
        (self.engine() == D::ENGINE).then(|| Db::over(self.core().clone()))
    }
}

/// Connects if `scheme` is one of the back-end's.
async fn open<B: Backend>(
    scheme: &str,
    url: &str,
    options: &Options,
    known: &mut Vec<&str>,
) -> Result<Option<Arc<dyn Core>>> {
    known.extend(B::SCHEMES);
    if !B::SCHEMES.contains(&scheme) {
        return Ok(None);
    }
    let core: Arc<dyn Core> = Shared::connect(B::from_url(url, options)?, options.clone()).await?;
    Ok(Some(core))
}
