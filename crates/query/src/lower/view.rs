//! CREATE VIEW, REFRESH's counterpart DROP VIEW, and the order in which views can be created.

use std::collections::HashMap;

use super::{Lower, Topology, create_indexes, placeholder};
use crate::dialect::{Capability, Target};
use crate::error::BuildError;
use crate::ir::{Constant, Node, Shape, TableRef};
use crate::schema::{ColumnDef, TableDef, ViewDef};
use crate::types::{Kind, Type};

/// The statements that create a view, and the indexes of a materialized one. Values become literals: a definition
/// takes no parameters.
///
/// With `replace`, one that is there becomes this one; a materialized view that is there stays as it is.
///
/// # Errors
/// [`BuildError::Unsupported`] for what the database cannot have, [`BuildError::Name`] for a name it cannot take,
/// [`BuildError::NotConstant`] for a value that has no literal.
pub fn create_view(view: &ViewDef, target: Target, replace: bool) -> Result<Vec<String>, BuildError> {
    let shape = Shape::of(&view.query, target.engine.syntax().lists)?;
    let mut lower = Lower::of_statement(&shape, target);
    let text = lower.statement(&view.query)?;
    let query = placeholder::fill(&text, lower.syntax, |slot, bound| {
        let Node::Constant(constant) = shape.constant(slot.argument, slot.element)? else {
            return Err(BuildError::NotConstant);
        };
        let literal = lower.literal(&constant)?;
        match constant {
            // a type with a name is written around it already
            Constant::Number(_, ty) if bound && ty.name.is_none() && lower.syntax.cast_literals => {
                Ok(target.engine.cast(&ty)?.replace("{0}", &literal))
            }
            _ => Ok(literal),
        }
    })?;
    let name = lower.qualified(view.schema.as_deref(), &view.name)?;
    let columns = lower.name_list(&view.columns)?;
    let or_replace = replace && lower.syntax.ddl.or_replace_view;
    if view.materialized {
        lower.need(Capability::HasMaterializedView, "materialized views")?;
        let guard = if replace { "IF NOT EXISTS " } else { "" };
        let mut statements = vec![format!("CREATE MATERIALIZED VIEW {guard}{name} ({columns}) AS {query}")];
        statements.extend(create_indexes(&indexed(view), target, replace)?);
        return Ok(statements);
    }
    if !view.indexes.is_empty() {
        return Err(lower.lacks("indexes on views that are not materialized"));
    }
    let mut statements = Vec::new();
    if replace && !or_replace {
        statements.push(format!("DROP VIEW IF EXISTS {name}"));
    }
    let or_replace = if or_replace { "OR REPLACE " } else { "" };
    statements.push(format!("CREATE {or_replace}VIEW {name} ({columns}) AS {query}"));
    Ok(statements)
}

/// The statement that drops a view.
///
/// # Errors
/// [`BuildError::Name`] for a name that the database cannot have.
pub fn drop_view(view: &ViewDef, target: Target, if_exists: bool) -> Result<String, BuildError> {
    let name = Lower::new(target).qualified(view.schema.as_deref(), &view.name)?;
    let kind = if view.materialized { "MATERIALIZED VIEW" } else { "VIEW" };
    Ok(format!("DROP {kind} {}{name}", if if_exists { "IF EXISTS " } else { "" }))
}

/// A materialized view as indexes need it.
fn indexed(view: &ViewDef) -> TableDef {
    let mut table = TableDef::new(view.schema.as_deref(), &view.name);
    table.columns = view.columns.iter().map(|name| ColumnDef::new(name, Type::of(Kind::Text), true)).collect();
    table.indexes = view.indexes.clone();
    table
}

/// The positions of `views` in an order in which they can be created, each after those that it reads; dropped, they can
/// be in the reverse.
///
/// # Errors
/// [`BuildError::ViewCycle`] names the views of a circle; a mistake in a query.
pub fn view_order(views: &[ViewDef]) -> Result<Vec<usize>, BuildError> {
    let by_name: HashMap<(Option<&str>, &str), usize> =
        views.iter().enumerate().map(|(i, view)| ((view.schema.as_deref(), view.name.as_str()), i)).collect();
    let mut needs = Vec::with_capacity(views.len());
    for view in views {
        let shape = Shape::of(&view.query, crate::ir::ListStyle::Padded)?;
        let read = |table: &&TableRef| by_name.get(&(table.schema.as_deref(), &*table.name)).copied();
        needs.push(shape.tables.iter().filter_map(read).collect());
    }
    Topology(&needs).order().map_err(|cycle| {
        BuildError::ViewCycle(cycle.into_iter().filter_map(|i| views.get(i)).map(|view| view.name.clone()).collect())
    })
}
