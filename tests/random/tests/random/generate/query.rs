//! Random queries.

use super::{Generator, TYPES};
use crate::draw::Draw;
use crate::node::{Asked, COLUMNS, Cell, Comparison, JoinKind, List, Node, Op, Place, Query, Set, Source, Ty};

/// A whole query; the greater `size` is, the more there is in it.
pub(crate) fn query(draw: &mut Draw, size: usize) -> Query {
    Generator { draw, lowest: 0, sources: 0, subqueries: 1, tables: true }.query(size)
}

/// A query of sources only, for which [`Generator::expr`] makes conditions: and one of them.
pub(crate) fn predicate_of(draw: &mut Draw, size: usize) -> (Query, Node) {
    let mut generator = Generator { draw, lowest: 0, sources: 0, subqueries: 1, tables: true };
    let mut query = generator.sources(size, false);
    let mut inner = generator.inside(&query);
    let condition = inner.expr(Ty::Bool, 2 + size);
    query.list = List::Rows(COLUMNS.iter().map(|ty| inner.column(*ty)).collect());
    (query, condition)
}

/// A query with a FULL JOIN, for the databases that have one.
pub(crate) fn full(draw: &mut Draw, size: usize) -> Query {
    let mut generator = Generator { draw, lowest: 0, sources: 0, subqueries: 1, tables: true };
    let first = generator.source(size, false);
    let joined = generator.source(size, false);
    let on = equation(Node::Column(1, 0), Node::Column(0, generator.draw.below(2)));
    let mut query = Query { joins: vec![(JoinKind::Full, joined, on)], ..Query::of(first, false) };
    let mut inner = generator.inside(&query);
    query.filter = (0..inner.draw.below(2)).map(|_| inner.expr(Ty::Bool, 1 + size)).collect();
    query.list = inner.rows(&query, 1 + size);
    match generator.draw.below(3) {
        0 => query.distinct = true,
        1 => generator.ordered(&mut query),
        _ => {}
    }
    query
}

fn equation(left: Node, right: Node) -> Node {
    Node::Op(Op::Compare(Comparison::Equal, Ty::Int), vec![left, right])
}

fn number(number: i64) -> Node {
    Node::Constant(Ty::Int, Cell::Int(number))
}

/// Whether it is made of values alone.
fn is_constant(node: &Node) -> bool {
    match node {
        Node::Bound(..) | Node::Constant(..) => true,
        Node::Op(_, args) => args.iter().all(is_constant),
        _ => false,
    }
}

/// Of a source whose rows may not be found, every column is one of rows.
fn nullable(source: &mut Source) {
    let (Source::Derived(query) | Source::Cte(query)) = source else { return };
    if let List::Rows(list) = &mut query.list {
        for (column, node) in list.iter_mut().enumerate().filter(|(_, node)| is_constant(node)) {
            *node = Node::Column(0, column);
        }
    }
}

impl Query {
    /// One of this source and nothing else, not even a list.
    fn of(first: Source, correlated: bool) -> Query {
        Query {
            correlated,
            first,
            joins: Vec::new(),
            filter: Vec::new(),
            list: List::Rows(Vec::new()),
            distinct: false,
            set: None,
            wrapped: false,
            asked: Asked::Typed,
            order: None,
            limit: None,
        }
    }
}

