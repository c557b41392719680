//! The order in which tables can be created: each after those that its foreign keys refer to.

use std::collections::HashMap;

use crate::error::BuildError;
use crate::schema::TableDef;

/// The positions of `tables` in an order in which they can be created; dropped, they can be in the reverse.
///
/// A table may refer to itself, and to tables that are not among these.
///
/// # Errors
/// [`BuildError::ForeignKeyCycle`] names the tables of a circle.
pub fn dependency_order(tables: &[TableDef]) -> Result<Vec<usize>, BuildError> {
    let by_name: HashMap<(Option<&str>, &str), usize> =
        tables.iter().enumerate().map(|(i, table)| ((table.schema.as_deref(), table.name.as_str()), i)).collect();
    let needs: Vec<Vec<usize>> = tables
        .iter()
        .enumerate()
        .map(|(i, table)| {
            let referred = table.foreign_keys.iter().filter_map(|foreign_key| {
                by_name.get(&(foreign_key.to_schema.as_deref(), foreign_key.to_table.as_str())).copied()
            });
            referred.filter(|needed| *needed != i).collect()
        })
        .collect();

    Topology(&needs).order().map_err(|cycle| {
        let tables = cycle.into_iter().filter_map(|i| tables.get(i));
        BuildError::ForeignKeyCycle(tables.map(|table| table.name.clone()).collect())
    })
}

/// What each of several things needs of the others, by position.
pub(super) struct Topology<'a>(pub(super) &'a [Vec<usize>]);

impl Topology<'_> {
    /// Their positions, each after those that it needs.
    ///
    /// # Errors
    /// The positions of a circle.
    pub(super) fn order(&self) -> Result<Vec<usize>, Vec<usize>> {
        let mut order = Vec::with_capacity(self.0.len());
        let mut state = vec![State::New; self.0.len()];
        for start in 0..self.0.len() {
            // a stack of its own: a chain of them may be longer than the thread's is deep
            let mut path = vec![(start, 0)];
            while let Some((at, next)) = path.pop() {
                if next == 0 {
                    match state[at] {
                        State::Done => continue,
                        State::Open => {
                            // those on the path from here back to here
                            return Err(path.iter().map(|(on_path, _)| *on_path).skip_while(|i| *i != at).collect());
                        }
                        State::New => state[at] = State::Open,
                    }
                }
                match self.0[at].get(next) {
                    Some(needed) => {
                        path.push((at, next + 1));
                        path.push((*needed, 0));
                    }
                    None => {
                        state[at] = State::Done;
                        order.push(at);
                    }
                }
            }
        }
        Ok(order)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::ForeignKeyDef;

    fn table(name: &str, needs: &[&str]) -> TableDef {
        let mut table = TableDef::new(None, name);
        table.foreign_keys = needs
            .iter()
            .map(|to| ForeignKeyDef {
                name: format!("{name}_{to}"),
                columns: vec!["x".into()],
                to_schema: None,
                to_table: (*to).into(),
                to_columns: vec!["id".into()],
                on_delete: None,
                on_update: None,
            })
            .collect();
        table
    }

    #[test]
    fn each_table_comes_after_those_it_refers_to() {
        let tables = [
            table("comments", &["threads", "users"]),
            table("threads", &["users", "users"]),
            table("users", &["users", "elsewhere"]),
        ];
        assert_eq!(dependency_order(&tables), Ok(vec![2, 1, 0]));
    }

    #[test]
    fn a_circle_is_named() {
        let tables = [table("a", &["b"]), table("b", &["c", "d"]), table("c", &[]), table("d", &["b"])];
        assert_eq!(dependency_order(&tables), Err(BuildError::ForeignKeyCycle(vec!["b".to_owned(), "d".to_owned()])));
    }

    #[test]
    fn a_long_chain_does_not_overflow() {
        let names: Vec<String> = (0..50_000).map(|i| format!("t{i}")).collect();
        let tables: Vec<TableDef> = (0..50_000)
            .map(|i| table(&names[i], &names.get(i + 1).map(|n| n.as_str()).into_iter().collect::<Vec<_>>()))
            .collect();
        assert_eq!(dependency_order(&tables).unwrap().first(), Some(&49_999));
    }
}
