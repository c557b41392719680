//! Column definitions, and the enum types that some of them need.

use super::Lower;
use super::literal::doubled;
use crate::dialect::{Capability, Comments, Enums, TextLiteral};
use crate::error::BuildError;
use crate::ir::{Constant, Node};
use crate::schema::{ColumnDef, TableDef};
use crate::types::Kind;

impl<'s> Lower<'s> {
    pub(super) fn column_definition(
        &mut self,
        table: &'s TableDef,
        column: &'s ColumnDef,
    ) -> Result<String, BuildError> {
        let ddl = &self.syntax.ddl;
        let mut sql = format!("{} ", self.quoted(&column.name)?);
        match ddl.identity_key {
            Some(key) if self.is_identity_key(table, column) => {
                sql.push_str(key);
                if let (true, Some(word)) = (column.never_reused, ddl.never_reused) {
                    sql.push_str(&format!(" {word}"));
                }
            }
            _ => sql.push_str(&self.column_type(column)?),
        }
        // where tables have a collation of their own, it is said there
        let of_table = table.collation.as_ref().filter(|_| self.syntax.collation.is_none() && is_text(column));
        if let Some(collation) = column.collation.as_ref().or(of_table) {
            sql.push_str(&format!(" COLLATE {}", self.quoted(collation)?));
        }
        if let Some(generated) = &column.generated {
            let storage = match column.computed_on_read {
                true => self.need(Capability::HasVirtualColumn, "virtual generated columns").map(|()| "VIRTUAL")?,
                false => "STORED",
            };
            sql.push_str(&format!(" GENERATED ALWAYS AS ({}) {storage}", self.text(generated)?));
        }
        if !column.nullable && (column.generated.is_none() || ddl.generated_not_null) {
            sql.push_str(" NOT NULL");
        }
        if let Some(default) = &column.default {
            sql.push_str(&format!(" DEFAULT {}", self.default(default)?));
        }
        if column.auto_increment && !self.is_identity_key(table, column) {
            let identity = ddl.identity.ok_or_else(|| {
                self.lacks("numbered column that is not the only column of the primary key, and an integer")
            })?;
            sql.push_str(&format!(" {identity}"));
        }
        if !column.labels.is_empty() && self.labels_are_checked(column) {
            sql.push_str(&format!(" CHECK ({} IN ({}))", self.quoted(&column.name)?, self.labels(&column.labels)?));
        }
        if column.invisible {
            self.need(Capability::HasInvisibleColumn, "invisible columns")?;
            sql.push_str(" INVISIBLE");
        }
        match &column.comment {
            Some(comment) if ddl.comments == Comments::Inline => {
                sql.push_str(&format!(" COMMENT {}", self.comment_literal(comment)?));
            }
            _ => {}
        }
        Ok(sql)
    }

    /// Whether the table's primary key is declared with its column.
    pub(super) fn has_identity_key(&self, table: &TableDef) -> bool {
        table.columns.iter().any(|column| self.is_identity_key(table, column))
    }

    fn is_identity_key(&self, table: &TableDef, column: &ColumnDef) -> bool {
        self.syntax.ddl.identity_key.is_some()
            && matches!(column.ty.kind, Kind::I16 | Kind::I32 | Kind::I64)
            && !column.ty.array
            && table.primary_key == [column.name.as_str()]
    }

    fn column_type(&self, column: &ColumnDef) -> Result<String, BuildError> {
        if !column.labels.is_empty() && self.syntax.ddl.enums == Enums::Inline {
            return Ok(format!("ENUM({})", self.labels(&column.labels)?));
        }
        let ColumnDef { ty, length, precision, .. } = column;
        self.target.engine.column_type(ty, *length, *precision).map(|name| name.into_owned())
    }

    fn labels_are_checked(&self, column: &ColumnDef) -> bool {
        match self.syntax.ddl.enums {
            // without a name there is no type to create
            Enums::Type => column.ty.name.is_none(),
            Enums::Inline => false,
            Enums::Check => true,
        }
    }

    fn labels(&self, labels: &[String]) -> Result<String, BuildError> {
        let labels: Result<Vec<_>, _> = labels.iter().map(|label| self.text_literal(label)).collect();
        // the introducer of a literal is no part of an enum's grammar
        Ok(labels?.iter().map(|label| label.trim_start_matches("_utf8mb4 ")).collect::<Vec<_>>().join(", "))
    }

    fn default(&mut self, default: &'s Node) -> Result<String, BuildError> {
        match default {
            Node::Constant(Constant::Bool(_) | Constant::Integer(_) | Constant::Number(..)) => self.text(default),
            _ if self.syntax.ddl.default_in_parentheses => Ok(format!("({})", self.text(default)?)),
            _ => self.operand(default),
        }
    }

    /// The statements that create the enum types of a table's columns, unless they are there: CREATE TYPE cannot
    /// say so itself.
    pub(super) fn enum_types(&self, table: &TableDef) -> Result<Vec<String>, BuildError> {
        let mut statements = Vec::new();
        if self.syntax.ddl.enums != Enums::Type {
            return Ok(statements);
        }
        let mut created: Vec<&str> = Vec::new();
        for column in &table.columns {
            let Some(name) = column.ty.name.as_deref() else { continue };
            if column.ty.kind != Kind::Enum || column.labels.is_empty() || created.contains(&name) {
                continue;
            }
            created.push(name);
            let element = column.ty.element();
            let element = self.target.engine.column_type(&element, None, None)?;
            let create = format!("CREATE TYPE {element} AS ENUM ({})", self.labels(&column.labels)?);
            let body = format!("BEGIN {create}; EXCEPTION WHEN duplicate_object THEN NULL; END");
            // a tag that the labels do not have
            let mut tag = String::from("$enum$");
            while body.contains(&tag) {
                tag.insert(tag.len() - 1, '_');
            }
            statements.push(format!("DO {tag}{body}{tag}"));
        }
        Ok(statements)
    }

    /// A comment, which has to be a plain literal everywhere.
    pub(super) fn comment_literal(&self, comment: &str) -> Result<String, BuildError> {
        match self.syntax.text {
            // doubled backslashes end no literal in any mode
            TextLiteral::Introduced => Ok(doubled(&comment.replace('\\', "\\\\"))),
            TextLiteral::Escaped | TextLiteral::Blob => self.text_literal(comment),
        }
    }
}

/// Whether a column's text has a collation.
fn is_text(column: &ColumnDef) -> bool {
    matches!(column.ty.kind, Kind::Text) && !column.ty.array
}
