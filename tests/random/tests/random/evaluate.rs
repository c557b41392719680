//! The same queries, calculated in memory by what SQL says of NULL and of three truth values: what databases give is
//! held against it.

mod query;
mod value;

use std::rc::Rc;

use crate::node::{Aggregate, Cell, Comparison, Named, Node, Op, Row, Window};
pub(crate) use query::Evaluator;

/// The rows in sight, the outermost query's first.
pub(crate) type Sight = Vec<Rc<Row>>;

/// Where an expression is looked at.
#[derive(Clone, Copy)]
pub(super) struct At<'e> {
    pub(super) evaluator: &'e Evaluator<'e>,
    pub(super) sight: &'e Sight,
    /// All rows of the query, for windows.
    pub(super) all: &'e [Sight],
}

fn truth(cell: &Cell) -> Option<bool> {
    match cell {
        Cell::Null => None,
        Cell::Bool(b) => Some(*b),
        other => panic!("{other:?} is no truth value"),
    }
}

fn of_truth(truth: Option<bool>) -> Cell {
    truth.map_or(Cell::Null, Cell::Bool)
}

fn and(left: Option<bool>, right: Option<bool>) -> Option<bool> {
    match (left, right) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

fn not(truth: Option<bool>) -> Option<bool> {
    truth.map(|truth| !truth)
}

fn or(left: Option<bool>, right: Option<bool>) -> Option<bool> {
    not(and(not(left), not(right)))
}

/// Whether any holds: not known if none does and one is not known.
fn any(truths: impl IntoIterator<Item = Option<bool>>) -> Option<bool> {
    let mut found = Some(false);
    for truth in truths {
        found = or(found, truth);
    }
    found
}

fn compare(is: Comparison, left: &Cell, right: &Cell) -> Option<bool> {
    if *left == Cell::Null || *right == Cell::Null {
        return None;
    }
    let order = left.cmp(right);
    Some(match is {
        Comparison::Equal => order.is_eq(),
        Comparison::NotEqual => order.is_ne(),
        Comparison::Less => order.is_lt(),
        Comparison::LessOrEqual => order.is_le(),
        Comparison::Greater => order.is_gt(),
        Comparison::GreaterOrEqual => order.is_ge(),
    })
}

/// `operand IN (list)`
fn within<'c>(operand: &Cell, list: impl IntoIterator<Item = &'c Cell>) -> Option<bool> {
    any(list.into_iter().map(|cell| compare(Comparison::Equal, operand, cell)))
}

/// Rows are compared from the left: what decides is the first part that differs, or that is NULL.
fn compare_rows(is: Comparison, left: [&Cell; 2], right: [&Cell; 2]) -> Option<bool> {
    use Comparison::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual};
    let equal = compare(Equal, left[0], right[0]);
    match is {
        Equal => and(equal, compare(Equal, left[1], right[1])),
        NotEqual => or(not(equal), compare(NotEqual, left[1], right[1])),
        Less | LessOrEqual => or(compare(Less, left[0], right[0]), and(equal, compare(is, left[1], right[1]))),
        Greater | GreaterOrEqual => or(compare(Greater, left[0], right[0]), and(equal, compare(is, left[1], right[1]))),
    }
}

