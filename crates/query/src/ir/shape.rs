//! The shape of a statement: everything about it but its arguments' values, in one walk that also
//! collects the arguments and finds columns that were taken out of their query.

mod bound;
mod expr;
mod found;
mod from;
mod key;
mod raw;
mod write;

pub use bound::Bound;
pub use found::Found;

use super::argument::Content;
use super::*;
use crate::error::BuildError;
use crate::types::Type;
use crate::value::Value;
use key::Key;
use smallvec::SmallVec;

/// How a list of values reaches the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListStyle {
    /// As one array.
    Array,
    /// One by one, their number padded to a power of two by repeating the last.
    Padded,
}

/// What one walk over a statement finds.
pub struct Shape<'s> {
    /// Equal for two statements if and only if one SQL text serves both.
    pub key: Key,
    /// The arguments in the order of their first occurrence: the position is an argument's number.
    pub arguments: Found<'s>,
    /// The tables that it reads or writes, in order of appearance, if it tells them apart by their names.
    pub tables: Vec<&'s TableRef>,
    /// The common table expressions, each after those that it needs.
    pub ctes: Vec<&'s Cte>,
    /// The keys and values of its comment, those of the outermost part first.
    pub tags: Vec<(&'s str, &'s str)>,
    /// Whether one of the common table expressions changes rows.
    pub writes: bool,
    /// Whether all parameters have values.
    pub complete: bool,
    /// The values of the parameters, if it is a prepared statement.
    values: &'s [Value],
}

/// How the shape tells tables apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tables {
    /// By their names: the same in every process.
    Named,
    /// By where they are in memory, those of the program: quicker, and of use in this process only.
    Placed,
}

impl<'s> Shape<'s> {
    /// Walks over `statement`.
    ///
    /// # Errors
    /// A mistake that types cannot catch: see [`BuildError`].
    pub fn of(statement: &'s Statement, lists: ListStyle) -> Result<Shape<'s>, BuildError> {
        Shape::with_values(statement, lists, Tables::Named, &[])
    }

    /// Walks over a prepared `statement`, whose parameters have `values`.
    ///
    /// # Errors
    /// As [`of`](Shape::of).
    pub fn with_values(
        statement: &'s Statement,
        lists: ListStyle,
        tables: Tables,
        values: &'s [Value],
    ) -> Result<Shape<'s>, BuildError> {
        let mut shape = Shape::empty(values);
        shape.walk(statement, lists, tables)?;
        Ok(shape)
    }

    /// The shape of no statement yet.
    pub(crate) fn empty(values: &'s [Value]) -> Shape<'s> {
        Shape {
            values,
            complete: true,
            key: Key::new(),
            arguments: Found::default(),
            tables: Vec::new(),
            ctes: Vec::new(),
            tags: Vec::new(),
            writes: false,
        }
    }

    /// Walks over `statement`, once. What is found is put where it stays, for it is much to move.
    ///
    /// # Errors
    /// As [`of`](Shape::of).
    pub(crate) fn walk(
        &mut self,
        statement: &'s Statement,
        lists: ListStyle,
        tables: Tables,
    ) -> Result<(), BuildError> {
        let mut walk = Walk {
            shape: self,
            lists,
            naming: tables,
            scope: SmallVec::new(),
            sources: 0,
            entered: Vec::new(),
            newest: None,
        };
        walk.statement(statement)
    }

    /// What argument `number` binds; `element` picks from a padded list, whose last value is repeated.
    pub fn bound(&self, number: u32, element: Option<u32>) -> Option<Bound<'s>> {
        self.arguments.get(number as usize)?.bound(element, self.values)
    }