impl Generator<'_> {
    /// A generator for the expressions of a query.
    fn inside(&mut self, query: &Query) -> Generator<'_> {
        let outer = if query.correlated { self.sources } else { 0 };
        let mut all = std::iter::once(&query.first).chain(query.joins.iter().map(|(_, source, _)| source));
        let tables = all.all(Source::is_table);
        Generator {
            draw: self.draw,
            lowest: 0,
            sources: outer + 1 + query.joins.len(),
            subqueries: self.subqueries,
            tables,
        }
    }

    fn source(&mut self, size: usize, tables_only: bool) -> Source {
        match self.draw.below(7) {
            0 if size > 1 && !tables_only => Source::Derived(Box::new(self.apart().query(size / 2))),
            1 if size > 1 && !tables_only => Source::Cte(Box::new(self.apart().query(size / 2))),
            2 if size > 1 && !tables_only => self.apart().recursive(),
            0..=4 => Source::Item,
            _ => Source::Other,
        }
    }

    /// A generator that sees nothing of what is around.
    fn apart(&mut self) -> Generator<'_> {
        Generator {
            draw: self.draw,
            lowest: 0,
            sources: 0,
            subqueries: self.subqueries.saturating_sub(1),
            tables: true,
        }
    }

    /// A query with sources and nothing else.
    fn sources(&mut self, size: usize, correlated: bool) -> Query {
        let first = self.source(size, correlated);
        let mut query = Query::of(first, correlated);
        let most = match (&query.first, correlated) {
            (_, true) => 1,
            (Source::Item, false) => 2,
            _ => 1,
        };
        let joins = if size == 0 { 0 } else { self.draw.below(most + 1) };
        for _ in 0..joins {
            let kinds =
                [JoinKind::Inner, JoinKind::Inner, JoinKind::Left, JoinKind::Left, JoinKind::Cross, JoinKind::Right];
            let kind = *self.draw.of(&kinds[..if correlated { 5 } else { 6 }]);
            let source = self.source(size, correlated);
            query.joins.push((kind, source, Node::Constant(Ty::Bool, Cell::Null)));
            let mut inner = self.inside(&query);
            // no subquery may stand in ON
            inner.subqueries = 0;
            let sources = inner.sources;
            let on = match inner.draw.once_in(3) && !correlated {
                true => inner.expr(Ty::Bool, 2),
                false => {
                    let other = inner.column(Ty::Int);
                    equation(Node::Column(sources - 1, 0), other)
                }
            };
            if let Some(join) = query.joins.last_mut() {
                join.2 = on;
            }
        }
        for at in 0..query.joins.len() {
            match query.joins[at].0 {
                JoinKind::Left => nullable(&mut query.joins[at].1),
                JoinKind::Right => {
                    nullable(&mut query.first);
                    query.joins[..at].iter_mut().for_each(|(_, source, _)| nullable(source));
                }
                _ => {}
            }
        }
        query
    }

    /// What counts upwards from rows of a table, by a step that changes the other columns on the way.
    fn recursive(&mut self) -> Source {
        let table = |draw: &mut Draw| if draw.once_in(2) { Source::Item } else { Source::Other };
        let mut base = Query::of(Source::Item, false);
        let mut inner = Generator { subqueries: 0, ..self.inside(&base) };
        base.filter = (0..inner.draw.below(2)).map(|_| inner.expr(Ty::Bool, 1)).collect();
        let list = COLUMNS.iter().enumerate().map(|(at, ty)| match (at, ty) {
            (0, _) => Node::Op(Op::Modulo, vec![inner.column(Ty::Int), number(4)]),
            // of no declared length and precision
            (_, Ty::Text) => Node::Op(Op::Lower, vec![Node::Column(0, at)]),
            (_, Ty::Num) => Node::Op(Op::Add, vec![Node::Column(0, at), Node::Constant(Ty::Num, Cell::Num(0.into()))]),
            _ => Node::Column(0, at),
        });
        base.list = List::Rows(list.collect());

        let mut step = Query::of(Source::Itself, false);
        if self.draw.once_in(2) {
            let kind = if self.draw.once_in(2) { JoinKind::Inner } else { JoinKind::Left };
            let on = equation(Node::Column(1, 0), Node::Column(0, self.draw.below(2)));
            step.joins.push((kind, table(self.draw), on));
        }
        let mut inner = Generator { subqueries: 0, ..self.inside(&step) };
        let few = Node::Op(Op::Compare(Comparison::Less, Ty::Int), vec![Node::Column(0, 0), number(4)]);
        step.filter = std::iter::once(few).chain((0..inner.draw.below(2)).map(|_| inner.expr(Ty::Bool, 2))).collect();
        let list = COLUMNS.iter().enumerate().map(|(at, ty)| match (at, ty) {
            (0, _) => Node::Op(Op::Add, vec![Node::Column(0, 0), number(1)]),
            (_, Ty::Text) => match inner.draw.below(4) {
                0 => Node::Op(Op::Trim, vec![Node::Column(0, at)]),
                1 => Node::Op(Op::Left(inner.draw.below(4) as u32), vec![Node::Column(0, at)]),
                _ => Node::Column(0, at),
            },
            (_, ty) => inner.narrow(*ty, 2),
        });
        step.list = List::Rows(list.collect());
        Source::Recursive { base: Box::new(base), step: Box::new(step), all: self.draw.once_in(2) }
    }

    /// One that the expressions of the query around it stand in.
    fn correlated(&mut self, depth: usize) -> Query {
        let mut query = self.sources(1, true);
        let mut inner = self.inside(&query);
        inner.subqueries -= 1;
        let filters = 1 + inner.draw.below(2);
        query.filter = (0..filters).map(|_| inner.expr(Ty::Bool, depth)).collect();
        query
    }

    pub(super) fn subquery(&mut self, ty: Ty, depth: usize) -> Node {
        let negated = self.draw.once_in(2);
        let correlated = self.draw.once_in(2);
        if ty != Ty::Bool || self.draw.once_in(4) {
            let (function, of) = self.aggregate(ty);
            let query = Box::new(self.correlated(depth));
            let outer = self.sources;
            let mut inner = self.inside(&query);
            (inner.lowest, inner.subqueries) = (outer, 0);
            let node = Box::new(inner.aggregated(function, of, depth.min(2)));
            return Node::Scalar { function, ty: of, of: node, query };
        }
        if self.draw.once_in(2) {
            let query = if correlated { self.correlated(depth) } else { self.apart().query(1) };
            return Node::Exists { query: Box::new(query), negated };
        }
        let ty = *self.draw.of(&TYPES);
        let operand = Box::new(self.expr(ty, depth));
        if !correlated {
            let query = Box::new(self.apart().query(1));
            return Node::InQuery { operand, ty, query, of: None, negated };
        }
        let query = Box::new(self.correlated(depth));
        let mut inner = self.inside(&query);
        inner.subqueries -= 1;
        let of = Some(Box::new(inner.expr(ty, depth.min(2))));
        Node::InQuery { operand, ty, query, of, negated }
    }

    fn query(&mut self, size: usize) -> Query {
        let mut query = self.sources(size, false);
        let depth = 1 + size;
        let mut inner = self.inside(&query);
        let filters = inner.draw.below(3);
        query.filter = (0..filters).map(|_| inner.expr(Ty::Bool, depth)).collect();
        query.list = if inner.draw.once_in(4) { inner.groups(depth) } else { inner.rows(&query, depth) };
        query.distinct = self.draw.once_in(5);
        if size > 0 && self.draw.once_in(6) {
            let mut set = *self.draw.of(&[Set::Union, Set::UnionAll, Set::Intersect, Set::Except]);
            let mut other = self.apart().query(size / 2);
            // often the same rows, so that there is something to find
            if self.draw.once_in(2) {
                other = Query { filter: other.filter.clone(), ..query.clone() };
                if other.joins.len() != query.joins.len() || !other.filter.is_empty() {
                    other.filter = query.filter.iter().skip(1).cloned().collect();
                }
            }
            let right = |query: &Query| query.joins.iter().any(|(kind, ..)| matches!(kind, JoinKind::Right));
            if matches!(set, Set::UnionAll) && (right(&query) || right(&other)) {
                set = Set::Union;
            }
            query.set = Some((set, Box::new(other)));
        }
        query.wrapped = self.draw.once_in(4);
        if self.draw.once_in(6) {
            query.asked = Asked::ByName;
        }
        if self.draw.once_in(2) {
            self.ordered(&mut query);
        }
        query
    }

    /// Sorts a query, so that a limit leaves the same rows everywhere.
    fn ordered(&mut self, query: &mut Query) {
        let mut columns: Vec<usize> = (0..COLUMNS.len()).collect();
        let keys = (0..COLUMNS.len()).map(|_| {
            let column = columns.swap_remove(self.draw.below(columns.len()));
            (column, self.draw.once_in(2), self.draw.once_in(2))
        });
        query.order = Some(keys.collect());
        query.limit = self.draw.once_in(2).then(|| (self.draw.below(6) as u64, self.draw.below(3) as u64));
    }

    fn rows(&mut self, query: &Query, depth: usize) -> List {
        let all = std::iter::once(&query.first).chain(query.joins.iter().map(|(_, source, _)| source));
        let tables = all.clone().all(Source::is_table);
        let identities: Option<Vec<usize>> = tables.then(|| (0..all.count()).collect());
        let list = COLUMNS.iter().map(|ty| {
            let windowed = self.draw.once_in(12) && (*ty == Ty::Int || tables);
            let node = match (windowed, self.draw.once_in(3)) {
                (true, _) => self.window(*ty, identities.clone()),
                (false, true) => self.narrow(*ty, depth),
                (false, false) => self.narrow(*ty, 1),
            };
            if super::limits::is_narrow(&node, *ty) { node } else { self.column(*ty) }
        });
        List::Rows(list.collect())
    }

    fn groups(&mut self, depth: usize) -> List {
        // none of its expressions has a subquery: they stand in aggregates, and in keys that are written twice
        let mut plain =
            Generator { draw: self.draw, lowest: 0, sources: self.sources, subqueries: 0, tables: self.tables };
        let kinds: &[Ty] = match plain.draw.below(7) {
            0 => &[],
            1 => &[Ty::Int],
            2 => &[Ty::Text],
            3 => &[Ty::Time],
            4 => &[Ty::Num],
            5 => &[Ty::Bool, Ty::Date],
            _ => &[Ty::Text, Ty::Int],
        };
        let keys: Vec<(Ty, Node)> = kinds.iter().map(|ty| (*ty, plain.narrow(*ty, depth.min(2)))).collect();
        let places = COLUMNS.iter().map(|ty| {
            if kinds.contains(ty) && !plain.draw.once_in(3) {
                return Place::Key;
            }
            let (function, of) = plain.aggregate(*ty);
            let filter = plain.draw.once_in(3).then(|| plain.expr(Ty::Bool, depth.min(2)));
            Place::Aggregate { function, ty: of, of: plain.aggregated(function, of, depth.min(2)), filter }
        });
        let places: Vec<Place> = places.collect();
        let mut having = Generator { draw: plain.draw, lowest: 0, sources: 1, subqueries: 0, tables: false };
        let condition = (!keys.is_empty() && having.draw.once_in(2)).then(|| having.expr(Ty::Bool, depth.min(2)));
        List::Groups { keys, places, having: condition }
    }
}