impl At<'_> {
    pub(super) fn holds(&self, condition: &Node) -> bool {
        truth(&self.value(condition)) == Some(true)
    }

    pub(super) fn value(&self, node: &Node) -> Cell {
        match node {
            Node::Column(source, column) => self.sight[*source][*column].clone(),
            Node::Bound(_, cell) | Node::Constant(_, cell) => cell.clone(),
            Node::Op(op, args) => self.op(op, args),
            Node::Exists { query, negated } => {
                let any = match query.correlated {
                    true => !self.evaluator.base(self.sight, query).is_empty(),
                    false => !self.evaluator.rows_once(query).is_empty(),
                };
                Cell::Bool(any != *negated)
            }
            Node::InQuery { operand, ty, query, of, negated } => {
                let list: Vec<Cell> = match of {
                    Some(of) => {
                        let rows = self.evaluator.base(self.sight, query);
                        rows.iter().map(|sight| At { sight, all: &[], ..*self }.value(of)).collect()
                    }
                    None => {
                        let column = crate::node::COLUMNS.iter().position(|column| column == ty).unwrap();
                        self.evaluator.rows_once(query).iter().map(|row| row[column].clone()).collect()
                    }
                };
                let found = within(&self.value(operand), &list);
                of_truth(if *negated { not(found) } else { found })
            }
            Node::Scalar { function, of, query, ty: _ } => {
                let rows = self.evaluator.base(self.sight, query);
                self.aggregate(*function, of, &rows.iter().collect::<Vec<_>>())
            }
            Node::Window(window) => self.window(window),
            Node::Named { source, column, is } => self.named(&self.sight[*source][*column], is),
        }
    }

    fn named(&self, cell: &Cell, is: &Named) -> Cell {
        let like = |holds: &dyn Fn(&str) -> bool| match cell {
            Cell::Text(text) => Cell::Bool(holds(&text.to_lowercase())),
            _ => Cell::Null,
        };
        match is {
            Named::Compare(is, value) => of_truth(compare(*is, cell, value)),
            Named::OneOf(values) => of_truth(within(cell, values)),
            Named::Null { negated } => Cell::Bool((*cell == Cell::Null) != *negated),
            Named::Contains(part) => like(&|text| text.contains(part)),
            Named::StartsWith(part) => like(&|text| text.starts_with(part)),
            Named::EndsWith(part) => like(&|text| text.ends_with(part)),
        }
    }

    fn op(&self, op: &Op, args: &[Node]) -> Cell {
        let value = |at: usize| self.value(&args[at]);
        let truth = |at: usize| truth(&value(at));
        match op {
            Op::Case { branches, otherwise } => {
                let taken = (0..*branches).find(|branch| truth(2 * branch) == Some(true));
                match taken {
                    Some(branch) => value(2 * branch + 1),
                    None if *otherwise => value(2 * branches),
                    None => Cell::Null,
                }
            }
            Op::CaseOf { operand: _, branches, otherwise } => {
                let operand = value(0);
                let equal = |branch: &usize| compare(Comparison::Equal, &operand, &value(2 * branch + 1)) == Some(true);
                match (0..*branches).find(equal) {
                    Some(branch) => value(2 * branch + 2),
                    None if *otherwise => value(2 * branches + 1),
                    None => Cell::Null,
                }
            }
            Op::Coalesce => match value(0) {
                Cell::Null => value(1),
                cell => cell,
            },
            Op::NullIf => match (value(0), value(1)) {
                (one, two) if one == two => Cell::Null,
                (one, _) => one,
            },
            Op::Compare(is, _) => of_truth(compare(*is, &value(0), &value(1))),
            Op::RowCompare(is) => of_truth(compare_rows(*is, [&value(0), &value(1)], [&value(2), &value(3)])),
            Op::RowIn(rows) => {
                let row = |row: usize| {
                    compare_rows(Comparison::Equal, [&value(0), &value(1)], [&value(2 * row), &value(2 * row + 1)])
                };
                of_truth(any((1..=*rows).map(row)))
            }
            Op::Between(_) => of_truth(and(
                compare(Comparison::GreaterOrEqual, &value(0), &value(1)),
                compare(Comparison::LessOrEqual, &value(0), &value(2)),
            )),
            Op::In { negated, .. } => {
                let list: Vec<Cell> = (1..args.len()).map(value).collect();
                let found = within(&value(0), &list);
                of_truth(if *negated { not(found) } else { found })
            }
            Op::Distinct { negated, .. } => Cell::Bool((value(0) != value(1)) != *negated),
            Op::Null { negated, .. } => Cell::Bool((value(0) == Cell::Null) != *negated),
            Op::And => of_truth(not(any((0..args.len()).map(|at| not(truth(at)))))),
            Op::Or => of_truth(any((0..args.len()).map(truth))),
            Op::Not => of_truth(not(truth(0))),
            Op::IsTrue => Cell::Bool(truth(0) == Some(true)),
            Op::IsNotTrue => Cell::Bool(truth(0) != Some(true)),
            Op::ConcatWs(separator) => {
                let parts: Vec<String> = (0..args.len())
                    .filter_map(|at| if let Cell::Text(text) = value(at) { Some(text) } else { None })
                    .collect();
                Cell::Text(parts.join(separator))
            }
            // the others are NULL of NULL
            op => {
                let values: Vec<Cell> = (0..args.len()).map(value).collect();
                if values.contains(&Cell::Null) { Cell::Null } else { value::of(op, &values) }
            }
        }
    }

    /// An aggregate of an expression in these rows.
    pub(super) fn aggregate(&self, function: Aggregate, of: &Node, rows: &[&Sight]) -> Cell {
        let values: Vec<Cell> = rows.iter().map(|sight| At { sight, all: &[], ..*self }.value(of)).collect();
        let mut known: Vec<Cell> = values.iter().filter(|cell| **cell != Cell::Null).cloned().collect();
        match function {
            Aggregate::Count => Cell::Int(rows.len() as i64),
            Aggregate::CountOf => Cell::Int(known.len() as i64),
            Aggregate::CountIf => Cell::Int(known.iter().filter(|cell| **cell == Cell::Bool(true)).count() as i64),
            Aggregate::CountDistinct => {
                known.sort();
                known.dedup();
                Cell::Int(known.len() as i64)
            }
            Aggregate::Sum => value::sum(&known),
            Aggregate::Min | Aggregate::Every => known.into_iter().min().unwrap_or(Cell::Null),
            Aggregate::Max | Aggregate::Some => known.into_iter().max().unwrap_or(Cell::Null),
        }
    }

    fn window(&self, window: &Window) -> Cell {
        use crate::node::Function;
        let look = |sight: &Sight, node: &Node| At { sight, ..*self }.value(node);
        let partition = |sight: &Sight| window.partition.as_ref().map(|(_, key)| look(sight, key));
        let here = partition(self.sight);
        let key = |sight: &Sight| {
            let identities: Vec<Cell> = window.identities.iter().map(|source| sight[*source][0].clone()).collect();
            (look(sight, &window.order.1), identities)
        };
        let mut rows: Vec<((Cell, Vec<Cell>), &Sight)> =
            self.all.iter().filter(|sight| partition(sight) == here).map(|sight| (key(sight), sight)).collect();
        let order = |one: &(Cell, Vec<Cell>), two: &(Cell, Vec<Cell>)| {
            query::order(&one.0, &two.0, window.order.2, true).then_with(|| one.1.cmp(&two.1))
        };
        rows.sort_by(|one, two| order(&one.0, &two.0));
        let current = key(self.sight);
        let first = rows.iter().position(|row| row.0 == current).expect("the row is among them");
        let argument = |at: Option<usize>| match (at.and_then(|at| rows.get(at)), &window.argument) {
            (Some((_, sight)), Some(argument)) => look(sight, argument),
            _ => Cell::Null,
        };
        let frame = match window.rows {
            Some((before, after)) => {
                let end = (first + after as usize + 1).min(rows.len());
                &rows[first.saturating_sub(before as usize)..end]
            }
            // up to those that tie with it
            None => &rows[..rows.iter().rposition(|row| row.0 == current).unwrap_or(first) + 1],
        };
        let frame: Vec<&Sight> = frame.iter().map(|(_, sight)| *sight).collect();
        let aggregate = |function| match &window.argument {
            Some(of) => self.aggregate(function, of, &frame),
            None => Cell::Int(frame.len() as i64),
        };
        match window.function {
            Function::RowNumber | Function::Rank => Cell::Int(first as i64 + 1),
            Function::DenseRank => {
                let mut keys: Vec<&(Cell, Vec<Cell>)> = rows[..first].iter().map(|row| &row.0).collect();
                keys.dedup();
                Cell::Int(keys.len() as i64 + 1)
            }
            Function::Count => aggregate(Aggregate::CountOf),
            Function::Sum => aggregate(Aggregate::Sum),
            Function::Min => aggregate(Aggregate::Min),
            Function::Max => aggregate(Aggregate::Max),
            Function::Lag => argument(first.checked_sub(1)),
            Function::Lead => argument(Some(first + 1)),
            Function::FirstValue => {
                frame.first().map_or(Cell::Null, |sight| look(sight, window.argument.as_ref().unwrap()))
            }
            Function::LastValue => {
                frame.last().map_or(Cell::Null, |sight| look(sight, window.argument.as_ref().unwrap()))
            }
        }
    }
}
