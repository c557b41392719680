//! Inserts and updates of many rows, split into statements of few different sizes.

use relvar_query::ir::{InsertSource, Node, Relation, Statement, TableFunction, columns_of, parts_of, row_bytes};

use crate::executor::{Limits, Runs};

/// How many rows one statement inserts or updates. Few sizes mean few texts to prepare, and these are so near to each
/// other that hardly ever more than three statements are needed for less than the largest; round numbers are what
/// programs insert at a time. 500 rows are where more gain nothing.
const LADDER: [usize; 31] = [
    500, 400, 320, 250, 200, 160, 128, 100, 80, 64, 50, 40, 32, 25, 20, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4,
    3, 2, 1,
];

/// How many rows one statement has at most whose values are one list for each column: its text is the same for all.
const ROWS_OF_LISTS: usize = 10_000;

/// How many rows are sent at once of those that come one by one, as lists.
const AT_ONCE: usize = 2_000;

/// Arguments that are left for what else the statement says.
const RESERVE: usize = 32;

/// How many bytes of arguments one statement has where the database limits them: more gain nothing.
const BYTES: usize = 4 << 20;

/// How many rows of `width` columns to send at once: few are in memory then, and the texts are few.
pub(super) fn at_once(width: usize, limits: Limits) -> usize {
    if takes_lists(limits) {
        return AT_ONCE;
    }
    let most = most(width, limits.arguments);
    LADDER.into_iter().find(|size| *size <= most).unwrap_or(1)
}

/// Whether a column of many rows can be one argument.
fn takes_lists(limits: Limits) -> bool {
    limits.engine.syntax().spread.is_some()
}

/// How many rows of `width` columns fit into one statement.
fn most(width: usize, max_arguments: usize) -> usize {
    (max_arguments.saturating_sub(RESERVE) / width.max(1)).max(1)
}

/// How many of the first rows of these sizes have together at most so many bytes; one has as many as it has.
fn fitting(sizes: &[usize], most: usize) -> usize {
    let mut bytes = 0usize;
    let too_many = sizes.iter().position(|size| {
        bytes = bytes.saturating_add(*size);
        bytes > most
    });
    too_many.unwrap_or(sizes.len()).max(1)
}

/// A statement as it is run. It is made before anything is awaited, so that it is not moved from future to future.
pub(super) enum Parts {
    /// As it is.
    One(Statement),
    /// Of many rows, or of none: then nothing is run.
    Several(Vec<Statement>),
}

impl Parts {
    #[inline]
    pub(super) fn of(statement: Statement, limits: impl FnOnce() -> Limits) -> Parts {
        match is_whole(&statement) {
            true => Parts::One(statement),
            false => Parts::Several(split(statement, limits())),
        }
    }

    /// The statements, in order.
    pub(super) fn runs(&self) -> Runs<'_> {
        Runs::Statements(match self {
            Parts::One(statement) => std::slice::from_ref(statement),
            Parts::Several(statements) => statements,
        })
    }
}

/// Whether a statement has no rows that it could be split by, or a single one.
#[inline]
fn is_whole(statement: &Statement) -> bool {
    match statement {
        Statement::Insert(insert) => match &insert.rows {
            InsertSource::Values(values) => !values.is_empty() && values.len() == insert.columns.len(),
            InsertSource::Columns(_) => false,
            InsertSource::Query(_) | InsertSource::Defaults => true,
        },
        Statement::Update(update) => !update.splits,
        _ => true,
    }
}

/// The statements to run for `statement`: itself; for an insert or an update of many rows several; of no rows, none.
pub(super) fn split(mut statement: Statement, limits: Limits) -> Vec<Statement> {
    let Some(rows) = Rows::taken_from(&mut statement) else { return vec![statement] };
    match rows.count() {
        0 => return Vec::new(),
        1 => return vec![rows.put_into(statement)],
        _ => {}
    }
    let rows = if takes_lists(limits) { rows.as_columns(matches!(statement, Statement::Insert(_))) } else { rows };
    let sizes = rows.sizes(limits);
    if sizes.len() == 1 {
        return vec![rows.put_into(statement)];
    }
    rows.parts(&sizes).into_iter().map(|part| part.put_into(statement.clone())).collect()
}

/// The rows that a statement can be split by.
enum Rows {
    /// Row after row, of so many columns.
    Values(Vec<Node>, usize),
    /// So many rows column by column.
    Columns(Vec<Node>, usize),
}

