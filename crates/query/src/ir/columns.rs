//! Rows written down as columns: a list of values for each, which is one argument where the database has arrays.

use super::Node;
use super::argument::Content;
use crate::value::Value;

/// The values of rows of `width` columns, column by column: a list for each whose values are arguments; an expression
/// that says the same in every row stays as it is.
///
/// # Errors
/// The values, unchanged, if there is a column that can be neither.
pub fn columns_of(values: Vec<Node>, width: usize) -> Result<Vec<Node>, Vec<Node>> {
    let Some(first) = values.get(..width) else { return Err(values) };
    let whole = width > 0 && values.len().is_multiple_of(width) && first.iter().any(is_value);
    if !whole || !values.chunks_exact(width).all(|row| row.iter().zip(first).all(|(value, first)| alike(value, first)))
    {
        return Err(values);
    }
    let rows = values.len() / width;
    let lists = first.iter().map(|node| match node {
        Node::Argument(argument) => Node::Argument(argument.empty_list(rows)),
        same => same.clone(),
    });
    let mut columns: Vec<Node> = lists.collect();
    let mut values = values.into_iter();
    for _ in 0..rows {
        for (column, value) in columns.iter_mut().zip(values.by_ref()) {
            if let (Node::Argument(list), Node::Argument(value)) = (column, value) {
                list.push(value);
            }
        }
    }
    Ok(columns)
}

/// The first rows of `columns`, taken out of them.
pub fn take_rows(columns: &mut [Node], rows: usize) -> Vec<Node> {
    let take = |column: &mut Node| match column {
        Node::Argument(list) => Node::Argument(list.take_first(rows)),
        same => same.clone(),
    };
    columns.iter_mut().map(take).collect()
}

/// Whether it is a value that can be an element of an array: an array of arrays would be flat.
fn is_value(node: &Node) -> bool {
    match node {
        Node::Argument(argument) => match argument.content() {
            Content::Value(value) => !argument.ty().array && !matches!(value, Value::Invalid(_)),
            _ => false,
        },
        _ => false,
    }
}

/// Whether two expressions can be in one column.
fn alike(node: &Node, first: &Node) -> bool {
    match (node, first) {
        (Node::Argument(argument), Node::Argument(of_first)) => {
            is_value(node) && is_value(first) && argument.same_type(of_first)
        }
        (Node::Constant(_), Node::Constant(_)) => node == first,
        (Node::Call(_, arguments), Node::Call(..)) => arguments.is_empty() && node == first,
        _ => false,
    }
}
