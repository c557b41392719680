//! CREATE TABLE, DROP TABLE and ANALYZE.

use super::Lower;
use crate::dialect::{Comments, Target};
use crate::error::BuildError;
use crate::schema::{CheckDef, ForeignKeyDef, ReferentialAction, TableDef, UniqueDef};

/// The statements that create a table: enum types first, then the table, then comments. Its indexes are
/// [`create_indexes`](super::create_indexes)' matter.
///
/// # Errors
/// [`BuildError::Unsupported`] for what the database cannot have, [`BuildError::Name`] for a name it cannot take,
/// [`BuildError::NotConstant`] for a bound value in an expression.
pub fn create_table(table: &TableDef, target: Target, if_not_exists: bool) -> Result<Vec<String>, BuildError> {
    let mut lower = Lower::of_schema(table, target);
    let mut statements = lower.enum_types(table)?;
    let name = lower.qualified(table.schema.as_deref(), &table.name)?;

    lower.check_keys(table)?;
    let mut parts = Vec::with_capacity(table.columns.len() + 4);
    for column in &table.columns {
        parts.push(lower.column_definition(table, column)?);
    }
    if !table.primary_key.is_empty() && !lower.has_identity_key(table) {
        parts.push(format!("PRIMARY KEY ({})", lower.name_list(&table.primary_key)?));
    }
    for UniqueDef { name, columns } in &table.unique {
        parts.push(format!("CONSTRAINT {} UNIQUE ({})", lower.quoted(name)?, lower.name_list(columns)?));
    }
    for foreign_key in &table.foreign_keys {
        parts.push(lower.foreign_key(table, foreign_key)?);
    }
    for CheckDef { name, condition } in &table.checks {
        parts.push(format!("CONSTRAINT {} CHECK ({})", lower.quoted(name)?, lower.text(condition)?));
    }

    let guard = if if_not_exists { "IF NOT EXISTS " } else { "" };
    let mut options = String::new();
    if let Some(default) = lower.syntax.collation {
        let collation = table.collation.as_deref().map_or(Ok(default.to_owned()), |name| lower.quoted(name))?;
        options.push_str(&format!(" DEFAULT CHARACTER SET utf8mb4 COLLATE = {collation}"));
    }
    match &table.comment {
        Some(comment) if lower.syntax.ddl.comments == Comments::Inline => {
            options.push_str(&format!(" COMMENT = {}", lower.comment_literal(comment)?));
        }
        _ => {}
    }
    statements.push(format!("CREATE TABLE {guard}{name} ({}){options}", parts.join(", ")));
    if lower.syntax.ddl.comments == Comments::Statement {
        if let Some(comment) = &table.comment {
            statements.push(format!("COMMENT ON TABLE {name} IS {}", lower.comment_literal(comment)?));
        }
        for column in &table.columns {
            if let Some(comment) = &column.comment {
                let (column, comment) = (lower.quoted(&column.name)?, lower.comment_literal(comment)?);
                statements.push(format!("COMMENT ON COLUMN {name}.{column} IS {comment}"));
            }
        }
    }
    Ok(statements)
}

/// The table's name as statements write it: in quotes, behind its schema's if it has one.
///
/// # Errors
/// [`BuildError::Name`] for a name that the database cannot have.
pub fn table_name(table: &TableDef, target: Target) -> Result<String, BuildError> {
    Lower::of_schema(table, target).qualified(table.schema.as_deref(), &table.name)
}

/// The statement that drops a table. Enum types stay: other tables may have columns of them.
///
/// # Errors
/// [`BuildError::Name`] for a name that the database cannot have.
pub fn drop_table(table: &TableDef, target: Target, if_exists: bool) -> Result<String, BuildError> {
    let name = Lower::new(target).qualified(table.schema.as_deref(), &table.name)?;
    Ok(format!("DROP TABLE {}{name}", if if_exists { "IF EXISTS " } else { "" }))
}

/// The statement that has the database look at a table's data again, to plan by.
///
/// # Errors
/// [`BuildError::Name`] for a name that the database cannot have.
pub fn analyze_table(table: &TableDef, target: Target) -> Result<String, BuildError> {
    let lower = Lower::new(target);
    let name = lower.qualified(table.schema.as_deref(), &table.name)?;
    Ok(format!("{} {name}", lower.syntax.ddl.analyze))
}

impl Lower<'_> {
    /// That columns in keys have a length, where they need one.
    fn check_keys(&self, table: &TableDef) -> Result<(), BuildError> {
        let unique = table.unique.iter().flat_map(|unique| &unique.columns);
        let foreign = table.foreign_keys.iter().flat_map(|key| &key.columns);
        for name in table.primary_key.iter().chain(unique).chain(foreign) {
            if let Some(column) = table.columns.iter().find(|column| column.name == *name) {
                self.check_key_length(column)?;
            }
        }
        Ok(())
    }

    fn foreign_key(&self, table: &TableDef, foreign_key: &ForeignKeyDef) -> Result<String, BuildError> {
        let ForeignKeyDef { name, columns, to_schema, to_table, to_columns, on_delete, on_update } = foreign_key;
        let referred = if self.syntax.ddl.schema_before_table {
            self.qualified(to_schema.as_deref(), to_table)?
        } else if to_schema.is_none() || *to_schema == table.schema {
            self.quoted(to_table)?
        } else {
            return Err(self.lacks("foreign keys into another schema"));
        };
        let mut sql = format!(
            "CONSTRAINT {} FOREIGN KEY ({}) REFERENCES {referred} ({})",
            self.quoted(name)?,
            self.name_list(columns)?,
            self.name_list(to_columns)?
        );
        for (event, action) in [("DELETE", on_delete), ("UPDATE", on_update)] {
            let Some(action) = action else { continue };
            let action = match action {
                ReferentialAction::Cascade => "CASCADE",
                ReferentialAction::Restrict => "RESTRICT",
                ReferentialAction::SetNull => "SET NULL",
                ReferentialAction::SetDefault => "SET DEFAULT",
                ReferentialAction::NoAction => "NO ACTION",
            };
            sql.push_str(&format!(" ON {event} {action}"));
        }
        Ok(sql)
    }
}
