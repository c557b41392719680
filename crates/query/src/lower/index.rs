//! CREATE INDEX.

use super::Lower;
use crate::dialect::{Capability, Target};
use crate::error::BuildError;
use crate::ir::{Direction, Node, Nulls};
use crate::schema::{IndexDef, IndexMethod, IndexPart, TableDef};

/// The statements that create a table's indexes.
///
/// # Errors
/// [`BuildError::Unsupported`] for what the database cannot have, [`BuildError::Name`] for a name it cannot take,
/// [`BuildError::NotConstant`] for a bound value in an expression.
pub fn create_indexes(table: &TableDef, target: Target, if_not_exists: bool) -> Result<Vec<String>, BuildError> {
    let mut lower = Lower::of_schema(table, target);
    table.indexes.iter().map(|index| lower.index(table, index, if_not_exists)).collect()
}

impl<'s> Lower<'s> {
    fn index(&mut self, table: &TableDef, index: &'s IndexDef, if_not_exists: bool) -> Result<String, BuildError> {
        let IndexDef { name, unique, method, parts, include, filter } = index;
        if parts.is_empty() {
            return Err(BuildError::Clause(format!("the index `{name}` has no key").into()));
        }
        let mut sql = String::from(if *unique { "CREATE UNIQUE INDEX " } else { "CREATE INDEX " });
        if if_not_exists {
            if !self.syntax.ddl.index_if_not_exists {
                return Err(self.lacks("IF NOT EXISTS for indexes"));
            }
            sql.push_str("IF NOT EXISTS ");
        }
        let schema = table.schema.as_deref();
        let (of_index, of_table) = if self.syntax.ddl.schema_before_table { (None, schema) } else { (schema, None) };
        sql.push_str(&format!("{} ON {}", self.qualified(of_index, name)?, self.qualified(of_table, &table.name)?));
        if let Some(method) = self.method(*method)? {
            sql.push_str(&format!(" USING {method}"));
        }
        let parts: Result<Vec<_>, _> = parts.iter().map(|part| self.part(part)).collect();
        sql.push_str(&format!(" ({})", parts?.join(", ")));
        if !include.is_empty() {
            self.need(Capability::HasCoveringIndex, "covering indexes (INCLUDE)")?;
            sql.push_str(&format!(" INCLUDE ({})", self.name_list(include)?));
        }
        if let Some(filter) = filter {
            self.need(Capability::HasPartialIndex, "partial indexes")?;
            sql.push_str(&format!(" WHERE {}", self.text(filter)?));
        }
        Ok(sql)
    }

    fn method(&self, method: IndexMethod) -> Result<Option<&'static str>, BuildError> {
        let (capability, construct, word) = match method {
            // what every database makes unless it is told otherwise
            IndexMethod::BTree => return Ok(None),
            IndexMethod::Gin => (Capability::HasGin, "GIN indexes", "gin"),
            IndexMethod::Gist => (Capability::HasGist, "GiST indexes", "gist"),
            IndexMethod::Brin => (Capability::HasBrin, "BRIN indexes", "brin"),
            IndexMethod::Hash => (Capability::HasHashIndex, "hash indexes", "hash"),
        };
        self.need(capability, construct)?;
        Ok(Some(word))
    }

    fn part(&mut self, part: &'s IndexPart) -> Result<String, BuildError> {
        let IndexPart { expr, direction, nulls, ops } = part;
        let mut sql = self.text(expr)?;
        if !matches!(expr, Node::Column(_)) {
            self.need(Capability::HasExpressionIndex, "indexes on expressions")?;
            sql = format!("({sql})");
        }
        if (ops.is_some() || nulls.is_some()) && !self.syntax.ddl.index_key_options {
            return Err(self.lacks("operator classes or NULLS FIRST and LAST in indexes"));
        }
        if let Some(ops) = ops {
            sql.push_str(&format!(" {}", self.quoted(ops)?));
        }
        match direction {
            Some(Direction::Descending) => sql.push_str(" DESC"),
            Some(Direction::Ascending) => sql.push_str(" ASC"),
            None => {}
        }
        match nulls {
            Some(Nulls::First) => sql.push_str(" NULLS FIRST"),
            Some(Nulls::Last) => sql.push_str(" NULLS LAST"),
            None => {}
        }
        Ok(sql)
    }
}
