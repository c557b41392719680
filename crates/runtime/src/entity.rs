//! Rows by their primary key: found, saved, removed.

use relvar_query::ir;
use relvar_query::source::{Entity, KeyValue, Table};
use relvar_query::statement::Statement;

use crate::error::{Error, ErrorKind};
use crate::executor::Executor;
use crate::fetch::{Fetch, Running, execute};

/// What can be done with a row of a table that has a primary key.
pub trait Keyed: Entity {
    /// The row with this primary key, if there is one.
    ///
    /// # Errors
    /// What the database said, or a row that does not hold what it should.
    fn find<'e, V, E>(key: V, executor: E) -> Running<'e, Option<Self>>
    where
        V: KeyValue<Self::Key>,
        E: Executor<Self::Dialect> + 'e,
        Self: 'e,
    {
        Self::find_by(Self::PRIMARY_KEY, key).rows().optional(executor)
    }

    /// Writes this row's values to the row with its primary key: an update of every column that is not
    /// part of the key and not made by the database.
    ///
    /// # Errors
    /// `NoRow` if there is no such row any more; what the database said.
    fn save<'e, E: Executor<Self::Dialect> + 'e>(&self, executor: E) -> Running<'e, ()> {
        let mut statement = <Self as Table>::update().changes(self.changes()).everywhere().into_ir();
        if let ir::Statement::Update(update) = &mut statement {
            update.everywhere = false;
            update.filter.push(self.is_self(<Self as Table>::columns(update.source)));
        }
        let affected = execute::<Self::Dialect, E>(executor, statement);
        Box::pin(async move { if affected.await? == 0 { Err(Error::new(ErrorKind::NoRow)) } else { Ok(()) } })
    }

    /// Deletes the row with this row's primary key, and says whether it was there.
    ///
    /// # Errors
    /// What the database said: that other rows refer to it, for example.
    fn remove<'e, E: Executor<Self::Dialect> + 'e>(&self, executor: E) -> Running<'e, bool> {
        let mut statement = <Self as Table>::delete().everywhere().into_ir();
        if let ir::Statement::Delete(delete) = &mut statement {
            delete.everywhere = false;
            delete.filter.push(self.is_self(<Self as Table>::columns(delete.source)));
        }
        let affected = execute::<Self::Dialect, E>(executor, statement);
        Box::pin(async move { Ok(affected.await? > 0) })
    }
}

impl<T: Entity> Keyed for T {}
