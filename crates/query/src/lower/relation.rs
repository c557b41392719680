//! FROM, as text: tables, derived tables, common table expressions, functions, and how they are joined.

use sea_query::Expr as Sql;
use std::borrow::Cow;

use super::Lower;
use super::chain::conjunction;
use super::expr::fill;
use super::name::{Qualifier, Scoped};
use super::placeholder::Marker;
use crate::dialect::{self, Capability, Piece, ValueRows, pieces};
use crate::error::BuildError;
use crate::ir::{
    Argument, CteRef, IndexHint, Join, JoinKind, Node, Relation, Sample, SampleMethod, SourceId, TableFunction,
    TableRef,
};

/// A source as it stands in FROM.
struct Written {
    text: String,
    /// Whether it sees the sources before it only behind the word LATERAL.
    lateral: bool,
}

impl<'s> Lower<'s> {
    /// The sources in `joins`, which come into scope. The conditions of inner joins go to `hoisted`, if it is given
    /// and no outer join would change what they mean there.
    pub(super) fn from(&mut self, joins: &'s [Join], mut hoisted: Option<&mut Vec<Sql>>) -> Result<String, BuildError> {
        let changed = if hoisted.is_some() { None } else { self.changed };
        if joins.iter().skip(1).any(|join| matches!(join.kind, JoinKind::Right | JoinKind::Full)) {
            hoisted = None;
        }
        let mut sql = String::new();
        for (position, join) in joins.iter().enumerate() {
            let Written { text, lateral } = self.relation(&join.relation, join.source, changed)?;
            let mut on = match &join.on {
                Some(on) => Some(self.expr(on)?),
                None => None,
            };
            let inward = position == 0 || matches!(join.kind, JoinKind::Inner | JoinKind::Cross | JoinKind::From);
            if let (Some(hoisted), true) = (&mut hoisted, inward) {
                hoisted.extend(on.take());
            }
            if position == 0 {
                // nothing stands before it that LATERAL could mean
                sql = text;
                continue;
            }
            if lateral {
                self.need(Capability::HasLateral, "LATERAL")?;
            }
            let word = self.join_word(join.kind, on.is_some() || lateral)?;
            let lateral = if lateral { "LATERAL " } else { "" };
            let on = match on {
                Some(on) => format!(" ON {}", self.text_of(&on)),
                None if word == CROSS => String::new(),
                None => " ON TRUE".to_owned(),
            };
            sql.push_str(&format!(" {word} {lateral}{text}{on}"));
        }
        Ok(sql)
    }

