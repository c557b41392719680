//! Rows written down as columns: a list of values for each, which is one argument where the database has arrays.

use super::argument::Content;
use super::{InsertSource, Node};
use crate::value::Value;

/// How many rows are expressions at most before they are written down as columns: so many are still near at hand then.
const FEW: usize = 32;

/// How many rows there is room for at once, however many are said to come.
const ROOM: usize = 10_000;

/// Rows on their way into an insert: few stay rows, and many that are alike become columns while they come, so that
/// there is no expression for each of their values.
pub(crate) struct Rows {
    width: usize,
    expected: usize,
    /// The last rows.
    values: Vec<Node>,
    /// With so many values, rows become columns.
    full: usize,
    columns: Vec<Node>,
}

impl Rows {
    /// Rows of `width` columns, of which so many are expected.
    pub(crate) fn new(width: usize, expected: usize) -> Rows {
        let expected = expected.min(ROOM);
        let values = Vec::with_capacity(expected.min(FEW) * width);
        Rows { width, expected, values, full: FEW * width, columns: Vec::new() }
    }

    /// Where the values of the next row go.
    #[inline]
    pub(crate) fn next(&mut self) -> &mut Vec<Node> {
        if self.values.len() >= self.full {
            self.pour();
        }
        &mut self.values
    }

    /// The rows of an insert.
    pub(crate) fn into_source(mut self) -> InsertSource {
        if !self.columns.is_empty() {
            self.pour();
        }
        match self.columns.is_empty() {
            true => InsertSource::Values(self.values),
            false => InsertSource::Columns(self.columns),
        }
    }

    fn pour(&mut self) {
        if pour(&mut self.columns, &mut self.values, self.width, self.expected) {
            return;
        }
        // one row that is not like the others, and all are rows
        let mut values = rows_of(std::mem::take(&mut self.columns));
        values.append(&mut self.values);
        self.values = values;
        self.full = usize::MAX;
    }
}

/// The values of rows of `width` columns, column by column: a list for each whose values are arguments; an expression
/// that says the same in every row stays as it is.
///
/// # Errors
/// The values, unchanged, if there is a column that can be neither.
pub fn columns_of(mut values: Vec<Node>, width: usize) -> Result<Vec<Node>, Vec<Node>> {
    let mut columns = Vec::new();
    let rows = values.len() / width.max(1);
    if pour(&mut columns, &mut values, width, rows) { Ok(columns) } else { Err(values) }
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
                let lists = list.in_parts(sizes).map(Node::Argument);
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
        if let Node::Argument(list) = column
            && let Content::List(values) = list.content()
        {
            sizes.iter_mut().zip(values).for_each(|(size, value)| *size += value.size());
        }
    }
    sizes
}

/// Appends rows of `width` columns to `columns`, which may have none yet, and says whether that was possible: else
/// nothing is changed.
fn pour(columns: &mut Vec<Node>, values: &mut Vec<Node>, width: usize, expected: usize) -> bool {
    if width == 0 || !values.len().is_multiple_of(width) {
        return false;
    }
    let fresh = columns.is_empty();
    if fresh {
        let first = values.get(..width).unwrap_or_default();
        if !first.iter().any(is_value) {
            return false;
        }
        columns.extend(first.iter().map(|node| match node {
            Node::Argument(argument) if is_value(node) => Node::Argument(argument.empty_list(expected)),
            same => same.clone(),
        }));
    }
    let mut rows = values.chunks_exact(width);
    if !rows.all(|row| row.iter().zip(&*columns).all(|(value, column)| belongs(value, column))) {
        if fresh {
            columns.clear();
        }
        return false;
    }
    let rows = values.len() / width;
    let mut values = values.drain(..);
    for _ in 0..rows {
        for (column, value) in columns.iter_mut().zip(values.by_ref()) {
            if let (Node::Argument(list), Node::Argument(value)) = (column, value) {
                list.push(value);
            }
        }
    }
    true
}

/// The rows that are written down as these columns.
fn rows_of(columns: Vec<Node>) -> Vec<Node> {
    let rows = row_count(&columns);
    let mut values = Vec::with_capacity(rows * columns.len());
    let mut columns: Vec<Box<dyn Iterator<Item = Node>>> = columns
        .into_iter()
        .map(|column| -> Box<dyn Iterator<Item = Node>> {
            match column {
                Node::Argument(list) => Box::new(list.into_elements().map(Node::Argument)),
                same => Box::new(std::iter::repeat(same)),
            }
        })
        .collect();
    for _ in 0..rows {
        values.extend(columns.iter_mut().filter_map(Iterator::next));
    }
    values
}

/// Whether it is a value that can be an element of an array: an array of arrays would be flat.
#[inline]
fn is_value(node: &Node) -> bool {
    match node {
        Node::Argument(argument) => match argument.content() {
            Content::Value(value) => !argument.ty().array && !matches!(value, Value::Invalid(_)),
            _ => false,
        },
        _ => false,
    }
}

/// Whether an expression can be in a column.
#[inline]
fn belongs(node: &Node, column: &Node) -> bool {
    match (node, column) {
        (Node::Argument(argument), Node::Argument(list)) => {
            is_value(node) && list.is_list() && argument.same_type(list)
        }
        (Node::Constant(_), Node::Constant(_)) => node == column,
        (Node::Call(_, arguments), Node::Call(..)) => arguments.is_empty() && node == column,
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
        (0..rows).for_each(|i| collected.next().extend([text(i), second(i)]));
        collected.into_source()
    }

    /// The values of a list or of a single argument.
    fn values(node: &Node) -> Vec<Value> {
        match node {
            Node::Argument(argument) => match argument.content() {
                Content::Value(value) => vec![value.clone()],
                Content::List(values) => values.clone(),
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
