//! CREATE TABLE and DROP TABLE.

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
    let comment = match &table.comment {
        Some(comment) if lower.syntax.ddl.comments == Comments::Inline => {
            format!(" COMMENT = {}", lower.comment_literal(comment)?)
        }
        _ => String::new(),
    };
    statements.push(format!("CREATE TABLE {guard}{name} ({}){comment}", parts.join(", ")));
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

/// The statement that drops a table. Enum types stay: other tables may have columns of them.
///
/// # Errors
/// [`BuildError::Name`] for a name that the database cannot have.
pub fn drop_table(table: &TableDef, target: Target, if_exists: bool) -> Result<String, BuildError> {
    let name = Lower::new(target).qualified(table.schema.as_deref(), &table.name)?;
    Ok(format!("DROP TABLE {}{name}", if if_exists { "IF EXISTS " } else { "" }))
}

impl Lower<'_> {
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