    fn join_word(&self, kind: JoinKind, conditional: bool) -> Result<&'static str, BuildError> {
        Ok(match kind {
            JoinKind::From | JoinKind::Cross | JoinKind::Inner if !conditional => CROSS,
            JoinKind::From | JoinKind::Cross | JoinKind::Inner => "INNER JOIN",
            JoinKind::Left => "LEFT JOIN",
            JoinKind::Right => {
                self.need(Capability::HasRightJoin, "RIGHT JOIN")?;
                "RIGHT JOIN"
            }
            JoinKind::Full => {
                self.need(Capability::HasFullJoin, "FULL JOIN")?;
                "FULL OUTER JOIN"
            }
        })
    }

    /// A source, which comes into scope. The table `changed` is read as a derived table, which is another.
    fn relation(
        &mut self,
        relation: &'s Relation,
        source: SourceId,
        changed: Option<&TableRef>,
    ) -> Result<Written, BuildError> {
        let mut hidden = Vec::new();
        let (mut is_lateral, mut read) = (false, None);
        let (text, alias, columns) = match relation {
            Relation::Table(table) if changed.is_some_and(|changed| same(changed, table)) => {
                let (columns, name) =
                    (self.name_list(&*table.columns)?, self.qualified(table.schema.as_deref(), &table.name)?);
                let alias = self.alias(&table.name)?;
                (format!("(SELECT {columns} FROM {name}) AS {}", self.quoted(&alias)?), alias, &*table.columns)
            }
            Relation::Table(table) => {
                // an FTS5 table has a column of its own name, which stands for all of them
                hidden = vec![&*table.name];
                self.table(table)?
            }
            Relation::Derived { query, columns, lateral } => {
                self.distinct_names(columns)?;
                is_lateral = *lateral;
                let select = self.select(query, Some(columns))?;
                let alias = self.alias("derived")?;
                (format!("({select}) AS {}", self.quoted(&alias)?), alias, &**columns)
            }
            Relation::Cte(CteRef::Of(cte)) if self.ctes_in_place => {
                let select = self.cte_in_place(cte)?;
                let alias = self.alias(&cte.name)?;
                (format!("({select}) AS {}", self.quoted(&alias)?), alias, &*cte.columns)
            }
            Relation::Cte(cte) => {
                let (name, columns) = match cte {
                    CteRef::Of(cte) => {
                        hidden = super::with::added_columns(cte);
                        (&cte.name, &*cte.columns)
                    }
                    CteRef::Itself { name, columns, .. } => (name, &**columns),
                };
                let alias = self.alias(name)?;
                (self.named(self.quoted(name)?, name, &alias)?, alias, columns)
            }
            Relation::Sample(sample) => {
                let Sample { table, method, percent, seed } = &**sample;
                self.need(Capability::HasTableSample, "TABLESAMPLE")?;
                let (text, alias, columns) = self.table(table)?;
                let method = match method {
                    SampleMethod::Bernoulli => "BERNOULLI",
                    SampleMethod::System => "SYSTEM",
                };
                let mut text = format!("{text} TABLESAMPLE {method} ({})", self.bound(percent)?);
                if let Some(seed) = seed {
                    text.push_str(&format!(" REPEATABLE ({})", self.bound(seed)?));
                }
                (text, alias, columns)
            }
            Relation::Hinted { table, hint, indexes } => {
                self.need(Capability::HasIndexHints, "index hints")?;
                let (text, alias, columns) = self.table(table)?;
                let hint = match hint {
                    IndexHint::Use => "USE",
                    IndexHint::Force => "FORCE",
                    IndexHint::Ignore => "IGNORE",
                };
                (format!("{text} {hint} INDEX ({})", self.name_list(indexes)?), alias, columns)
            }
            Relation::Values { values, columns } => {
                let text = self.value_rows(values, columns)?;
                let alias = self.alias("listed")?;
                let mut text = format!("{text} AS {}", self.quoted(&alias)?);
                if matches!(self.syntax.value_rows, ValueRows::Standard | ValueRows::Rows) {
                    text.push_str(&format!(" ({})", self.name_list(&**columns)?));
                }
                (text, alias, &**columns)
            }
            Relation::Function { function, arguments, columns, ordinality } => {
                read = dialect::element(self.target.engine, *function);
                self.table_function(*function, arguments, columns, *ordinality)?
            }
            Relation::Raw { query, columns } => {
                self.distinct_names(columns)?;
                let (text, names) = (self.raw(query)?, self.name_list(&**columns)?);
                let alias = self.alias("raw")?;
                // not every database takes names of columns behind the alias of a subquery: WITH does so everywhere
                let named = format!("WITH {0} ({names}) AS ({text}) SELECT {names} FROM {0}", self.quoted(ROWS)?);
                (format!("({named}) AS {}", self.quoted(&alias)?), alias, &**columns)
            }
        };
        let names = match read {
            Some(template) => Qualifier::Read(alias, template),
            None => Qualifier::Alias(alias),
        };
        self.scope.push(Scoped { source, names, columns, hidden });
        Ok(Written { text, lateral: is_lateral })
    }

    /// A table under an alias.
    fn table(&mut self, table: &'s TableRef) -> Result<(String, String, &'s [Cow<'static, str>]), BuildError> {
        let alias = self.alias(&table.name)?;
        let name = self.qualified(table.schema.as_deref(), &table.name)?;
        Ok((self.named(name, &table.name, &alias)?, alias, &table.columns))
    }

    /// The table that a statement writes to, under an alias if it needs one; its columns come into scope.
    pub(super) fn target_table(&mut self, table: &'s TableRef, source: SourceId) -> Result<String, BuildError> {
        let (text, alias, columns) = self.table(table)?;
        self.scope.push(Scoped { source, names: Qualifier::Alias(alias), columns, hidden: Vec::new() });
        Ok(text)
    }

    /// The table whose rows a statement changes, as [`target_table`](Self::target_table): what subqueries of the
    /// statement may say is known from here on.
    pub(super) fn changed_table(&mut self, table: &'s TableRef, source: SourceId) -> Result<String, BuildError> {
        self.changed = (!self.syntax.reads_changed_table).then_some(table);
        self.ctes_in_place = !self.syntax.with_before_change;
        self.target_table(table, source)
    }

    /// The sources beside the table that is changed, and the conditions that go to WHERE: what is joined inward is
    /// joined there, for an ON behind FROM or USING cannot see the table that is changed.
    pub(super) fn joined_to_changed(&mut self, joins: &'s [Join]) -> Result<(String, Vec<Sql>), BuildError> {
        if joins.is_empty() {
            return Ok((String::new(), Vec::new()));
        }
        let mut conditions = Vec::new();
        let from = self.from(joins, Some(&mut conditions))?;
        Ok((from, conditions))
    }

    /// ` WHERE …`: what joins the other sources, and which rows are meant; or nothing.
    pub(super) fn changed_rows(&mut self, joined: Vec<Sql>, filter: &'s [Node]) -> Result<String, BuildError> {
        let mut conditions = joined;
        conditions.extend(self.meant(filter)?);
        Ok(conjunction(conditions).map_or_else(String::new, |filter| format!(" WHERE {}", self.text_of(&filter))))
    }

    /// What is written `text`, under an alias if that is not its name.
    pub(super) fn named(&self, text: String, name: &str, alias: &str) -> Result<String, BuildError> {
        Ok(if alias == name { text } else { format!("{text} AS {}", self.quoted(alias)?) })
    }

    fn bound(&self, argument: &Argument) -> Result<String, BuildError> {
        Ok(Marker::text(Marker::argument(self.argument_number(argument)?).sentinel()))
    }

    /// Rows written down, in parentheses.
    fn value_rows(&mut self, values: &'s [Node], columns: &'s [Cow<'static, str>]) -> Result<String, BuildError> {
        if values.is_empty() || columns.is_empty() {
            return Err(BuildError::NoRows);
        }
        let mut rows = Vec::with_capacity(values.len() / columns.len());
        for row in values.chunks(columns.len()) {
            let texts: Result<Vec<String>, BuildError> = row.iter().map(|value| self.listed(value)).collect();
            let mut texts = texts?;
            if self.syntax.value_rows == ValueRows::Selects && rows.is_empty() {
                for (text, name) in texts.iter_mut().zip(columns) {
                    text.push_str(&format!(" AS {}", self.quoted(name)?));
                }
            }
            let texts = texts.join(", ");
            rows.push(match self.syntax.value_rows {
                ValueRows::Standard | ValueRows::Numbered => format!("({texts})"),
                ValueRows::Rows => format!("ROW({texts})"),
                ValueRows::Selects => format!("SELECT {texts}"),
            });
        }
        Ok(match self.syntax.value_rows {
            ValueRows::Standard | ValueRows::Rows => format!("(VALUES {})", rows.join(", ")),
            ValueRows::Selects => format!("({})", rows.join(" UNION ALL ")),
            ValueRows::Numbered => {
                let mut items = Vec::with_capacity(columns.len());
                for (position, name) in columns.iter().enumerate() {
                    items.push(format!("column{} AS {}", position + 1, self.quoted(name)?));
                }
                format!("(SELECT {} FROM (VALUES {}))", items.join(", "), rows.join(", "))
            }
        })
    }

    /// A value in a row written down. Where a bound value has no type by itself, it is cast.
    fn listed(&mut self, value: &'s Node) -> Result<String, BuildError> {
        let (text, engine) = (self.text(value)?, self.target.engine);
        let untyped = matches!(self.syntax.value_rows, ValueRows::Rows | ValueRows::Selects);
        Ok(match value {
            Node::Argument(argument) if untyped && engine.argument_cast(argument.ty(), false)?.is_none() => {
                match engine.cast(argument.ty()) {
                    Ok(cast) => fill(&cast, &[text]),
                    // what has no type of its own there is bytes, and not text that it would be checked as
                    Err(_) => format!("CAST({text} AS BINARY)"),
                }
            }
            _ => text,
        })
    }

    fn table_function(
        &mut self,
        function: TableFunction,
        arguments: &'s [Node],
        columns: &'s [Cow<'static, str>],
        ordinality: bool,
    ) -> Result<(String, String, &'s [Cow<'static, str>]), BuildError> {
        let (template, name) =
            dialect::table_function(self.target.engine, function).map_err(|name| self.lacks(name))?;
        if ordinality {
            self.need(Capability::HasOrdinality, "WITH ORDINALITY")?;
        }
        let texts: Result<Vec<_>, BuildError> = arguments.iter().map(|argument| self.text(argument)).collect();
        let texts = texts?;
        let alias = self.alias(name)?;
        let (quoted, list) = (self.quoted(&alias)?, self.name_list(columns)?);
        let all = texts.join(", ");
        let text = pieces(template).map(|piece| match piece {
            Piece::Text(text) => text,
            Piece::Hole("alias") => &quoted,
            Piece::Hole("columns") => &list,
            Piece::Hole("ordinality") if ordinality => " WITH ORDINALITY",
            Piece::Hole("numbered") if ordinality => ", number",
            Piece::Hole("ordinality" | "numbered") => "",
            Piece::Hole("*") => &all,
            Piece::Hole(hole) => hole.parse().ok().and_then(|n: usize| texts.get(n)).map_or("", String::as_str),
        });
        Ok((text.collect(), alias, columns))
    }
}

/// What the rows of the user's own text are called inside of its subquery: no table has this name.
const ROWS: &str = "relvar_rows";

fn same(one: &TableRef, other: &TableRef) -> bool {
    one.name == other.name && one.schema == other.schema
}

const CROSS: &str = "CROSS JOIN";
