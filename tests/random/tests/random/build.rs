//! Expressions as the typed builder has them: every node by the method that a user would call.

mod aggregate;
mod asked;
mod query;

use relvar::chrono::{DateTime, NaiveDate, Utc};
use relvar::prelude::*;
use relvar::query::expr::Order;

use crate::node::{Cell, Comparison as Is, Function, Like, Named as By, Node, Op, Part, Ty, Unit, Window};
pub(crate) use asked::asking;

/// An expression that may be NULL, as all of these are.
pub(crate) type Of<T> = Expr<Option<T>, Portable>;
/// A row of every query here.
pub(crate) type Row8 = (
    Option<i64>,
    Option<i64>,
    Option<String>,
    Option<bool>,
    Option<NaiveDate>,
    Option<DateTime<Utc>>,
    Option<Lossy>,
    Option<String>,
);

/// The columns of a source, or of a select list.
#[derive(Clone)]
pub(crate) struct Columns {
    pub(crate) a: Of<i64>,
    pub(crate) n: Of<i64>,
    pub(crate) t: Of<String>,
    pub(crate) b: Of<bool>,
    pub(crate) d: Of<NaiveDate>,
    pub(crate) w: Of<DateTime<Utc>>,
    pub(crate) x: Of<Lossy>,
    pub(crate) u: Of<String>,
}

/// Runs `$then!(method, expression)` with the method that builds expressions of the type `$ty`.
macro_rules! by_type {
    ($ty:expr, $then:ident $($more:tt)*) => {
        match $ty {
            Ty::Int => $then!(int $($more)*),
            Ty::Text => $then!(text $($more)*),
            Ty::Bool => $then!(boolean $($more)*),
            Ty::Date => $then!(date $($more)*),
            Ty::Time => $then!(time $($more)*),
            Ty::Num => $then!(num $($more)*),
        }
    };
}
use by_type;

/// Builds expressions among the columns of the sources in sight, the outermost query's first.
#[derive(Default)]
pub(crate) struct Builder {
    pub(crate) sources: Vec<Columns>,
    /// In the step of a recursive expression, that expression.
    pub(crate) itself: Option<Cte<Row8, Portable>>,
}

/// What is there for every type.
macro_rules! shared {
    ($self:ident $method:ident, $op:expr, $args:expr) => {{
        let args = $args;
        let of = |at: usize| $self.$method(&args[at]);
        match $op {
            Op::Coalesce => of(0).coalesce(of(1)),
            Op::NullIf => of(0).null_if(of(1)),
            Op::Greatest => greatest(of(0), of(1)),
            Op::Least => least(of(0), of(1)),
            Op::Case { branches, otherwise } => {
                let mut made = case().when($self.boolean(&args[0]), of(1));
                for at in 1..*branches {
                    made = made.when($self.boolean(&args[2 * at]), of(2 * at + 1));
                }
                if *otherwise { made.otherwise(of(2 * branches)) } else { made.end() }
            }
            Op::CaseOf { operand, branches, otherwise } => {
                macro_rules! case_by {
                    ($operand:ident) => {{
                        let made = case_of($self.$operand(&args[0]));
                        let mut made = made.when($self.$operand(&args[1]), of(2));
                        for at in 1..*branches {
                            made = made.when($self.$operand(&args[2 * at + 1]), of(2 * at + 2));
                        }
                        if *otherwise { made.otherwise(of(2 * branches + 1)) } else { made.end() }
                    }};
                }
                by_type!(operand, case_by)
            }
            other => panic!("{other:?} gives no {}", stringify!($method)),
        }
    }};
}

