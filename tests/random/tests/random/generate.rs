//! Random expressions, typed by construction.
//!
//! What is not generated, because the databases differ in it, each with where that is said:
//!
//! - Division by zero: an error on PostgreSQL (22012), NULL elsewhere (MySQL: `ERROR_FOR_DIVISION_BY_ZERO` is of changes
//!   only; SQLite: <https://www.sqlite.org/lang_expr.html>). Divisors are `NULLIF(x, 0)`, or known not to be zero.
//! - Integers that leave 64 bits: an error on the servers, a double on SQLite (lang_expr.html). See [`limits`].
//! - Decimals that a double does not hold: SQLite has no others. All are multiples of a quarter, as are their sums.
//! - The order of texts by the rules of a language: every comparison by size and every sort key is by code points.
//! - The case of letters beside A to Z in `lower` and `upper`, and LIKE of texts in which there are capitals: SQLite
//!   knows the case of ASCII only, and takes none of it in LIKE. Operands of LIKE are in small letters.
//! - A backslash in a pattern before what is no wildcard, or at its end: an error on PostgreSQL (22025).
//! - `replace` of an empty text by NULL: the text itself on SQLite (lang_corefunc.html: "If Y is an empty string then
//!   return X unchanged") and on MariaDB, NULL elsewhere.
//! - `count(DISTINCT x)` of what MySQL finds to be NULL before it looks at a row: it counts one.
//! - Joins of correlated subqueries by anything but `=`: MariaDB 10.11 takes `NULL <=> outer.x` in their ON for true.
//! - Rows of aggregates behind IN in HAVING: SQLite makes a subquery of the list, in which they have no group.
//! - Aggregates of nothing but columns of an outer query in a subquery: they are aggregates of the outer query, as the
//!   standard has it (SQL:2016, 6.9), and are refused there.
//! - Columns that are made of values alone in a subquery whose rows an outer join may not find: MySQL 9.7 puts the subquery
//!   into the query, and `CAST(? AS SIGNED)` then is what it is where it should be NULL.
//! - Subqueries in the keys of a window: MariaDB 10.11 takes the frame of a window in one for that of the window around it
//!   (4017, "Window frame is not allowed with 'rank'").
//! - RIGHT JOIN in UNION ALL: SQLite loses the WHERE beside it if another query reads the rows (seen in 3.40.1, and in
//!   the one that is built in).
//! - FULL JOIN in parts of a query, and on MySQL and MariaDB, which have none; on PostgreSQL its condition is an equation of
//!   both sides (0A000, "only supported with merge-joinable or hash-joinable join conditions").
//! - In the step of a recursive expression, texts and numbers that are longer than those of its base: MySQL and MariaDB
//!   give its columns the base's types, to which MariaDB counts `CAST(a_smallint AS SIGNED)` as a short one. What it joins
//!   is found by its key, and it counts upwards, so that it ends.
//! - NUL in texts: PostgreSQL has none (22021).

mod limits;
mod query;

use crate::draw::Draw;
use crate::node::{Aggregate, Cell, Comparison, Function, Like, Named, Node, Op, Part, Ty, Unit, Window};
use crate::world::{self, CHARACTERS};
pub(crate) use query::{full, predicate_of, query};

const TYPES: [Ty; 6] = [Ty::Int, Ty::Text, Ty::Bool, Ty::Date, Ty::Time, Ty::Num];
const COMPARISONS: [Comparison; 6] = [
    Comparison::Equal,
    Comparison::NotEqual,
    Comparison::Less,
    Comparison::LessOrEqual,
    Comparison::Greater,
    Comparison::GreaterOrEqual,
];

/// Generates expressions among the columns of some sources.
pub(crate) struct Generator<'d> {
    pub(super) draw: &'d mut Draw,
    /// The first source that there may be a column of.
    pub(super) lowest: usize,
    /// How many sources are in sight, the outermost query's first.
    pub(super) sources: usize,
    /// How deep subqueries may be nested from here.
    pub(super) subqueries: usize,
    /// Whether the sources are tables.
    pub(super) tables: bool,
}

fn cell(draw: &mut Draw, ty: Ty) -> Cell {
    match ty {
        Ty::Int => Cell::Int(world::int(draw)),
        Ty::Text => Cell::Text(world::text(draw)),
        Ty::Bool => Cell::Bool(draw.once_in(2)),
        Ty::Date => Cell::Date(world::date(draw)),
        Ty::Time => Cell::Time(world::time(draw)),
        Ty::Num => Cell::Num(world::num(draw)),
    }
}

