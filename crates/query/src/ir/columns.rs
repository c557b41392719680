//! Rows written down as columns: a list of values for each, which is one argument where the database has arrays.

use super::argument::Content;
use super::{InsertSource, Node};
use crate::value::Value;

/// How many rows are expressions at most before they are written down as columns: so many are still near at hand then.
const FEW: usize = 32;

/// How many rows there is room for at once, however many are said to come.
const ROOM: usize = 10_000;

/// Rows on their way into an insert, value by value: few stay rows, and many that are alike become columns while they
/// come, so that there is no expression for each of their values.
pub struct Rows {
    width: usize,
    expected: usize,
    /// The rows, while there are no columns.
    values: Vec<Node>,
    /// With so many values, rows become columns.
    full: usize,
    columns: Vec<Node>,
    /// How many rows are complete in the columns.
    rows: usize,
    /// The column of the next value.
    at: usize,
}

impl Rows {
    /// Rows of `width` columns, of which so many are expected.
    pub fn new(width: usize, expected: usize) -> Rows {
        let expected = expected.min(ROOM);
        let values = Vec::with_capacity(expected.min(FEW) * width);
        Rows { width, expected, values, full: FEW * width, columns: Vec::new(), rows: 0, at: 0 }
    }

    /// The next value of the row at hand, or the first of the next row.
    pub fn push(&mut self, value: Node) {
        if self.values.len() >= self.full {
            self.pour();
        }
        match self.columns.get_mut(self.at) {
            None => return self.values.push(value),
            Some(column) if !is_alike(column, &value) => {
                self.spill();
                return self.values.push(value);
            }
            Some(Node::Argument(list)) => {
                if let Node::Argument(argument) = value {
                    list.append(argument);
                }
            }
            Some(_) => {}
        }
        self.at += 1;
        if self.at == self.width {
            self.at = 0;
            self.rows += 1;
        }
    }

    /// The rows of an insert.
    pub fn into_source(mut self) -> InsertSource {
        if self.at != 0 {
            // a row that has not as many values as columns is refused as rows are
            self.spill();
        }
        match self.columns.is_empty() {
            true => InsertSource::Values(self.values),
            false => InsertSource::Columns(self.columns),
        }
    }

    /// Makes columns of rows, if they can be that.
    #[cold]
    fn pour(&mut self) {
        self.full = usize::MAX;
        let values = std::mem::take(&mut self.values);
        let first = values.get(..self.width).unwrap_or_default();
        if !first.iter().any(is_value) {
            self.values = values;
            return;
        }
        let expected = self.expected;
        self.columns = first.iter().map(|node| column_of(node, expected)).collect();
        values.into_iter().for_each(|value| self.push(value));
    }

    /// Makes rows of the columns.
    #[cold]
    fn spill(&mut self) {
        let columns = std::mem::take(&mut self.columns);
        let mut columns: Vec<Box<dyn Iterator<Item = Node>>> = columns.into_iter().map(elements_of).collect();
        let count = self.rows * self.width + std::mem::take(&mut self.at);
        self.values.extend((0..count).filter_map(|i| columns.get_mut(i % self.width)?.next()));
    }
}

/// The values of rows of `width` columns, column by column: a list for each whose values are arguments; an expression
/// that says the same in every row stays as it is.
///
/// # Errors
/// The values, if there is a column that can be neither.
pub fn columns_of(values: Vec<Node>, width: usize) -> Result<Vec<Node>, Vec<Node>> {
    if width == 0 || !values.len().is_multiple_of(width) {
        return Err(values);
    }
    let mut rows = Rows::new(width, values.len() / width);
    rows.values = values;
    rows.pour();
    if rows.columns.is_empty() { Err(rows.values) } else { Ok(rows.columns) }
}

/// The columns in parts of so many rows.
pub fn parts_of(columns: Vec<Node>, sizes: &[usize]) -> Vec<Vec<Node>> {
    if sizes.len() == 1 {
        return vec![columns];
    }
    let mut parts: Vec<Vec<Node>> = sizes.iter().map(|_| Vec::with_capacity(columns.len())).collect();
    for column in columns {
        match column {
            Node::Argument(list) => {
                let lists = list.in_parts(sizes).into_iter().map(Node::Argument);
                parts.iter_mut().zip(lists).for_each(|(part, list)| part.push(list));
            }
            same => parts.iter_mut().for_each(|part| part.push(same.clone())),
        }
    }
    parts
}

/// How many rows are written down as these columns.
pub(super) fn row_count(columns: &[Node]) -> usize {
    columns.iter().map(Node::list_length).max().unwrap_or(0)
}

/// How many bytes of arguments each of the rows has that are written down as these columns.
pub fn row_bytes(columns: &[Node]) -> Vec<usize> {
    let mut sizes = vec![0; row_count(columns)];
    for column in columns {
        let Node::Argument(list) = column else { continue };
        match list.content() {
            Content::List(values) => sizes.iter_mut().zip(values).for_each(|(size, value)| *size += value.size()),
            Content::Texts(texts) => {
                let lengths = texts.iter().map(|text| text.map_or(Value::Null.size(), str::len));
                sizes.iter_mut().zip(lengths).for_each(|(size, length)| *size += length);
            }
            _ => {}
        }
    }
    sizes
}