impl Rows {
    fn taken_from(statement: &mut Statement) -> Option<Rows> {
        let (values, width) = match statement {
            Statement::Insert(insert) => {
                let (width, rows) = (insert.columns.len(), insert.rows.rows(insert.columns.len())?);
                match &mut insert.rows {
                    InsertSource::Values(values) => (values, width),
                    InsertSource::Columns(columns) => return Some(Rows::Columns(std::mem::take(columns), rows)),
                    InsertSource::Query(_) | InsertSource::Defaults => return None,
                }
            }
            Statement::Update(update) if update.splits => {
                match update.from.first_mut().map(|join| &mut join.relation) {
                    Some(Relation::Values { values, columns }) => (values, columns.len()),
                    _ => return None,
                }
            }
            _ => return None,
        };
        Some(Rows::Values(std::mem::take(values), width.max(1)))
    }

    /// The statement with these rows.
    fn put_into(self, mut statement: Statement) -> Statement {
        match (&mut statement, self) {
            (Statement::Insert(insert), Rows::Values(values, _)) => insert.rows = InsertSource::Values(values),
            (Statement::Insert(insert), Rows::Columns(lists, _)) => insert.rows = InsertSource::Columns(lists),
            (Statement::Update(update), rows) => {
                if let Some(join) = update.from.first_mut()
                    && let Relation::Values { values, columns } = &mut join.relation
                {
                    match rows {
                        Rows::Values(rows, _) => *values = rows,
                        Rows::Columns(lists, _) => {
                            let (function, columns) = (TableFunction::Unnest, std::mem::take(columns));
                            join.relation =
                                Relation::Function { function, arguments: lists, columns, ordinality: false };
                        }
                    }
                }
            }
            _ => {}
        }
        statement
    }

    /// How many there are; rows that have not as many values as columns count as one, which is refused when it is
    /// written.
    fn count(&self) -> usize {
        match self {
            Rows::Values(values, width) if values.len() % width != 0 => 1,
            Rows::Values(values, width) => values.len() / width,
            Rows::Columns(_, rows) => *rows,
        }
    }

    /// The rows as columns, if they can be that.
    fn as_columns(self, of_insert: bool) -> Rows {
        match self {
            // a function in FROM takes nothing but lists
            Rows::Values(values, width)
                if of_insert || values.iter().all(|value| matches!(value, Node::Argument(_))) =>
            {
                let rows = values.len() / width;
                match columns_of(values, width) {
                    Ok(columns) => Rows::Columns(columns, rows),
                    Err(values) => Rows::Values(values, width),
                }
            }
            rows => rows,
        }
    }

    /// How many rows each statement gets.
    fn sizes(&self, limits: Limits) -> Vec<usize> {
        let lists = matches!(self, Rows::Columns(..)) && takes_lists(limits);
        let most_bytes = if lists { BYTES } else { limits.bytes.min(BYTES) };
        let bytes = self.bytes(if lists || limits.bytes != usize::MAX { most_bytes } else { usize::MAX });
        let most = match self {
            _ if lists => ROWS_OF_LISTS,
            Rows::Values(_, width) => most(*width, limits.arguments),
            Rows::Columns(columns, _) => most(columns.len(), limits.arguments),
        };
        let mut sizes = Vec::new();
        let mut rest = bytes.as_slice();
        while !rest.is_empty() {
            let fits = fitting(rest, most_bytes).min(most);
            let size = if lists { fits } else { LADDER.into_iter().find(|size| *size <= fits).unwrap_or(1) };
            sizes.push(size);
            rest = rest.get(size..).unwrap_or_default();
        }
        sizes
    }

    /// How many bytes of arguments each row has; nothing is counted if all together have at most so many.
    fn bytes(&self, most: usize) -> Vec<usize> {
        let (Rows::Values(values, _) | Rows::Columns(values, _)) = self;
        if most == usize::MAX || values.iter().map(Node::argument_bytes).sum::<usize>() <= most {
            return vec![0; self.count()];
        }
        match self {
            Rows::Values(values, width) => {
                values.chunks(*width).map(|row| row.iter().map(Node::argument_bytes).sum()).collect()
            }
            Rows::Columns(columns, _) => row_bytes(columns),
        }
    }

    /// The rows in parts of so many.
    fn parts(self, sizes: &[usize]) -> Vec<Rows> {
        match self {
            Rows::Values(values, width) => {
                let mut values = values.into_iter();
                sizes.iter().map(|size| Rows::Values(values.by_ref().take(size * width).collect(), width)).collect()
            }
            Rows::Columns(columns, _) => {
                let parts = parts_of(columns, sizes).into_iter().zip(sizes);
                parts.map(|(columns, size)| Rows::Columns(columns, *size)).collect()
            }
        }
    }
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;
    use relvar_query::dialect::Engine;
    use relvar_query::ir::{Argument, Constant, Function, Head, Insert, Node, Ref, SourceId, TableRef};
    use relvar_query::types::{Kind, Type};
    use relvar_query::value::Value;

