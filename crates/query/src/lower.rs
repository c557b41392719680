//! Lowering: the intermediate representation as SQL text of one database.
//!
//! [`lower`] writes statements; [`create_table`], [`create_indexes`] and [`drop_table`] write the schema. An
//! argument's value is never seen here, only its number: see [`Slot`]. Operators, joins and selects are written by
//! sea-query; what it lacks or gets wrong is written here, as text between its own.

mod aggregate;
mod column;
mod delete;
mod dependency;
mod expr;
mod index;
mod insert;
mod json;
mod literal;
mod name;
mod order;
mod placeholder;
mod relation;
mod render;
mod returning;
mod select;
mod table;
#[cfg(test)]
mod tests;
mod update;
mod upsert;
mod window;
mod with;

pub use dependency::dependency_order;
pub use index::create_indexes;
pub use placeholder::Slot;
pub use table::{create_table, drop_table};

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use crate::dialect::{Capability, Syntax, Target};
use crate::error::BuildError;
use crate::ir::{ArgumentId, ColumnRef, Shape, Statement};
use crate::schema::TableDef;
use crate::types::Type;
use name::Scoped;

/// SQL text, and what its placeholders bind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lowered {
    /// The text.
    pub sql: String,
    /// What each placeholder binds, in their order.
    pub slots: Vec<Slot>,
}

/// Writes `statement` as SQL of `target`; `shape` is its shape, with lists in the style of the target's syntax.
///
/// # Errors
/// [`BuildError::Unsupported`] for what the database cannot say, [`BuildError::Name`] for a name it cannot have,
/// [`BuildError::TooManyArguments`] if it binds more values than the database takes.
pub fn lower(statement: &Statement, shape: &Shape<'_>, target: Target) -> Result<Lowered, BuildError> {
    let mut lower = Lower::new(target);
    lower.shape = Some(shape);
    for (number, argument) in (0..).zip(&shape.arguments) {
        lower.arguments.insert((argument.id(), argument.ty()), number);
    }
    lower.nothing_hidden()?;
    let text = match statement {
        Statement::Select(select) => lower.select_statement(select)?,
        Statement::Insert(insert) => lower.insert(insert)?,
        Statement::Update(update) => lower.update(update)?,
        Statement::Delete(delete) => lower.delete(delete)?,
    };
    let (sql, slots) = placeholder::number(&text, lower.syntax)?;
    let limit = lower.syntax.max_arguments;
    if slots.len() > limit {
        return Err(BuildError::TooManyArguments { count: slots.len(), limit });
    }
    Ok(Lowered { sql, slots })
}

/// What one lowering knows.
struct Lower<'s> {
    target: Target,
    syntax: &'static Syntax,
    /// Absent for the schema's own expressions, which have no arguments.
    shape: Option<&'s Shape<'s>>,
    /// The arguments' numbers.
    arguments: HashMap<(ArgumentId, &'s Type), u32>,
    /// The sources in scope, innermost last.
    scope: Vec<Scoped<'s>>,
    /// The names that aliases cannot have, in lower case.
    taken: HashSet<String>,
    /// The names of the columns of [`SourceId::SCHEMA`](crate::ir::SourceId::SCHEMA).
    schema_columns: Vec<Cow<'s, str>>,
    /// The columns written so far.
    read: RefCell<Vec<ColumnRef>>,
}

impl<'s> Lower<'s> {
    fn new(target: Target) -> Lower<'s> {
        Lower {
            target,
            syntax: target.engine.syntax(),
            shape: None,
            arguments: HashMap::new(),
            scope: Vec::new(),
            taken: HashSet::new(),
            schema_columns: Vec::new(),
            read: RefCell::default(),
        }
    }

    /// For the expressions in the definition of a table.
    fn of_schema(table: &'s TableDef, target: Target) -> Lower<'s> {
        let schema_columns = table.columns.iter().map(|column| Cow::Borrowed(column.name.as_str())).collect();
        Lower { schema_columns, ..Lower::new(target) }
    }

    /// That the database has `capability`, which is what `construct` needs.
    fn need(&self, capability: Capability, construct: &'static str) -> Result<(), BuildError> {
        if self.target.engine.has(capability) { Ok(()) } else { Err(self.lacks(construct)) }
    }

    fn lacks(&self, construct: &'static str) -> BuildError {
        BuildError::Unsupported { dialect: self.target.engine.name(), construct }
    }
}