/// What is to hold a column in whose first row this stands.
fn column_of(first: &Node, expected: usize) -> Node {
    match first {
        Node::Argument(argument) if is_value(first) => Node::Argument(argument.empty_list(expected)),
        same => same.clone(),
    }
}

/// What a column has in its rows, one after the other.
fn elements_of(column: Node) -> Box<dyn Iterator<Item = Node>> {
    match column {
        Node::Argument(list) => Box::new(list.into_elements().map(Node::Argument)),
        same => Box::new(std::iter::repeat(same)),
    }
}

/// Whether what stands in a row can be in its column.
#[inline]
fn is_alike(column: &Node, value: &Node) -> bool {
    match (column, value) {
        (Node::Argument(list), Node::Argument(argument)) => list.takes(argument),
        (Node::Constant(same), Node::Constant(constant)) => same == constant,
        (Node::Call(same, none), Node::Call(function, arguments)) => {
            same == function && none.is_empty() && arguments.is_empty()
        }
        _ => false,
    }
}

/// Whether it is a value that can be an element of an array: an array of arrays would be flat.
#[inline]
fn is_value(node: &Node) -> bool {
    match node {
        Node::Argument(argument) => !argument.ty().array && matches!(argument.content(), Content::Value(_)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::{Argument, Constant, Function};
    use crate::types::{Kind, Type};

    static TEXT: Type = Type::of(Kind::Text);

    fn text(i: usize) -> Node {
        Node::Argument(Argument::new(Value::Text(i.to_string()), &TEXT))
    }

    /// So many rows of two columns, of which the second is what `second` makes of the row's number.
    fn rows(rows: usize, second: impl Fn(usize) -> Node) -> InsertSource {
        let mut collected = Rows::new(2, 0);
        (0..rows).flat_map(|i| [text(i), second(i)]).for_each(|value| collected.push(value));
        collected.into_source()
    }

    /// The values of a list or of a single argument.
    fn values(node: &Node) -> Vec<Value> {
        match node {
            Node::Argument(argument) => match argument.content() {
                Content::Value(value) => vec![value.clone()],
                Content::List(values) => values.clone(),
                Content::Texts(texts) => texts.values(),
                _ => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    #[test]
    fn many_rows_become_columns_and_few_stay_rows() {
        for count in [0, 1, FEW] {
            let InsertSource::Values(values) = rows(count, text) else { panic!("rows") };
            assert_eq!(values.len(), 2 * count);
        }
        for count in [FEW + 1, 2 * FEW, 1_000] {
            let InsertSource::Columns(columns) = rows(count, text) else { panic!("columns") };
            let expected: Vec<Value> = (0..count).map(|i| Value::Text(i.to_string())).collect();
            assert_eq!(columns.iter().map(values).collect::<Vec<_>>(), [expected.clone(), expected]);
        }
        let now = |_| Node::Call(Function::Now, Vec::new());
        let InsertSource::Columns(columns) = rows(100, now) else { panic!("columns") };
        assert_eq!(columns.get(1), Some(&now(0)));
    }

    #[test]
    fn a_row_that_is_not_complete_is_lost_nowhere() {
        let mut collected = Rows::new(2, 0);
        (0..99).for_each(|i| collected.push(text(i)));
        let InsertSource::Values(nodes) = collected.into_source() else { panic!("rows") };
        assert_eq!(
            nodes.iter().flat_map(values).collect::<Vec<_>>(),
            (0..99).map(|i| Value::Text(i.to_string())).collect::<Vec<_>>()
        );
    }

    #[test]
    fn one_row_unlike_the_others_makes_rows_of_all() {
        for other in [0, 1, FEW - 1, FEW, FEW + 1, 99] {
            let second = |i| if i == other { Node::Constant(Constant::Integer(7)) } else { text(i) };
            let InsertSource::Values(nodes) = rows(100, second) else { panic!("rows") };
            assert_eq!(nodes.len(), 200);
            for (i, row) in nodes.chunks(2).enumerate() {
                assert_eq!(values(&row[0]), [Value::Text(i.to_string())]);
                assert_eq!(row[1] == Node::Constant(Constant::Integer(7)), i == other);
            }
        }
        let invalid = |i| match i {
            50 => Node::Argument(Argument::new(Value::Invalid("no".into()), &TEXT)),
            _ => text(i),
        };
        assert!(matches!(rows(100, invalid), InsertSource::Values(values) if values.len() == 200));
    }

    #[test]
    fn parts_have_all_rows_in_order() {
        let InsertSource::Columns(columns) = rows(100, |_| Node::Call(Function::Now, Vec::new())) else { panic!() };
        let parts = parts_of(columns, &[60, 30, 10]);
        let lengths: Vec<usize> = parts.iter().map(|part| part[0].list_length()).collect();
        assert_eq!(lengths, [60, 30, 10]);
        let all: Vec<Value> = parts.iter().flat_map(|part| values(&part[0])).collect();
        assert_eq!(all, (0..100).map(|i| Value::Text(i.to_string())).collect::<Vec<_>>());
        assert!(parts.iter().all(|part| part.len() == 2));
    }
}
