//! Queries: rows of sources that are joined, filtered, grouped, combined and sorted.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::rc::Rc;

use super::{At, Sight};
use crate::node::{Cell, JoinKind, List, Node, Place, Query, Row, Set, Source, Ty};
use crate::world::World;

/// Looks queries up in a world.
pub(crate) struct Evaluator<'w> {
    world: &'w World,
    /// What subqueries that see nothing outside gave, by where they are.
    once: RefCell<HashMap<*const Query, Rc<Vec<Row>>>>,
    /// What the recursive expressions that are being evaluated have found last.
    itself: RefCell<Vec<Vec<Row>>>,
}

/// The order of two cells as a sort key has it.
pub(super) fn order(one: &Cell, two: &Cell, descending: bool, nulls_first: bool) -> Ordering {
    match (one, two) {
        (Cell::Null, Cell::Null) => Ordering::Equal,
        (Cell::Null, _) if nulls_first => Ordering::Less,
        (Cell::Null, _) => Ordering::Greater,
        (_, Cell::Null) => order(two, one, descending, nulls_first).reverse(),
        (one, two) if descending => two.cmp(one),
        (one, two) => one.cmp(two),
    }
}

fn without_twins(mut rows: Vec<Row>) -> Vec<Row> {
    rows.sort();
    rows.dedup();
    rows
}