/// The method for a type: columns, values, subqueries and windows, then the type's own operations.
macro_rules! of_type {
    ($($name:ident $rust:ty: $ty:ident, [$($column:literal $field:ident),*], |$cell:ident| $value:expr,
        $op:ident, $window:ident;)*) => { $(
        pub(crate) fn $name(&self, node: &Node) -> Of<$rust> {
            let of_cell = |cell: &Cell| match cell {
                Cell::Null => None,
                Cell::$ty($cell) => Some($value),
                other => panic!("{other:?} is no {}", stringify!($ty)),
            };
            match node {
                $(Node::Column(source, $column) => self.sources[*source].$field.clone(),)*
                Node::Bound(_, cell) => match of_cell(cell) {
                    Some(bound) => value(bound).nullable(),
                    None => value(None::<$rust>),
                },
                Node::Constant(_, cell) => constant(of_cell(cell)),
                Node::Op(op, args) => self.$op(op, args),
                Node::Scalar { .. } => constant(None::<$rust>).coalesce(self.$window(node)).nullable(),
                Node::Window(window) => self.windows().$name(window),
                other => panic!("{other:?} is no {}", stringify!($ty)),
            }
        }
    )* };
}

impl Builder {
    of_type! {
        int i64: Int, [0 a, 1 n], |v| *v, int_op, scalar_int;
        text String: Text, [2 t, 7 u], |v| v.clone(), text_op, scalar_text;
        date NaiveDate: Date, [4 d], |v| *v, date_op, scalar_date;
        time DateTime<Utc>: Time, [5 w], |v| *v, time_op, scalar_time;
        num Lossy: Num, [6 x], |v| Lossy(*v), num_op, scalar_num;
    }

    pub(crate) fn boolean(&self, node: &Node) -> Condition<Portable> {
        let of_cell = |cell: &Cell| match cell {
            Cell::Null => None,
            Cell::Bool(b) => Some(*b),
            other => panic!("{other:?} is no boolean"),
        };
        match node {
            Node::Column(source, 3) => self.sources[*source].b.clone(),
            Node::Bound(_, cell) => value(of_cell(cell)),
            Node::Constant(_, cell) => constant(of_cell(cell)),
            Node::Op(op, args) => self.bool_op(op, args),
            Node::Scalar { .. } => constant(None::<bool>).coalesce(self.scalar_boolean(node)).nullable(),
            Node::Window(window) => self.windows().boolean(window),
            Node::Named { source, column, is } => self.named(&self.sources[*source], *column, is),
            Node::Exists { query, negated } => {
                let query = self.any_row(query);
                if *negated { not_exists(query) } else { exists(query) }
            }
            Node::InQuery { operand, ty, query, of, negated } => {
                macro_rules! in_query {
                    ($method:ident, $select:ident) => {{
                        let (operand, query) = (self.$method(operand), self.$select(query, of.as_deref()));
                        if *negated { operand.not_in_query(query) } else { operand.in_query(query) }
                    }};
                }
                match ty {
                    Ty::Int => in_query!(int, select_int),
                    Ty::Text => in_query!(text, select_text),
                    Ty::Bool => in_query!(boolean, select_boolean),
                    Ty::Date => in_query!(date, select_date),
                    Ty::Time => in_query!(time, select_time),
                    Ty::Num => in_query!(num, select_num),
                }
            }
            other => panic!("{other:?} is no condition"),
        }
    }

    /// What a request would say of a column.
    fn named(&self, of: &Columns, column: usize, is: &By) -> Condition<Portable> {
        let lower = matches!(is, By::Contains(_) | By::StartsWith(_) | By::EndsWith(_));
        let named = Named::new();
        let named = match column {
            0 => named.with("it", of.a.clone()),
            1 => named.with("it", of.n.clone()),
            2 if lower => named.with("it", of.t.clone().lower()),
            2 => named.with("it", of.t.clone()),
            3 => named.with("it", of.b.clone()),
            4 => named.with("it", of.d.clone()),
            5 => named.with("it", of.w.clone()),
            6 => named.with("it", of.x.clone()),
            _ if lower => named.with("it", of.u.clone().lower()),
            _ => named.with("it", of.u.clone()),
        };
        let made = match is {
            By::Compare(is, cell) => {
                let is = match is {
                    Is::Equal => Comparison::Equal,
                    Is::NotEqual => Comparison::NotEqual,
                    Is::Less => Comparison::Less,
                    Is::LessOrEqual => Comparison::LessOrEqual,
                    Is::Greater => Comparison::Greater,
                    Is::GreaterOrEqual => Comparison::GreaterOrEqual,
                };
                named.compare("it", is, &written(cell))
            }
            By::OneOf(cells) => {
                let cells: Vec<String> = cells.iter().map(written).collect();
                named.one_of("it", cells.iter().map(String::as_str))
            }
            By::Null { negated: false } => named.is_null("it"),
            By::Null { negated: true } => named.is_not_null("it"),
            By::Contains(part) => named.compare("it", Comparison::Contains, part),
            By::StartsWith(part) => named.compare("it", Comparison::StartsWith, part),
            By::EndsWith(part) => named.compare("it", Comparison::EndsWith, part),
        };
        made.unwrap_or_else(|error| panic!("{is:?}: {error}"))
    }

