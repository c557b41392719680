//! The way down: SQL text of the user's, on connections that nobody else gets afterwards.

use futures_core::future::BoxFuture;
use std::borrow::Cow;
use std::marker::PhantomData;

use crate::backend::Backend;
use crate::error::Result;
use crate::pool::Guard;

/// SQL text that is sent as it is.
///
/// Text in the program's source is taken as it is; text made at run time must be called [`Unchecked`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SqlText(Cow<'static, str>);

/// SQL text made at run time. Whoever makes one vouches that no input of a user is part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unchecked(pub String);

impl From<&'static str> for SqlText {
    fn from(text: &'static str) -> SqlText {
        SqlText(Cow::Borrowed(text))
    }
}

impl From<Unchecked> for SqlText {
    fn from(text: Unchecked) -> SqlText {
        SqlText(Cow::Owned(text.0))
    }
}

impl SqlText {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// A connection of one's own. What is done with it is not known, so it is closed when it is dropped.
pub struct RawConnection<D> {
    pub(crate) session: Box<dyn Session>,
    pub(crate) dialect: PhantomData<fn() -> D>,
}

impl<D> RawConnection<D> {
    /// Runs SQL text: one statement or several.
    ///
    /// # Errors
    /// What the database says.
    pub async fn execute_script(&mut self, sql: impl Into<SqlText>) -> Result<()> {
        let sql = sql.into();
        self.session.script(sql.as_str()).await
    }

    /// The version of the server: major, minor.
    pub fn server_version(&self) -> (u16, u16) {
        self.session.server_version()
    }
}

/// A guard whose back-end is not named.
pub(crate) trait Session: Send {
    fn script<'a>(&'a mut self, sql: &'a str) -> BoxFuture<'a, Result<()>>;
    fn server_version(&self) -> (u16, u16);
}

impl<B: Backend> Session for Guard<B> {
    fn script<'a>(&'a mut self, sql: &'a str) -> BoxFuture<'a, Result<()>> {
        self.taint();
        Box::pin(async move { Guard::script(self, sql).await.map_err(|error| error.in_statement(&sql.into())) })
    }

    fn server_version(&self) -> (u16, u16) {
        Guard::server_version(self)
    }
}