impl<'w> Evaluator<'w> {
    pub(crate) fn new(world: &'w World) -> Evaluator<'w> {
        Evaluator { world, once: RefCell::default(), itself: RefCell::default() }
    }

    /// The rows of a query; in no order if it has none.
    pub(crate) fn rows(&self, query: &Query) -> Vec<Row> {
        let base = self.base(&Sight::new(), query);
        let mut rows = match &query.list {
            List::Rows(nodes) => base.iter().map(|sight| self.row(sight, &base, nodes)).collect(),
            List::Groups { keys, places, having } => self.groups(&base, keys, places, having.as_ref()),
        };
        if query.distinct {
            rows = without_twins(rows);
        }
        if let Some((set, other)) = &query.set {
            let other = self.rows(other);
            rows = match set {
                Set::UnionAll => rows.into_iter().chain(other).collect(),
                Set::Union => without_twins(rows.into_iter().chain(other).collect()),
                Set::Intersect => without_twins(rows.into_iter().filter(|row| other.contains(row)).collect()),
                Set::Except => without_twins(rows.into_iter().filter(|row| !other.contains(row)).collect()),
            };
        }
        if let Some(keys) = &query.order {
            let compare = |one: &Row, two: &Row| {
                let by = |(column, descending, nulls): &(usize, bool, bool)| {
                    order(&one[*column], &two[*column], *descending, *nulls)
                };
                keys.iter().map(by).find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
            };
            rows.sort_by(compare);
        }
        if let Some((limit, offset)) = query.limit {
            rows = rows.into_iter().skip(offset as usize).take(limit as usize).collect();
        }
        rows
    }

    /// The rows of a subquery that sees nothing outside.
    pub(super) fn rows_once(&self, query: &Query) -> Rc<Vec<Row>> {
        let known = self.once.borrow().get(&std::ptr::from_ref(query)).cloned();
        known.unwrap_or_else(|| {
            let rows = Rc::new(self.rows(query));
            self.once.borrow_mut().insert(query, Rc::clone(&rows));
            rows
        })
    }

    fn at<'e>(&'e self, sight: &'e Sight, all: &'e [Sight]) -> At<'e> {
        At { evaluator: self, sight, all }
    }

    fn row(&self, sight: &Sight, all: &[Sight], nodes: &[Node]) -> Row {
        std::array::from_fn(|column| self.at(sight, all).value(&nodes[column]))
    }

    /// What is in sight of each row that the sources and filters of a query give.
    pub(super) fn base(&self, outer: &Sight, query: &Query) -> Vec<Sight> {
        let outer = if query.correlated { outer.clone() } else { Sight::new() };
        let with = |sight: &Sight, row: &Rc<Row>| sight.iter().chain([row]).cloned().collect::<Sight>();
        let mut all: Vec<Sight> = self.source(&query.first).iter().map(|row| with(&outer, row)).collect();
        for (sources, (kind, source, on)) in (1..).zip(&query.joins) {
            let rows = self.source(source);
            let nothing: Rc<Row> = Rc::new(std::array::from_fn(|_| Cell::Null));
            let mut met = vec![false; rows.len()];
            let mut joined: Vec<Sight> = Vec::new();
            for sight in &all {
                let before = joined.len();
                for (row, met) in rows.iter().zip(&mut met) {
                    let pair = with(sight, row);
                    if *kind == JoinKind::Cross || self.at(&pair, &[]).holds(on) {
                        *met = true;
                        joined.push(pair);
                    }
                }
                if joined.len() == before && matches!(kind, JoinKind::Left | JoinKind::Full) {
                    joined.push(with(sight, &nothing));
                }
            }
            if matches!(kind, JoinKind::Right | JoinKind::Full) {
                let mut nowhere = outer.clone();
                nowhere.resize(outer.len() + sources, Rc::clone(&nothing));
                joined.extend(rows.iter().zip(&met).filter(|(_, met)| !**met).map(|(row, _)| with(&nowhere, row)));
            }
            all = joined;
        }
        all.retain(|sight| query.filter.iter().all(|condition| self.at(sight, &[]).holds(condition)));
        all
    }

    fn source(&self, source: &Source) -> Vec<Rc<Row>> {
        let rows = match source {
            Source::Item => self.world.item_rows.clone(),
            Source::Other => self.world.other_rows.clone(),
            Source::Derived(query) | Source::Cte(query) => self.rows_once(query).to_vec(),
            Source::Recursive { base, step, all } => self.recursive(base, step, *all),
            Source::Itself => self.itself.borrow().last().expect("it stands in the step of itself").clone(),
        };
        rows.into_iter().map(Rc::new).collect()
    }

    /// The step sees what was found last, until that is nothing.
    fn recursive(&self, base: &Query, step: &Query, all: bool) -> Vec<Row> {
        let mut found: Vec<Row> = Vec::new();
        let mut last = self.rows(base);
        while !last.is_empty() {
            if !all {
                last = without_twins(last);
                last.retain(|row| !found.contains(row));
            }
            found.extend(last.iter().cloned());
            self.itself.borrow_mut().push(last);
            last = self.rows(step);
            self.itself.borrow_mut().pop();
        }
        found
    }

    fn groups(&self, base: &[Sight], keys: &[(Ty, Node)], places: &[Place], having: Option<&Node>) -> Vec<Row> {
        let mut groups: Vec<(Vec<Cell>, Vec<&Sight>)> = Vec::new();
        if keys.is_empty() {
            groups.push((Vec::new(), Vec::new()));
        }
        for sight in base {
            let key: Vec<Cell> = keys.iter().map(|(_, key)| self.at(sight, &[]).value(key)).collect();
            match groups.iter_mut().find(|(known, _)| *known == key) {
                Some((_, group)) => group.push(sight),
                None => groups.push((key, vec![sight])),
            }
        }
        let row = |(key, group): (Vec<Cell>, Vec<&Sight>)| -> Row {
            std::array::from_fn(|column| match &places[column] {
                Place::Key => {
                    let number = keys.iter().position(|(ty, _)| *ty == crate::node::COLUMNS[column]);
                    key[number.expect("there is a key of this type")].clone()
                }
                Place::Aggregate { function, of, filter, ty: _ } => {
                    let holds =
                        |sight: &&&Sight| filter.as_ref().is_none_or(|condition| self.at(sight, &[]).holds(condition));
                    let rows: Vec<&Sight> = group.iter().filter(holds).copied().collect();
                    self.at(&Sight::new(), &[]).aggregate(*function, of, &rows)
                }
            })
        };
        let rows = groups.into_iter().map(row);
        let kept =
            |row: &Row| having.is_none_or(|condition| self.at(&vec![Rc::new(row.clone())], &[]).holds(condition));
        rows.filter(kept).collect()
    }
}
