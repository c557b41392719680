//! Columns by name: filters, orders and select lists that are chosen at run time, by a request for example.

use std::borrow::Cow;
use std::marker::PhantomData;
use std::str::FromStr;
use std::sync::Arc;

use super::{ColumnPart, TableColumns};
use crate::dialect::{Capability, Covers, Dialect, Meet, Met, Portable};
use crate::error::NameError;
use crate::expr::{Condition, Expr, Expression, Order, Pattern, Text, contains, ends_with, starts_with};
use crate::ir::{self, Argument, BinaryOp, Direction, Item, Test};
use crate::source::Selection;
use crate::types::{Decoder, Kind, NamedCell, NamedRow, SqlType, Type, parse};

/// The columns that a request may name, each with what stands behind its name.
///
/// A name is looked up here and nowhere else: one that is not here is a [`NameError`] that lists similar ones, and no
/// text of the request ever becomes SQL. Values are read as what the column holds, and bound.
///
/// ```
/// # use relvar_query::error::NameError;
/// # use relvar_query::source::{Comparison, Named, Table};
/// # use relvar_query::dialect::Portable;
/// # use relvar_query::expr::Origin;
/// # use relvar_query::types::NamedRow;
/// # use relvar_query::statement::{Query, Rows};
/// # fn page<T>(query: Query<T>, sort: &str, fields: &str) -> Result<Rows<NamedRow, Portable>, NameError>
/// # where
/// #     T: Table + Origin<Dialect = Portable>,
/// # {
/// let query = query
///     .try_filter(|t| Named::of(t).compare("status", Comparison::Equal, "open"))?
///     .try_order_by(|t| Named::of(t).only(["id", "title"]).order(sort))?
///     .try_select_list(|t| Named::of(t).only(["id", "title"]).select(fields.split(',')))?;
/// # Ok(query.rows())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Named<D> {
    columns: Vec<NamedColumn>,
    dialect: PhantomData<fn() -> D>,
}

#[derive(Clone, Debug)]
struct NamedColumn {
    name: Cow<'static, str>,
    expr: ir::Node,
    ty: &'static Type,
    labels: &'static [&'static str],
}

impl Default for Named<Portable> {
    fn default() -> Self {
        Named { columns: Vec::new(), dialect: PhantomData }
    }
}

impl Named<Portable> {
    /// No columns yet.
    pub fn new() -> Named<Portable> {
        Named::default()
    }
}

impl<D: Dialect> Named<D> {
    /// Every column of a table, by its name in the database. [`only`](Named::only) leaves those that a request may use.
    pub fn of<C: TableColumns<Dialect = D>>(columns: C) -> Named<D> {
        let column = |(index, part): (u32, &ColumnPart)| NamedColumn {
            name: Cow::Borrowed(part.name),
            expr: ir::Node::Column(ir::ColumnRef { source: columns.source(), index }),
            ty: part.column_type(),
            labels: part.labels,
        };
        Named { columns: (0..).zip(C::PARTS).map(column).collect(), dialect: PhantomData }
    }

    /// With a column or an expression by this name; one of the same name is replaced.
    #[must_use]
    pub fn with<E: Expression>(mut self, name: impl Into<Cow<'static, str>>, expr: E) -> Named<Met<D, E::Dialect>>
    where
        D: Meet<E::Dialect>,
    {
        let (name, ty) = (name.into(), expr.sql_type());
        self.columns.retain(|column| column.name != name);
        self.columns.push(NamedColumn { name, ty, labels: <E::Type as SqlType>::LABELS, expr: expr.into_ir() });
        Named { columns: self.columns, dialect: PhantomData }
    }

    /// Of these columns only those with these names.
    #[must_use]
    pub fn only<'n>(mut self, names: impl IntoIterator<Item = &'n str>) -> Named<D> {
        let names: Vec<&str> = names.into_iter().collect();
        self.columns.retain(|column| names.contains(&&*column.name));
        self
    }

