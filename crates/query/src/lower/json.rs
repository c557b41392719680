//! Steps into JSON documents. Each leg of a path is quoted on its own, and a position is a number, so that no
//! key walks another way than it says.

use sea_query::Expr as Sql;

use super::Lower;
use super::render::{atom, composite};
use crate::dialect::JsonSyntax;
use crate::error::BuildError;
use crate::ir::{JsonStep, Node};

impl<'s> Lower<'s> {
    /// The value at `path`, as text or as JSON. JSON null as text is NULL, a number has the digits that stand in
    /// the document, and true is `true`, on every database.
    pub(super) fn json(&mut self, document: &'s Node, path: &[JsonStep], text: bool) -> Result<Sql, BuildError> {
        let whole = self.operand(document)?;
        match self.syntax.json {
            JsonSyntax::Operators => {
                let Some((last, first)) = path.split_last() else {
                    return if text { Ok(composite(format!("{whole} #>> '{{}}'"))) } else { self.expr(document) };
                };
                let mut sql = whole;
                for step in first {
                    sql.push_str(&format!(" -> {}", self.step(step)?));
                }
                let arrow = if text { "->>" } else { "->" };
                Ok(composite(format!("{sql} {arrow} {}", self.step(last)?)))
            }
            JsonSyntax::PathOperators => {
                let path = self.path(path)?;
                if !text {
                    return Ok(composite(format!("{whole} -> {path}")));
                }
                Ok(atom(format!(
                    "CASE json_type({whole}, {path}) WHEN 'text' THEN {whole} ->> {path} \
                     WHEN 'null' THEN NULL ELSE {whole} -> {path} END"
                )))
            }
            JsonSyntax::Functions => {
                let found = format!("json_extract({whole}, {})", self.path(path)?);
                Ok(atom(if text {
                    format!("CASE json_type({found}) WHEN 'NULL' THEN NULL ELSE json_unquote({found}) END")
                } else {
                    found
                }))
            }
        }
    }

    fn step(&self, step: &JsonStep) -> Result<String, BuildError> {
        match step {
            JsonStep::Key(key) => self.text_literal(key),
            JsonStep::Index(index) if *index > i32::MAX as u32 => {
                Err(BuildError::Clause("a position in a JSON array is out of range".into()))
            }
            JsonStep::Index(index) => Ok(index.to_string()),
        }
    }

    /// A path as a literal: `'$."key"[0]'`, each key as the JSON string that it is.
    fn path(&self, path: &[JsonStep]) -> Result<String, BuildError> {
        let mut text = String::from("$");
        for step in path {
            match step {
                JsonStep::Key(key) => {
                    text.push('.');
                    text.push_str(&serde_json::Value::from(&**key).to_string());
                }
                JsonStep::Index(index) => text.push_str(&format!("[{index}]")),
            }
        }
        self.text_literal(&text)
    }
}
