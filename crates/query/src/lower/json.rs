//! Steps into JSON documents. Each leg of a path is quoted on its own, and a position is a number, so that no
//! key walks another way than it says.

use sea_query::Expr as Sql;

use super::Lower;
use super::expr::fill;
use super::render::{atom, composite};
use crate::dialect::{JsonSyntax, json_form};
use crate::error::BuildError;
use crate::ir::{JsonChange, JsonEdit, JsonForm, JsonStep, Node};

impl<'s> Lower<'s> {
    /// What is at `path`. JSON null as text is NULL, a number has the digits that stand in the document, and true is
    /// `true`, on every database.
    pub(super) fn json(&mut self, document: &'s Node, path: &[JsonStep], form: JsonForm) -> Result<Sql, BuildError> {
        let whole = self.operand(document)?;
        if path.is_empty() && form == JsonForm::Json && self.syntax.json == JsonSyntax::Operators {
            return self.expr(document);
        }
        let template = json_form(self.syntax.json, form);
        let parts = match self.syntax.json {
            JsonSyntax::Operators => [self.arrows(&whole, path, "->")?, self.arrows(&whole, path, "->>")?],
            JsonSyntax::PathOperators => [whole, self.path(path)?],
            JsonSyntax::Functions => {
                // functions on documents give text of a collation of their own, which goes with no other
                let collate = self.syntax.collation.map(|name| format!(" COLLATE {name}")).unwrap_or_default();
                [format!("json_extract({whole}, {})", self.path(path)?), collate]
            }
        };
        let text = fill(template, &parts);
        // what is more than the bare operators is atomic
        Ok(match template {
            "{0}" | "{1}" if self.syntax.json == JsonSyntax::Operators => composite(text),
            "{0} -> {1}" => composite(text),
            _ => atom(text),
        })
    }

    /// `document -> 'key' ->> 0`: the last step by `arrow`.
    fn arrows(&self, whole: &str, path: &[JsonStep], arrow: &str) -> Result<String, BuildError> {
        let Some((last, first)) = path.split_last() else {
            return Ok(if arrow == "->>" { format!("{whole} #>> '{{}}'") } else { whole.to_owned() });
        };
        let mut sql = whole.to_owned();
        for step in first {
            sql.push_str(&format!(" -> {}", self.step(step)?));
        }
        Ok(format!("{sql} {arrow} {}", self.step(last)?))
    }

    /// A document with one place changed. A place has to have a parent, and a position past the end of an array is
    /// behind its last element, on every database.
    pub(super) fn json_edit(&mut self, edit: &'s JsonEdit) -> Result<Sql, BuildError> {
        let JsonEdit { document, path, change } = edit;
        let Some((last, parent)) = path.split_last() else {
            return Err(BuildError::Clause(
                "a JSON document is changed at a place inside of it: a key, or a position".into(),
            ));
        };
        let document = self.operand(document)?;
        let value = match change.value() {
            Some(value @ Node::Argument(_)) => fill(self.syntax.json_value, &[self.text(value)?]),
            Some(value) => self.text(value)?,
            None => String::new(),
        };
        let place = match self.syntax.json {
            JsonSyntax::Operators => {
                let steps: Result<Vec<String>, _> = path.iter().map(|step| self.path_element(step)).collect();
                format!("ARRAY[{}]", steps?.join(", "))
            }
            JsonSyntax::PathOperators | JsonSyntax::Functions => self.path(path)?,
        };
        let text = match (self.syntax.json, change) {
            (JsonSyntax::Operators, JsonChange::Set(_)) => format!("jsonb_set({document}, {place}, {value}, TRUE)"),
            (JsonSyntax::Operators, JsonChange::Insert(_)) => {
                let found = self.arrows(&document, path, "->")?;
                format!(
                    "CASE WHEN ({found}) IS NULL THEN jsonb_set({document}, {place}, {value}, TRUE) ELSE {document} END"
                )
            }
            (JsonSyntax::Operators, JsonChange::Replace(_)) => {
                format!("jsonb_set({document}, {place}, {value}, FALSE)")
            }
            (JsonSyntax::Operators, JsonChange::Remove) => format!("({document} #- {place})"),
            (_, JsonChange::Remove) => format!("json_remove({document}, {place})"),
            (_, JsonChange::Replace(_)) => format!("json_replace({document}, {place}, {value})"),
            (JsonSyntax::Functions, JsonChange::Set(_)) => format!("json_set({document}, {place}, {value})"),
            (JsonSyntax::Functions, JsonChange::Insert(_)) => format!("json_insert({document}, {place}, {value})"),
            (JsonSyntax::PathOperators, _) => {
                let function = if matches!(change, JsonChange::Set(_)) { "json_set" } else { "json_insert" };
                let above = self.path(parent)?;
                let place = match last {
                    JsonStep::Key(_) => place,
                    JsonStep::Index(index) => {
                        let behind = self.path_then(parent, "[#]")?;
                        format!(
                            "CASE WHEN json_array_length({document}, {above}) <= {index} THEN {behind} ELSE {place} END"
                        )
                    }
                };
                let changed = format!("{function}({document}, {place}, {value})");
                match parent {
                    [] => changed,
                    _ => format!(
                        "CASE WHEN json_type({document}, {above}) IS NULL THEN json({document}) ELSE {changed} END"
                    ),
                }
            }
        };
        Ok(atom(text))
    }

    /// A step as an element of an array of text.
    fn path_element(&self, step: &JsonStep) -> Result<String, BuildError> {
        match step {
            JsonStep::Key(key) => self.text_literal(key),
            JsonStep::Index(index) => Ok(format!("'{index}'")),
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
        self.path_then(path, "")
    }

    fn path_then(&self, path: &[JsonStep], end: &str) -> Result<String, BuildError> {
        let mut text = String::from("$");
        for step in path {
            match step {
                JsonStep::Key(key) if key.starts_with('-') && !self.syntax.json_keys_with_minus => {
                    return Err(self.lacks("path to JSON keys that begin with a minus"));
                }
                JsonStep::Key(key) => {
                    text.push('.');
                    text.push_str(&serde_json::Value::from(&**key).to_string());
                }
                JsonStep::Index(index) => text.push_str(&format!("[{index}]")),
            }
        }
        text.push_str(end);
        self.text_literal(&text)
    }
}