    fn int_op(&self, op: &Op, args: &[Node]) -> Of<i64> {
        let int = |at: usize| self.int(&args[at]);
        let text = |at: usize| self.text(&args[at]);
        match op {
            Op::Add => int(0) + int(1),
            Op::Subtract => int(0) - int(1),
            Op::Multiply => int(0) * int(1),
            Op::Divide => int(0) / int(1),
            Op::Modulo => int(0) % int(1),
            Op::Negate => -int(0),
            Op::Abs => int(0).abs(),
            Op::Sign => int(0).sign().cast::<i64>(),
            Op::CharLength => text(0).char_length().cast::<i64>(),
            Op::ByteLength => text(0).byte_length().cast::<i64>(),
            Op::Position => text(0).position(text(1)).cast::<i64>(),
            Op::DaysSince => self.date(&args[0]).days_since(self.date(&args[1])).cast::<i64>(),
            Op::MonthsSince => self.date(&args[0]).months_since(self.date(&args[1])).cast::<i64>(),
            Op::OfBool => self.boolean(&args[0]).cast::<i32>().cast::<i64>(),
            Op::DatePart(part) => {
                let date = self.date(&args[0]);
                match part {
                    Part::Year => date.year(),
                    Part::Quarter => date.quarter(),
                    Part::Month => date.month(),
                    Part::IsoWeek => date.iso_week(),
                    Part::IsoWeekYear => date.iso_week_year(),
                    Part::Day => date.day(),
                    Part::DayOfWeek => date.day_of_week(),
                    Part::DayOfYear => date.day_of_year(),
                    other => panic!("a date has no {other:?}"),
                }
                .cast::<i64>()
            }
            Op::TimePart(part) => {
                let time = self.time(&args[0]);
                match part {
                    Part::Year => time.year(),
                    Part::Quarter => time.quarter(),
                    Part::Month => time.month(),
                    Part::IsoWeek => time.iso_week(),
                    Part::IsoWeekYear => time.iso_week_year(),
                    Part::Day => time.day(),
                    Part::DayOfWeek => time.day_of_week(),
                    Part::DayOfYear => time.day_of_year(),
                    Part::Hour => time.hour(),
                    Part::Minute => time.minute(),
                    Part::Second => time.second(),
                    Part::Microsecond => time.microsecond(),
                }
                .cast::<i64>()
            }
            other => shared!(self int, other, args),
        }
    }

    fn text_op(&self, op: &Op, args: &[Node]) -> Of<String> {
        let text = |at: usize| self.text(&args[at]);
        match op {
            Op::Concat => text(0).concat(text(1)),
            Op::ConcatWs(separator) => {
                let parts: Vec<_> = args.iter().map(|arg| self.text(arg)).collect();
                concat_ws(separator.as_str(), parts).nullable()
            }
            Op::Lower => text(0).lower(),
            Op::Upper => text(0).upper(),
            Op::Trim => text(0).trim(),
            Op::TrimStart => text(0).trim_start(),
            Op::TrimEnd => text(0).trim_end(),
            Op::TrimChar(c) => text(0).trim_char(*c),
            Op::Left(n) => text(0).left(*n),
            Op::Right(n) => text(0).right(*n),
            Op::Repeat(n) => text(0).repeat(*n),
            Op::PadStart(n, c) => text(0).pad_start(*n, *c),
            Op::PadEnd(n, c) => text(0).pad_end(*n, *c),
            Op::Substring(from, length) => text(0).substring(*from, *length),
            Op::Replace => text(0).replace(text(1), text(2)),
            Op::Digits => self.int(&args[0]).cast::<String>(),
            other => shared!(self text, other, args),
        }
    }