    /// The names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|column| &*column.name)
    }

    fn find(&self, name: &str) -> Result<&NamedColumn, NameError> {
        self.columns.iter().find(|column| column.name == name).ok_or_else(|| NameError::unknown(name, self.names()))
    }

    /// Compares a column with a value that is given as text.
    ///
    /// # Errors
    /// [`NameError::Unknown`]; [`NameError::Value`] if the text is no value of the column's type;
    /// [`NameError::Unordered`] and [`NameError::NotText`] for a comparison that its type does not have.
    pub fn compare(&self, name: &str, comparison: Comparison, value: &str) -> Result<Condition<D>, NameError> {
        let column = self.find(name)?;
        let op = match comparison {
            Comparison::Contains => return column.like(contains(value)),
            Comparison::StartsWith => return column.like(starts_with(value)),
            Comparison::EndsWith => return column.like(ends_with(value)),
            Comparison::Equal => BinaryOp::Equal,
            Comparison::NotEqual => BinaryOp::NotEqual,
            Comparison::Less => BinaryOp::Less,
            Comparison::LessOrEqual => BinaryOp::LessOrEqual,
            Comparison::Greater => BinaryOp::Greater,
            Comparison::GreaterOrEqual => BinaryOp::GreaterOrEqual,
        };
        if !matches!(op, BinaryOp::Equal | BinaryOp::NotEqual) && !column.has_order::<D>() {
            return Err(column.unordered());
        }
        let value = Argument::new(column.value(value)?, column.ty);
        Ok(Expr::from_ir(ir::Node::binary(op, column.expr.clone(), ir::Node::Argument(value))))
    }

    /// That a column has one of several values, which are given as text. Of none, nothing is one.
    ///
    /// # Errors
    /// As [`compare`](Named::compare).
    pub fn one_of<'v>(&self, name: &str, values: impl IntoIterator<Item = &'v str>) -> Result<Condition<D>, NameError> {
        let column = self.find(name)?;
        let values: Result<Vec<_>, _> = values.into_iter().map(|value| column.value(value)).collect();
        let source = ir::Source::List(Argument::list(values?, column.ty));
        let membership = ir::Membership { operand: column.expr.clone(), source, negated: false };
        Ok(Expr::from_ir(ir::Node::In(Box::new(membership))))
    }

    /// That a column is NULL.
    ///
    /// # Errors
    /// [`NameError::Unknown`]
    pub fn is_null(&self, name: &str) -> Result<Condition<D>, NameError> {
        Ok(Expr::from_ir(ir::Node::Test(Test::Null, Box::new(self.find(name)?.expr.clone()))))
    }

    /// That a column is not NULL.
    ///
    /// # Errors
    /// [`NameError::Unknown`]
    pub fn is_not_null(&self, name: &str) -> Result<Condition<D>, NameError> {
        Ok(Expr::from_ir(ir::Node::Test(Test::NotNull, Box::new(self.find(name)?.expr.clone()))))
    }

    /// Sort keys as requests write them: `-created_at,title`, with `-` for descending. Empty text sorts by nothing.
    ///
    /// # Errors
    /// [`NameError::Unknown`]; [`NameError::Unordered`] for a column without an order; [`NameError::Twice`].
    pub fn order(&self, text: &str) -> Result<Vec<Order<D>>, NameError> {
        if text.trim().is_empty() {
            return Ok(Vec::new());
        }
        let mut seen: Vec<&str> = Vec::new();
        let mut orders = Vec::new();
        for key in text.split(',') {
            let key = key.trim();
            let (direction, name) = match key.strip_prefix('-') {
                Some(name) => (Direction::Descending, name),
                None => (Direction::Ascending, key.strip_prefix('+').unwrap_or(key)),
            };
            let column = self.find(name)?;
            if seen.contains(&&*column.name) {
                return Err(NameError::Twice(column.name.to_string()));
            }
            if !column.has_order::<D>() {
                return Err(column.unordered());
            }
            seen.push(&column.name);
            orders.push(Order::from_ir(ir::Order { expr: column.expr.clone(), direction, nulls: None }));
        }
        Ok(orders)
    }

    /// A select list of these columns, as rows of named values.
    ///
    /// # Errors
    /// [`NameError::Unknown`]; [`NameError::Twice`]; [`NameError::Nothing`] if no column is named.
    pub fn select<'n, D2: Dialect>(
        &self,
        names: impl IntoIterator<Item = &'n str>,
    ) -> Result<Selection<NamedRow, D2>, NameError>
    where
        D: Covers<D2>,
    {
        let (mut items, mut cells) = (Vec::new(), Vec::<NamedCell>::new());
        for name in names {
            let column = self.find(name.trim())?;
            if cells.iter().any(|cell| cell.name == column.name) {
                return Err(NameError::Twice(column.name.to_string()));
            }
            items.push(Item::Expr(column.expr.clone()));
            cells.push(NamedCell { name: column.name.clone(), ty: column.ty });
        }
        if cells.is_empty() {
            return Err(NameError::Nothing);
        }
        Ok(Selection::new(items, Decoder::named(NamedRow::read, Arc::from(cells))))
    }
}