    fn insert(rows: usize, width: usize) -> Statement {
        let table = TableRef { schema: None, name: "t".into(), columns: vec!["a".into(), "b".into()].into() };
        Statement::Insert(Box::new(Insert {
            head: Head::default(),
            table: Ref::Owned(Box::new(table)),
            source: SourceId::fresh(),
            columns: (0..width as u32).collect(),
            rows: InsertSource::Values(
                (0..rows * width).map(|i| Node::Constant(Constant::Integer(i as i64))).collect(),
            ),
            conflict: None,
            returning: Vec::new(),
        }))
    }

    /// The sizes of the parts, after checking that no value is lost, doubled or out of order.
    fn sizes(rows: usize, width: usize, max_arguments: usize) -> Vec<usize> {
        let mut next = 0;
        let limits = Limits { arguments: max_arguments, ..Limits::of(Engine::Sqlite) };
        let mut parts = split(insert(rows, width), limits);
        let sizes = parts.iter_mut().map(|part| {
            let Some(Rows::Values(values, _)) = Rows::taken_from(part) else { panic!("rows") };
            for value in &values {
                assert_eq!(*value, Node::Constant(Constant::Integer(next)));
                next += 1;
            }
            values.len() / width
        });
        let sizes = sizes.collect();
        assert_eq!(next as usize, rows * width);
        sizes
    }

    #[test]
    fn parts_have_few_sizes() {
        assert_eq!(sizes(0, 2, 32_766), Vec::<usize>::new());
        assert_eq!(sizes(1, 2, 32_766), [1]);
        assert_eq!(sizes(7, 2, 32_766), [7]);
        assert_eq!(sizes(100, 2, 32_766), [100]);
        assert_eq!(sizes(99, 2, 32_766), [80, 16, 3]);
        assert_eq!(sizes(1_300, 2, 32_766), [500, 500, 250, 50]);
        assert!((1..=500).all(|rows| sizes(rows, 2, 32_766).len() <= 4));
    }

    #[test]
    fn rows_are_counted_by_their_bytes() {
        assert_eq!(fitting(&[10, 10, 10], 30), 3);
        assert_eq!(fitting(&[10, 10, 11], 30), 2);
        assert_eq!(fitting(&[31, 1], 30), 1, "one that is too large goes alone");
        assert_eq!(fitting(&[usize::MAX, usize::MAX], usize::MAX), 2);
        assert_eq!(fitting(&[], 30), 1);
    }

    #[test]
    fn parts_fit_the_arguments_of_the_database() {
        assert_eq!(sizes(20, 2, 52), [10, 10]);
        assert_eq!(sizes(3, 2, 1), [1, 1, 1]);
        for part in sizes(2_000, 90, 32_766) {
            assert!(part * 90 <= 32_766);
        }
        for (width, max_arguments) in [(2, 32_766), (90, 32_766), (2, 52), (2, 1), (0, 100)] {
            let largest = at_once(width, Limits { arguments: max_arguments, ..Limits::of(Engine::Sqlite) });
            assert_eq!(sizes(largest, width.max(1), max_arguments), [largest], "one statement, as large as can be");
        }
    }

    #[test]
    fn lists_are_columns() {
        static TEXT: Type = Type::of(Kind::Text);
        let now = Node::Call(Function::Now, Vec::new());
        let rows = |rows: usize| {
            let Statement::Insert(mut insert) = insert(0, 2) else { panic!("an insert") };
            let row = |i| [Node::Argument(Argument::new(Value::Text(format!("{i}")), &TEXT)), now.clone()];
            insert.rows = InsertSource::Values((0..rows).flat_map(row).collect());
            Statement::Insert(insert)
        };
        let limits = Limits::of(Engine::Postgres);
        let counts = |statement| {
            let parts = split(statement, limits).into_iter().map(|part| match part {
                Statement::Insert(insert) => match &insert.rows {
                    InsertSource::Columns(columns) if columns.get(1) == Some(&now) => insert.rows.rows(2),
                    _ => None,
                },
                _ => None,
            });
            parts.collect::<Vec<Option<usize>>>()
        };
        assert_eq!(counts(rows(0)), []);
        assert_eq!(counts(rows(1)), [None], "one row is what it was");
        assert_eq!(counts(rows(2)), [Some(2)]);
        assert_eq!(counts(rows(25_000)), [Some(10_000), Some(10_000), Some(5_000)]);
        // a row of constants is none of values
        assert_eq!(counts(insert(2, 2)), [None]);
    }
}