    fn bool_op(&self, op: &Op, args: &[Node]) -> Condition<Portable> {
        let boolean = |at: usize| self.boolean(&args[at]);
        match op {
            Op::Compare(is, ty) => {
                macro_rules! compared {
                    ($method:ident) => {
                        compare(*is, self.$method(&args[0]), self.$method(&args[1]))
                    };
                }
                match (ty, is) {
                    (Ty::Text, Is::Equal | Is::NotEqual) => compared!(text),
                    (Ty::Text, _) => compare(*is, by_code_points(self.text(&args[0])), self.text(&args[1])),
                    (ty, _) => by_type!(ty, compared),
                }
            }
            Op::Between(ty) => {
                macro_rules! between {
                    ($method:ident) => {
                        self.$method(&args[0]).between(self.$method(&args[1]), self.$method(&args[2]))
                    };
                }
                match ty {
                    Ty::Text => by_code_points(self.text(&args[0])).between(self.text(&args[1]), self.text(&args[2])),
                    ty => by_type!(ty, between),
                }
            }
            Op::In { ty, negated } => {
                macro_rules! within {
                    ($method:ident) => {{
                        let list = args[1..].iter().map(|arg| self.$method(arg));
                        let operand = self.$method(&args[0]);
                        if *negated { operand.not_in_list(list) } else { operand.in_list(list) }
                    }};
                }
                by_type!(ty, within)
            }
            Op::Distinct { ty, negated } => {
                macro_rules! distinct {
                    ($method:ident) => {{
                        let (left, right) = (self.$method(&args[0]), self.$method(&args[1]));
                        if *negated { left.is_not_distinct_from(right) } else { left.is_distinct_from(right) }
                    }};
                }
                by_type!(ty, distinct)
            }
            Op::Null { ty, negated } => {
                macro_rules! null {
                    ($method:ident) => {{
                        let operand = self.$method(&args[0]);
                        if *negated { operand.is_not_null() } else { operand.is_null() }
                    }};
                }
                by_type!(ty, null)
            }
            Op::Like { pattern, negated } => {
                let text = self.text(&args[0]);
                match pattern {
                    Like::Contains(of) => like(text, contains(of), *negated),
                    Like::StartsWith(of) => like(text, starts_with(of), *negated),
                    Like::EndsWith(of) => like(text, ends_with(of), *negated),
                    Like::Pattern(pattern) => like(text, pattern.as_str(), *negated),
                }
            }
            Op::RowCompare(is) => {
                let left = (self.int(&args[0]), self.date(&args[1]));
                let right = (self.int(&args[2]), self.date(&args[3]));
                match is {
                    Is::Equal => RowCompare::eq(left, right),
                    Is::NotEqual => RowCompare::ne(left, right),
                    Is::Less => RowCompare::lt(left, right),
                    Is::LessOrEqual => RowCompare::lte(left, right),
                    Is::Greater => RowCompare::gt(left, right),
                    Is::GreaterOrEqual => RowCompare::gte(left, right),
                }
            }
            Op::RowIn(rows) => {
                let list = (1..=*rows).map(|row| (self.int(&args[2 * row]), self.date(&args[2 * row + 1])));
                RowCompare::in_list((self.int(&args[0]), self.date(&args[1])), list)
            }
            Op::And => match args.len() {
                2 => boolean(0) & boolean(1),
                _ => all(args.iter().map(|arg| self.boolean(arg))),
            },
            Op::Or => match args.len() {
                2 => boolean(0) | boolean(1),
                _ => any(args.iter().map(|arg| self.boolean(arg))),
            },
            Op::Not => !boolean(0),
            Op::IsTrue => boolean(0).is_true().nullable(),
            Op::IsNotTrue => boolean(0).is_not_true().nullable(),
            other => shared!(self boolean, other, args),
        }
    }