impl NamedColumn {
    /// Whether the order of its values is the same on all of `D`, as [`Ordered`](crate::expr::Ordered) has it.
    fn has_order<D: Dialect>(&self) -> bool {
        let everywhere = |capability| D::ENGINES.iter().all(|engine| engine.has(capability));
        match self.ty.kind {
            _ if self.ty.array => false,
            Kind::Json | Kind::Custom => false,
            Kind::Enum => everywhere(Capability::HasEnumOrder),
            Kind::Decimal => everywhere(Capability::HasDecimal),
            _ => true,
        }
    }

    fn unordered(&self) -> NameError {
        NameError::Unordered(self.name.to_string())
    }

    fn value(&self, text: &str) -> Result<crate::value::Value, NameError> {
        let wrong = |expected| NameError::Value { column: self.name.to_string(), expected };
        parse(self.ty, self.labels, text).map_err(wrong)
    }

    fn like<D: Dialect>(&self, pattern: Pattern) -> Result<Condition<D>, NameError> {
        if self.ty.kind != Kind::Text || self.ty.array {
            return Err(NameError::NotText(self.name.to_string()));
        }
        Ok(Expr::<String, D>::from_ir(self.expr.clone()).like(pattern))
    }
}

/// How a column is compared with a value: `"gte".parse::<Comparison>()` reads one from a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Comparison {
    /// `=`, `eq`
    Equal,
    /// `<>`, `ne`
    NotEqual,
    /// `<`, `lt`
    Less,
    /// `<=`, `lte`
    LessOrEqual,
    /// `>`, `gt`
    Greater,
    /// `>=`, `gte`
    GreaterOrEqual,
    /// Text that has the value in it: `contains`.
    Contains,
    /// Text that starts with the value: `starts_with`.
    StartsWith,
    /// Text that ends with the value: `ends_with`.
    EndsWith,
}

const COMPARISONS: [(&str, Comparison); 9] = [
    ("eq", Comparison::Equal),
    ("ne", Comparison::NotEqual),
    ("lt", Comparison::Less),
    ("lte", Comparison::LessOrEqual),
    ("gt", Comparison::Greater),
    ("gte", Comparison::GreaterOrEqual),
    ("contains", Comparison::Contains),
    ("starts_with", Comparison::StartsWith),
    ("ends_with", Comparison::EndsWith),
];

impl FromStr for Comparison {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Comparison, NameError> {
        let found = COMPARISONS.iter().find(|(name, _)| *name == text);
        let unknown = || NameError::unknown(text, COMPARISONS.iter().map(|(name, _)| *name));
        found.map(|(_, comparison)| *comparison).ok_or_else(unknown)
    }
}