    /// What argument `number` binds as a literal, for what the database keeps as text: the definition of a view.
    ///
    /// # Errors
    /// [`BuildError::NotConstant`] for a value that has no literal.
    pub fn constant(&self, number: u32, element: Option<u32>) -> Result<Node, BuildError> {
        let (value, ty) = match self.bound(number, element).ok_or(BuildError::NotConstant)? {
            Bound::Value(value, ty) => (value.clone(), ty.clone()),
            Bound::Text(text, ty) => (Value::Text(text.to_owned()), ty.clone()),
            Bound::Array(values, ty) => (Value::Array(values.to_vec()), Type { array: true, ..ty.clone() }),
            Bound::Texts(texts, ty) => (Value::Array(texts.values()), Type { array: true, ..ty.clone() }),
        };
        super::constant::of_value(value, ty)
    }

    /// How many placeholders argument `number` takes when lists are padded: 1, or a list's padded length.
    pub fn width(&self, number: u32) -> u32 {
        self.arguments.get(number as usize).and_then(|argument| argument.width(self.values)).unwrap_or(1)
    }
}

impl Node {
    /// The expression with every bound value written into the text: what an index, a check or a default needs.
    ///
    /// # Errors
    /// [`BuildError::NotConstant`] for a value that has no literal.
    pub fn inlined(self) -> Result<Node, BuildError> {
        let mut expr = self;
        let mut failed = None;
        expr.map_arguments(&mut |argument| match super::constant::literal(argument) {
            Ok(expr) => expr,
            Err(e) => {
                failed.get_or_insert(e);
                Node::Any(Vec::new())
            }
        });
        failed.map_or(Ok(expr), Err)
    }
}

/// Stands before a number that does not fit into a byte.
const LARGE: u8 = u8::MAX;

type Walked = Result<(), BuildError>;

struct Walk<'w, 's> {
    shape: &'w mut Shape<'s>,
    lists: ListStyle,
    naming: Tables,
    /// The sources in scope and their dense numbers, innermost last.
    scope: SmallVec<[(SourceId, u32); 8]>,
    sources: u32,
    /// The common table expressions met so far, by identity, with their names.
    entered: Vec<(u64, &'s str)>,
    /// The greatest identity of an argument so far.
    newest: Option<ArgumentId>,
}

impl<'s> Walk<'_, 's> {
    fn tag(&mut self, tag: u8) {
        self.shape.key.push(tag);
    }

    /// Several in a row, which are written at once.
    fn tags<const N: usize>(&mut self, tags: [u8; N]) {
        self.shape.key.extend_from_slice(&tags);
    }

    /// Nearly all numbers fit into a byte, and the shorter a key is, the sooner it is written, hashed and compared.
    fn number(&mut self, n: u32) {
        match u8::try_from(n) {
            Ok(small) if small < LARGE => self.tag(small),
            _ => {
                self.tag(LARGE);
                self.shape.key.extend_from_slice(&n.to_le_bytes());
            }
        }
    }

    /// Several in a row: those that fit into a byte are written at once, for each write waits for the one before it.
    #[inline]
    fn numbers<const N: usize>(&mut self, numbers: [u32; N]) {
        if numbers.iter().all(|n| *n < LARGE.into()) {
            self.tags(numbers.map(|n| n as u8));
        } else {
            self.one_by_one(&numbers);
        }
    }

    #[cold]
    fn one_by_one(&mut self, numbers: &[u32]) {
        numbers.iter().for_each(|n| self.number(*n));
    }

    fn text(&mut self, text: &str) {
        self.number(text.len() as u32);
        self.shape.key.extend_from_slice(text.as_bytes());
    }

    fn names(&mut self, names: &[std::borrow::Cow<'static, str>]) {
        self.number(names.len() as u32);
        for name in names {
            self.text(name);
        }
    }

    fn ty(&mut self, ty: &Type) {
        let Type { kind, array, name } = ty;
        self.tags([*kind as u8, u8::from(*array) | u8::from(name.is_some()) << 1]);
        if let Some(name) = name {
            self.text(name);
        }
    }

    fn many<T>(&mut self, items: &'s [T], each: impl FnMut(&mut Self, &'s T) -> Walked) -> Walked {
        self.number(items.len() as u32);
        self.each(items, each)
    }

