//! CREATE INDEX.

use super::Lower;
use crate::dialect::{Capability, Target};
use crate::error::BuildError;
use crate::ir::{Direction, JsonForm, Node, Nulls};
use crate::schema::{ColumnDef, IndexDef, IndexMethod, IndexPart, TableDef};
use crate::types::Kind;

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
        let IndexDef { name, unique, method, parts, include, filter, parser, invisible } = index;
        if parts.is_empty() {
            return Err(BuildError::Clause(format!("the index `{name}` has no key").into()));
        }
        let full_text = *method == IndexMethod::FullText;
        let mut sql = String::from(match (full_text, unique) {
            (true, _) => "CREATE FULLTEXT INDEX ",
            (false, true) => "CREATE UNIQUE INDEX ",
            (false, false) => "CREATE INDEX ",
        });
        if if_not_exists && self.syntax.ddl.index_if_not_exists {
            sql.push_str("IF NOT EXISTS ");
        }
        let schema = table.schema.as_deref();
        let (of_index, of_table) = if self.syntax.ddl.schema_before_table { (None, schema) } else { (schema, None) };
        sql.push_str(&format!("{} ON {}", self.qualified(of_index, name)?, self.qualified(of_table, &table.name)?));
        if let Some(method) = self.method(*method)? {
            sql.push_str(&format!(" USING {method}"));
        }
        if !full_text {
            parts.iter().try_for_each(|part| self.check_part(table, part))?;
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
        if let Some(parser) = parser {
            self.need(Capability::HasFullText, "parsers of full text")?;
            sql.push_str(&format!(" WITH PARSER {}", self.quoted(parser)?));
        }
        if *invisible {
            let word = self.syntax.ddl.invisible_index.ok_or_else(|| self.lacks("invisible indexes"))?;
            sql.push_str(&format!(" {word}"));
        }
        match if_not_exists && !self.syntax.ddl.index_if_not_exists {
            true => self.unless_there(table, name, &sql),
            false => Ok(sql),
        }
    }

    /// A script that runs `sql`, which creates the index, unless there is one of its name: for a database whose
    /// CREATE INDEX has no IF NOT EXISTS.
    fn unless_there(&self, table: &TableDef, index: &str, sql: &str) -> Result<String, BuildError> {
        let literal = |text: &str| self.text_literal(text);
        let schema = table.schema.as_deref().map_or(Ok("DATABASE()".to_owned()), literal)?;
        let (table, index, sql) = (literal(&table.name)?, literal(index)?, literal(sql)?);
        Ok(format!(
            "SET @relvar_sql = IF(EXISTS (SELECT 1 FROM information_schema.statistics WHERE table_schema = {schema} \
             AND table_name = {table} AND index_name = {index}), 'DO 0', {sql}); \
             PREPARE relvar_sql FROM @relvar_sql; EXECUTE relvar_sql; DEALLOCATE PREPARE relvar_sql; \
             SET @relvar_sql = NULL"
        ))
    }

    fn method(&self, method: IndexMethod) -> Result<Option<&'static str>, BuildError> {
        let (capability, construct, word) = match method {
            // what every database makes unless it is told otherwise
            IndexMethod::BTree => return Ok(None),
            IndexMethod::Gin => (Capability::HasGin, "GIN indexes", "gin"),
            IndexMethod::Gist => (Capability::HasGist, "GiST indexes", "gist"),
            IndexMethod::Brin => (Capability::HasBrin, "BRIN indexes", "brin"),
            IndexMethod::Hash => (Capability::HasHashIndex, "hash indexes", "hash"),
            IndexMethod::FullText => {
                return self.need(Capability::HasFullText, "FULLTEXT indexes").map(|()| None);
            }
        };
        self.need(capability, construct)?;
        Ok(Some(word))
    }

    /// That what has to have a length in a key has one, and that a prefix is a part of its column.
    fn check_part(&self, table: &TableDef, part: &IndexPart) -> Result<(), BuildError> {
        match (&part.expr, part.prefix) {
            (Node::Column(at), None) => match table.columns.get(at.index as usize) {
                Some(column) => self.check_key_length(column),
                None => Err(BuildError::ForeignColumn),
            },
            (Node::Column(at), Some(prefix)) => {
                let column = table.columns.get(at.index as usize).ok_or(BuildError::ForeignColumn)?;
                match prefix == 0 || column.length.is_some_and(|length| prefix > length) {
                    true => Err(BuildError::Clause(
                        format!("a prefix of {prefix} is no part of the column `{}`", column.name).into(),
                    )),
                    false => Ok(()),
                }
            }
            (_, Some(_)) => Err(BuildError::Clause("only a column has a prefix".into())),
            (Node::Json { form: JsonForm::Text, .. }, None) if !self.syntax.ddl.indexes_json_text => Err(self
                .lacks("indexes on the text of a document: declare a generated column with a `len`, and index that")),
            _ => Ok(()),
        }
    }

    /// That a column that is in a key has a length, where it needs one.
    pub(super) fn check_key_length(&self, column: &ColumnDef) -> Result<(), BuildError> {
        let bounded = match column.ty.kind {
            Kind::Text | Kind::Bytes => column.length.is_some(),
            Kind::Enum => column.length.is_some() || !column.labels.is_empty(),
            _ => true,
        };
        if bounded || !self.syntax.ddl.keys_need_length {
            return Ok(());
        }
        let (column, database) = (&column.name, self.target.engine.name());
        let message =
            format!("the column `{column}` is in a key, for which {database} needs its length: say `len = ..`");
        Err(BuildError::Clause(message.into()))
    }

    fn part(&mut self, part: &'s IndexPart) -> Result<String, BuildError> {
        let IndexPart { expr, prefix, direction, nulls, ops } = part;
        let mut sql = self.text(expr)?;
        if !matches!(expr, Node::Column(_)) {
            self.need(Capability::HasExpressionIndex, "indexes on expressions")?;
            sql = format!("({sql})");
        }
        if let Some(prefix) = prefix {
            self.need(Capability::HasPrefixIndex, "indexes on the beginning of a column")?;
            sql.push_str(&format!("({prefix})"));
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
