//! Lowering: the intermediate representation as SQL text of one database.
//!
//! [`lower`] writes statements; [`create_table`], [`create_indexes`] and [`drop_table`] write the schema. An
//! argument's value is never seen here, only its number: see [`Slot`]. Operators, joins and selects are written by
//! sea-query; what it lacks or gets wrong is written here, as text between its own.

mod aggregate;
mod chain;
mod column;
mod comment;
mod compare;
mod delete;
mod dependency;
mod expr;
mod index;
mod insert;
mod json;
mod literal;
mod merge;
mod name;
mod order;
mod placeholder;
mod raw;
mod relation;
mod render;
mod returning;
mod select;
mod table;
#[cfg(test)]
mod tests;
mod typed;
mod update;
mod upsert;
mod view;
mod window;
mod with;

use dependency::Topology;
pub use dependency::dependency_order;
pub use index::create_indexes;
pub use placeholder::Slot;
pub(crate) use raw::reads;
pub use table::{analyze_table, create_table, drop_table, table_name};
pub use view::{create_view, drop_view, view_order};

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use crate::dialect::{Capability, Syntax, Target};
use crate::error::BuildError;
use crate::ir::{ArgumentId, ColumnRef, NamedWindow, Node, Shape, Statement, TableRef};
use crate::schema::TableDef;
use crate::types::Type;
use name::Scoped;
use with::Place;

/// SQL text, and what its placeholders bind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lowered {
    /// The text.
    pub sql: String,
    /// What each placeholder binds, in their order.
    pub slots: Vec<Slot>,
    /// How many rows it affects.
    pub affected: Affected,
}

/// How many rows a statement affects: where databases count differently, what makes it the same number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Affected {
    /// What tells it.
    pub rows: AffectedRows,
    /// Whether the rows that it leaves as they were are to be taken off; they are counted in
    /// [`PASSED_OVER`](crate::dialect::PASSED_OVER).
    pub passed_over: bool,
}

/// What tells how many rows a statement affects.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AffectedRows {
    /// The database's own count.
    #[default]
    Counted,
    /// The statement: it is about so many.
    Known(u64),
    /// By how much [`GIVEN`](crate::dialect::GIVEN) has grown.
    Given,
}

/// Writes `statement` as SQL of `target`; `shape` is its shape, with lists in the style of the target's syntax.
///
/// # Errors
/// [`BuildError::Unsupported`] for what the database cannot say, [`BuildError::Name`] for a name it cannot have,
/// [`BuildError::TooManyArguments`] if it binds more values than the database takes.
pub fn lower(statement: &Statement, shape: &Shape<'_>, target: Target) -> Result<Lowered, BuildError> {
    let mut lower = Lower::of_statement(shape, target);
    let text = lower.statement(statement)?;
    let text = text + &lower.comment();
    let (sql, slots) = placeholder::number(&text, lower.syntax)?;
    let limit = lower.syntax.max_arguments;
    if slots.len() > limit {
        return Err(BuildError::TooManyArguments { count: slots.len(), limit });
    }
    Ok(Lowered { sql, slots, affected: lower.affected })
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
    /// The named windows of the select that is written.
    windows: Vec<&'s NamedWindow>,
    /// The table that is changed, where its name in a subquery would be refused.
    changed: Option<&'s TableRef>,
    /// Whether common table expressions stand where they are used, for the statement cannot begin with them.
    ctes_in_place: bool,
    /// Whether what is written is what a recursive common table expression starts from.
    seed: bool,
    /// What is grouped by, where it stands for the group.
    grouped: Vec<&'s Node>,
    /// How many windows were written.
    windows_written: usize,
    /// The columns written so far.
    read: RefCell<Vec<ColumnRef>>,
    affected: Affected,
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
            windows: Vec::new(),
            changed: None,
            ctes_in_place: false,
            seed: false,
            grouped: Vec::new(),
            windows_written: 0,
            read: RefCell::default(),
            affected: Affected::default(),
        }
    }

    /// For a statement with this shape.
    fn of_statement(shape: &'s Shape<'s>, target: Target) -> Lower<'s> {
        let mut lower = Lower::new(target);
        lower.shape = Some(shape);
        for (number, argument) in (0..).zip(shape.arguments.iter()) {
            lower.arguments.insert((argument.id(), argument.ty()), number);
        }
        lower
    }

    /// A whole statement, with markers for its arguments.
    fn statement(&mut self, statement: &'s Statement) -> Result<String, BuildError> {
        self.nothing_hidden()?;
        match statement {
            Statement::Select(select) => self.select_statement(select),
            Statement::Insert(insert) => self.insert(insert, Place::Top),
            Statement::Update(update) => self.update(update, Place::Top),
            Statement::Delete(delete) => self.delete(delete, Place::Top),
            Statement::Merge(merge) => self.merge(merge),
            Statement::Raw(raw) if raw.head.with.is_empty() => self.raw(raw),
            Statement::Raw(_) => Err(BuildError::Clause("WITH before SQL text: write it into the text".into())),
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
