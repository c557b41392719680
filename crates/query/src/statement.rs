//! Statements: what can be run, and what it gives back.

mod change;
mod combine;
mod dynamic;
mod each;
mod group;
mod head;
mod insert;
mod merge;
mod outcome;
mod raw;
mod returning;
mod select;

pub use change::{Bounded, Delete, DeleteUsing, Everything, IsBounded, Update, UpdateFrom};
pub use combine::{Branch, Combined, Subquery};
pub use each::EachColumn;
pub(crate) use each::update_each;
pub use group::{Grouped, GroupingSets, Totals};
pub use head::{Headed, WithHead};
pub use insert::{Insert, OnConflict};
pub use merge::{Decided, Merge, MergeInto, Undecided, WhenMatched, WhenNotMatched};
pub use outcome::{Counted, Told};
pub use raw::{RawRows, RawStatement};
pub use returning::Returning;
pub use select::{Lateral, RowCount, Rows, Select, Whole, exists, not_exists};

use crate::dialect::{Dialect, Engine, OneDialect, RunsOn, Target};
use crate::error::BuildError;
use crate::expr::Origin;
use crate::ir;
use crate::source::Table;
use crate::types::{Decoder, NotNull};

/// A query for all of a table: what `Thread::query()` is.
pub type Query<T> = Select<<T as Table>::Columns<NotNull>, T, <T as Origin>::Dialect>;

/// An update of `T` that says which rows it means: what `Thread::update().filter(..).set(..)` is.
pub type UpdateOf<T> = Update<<T as Table>::Columns<NotNull>, T, Bounded>;

/// A delete from `T` that says which rows it means: what `Thread::delete().filter(..)` is.
pub type DeleteOf<T> = Delete<<T as Table>::Columns<NotNull>, T, Bounded>;

/// Something that can be sent to a database.
#[diagnostic::on_unimplemented(message = "`{Self}` is not a statement that can run", label = "not complete")]
pub trait Statement: Sized + Send {
    /// The databases it may run on.
    type Dialect: Dialect;
    /// Whether it says which rows it means: [`Bounded`], or [`Everything`] of an update or delete without a filter.
    type Reach;

    /// Gives up the types.
    fn into_ir(self) -> ir::Statement;

    /// The SQL text on database `B`, with placeholders for the arguments.
    ///
    /// # Errors
    /// A mistake that types cannot catch: see [`BuildError`].
    fn to_sql<B: OneDialect>(self) -> Result<String, BuildError>
    where
        Self::Dialect: RunsOn<B>,
    {
        self.to_sql_for(B::ENGINE)
    }

    /// The SQL text on a database that is known at run time only.
    ///
    /// # Errors
    /// As [`to_sql`](Statement::to_sql); a database that the statement is not written for is [`BuildError::Elsewhere`].
    fn to_sql_for(self, engine: Engine) -> Result<String, BuildError> {
        if !Self::Dialect::ENGINES.contains(&engine) {
            return Err(BuildError::Elsewhere(engine.name()));
        }
        crate::compile::render(&self.into_ir(), Target::oldest(engine)).map(|compiled| compiled.sql.to_string())
    }
}

/// A statement that gives rows back.
#[diagnostic::on_unimplemented(
    message = "`{Self}` gives no rows back",
    label = "no rows",
    note = "`.returning()` gives the changed rows back"
)]
pub trait Fetchable: Statement {
    /// What a row is.
    type Row: Send + 'static;

    /// How a row is read.
    fn decoder(&self) -> Decoder<Self::Row>;
}

/// Shows the SQL for the first of the dialects, and no argument.
fn debug<D: Dialect>(statement: &ir::Statement, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
    let engine = D::ENGINES.first().copied();
    match engine.map(|engine| crate::compile::render(statement, Target::oldest(engine))) {
        Some(Ok(compiled)) => f.write_str(&compiled.sql),
        Some(Err(error)) => write!(f, "<{error}>"),
        None => f.write_str("<no dialect>"),
    }
}