impl Generator<'_> {
    pub(super) fn column(&mut self, ty: Ty) -> Node {
        let columns: &[usize] = match ty {
            Ty::Int => &[0, 1],
            Ty::Text => &[2, 7],
            Ty::Bool => &[3],
            Ty::Date => &[4],
            Ty::Time => &[5],
            Ty::Num => &[6],
        };
        let source = self.draw.between(self.lowest as i64, self.sources as i64 - 1) as usize;
        Node::Column(source, *self.draw.of(columns))
    }

    fn leaf(&mut self, ty: Ty) -> Node {
        match self.draw.below(10) {
            0 => Node::Bound(ty, Cell::Null),
            1 => Node::Constant(ty, Cell::Null),
            2 | 3 => Node::Bound(ty, cell(self.draw, ty)),
            4 => Node::Constant(ty, cell(self.draw, ty)),
            _ if self.sources == 0 => Node::Bound(ty, cell(self.draw, ty)),
            _ => self.column(ty),
        }
    }

    /// An expression of this type that is not nested deeper.
    pub(crate) fn expr(&mut self, ty: Ty, depth: usize) -> Node {
        if depth == 0 || self.draw.once_in(5) {
            return self.leaf(ty);
        }
        let depth = depth - 1;
        if self.subqueries > 0 && self.draw.once_in(if ty == Ty::Bool { 8 } else { 25 }) {
            return self.subquery(ty, depth);
        }
        if self.draw.once_in(4) {
            return self.of_any_type(ty, depth);
        }
        match ty {
            Ty::Int => self.int(depth),
            Ty::Text => self.text(depth),
            Ty::Bool => self.boolean(depth),
            Ty::Date => self.date(depth),
            Ty::Time => self.time(depth),
            Ty::Num => self.num(depth),
        }
    }

    fn of_any_type(&mut self, ty: Ty, depth: usize) -> Node {
        let mut args = Vec::new();
        let op = match self.draw.below(6) {
            0 => {
                let (branches, otherwise) = (1 + self.draw.below(3), self.draw.once_in(2));
                for _ in 0..branches {
                    args.push(self.expr(Ty::Bool, depth));
                    args.push(self.expr(ty, depth));
                }
                args.extend(otherwise.then(|| self.expr(ty, depth)));
                Op::Case { branches, otherwise }
            }
            1 => {
                let (branches, otherwise) = (1 + self.draw.below(3), self.draw.once_in(2));
                let operand = *self.draw.of(&TYPES);
                args.push(self.expr(operand, depth));
                for _ in 0..branches {
                    args.push(self.expr(operand, depth));
                    args.push(self.expr(ty, depth));
                }
                args.extend(otherwise.then(|| self.expr(ty, depth)));
                Op::CaseOf { operand, branches, otherwise }
            }
            2 => Op::Coalesce,
            3 => Op::NullIf,
            // the order of texts is a language's
            _ if ty == Ty::Text => Op::Coalesce,
            4 => Op::Greatest,
            _ => Op::Least,
        };
        if args.is_empty() {
            args = vec![self.expr(ty, depth), self.expr(ty, depth)];
        }
        Node::Op(op, args)
    }

    fn of<const N: usize>(&mut self, op: Op, types: [Ty; N], depth: usize) -> Node {
        Node::Op(op, types.into_iter().map(|ty| self.expr(ty, depth)).collect())
    }

    fn int(&mut self, depth: usize) -> Node {
        let made = match self.draw.below(20) {
            0 | 1 => self.of(Op::Add, [Ty::Int; 2], depth),
            2 | 3 => self.of(Op::Subtract, [Ty::Int; 2], depth),
            4 | 5 => self.of(Op::Multiply, [Ty::Int; 2], depth),
            6 | 7 => {
                let divided = self.expr(Ty::Int, depth);
                let divisor = match self.draw.once_in(2) {
                    true => Node::Bound(Ty::Int, Cell::Int(*self.draw.of(&[-7, -1, 2, 3, 10]))),
                    false => {
                        Node::Op(Op::NullIf, vec![self.expr(Ty::Int, depth), Node::Constant(Ty::Int, Cell::Int(0))])
                    }
                };
                Node::Op(if self.draw.once_in(2) { Op::Divide } else { Op::Modulo }, vec![divided, divisor])
            }
            8 => self.of(Op::Negate, [Ty::Int], depth),
            9 => self.of(Op::Abs, [Ty::Int], depth),
            10 => self.of(Op::Sign, [Ty::Int], depth),
            11 => self.of(Op::CharLength, [Ty::Text], depth),
            12 => self.of(Op::ByteLength, [Ty::Text], depth),
            13 => self.of(Op::Position, [Ty::Text; 2], depth),
            14 => {
                let parts = [
                    Part::Year,
                    Part::Quarter,
                    Part::Month,
                    Part::IsoWeek,
                    Part::IsoWeekYear,
                    Part::Day,
                    Part::DayOfWeek,
                    Part::DayOfYear,
                ];
                self.draw.of(&parts).to_owned().pipe(|part| self.of(Op::DatePart(part), [Ty::Date], depth))
            }
            15 => {
                let parts =
                    [Part::Year, Part::Month, Part::Day, Part::Hour, Part::Minute, Part::Second, Part::Microsecond];
                self.draw.of(&parts).to_owned().pipe(|part| self.of(Op::TimePart(part), [Ty::Time], depth))
            }
            16 => self.of(Op::DaysSince, [Ty::Date; 2], depth),
            17 => self.of(Op::MonthsSince, [Ty::Date; 2], depth),
            _ => self.of(Op::OfBool, [Ty::Bool], depth),
        };
        // a number that could leave its limits is one that cannot
        if limits::integer(&made).is_some() { made } else { self.leaf(Ty::Int) }
    }

    fn text(&mut self, depth: usize) -> Node {
        let character = *self.draw.of(&CHARACTERS);
        let op = match self.draw.below(18) {
            0..=2 => return self.of(Op::Concat, [Ty::Text; 2], depth),
            3 => {
                let separator = world::text(self.draw);
                return self.of(Op::ConcatWs(separator), [Ty::Text; 3], depth);
            }
            4 => {
                let to = Node::Bound(Ty::Text, cell(self.draw, Ty::Text));
                return Node::Op(Op::Replace, vec![self.expr(Ty::Text, depth), self.expr(Ty::Text, depth), to]);
            }
            5 => return self.of(Op::Digits, [Ty::Int], depth),
            6 => Op::Lower,
            7 => Op::Upper,
            8 => Op::Trim,
            9 => Op::TrimStart,
            10 => Op::TrimEnd,
            11 => Op::TrimChar(character),
            12 => Op::Left(self.draw.below(5) as u32),
            13 => Op::Right(self.draw.below(5) as u32),
            14 => Op::Repeat(self.draw.below(4) as u32),
            15 => Op::PadStart(self.draw.below(8) as u32, character),
            16 => Op::PadEnd(self.draw.below(8) as u32, character),
            _ => Op::Substring(self.draw.between(-2, 4) as i32, self.draw.between(0, 5) as i32),
        };
        self.of(op, [Ty::Text], depth)
    }

    fn boolean(&mut self, depth: usize) -> Node {
        let negated = self.draw.once_in(2);
        let ty = *self.draw.of(&TYPES);
        match self.draw.below(18) {
            0..=3 => {
                let width = *self.draw.of(&[2, 2, 2, 3, 4]);
                let args = (0..width).map(|_| self.expr(Ty::Bool, depth)).collect();
                Node::Op(if self.draw.once_in(2) { Op::And } else { Op::Or }, args)
            }
            4 | 5 => self.of(Op::Not, [Ty::Bool], depth),
            6..=8 => {
                let is = *self.draw.of(&COMPARISONS);
                self.of(Op::Compare(is, ty), [ty; 2], depth)
            }
            9 => self.of(Op::Between(ty), [ty; 3], depth),
            10 => {
                let mut args = vec![self.expr(ty, depth)];
                let width = self.draw.below(4);
                // one list argument if all are values
                let values = self.draw.once_in(2);
                args.extend((0..width).map(|_| match values {
                    true => Node::Bound(ty, cell(self.draw, ty)),
                    false => self.expr(ty, depth),
                }));
                Node::Op(Op::In { ty, negated }, args)
            }
            11 => self.of(Op::Distinct { ty, negated }, [ty; 2], depth),
            12 => self.of(Op::Null { ty, negated }, [ty], depth),
            13 | 14 => {
                let lower = Node::Op(Op::Lower, vec![self.expr(Ty::Text, depth)]);
                Node::Op(Op::Like { pattern: self.pattern(), negated }, vec![lower])
            }
            15 if negated && self.subqueries > 0 => {
                let rows = self.draw.below(4);
                let args = (0..=rows).flat_map(|_| [self.expr(Ty::Int, depth), self.expr(Ty::Date, depth)]);
                Node::Op(Op::RowIn(rows), args.collect())
            }
            15 => {
                let is = *self.draw.of(&COMPARISONS);
                self.of(Op::RowCompare(is), [Ty::Int, Ty::Date, Ty::Int, Ty::Date], depth)
            }
            16 if self.sources > self.lowest => self.named(negated),
            _ => self.of(if negated { Op::IsNotTrue } else { Op::IsTrue }, [Ty::Bool], depth),
        }
    }

    /// A condition on a column by its name.
    fn named(&mut self, negated: bool) -> Node {
        let ty = *self.draw.of(&TYPES);
        let Node::Column(source, column) = self.column(ty) else { return Node::Constant(Ty::Bool, Cell::Null) };
        let is = match self.draw.below(6) {
            0 => Named::Null { negated },
            1 => Named::OneOf((0..self.draw.below(4)).map(|_| cell(self.draw, ty)).collect()),
            2 | 3 if ty == Ty::Text => {
                let text = world::text(self.draw).to_lowercase();
                match self.draw.below(3) {
                    0 => Named::Contains(text),
                    1 => Named::StartsWith(text),
                    _ => Named::EndsWith(text),
                }
            }
            // the order of texts is a language's
            _ if ty == Ty::Text && negated => Named::Compare(Comparison::NotEqual, cell(self.draw, ty)),
            _ if ty == Ty::Text => Named::Compare(Comparison::Equal, cell(self.draw, ty)),
            _ => Named::Compare(*self.draw.of(&COMPARISONS), cell(self.draw, ty)),
        };
        Node::Named { source, column, is }
    }

    fn pattern(&mut self) -> Like {
        let text = world::text(self.draw).to_lowercase();
        match self.draw.below(4) {
            0 => Like::Contains(text),
            1 => Like::StartsWith(text),
            2 => Like::EndsWith(text),
            _ => {
                let parts = ["a", "b", "%", "%", "_", "_", "\\%", "\\_", "\\\\", "日", "🦀", "'", " "];
                let length = self.draw.below(5);
                Like::Pattern((0..length).map(|_| *self.draw.of(&parts)).collect())
            }
        }
    }

    fn date(&mut self, depth: usize) -> Node {
        match self.draw.below(5) {
            0 => {
                let days = self.expr(Ty::Int, depth);
                let few = Node::Op(Op::Modulo, vec![days, Node::Constant(Ty::Int, Cell::Int(400))]);
                Node::Op(Op::AddDays, vec![self.expr(Ty::Date, depth), few])
            }
            1 => {
                let months = self.draw.between(-30, 30) as i32;
                self.of(Op::AddMonths(months), [Ty::Date], depth)
            }
            2 | 3 => self.of(Op::DateOf, [Ty::Time], depth),
            _ => {
                let unit = *self.draw.of(&[Unit::Year, Unit::Quarter, Unit::Month, Unit::Week]);
                self.of(Op::CutDate(unit), [Ty::Date], depth)
            }
        }
    }

    fn time(&mut self, depth: usize) -> Node {
        match self.draw.below(5) {
            0 | 1 => {
                let micros = *self.draw.of(&[-1, 1, 999_999, -86_400_000_000, 3_600_000_001, 59_999_999]);
                self.of(Op::AddMicros(micros), [Ty::Time], depth)
            }
            2 => {
                let months = self.draw.between(-30, 30) as i32;
                self.of(Op::AddMonths(months), [Ty::Time], depth)
            }
            3 => self.of(Op::Midnight, [Ty::Date], depth),
            _ => {
                let units = [
                    Unit::Year,
                    Unit::Quarter,
                    Unit::Month,
                    Unit::Week,
                    Unit::Day,
                    Unit::Hour,
                    Unit::Minute,
                    Unit::Second,
                ];
                let unit = *self.draw.of(&units);
                self.of(Op::CutTime(unit), [Ty::Time], depth)
            }
        }
    }

    fn num(&mut self, depth: usize) -> Node {
        let made = match self.draw.below(10) {
            0 | 1 => self.of(Op::Add, [Ty::Num; 2], depth),
            2 => self.of(Op::Subtract, [Ty::Num; 2], depth),
            3 => self.of(Op::Multiply, [Ty::Num; 2], depth),
            4 => self.of(Op::Negate, [Ty::Num], depth),
            5 => self.of(Op::Abs, [Ty::Num], depth),
            6 => self.of(Op::OfInt, [Ty::Int], depth),
            rounding => {
                let op = [Op::Floor, Op::Ceil, Op::Round, Op::Trunc][rounding % 4].clone();
                self.of(op, [Ty::Num], depth)
            }
        };
        if limits::decimal(&made).is_some() { made } else { self.leaf(Ty::Num) }
    }

    /// A function of a window over `sources` sources, of which the identities are known if they are tables.
    pub(super) fn window(&mut self, ty: Ty, identities: Option<Vec<usize>>) -> Node {
        let subqueries = std::mem::take(&mut self.subqueries);
        let partition = self.draw.once_in(2).then(|| *self.draw.of(&TYPES)).map(|ty| (ty, self.expr(ty, 1)));
        let key = *self.draw.of(&TYPES);
        let order = (key, self.expr(key, 1), self.draw.once_in(2));
        self.subqueries = subqueries;
        let Some(identities) = identities.filter(|_| ty != Ty::Int || !self.draw.once_in(4)) else {
            let function = if self.draw.once_in(2) { Function::Rank } else { Function::DenseRank };
            let (argument, identities) = (None, Vec::new());
            return Node::Window(Box::new(Window { function, argument, partition, order, identities, rows: None }));
        };
        let functions: &[Function] = match ty {
            Ty::Int => &[
                Function::RowNumber,
                Function::Count,
                Function::Min,
                Function::Max,
                Function::Lag,
                Function::FirstValue,
            ],
            Ty::Num => &[Function::Sum, Function::Sum, Function::Min, Function::Max, Function::Lead],
            _ => &[Function::Lag, Function::Lead, Function::FirstValue, Function::LastValue],
        };
        let function = *self.draw.of(functions);
        let argument = match function {
            Function::RowNumber => None,
            Function::Count if self.draw.once_in(2) => None,
            _ => Some(self.narrow(ty, 2)),
        };
        let framed = !matches!(function, Function::RowNumber | Function::Lag | Function::Lead);
        let rows = (framed && self.draw.once_in(2)).then(|| (self.draw.below(3) as u32, self.draw.below(3) as u32));
        Node::Window(Box::new(Window { function, argument, partition, order, identities, rows }))
    }

    /// An expression whose values are those that columns can have.
    pub(super) fn narrow(&mut self, ty: Ty, depth: usize) -> Node {
        let made = self.expr(ty, depth);
        if limits::is_narrow(&made, ty) { made } else { self.leaf(ty) }
    }

    /// What an aggregate is of.
    pub(super) fn aggregated(&mut self, function: Aggregate, ty: Ty, depth: usize) -> Node {
        match function {
            Aggregate::CountDistinct => self.column(ty),
            _ => self.narrow(ty, depth),
        }
    }

    /// An aggregate that gives this type, and the type of what it is of.
    pub(super) fn aggregate(&mut self, ty: Ty) -> (Aggregate, Ty) {
        match ty {
            Ty::Int => {
                let counts =
                    [Aggregate::CountOf, if self.tables { Aggregate::CountDistinct } else { Aggregate::CountOf }];
                match self.draw.below(6) {
                    0 => (Aggregate::Count, Ty::Int),
                    1 => (Aggregate::CountIf, Ty::Bool),
                    2 => (Aggregate::Min, Ty::Int),
                    3 => (Aggregate::Max, Ty::Int),
                    _ => (*self.draw.of(&counts), *self.draw.of(&TYPES)),
                }
            }
            Ty::Bool => (*self.draw.of(&[Aggregate::Every, Aggregate::Some]), ty),
            Ty::Num => (*self.draw.of(&[Aggregate::Sum, Aggregate::Min, Aggregate::Max]), ty),
            ty => (*self.draw.of(&[Aggregate::Min, Aggregate::Max]), ty),
        }
    }
}

/// `value.pipe(f)` is `f(value)`: what is drawn is used after the drawing is over.
trait Pipe: Sized {
    fn pipe<T>(self, f: impl FnOnce(Self) -> T) -> T {
        f(self)
    }
}
impl<T> Pipe for T {}