    fn date_op(&self, op: &Op, args: &[Node]) -> Of<NaiveDate> {
        let date = |at: usize| self.date(&args[at]);
        match op {
            Op::AddDays => date(0).add_days(self.int(&args[1]).cast::<i32>()),
            Op::AddMonths(months) => date(0).add_months(*months),
            Op::DateOf => self.time(&args[0]).date(),
            Op::CutDate(unit) => match unit {
                Unit::Year => date(0).truncate_to_year(),
                Unit::Quarter => date(0).truncate_to_quarter(),
                Unit::Month => date(0).truncate_to_month(),
                Unit::Week => date(0).truncate_to_week(),
                other => panic!("a date is not cut to a {other:?}"),
            },
            other => shared!(self date, other, args),
        }
    }

    fn time_op(&self, op: &Op, args: &[Node]) -> Of<DateTime<Utc>> {
        let time = |at: usize| self.time(&args[at]);
        match op {
            Op::AddMicros(micros) => time(0) + Interval::microseconds(*micros),
            Op::AddMonths(months) => time(0).add_months(*months),
            Op::Midnight => self.date(&args[0]).at_midnight().and_utc(),
            Op::CutTime(unit) => match unit {
                Unit::Year => time(0).truncate_to_year(),
                Unit::Quarter => time(0).truncate_to_quarter(),
                Unit::Month => time(0).truncate_to_month(),
                Unit::Week => time(0).truncate_to_week(),
                Unit::Day => time(0).truncate_to_day(),
                Unit::Hour => time(0).truncate_to_hour(),
                Unit::Minute => time(0).truncate_to_minute(),
                Unit::Second => time(0).truncate_to_second(),
            },
            other => shared!(self time, other, args),
        }
    }

    fn num_op(&self, op: &Op, args: &[Node]) -> Of<Lossy> {
        let num = |at: usize| self.num(&args[at]);
        match op {
            Op::Add => num(0) + num(1),
            Op::Subtract => num(0) - num(1),
            Op::Multiply => num(0) * num(1),
            Op::Negate => -num(0),
            Op::Abs => num(0).abs(),
            Op::Floor => num(0).floor(),
            Op::Ceil => num(0).ceil(),
            Op::Round => num(0).round(),
            Op::Trunc => num(0).trunc(),
            Op::OfInt => self.int(&args[0]).lossy(),
            other => shared!(self num, other, args),
        }
    }

    fn windows(&self) -> aggregate::Windows<'_> {
        aggregate::Windows(self)
    }
}

/// A value as a request has it.
fn written(cell: &Cell) -> String {
    match cell {
        Cell::Null => panic!("NULL is compared with nothing by name"),
        Cell::Bool(b) => b.to_string(),
        Cell::Int(n) => n.to_string(),
        Cell::Text(text) => text.clone(),
        Cell::Date(date) => date.to_string(),
        Cell::Time(time) => time.to_rfc3339(),
        Cell::Num(number) => number.to_string(),
    }
}

/// Text in the one order that all databases have.
pub(crate) fn by_code_points(text: Of<String>) -> Of<String> {
    text.collate(Collation::CODE_POINTS)
}

fn compare<T>(is: Is, left: Of<T>, right: Of<T>) -> Condition<Portable>
where
    T: SqlType<Base = T, Null = NotNull> + relvar::query::expr::Ordered<Portable>,
{
    match is {
        Is::Equal => left.eq(right),
        Is::NotEqual => left.ne(right),
        Is::Less => left.lt(right),
        Is::LessOrEqual => left.lte(right),
        Is::Greater => left.gt(right),
        Is::GreaterOrEqual => left.gte(right),
    }
}

fn like(text: Of<String>, pattern: impl relvar::query::expr::LikePattern, negated: bool) -> Condition<Portable> {
    if negated { text.not_like(pattern) } else { text.like(pattern) }
}

/// A sort key.
pub(crate) fn order<T>(key: Of<T>, descending: bool, nulls_first: bool) -> Order<Portable>
where
    T: SqlType<Base = T, Null = NotNull> + relvar::query::expr::Ordered<Portable>,
{
    let order = if descending { key.desc() } else { key.asc() };
    if nulls_first { order.nulls_first() } else { order.nulls_last() }
}
