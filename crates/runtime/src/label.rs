//! What a cell of a result is called in errors: `table.column` where it is one.

use relvar_query::ir::{CteRef, Item, Join, Node, Relation, SourceId, Statement, TableRef};
use std::borrow::Cow;

/// The name of the cell at `position` in the rows of `statement`.
pub(crate) fn label(statement: &Statement, position: usize) -> String {
    let (items, sources) = match statement {
        Statement::Select(select) => (select.items(), Sources::Joins(&select.from)),
        Statement::Insert(insert) => {
            (Cow::Borrowed(&insert.returning[..]), Sources::Table(insert.source, &insert.table, &[]))
        }
        Statement::Update(update) => {
            (Cow::Borrowed(&update.returning[..]), Sources::Table(update.source, &update.table, &update.from))
        }
        Statement::Delete(delete) => {
            (Cow::Borrowed(&delete.returning[..]), Sources::Table(delete.source, &delete.table, &delete.from))
        }
        Statement::Merge(_) | Statement::Raw(_) => return format!("column {} of the rows", position + 1),
    };
    let mut first = 0;
    for item in &*items {
        match item {
            Item::Expr(expr) => {
                if first == position {
                    return match expr {
                        Node::Column(column) => sources.column(column.source, column.index as usize, position),
                        _ => nth(position),
                    };
                }
                first += 1;
            }
            Item::Row(source) => {
                let width = sources.relation(*source).map_or(0, |relation| relation.columns.len());
                if position < first + width {
                    return sources.column(*source, position - first, position);
                }
                first += width;
            }
        }
    }
    nth(position)
}

fn nth(position: usize) -> String {
    format!("expression {} of the select list", position + 1)
}

/// Where the columns of a statement come from.
enum Sources<'s> {
    Joins(&'s [Join]),
    Table(SourceId, &'s TableRef, &'s [Join]),
}

/// A source as errors name it.
struct Named<'s> {
    name: Option<&'s str>,
    columns: &'s [Cow<'static, str>],
}

impl<'s> Sources<'s> {
    fn relation(&self, source: SourceId) -> Option<Named<'s>> {
        let joins = match self {
            Sources::Table(of, table, _) if *of == source => {
                return Some(Named { name: Some(&table.name), columns: &table.columns });
            }
            Sources::Joins(joins) | Sources::Table(_, _, joins) => joins,
        };
        let join = joins.iter().find(|join| join.source == source)?;
        Some(match &join.relation {
            Relation::Table(table) => Named { name: Some(&table.name), columns: &table.columns },
            Relation::Derived { columns, .. } | Relation::Raw { columns, .. } => Named { name: None, columns },
            Relation::Cte(CteRef::Of(cte)) => Named { name: Some(&cte.name), columns: &cte.columns },
            Relation::Cte(CteRef::Itself { name, columns, .. }) => Named { name: Some(name), columns },
            Relation::Sample(sample) => Named { name: Some(&sample.table.name), columns: &sample.table.columns },
            Relation::Hinted { table, .. } => Named { name: Some(&table.name), columns: &table.columns },
            Relation::Values { columns, .. } | Relation::Function { columns, .. } => Named { name: None, columns },
            _ => Named { name: None, columns: &[] },
        })
    }

    fn column(&self, source: SourceId, index: usize, position: usize) -> String {
        let named = self.relation(source);
        match named.and_then(|n| Some((n.name, n.columns.get(index)?))) {
            Some((Some(table), column)) => format!("{table}.{column}"),
            Some((None, column)) => column.to_string(),
            None => nth(position),
        }
    }
}