    /// Those of which it is known how many there are.
    fn each<T>(&mut self, items: &'s [T], mut each: impl FnMut(&mut Self, &'s T) -> Walked) -> Walked {
        items.iter().try_for_each(|item| each(self, item))
    }

    fn maybe<T>(&mut self, item: Option<&'s T>, each: impl FnOnce(&mut Self, &'s T) -> Walked) -> Walked {
        self.tag(u8::from(item.is_some()));
        item.map_or(Ok(()), |item| each(self, item))
    }

    fn statement(&mut self, statement: &'s Statement) -> Walked {
        match statement {
            Statement::Select(select) => {
                self.tag(0);
                self.select(select)
            }
            Statement::Insert(insert) => {
                self.tag(1);
                self.insert(insert)
            }
            Statement::Update(update) => {
                self.tag(2);
                self.update(update)
            }
            Statement::Delete(delete) => {
                self.tag(3);
                self.delete(delete)
            }
            Statement::Raw(raw) => {
                self.tag(4);
                self.raw(raw)
            }
            Statement::Merge(merge) => {
                self.tag(5);
                self.merge(merge)
            }
        }
    }

    /// Makes a source visible from here on.
    fn enter(&mut self, source: SourceId) -> Walked {
        if self.scope.iter().any(|(id, _)| *id == source) {
            return Err(BuildError::SourceTwice);
        }
        // the numbers are those of the order in which sources stand: they need not be written down
        self.scope.push((source, self.sources));
        self.sources += 1;
        Ok(())
    }

    /// The number of a source in scope.
    fn dense(&self, source: SourceId) -> Result<u32, BuildError> {
        match self.scope.iter().rev().find(|(id, _)| *id == source) {
            Some(&(_, dense)) => Ok(dense),
            None if source == SourceId::SCHEMA => Ok(u32::MAX),
            None => Err(BuildError::ForeignColumn),
        }
    }

    fn source(&mut self, source: SourceId) -> Walked {
        let dense = self.dense(source)?;
        self.number(dense);
        Ok(())
    }

    fn table(&mut self, table: &'s Ref<TableRef>) {
        if let (Ref::Static(table), Tables::Placed) = (table, self.naming) {
            // what is static stays where it is
            let [a, b, c, d, e, f, g, h] = (std::ptr::from_ref::<TableRef>(table).addr() as u64).to_le_bytes();
            self.tags([2, a, b, c, d, e, f, g, h]);
            return;
        }
        self.shape.tables.push(table);
        let TableRef { schema, name, columns } = &**table;
        self.tag(u8::from(schema.is_some()));
        if let Some(schema) = schema {
            self.text(schema);
        }
        self.text(name);
        self.names(columns);
    }

    fn select(&mut self, select: &'s Select) -> Walked {
        let Select { items, from, filter, order_by, limit, further } = select;
        let (further, outside) = (further.written(), self.scope.len());
        let (chosen, items) = match items {
            Items::Rows => (false, &[][..]),
            Items::List(items) => (true, &items[..]),
        };
        let has = u32::from(chosen) | u32::from(limit.is_some()) << 1 | u32::from(further.is_some()) << 2;
        let [from_len, items_len, filter_len] = [from.len(), items.len(), filter.len()].map(|len| len as u32);
        self.numbers([has, from_len, items_len, filter_len, order_by.len() as u32]);
        if let Some(Clauses { head, mistake, .. }) = further {
            if let Some(mistake) = mistake {
                return Err(BuildError::Clause(mistake.clone()));
            }
            self.head(head)?;
        }
        self.joins(from)?;
        self.each(items, Self::item)?;
        self.each(filter, Self::expr)?;
        self.each(order_by, Self::order)?;
        if let Some(limit) = limit {
            self.argument(limit)?;
        }
        let Some(further) = further else {
            self.scope.truncate(outside);
            return Ok(());
        };
        self.clauses(further)?;
        self.scope.truncate(outside);
        self.maybe(further.compound.as_ref(), |walk, compound| {
            let Compound { operator, branches } = compound;
            walk.tag(*operator as u8);
            walk.many(branches, Self::select)
        })
    }

    /// The further clauses that see what is selected from.
    fn clauses(&mut self, clauses: &'s Clauses) -> Walked {
        let Clauses { head: _, distinct, group_by, grouping, having, offset, compound: _, lock, mistake: _ } = clauses;
        match distinct {
            Distinct::All => self.tag(0),
            Distinct::Rows => self.tag(1),
            Distinct::On(keys) => {
                self.tag(2);
                self.many(keys, Self::expr)?;
            }
        }
        self.many(group_by, Self::expr)?;
        match grouping {
            Grouping::Plain => self.tag(0),
            Grouping::Rollup => self.tag(1),
            Grouping::Cube => self.tag(2),
            Grouping::Sets(sets) => {
                self.tag(3);
                self.many(sets, |walk, set| walk.many(set, Self::expr))?;
            }
        }
        self.many(having, Self::expr)?;
        self.maybe(offset.as_ref(), Self::argument)?;
        match lock {
            None => self.tag(0),
            Some(Lock { strength, of, wait }) => {
                self.tag(1 + *strength as u8);
                self.tag(*wait as u8);
                self.many(of, |walk, source| walk.source(*source))?;
            }
        }
        Ok(())
    }

    fn head(&mut self, head: &'s Head) -> Walked {
        let Head { with, tags } = head;
        self.many(with, |walk, cte| walk.cte(cte))?;
        self.many(tags, |walk, (key, value)| {
            walk.text(key);
            walk.text(value);
            walk.shape.tags.push((key, value));
            Ok(())
        })
    }

    fn positions(&mut self, positions: &[u32]) {
        self.number(positions.len() as u32);
        for position in positions {
            self.number(*position);
        }
    }

    fn item(&mut self, item: &'s Item) -> Walked {
        match item {
            Item::Expr(expr) => self.expr(expr),
            Item::Row(source) => {
                // the first byte of no expression
                self.tag(u8::MAX);
                self.source(*source)
            }
        }
    }

    fn order(&mut self, order: &'s Order) -> Walked {
        let Order { expr, direction, nulls } = order;
        self.tags([*direction as u8, nulls.map_or(0, |n| 1 + n as u8)]);
        self.expr(expr)
    }

    fn argument(&mut self, argument: &'s Argument) -> Walked {
        let width = match argument.content() {
            Content::Value(Value::Invalid(why)) => return Err(BuildError::Unsendable(why.clone())),
            Content::Value(_) => None,
            _ => {
                self.shape.complete &= argument.is_given(self.shape.values);
                argument.width(self.shape.values)
            }
        };
        // identities grow as arguments are made: one beyond all others is new, without a search
        let known = if self.newest.is_none_or(|newest| argument.id() > newest) {
            self.newest = Some(argument.id());
            None
        } else {
            self.shape.arguments.iter().position(|a| a.id() == argument.id() && a.ty() == argument.ty())
        };
        let number = known.unwrap_or_else(|| {
            self.shape.arguments.push(argument);
            self.shape.arguments.len() - 1
        });
        if known.is_some() {
            self.number(number as u32);
        } else {
            let Type { kind, array, name } = argument.ty();
            self.numbers([number as u32, *kind as u32, u32::from(*array) | u32::from(name.is_some()) << 1]);
            if let Some(name) = name {
                self.text(name);
            }
            match (width, self.lists) {
                (Some(width), ListStyle::Padded) => self.number(width),
                (Some(_), ListStyle::Array) => self.number(u32::MAX),
                (None, _) => {}
            }
        }
        Ok(())
    }
}
