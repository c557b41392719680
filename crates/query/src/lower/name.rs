//! Names: checked and quoted, and the aliases that tell the sources of a statement apart.

use sea_query::Expr;
use std::borrow::Cow;
use std::collections::HashSet;

use super::Lower;
use super::render::atom;
use crate::dialect::NameLimit;
use crate::error::BuildError;
use crate::ir::{ColumnRef, SourceId, TableRef};

/// A source in scope.
pub(super) struct Scoped<'s> {
    pub(super) source: SourceId,
    pub(super) names: Qualifier,
    pub(super) columns: &'s [Cow<'static, str>],
    /// The names of columns behind those, which are no part of a row.
    pub(super) hidden: Vec<&'s str>,
}

/// What stands before the columns of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Qualifier {
    /// An alias or the table's own name.
    Alias(String),
    /// An alias, of which the column is read by a template.
    Read(String, &'static str),
    /// Nothing.
    Bare,
    /// The column is an argument of VALUES(), which stands for the proposed row.
    Proposed,
}

impl<'s> Lower<'s> {
    /// That the database can have `name`. Control characters are refused: no name forges a marker.
    fn check(&self, name: &str) -> Result<(), BuildError> {
        let short = match self.syntax.name_limit {
            NameLimit::Bytes(most) => name.len() <= most,
            NameLimit::Characters(most) => name.chars().count() <= most,
            NameLimit::None => true,
        };
        let kept = self.syntax.names_of_all || !(name.ends_with(' ') || name.contains(|c| c > '\u{ffff}'));
        let fits = short && kept && !name.is_empty() && !name.contains(char::is_control);
        if fits { Ok(()) } else { Err(BuildError::Name(name.to_owned())) }
    }

    /// `name` as the database tells it from others.
    fn folded<'n>(&self, name: &'n str) -> Cow<'n, str> {
        if self.syntax.names_fold { name.to_lowercase().into() } else { name.into() }
    }

    /// That no two columns of a subquery have one name: a database would take either, and some do so in silence.
    pub(super) fn distinct_names(&self, columns: &[Cow<'static, str>]) -> Result<(), BuildError> {
        let mut seen = HashSet::with_capacity(columns.len());
        match columns.iter().find(|name| !seen.insert(self.folded(name))) {
            Some(twice) => Err(BuildError::Clause(format!("two columns of a subquery are named `{twice}`").into())),
            None => Ok(()),
        }
    }

    /// `name` in quotes.
    pub(super) fn quoted(&self, name: &str) -> Result<String, BuildError> {
        self.check(name)?;
        let quote = self.syntax.quote;
        let mut text = String::with_capacity(name.len() + 2);
        text.push(quote);
        for c in name.chars() {
            if c == quote {
                text.push(quote);
            }
            text.push(c);
        }
        text.push(quote);
        Ok(text)
    }

    /// `name` in quotes, behind its schema's if there is one.
    pub(super) fn qualified(&self, schema: Option<&str>, name: &str) -> Result<String, BuildError> {
        let name = self.quoted(name)?;
        Ok(match schema {
            Some(schema) => format!("{}.{name}", self.quoted(schema)?),
            None => name,
        })
    }

    /// Names in quotes, with commas.
    pub(super) fn name_list(&self, names: impl IntoIterator<Item = impl AsRef<str>>) -> Result<String, BuildError> {
        let names: Result<Vec<_>, _> = names.into_iter().map(|name| self.quoted(name.as_ref())).collect();
        Ok(names?.join(", "))
    }

    /// That no common table expression hides a table of the statement.
    pub(super) fn nothing_hidden(&self) -> Result<(), BuildError> {
        let Some(shape) = self.shape else { return Ok(()) };
        for cte in &shape.ctes {
            let hidden =
                |table: &&TableRef| table.schema.is_none() && self.folded(&table.name) == self.folded(&cte.name);
            if shape.tables.iter().any(hidden) {
                return Err(BuildError::Clause(
                    format!("a common table expression and a table of this statement are both named `{}`", cte.name)
                        .into(),
                ));
            }
        }
        Ok(())
    }

    /// An alias that no other source of the statement has: `name`, or `name_2` and so on.
    pub(super) fn alias(&mut self, name: &str) -> Result<String, BuildError> {
        self.check(name)?;
        if self.taken.insert(name.to_lowercase()) {
            return Ok(name.to_owned());
        }
        let mut number = 2u32;
        loop {
            let alias = self.ended(name, &format!("_{number}"))?;
            if self.taken.insert(alias.to_lowercase()) {
                return Ok(alias);
            }
            number += 1;
        }
    }

    /// `name` with this ending, and as much shorter as it has to be.
    pub(super) fn ended(&self, name: &str, ending: &str) -> Result<String, BuildError> {
        let mut stem = name;
        loop {
            let ended = format!("{stem}{ending}");
            if self.check(&ended).is_ok() {
                return Ok(ended);
            }
            let Some((last, _)) = stem.char_indices().next_back() else {
                return Err(BuildError::Name(name.to_owned()));
            };
            stem = &stem[..last];
        }
    }

    /// A column, as it is written here.
    pub(super) fn column(&self, column: &ColumnRef) -> Result<Expr, BuildError> {
        let ColumnRef { source, index } = *column;
        self.read.borrow_mut().push(*column);
        match self.scope.iter().rev().find(|scoped| scoped.source == source) {
            Some(scoped) => {
                let index = index as usize;
                let hidden = || scoped.hidden.get(index.checked_sub(scoped.columns.len())?).copied();
                let name = scoped.columns.get(index).map(|name| &**name).or_else(hidden);
                self.column_of(&scoped.names, name.ok_or(BuildError::ForeignColumn)?)
            }
            None if source == SourceId::SCHEMA => {
                let name = self.schema_columns.get(index as usize).ok_or(BuildError::ForeignColumn)?;
                self.column_of(&Qualifier::Bare, name)
            }
            None => Err(BuildError::ForeignColumn),
        }
    }

    /// The alias of a source, in quotes.
    pub(super) fn alias_of(&self, source: SourceId) -> Result<String, BuildError> {
        let scoped = self.scope.iter().rev().find(|scoped| scoped.source == source);
        match &scoped.ok_or(BuildError::ForeignColumn)?.names {
            Qualifier::Alias(alias) | Qualifier::Read(alias, _) => self.quoted(alias),
            Qualifier::Bare | Qualifier::Proposed => Err(BuildError::ForeignColumn),
        }
    }

    /// Whether the database takes two names for one.
    pub(super) fn same_name(&self, a: &str, b: &str) -> bool {
        self.folded(a) == self.folded(b)
    }

    /// All columns of a source.
    pub(super) fn row(&self, source: SourceId) -> Result<Vec<Expr>, BuildError> {
        let scoped = self.scope.iter().rev().find(|scoped| scoped.source == source);
        let scoped = scoped.ok_or(BuildError::ForeignColumn)?;
        scoped.columns.iter().map(|name| self.column_of(&scoped.names, name)).collect()
    }

    fn column_of(&self, qualifier: &Qualifier, name: &str) -> Result<Expr, BuildError> {
        let column = self.quoted(name)?;
        Ok(atom(match qualifier {
            Qualifier::Alias(alias) => format!("{}.{column}", self.quoted(alias)?),
            Qualifier::Read(alias, template) => super::expr::fill(template, &[self.quoted(alias)?]),
            Qualifier::Bare => column,
            Qualifier::Proposed => format!("VALUES({column})"),
        }))
    }
}
