//! Queries as the typed builder has them.

use relvar::chrono::{DateTime, NaiveDate, Utc};
use relvar::prelude::*;
use relvar::query::dialect::Dialect;
use relvar::query::expr::{Group, Order};
use relvar::query::source::{DerivedTable, Fields8};
use relvar::query::statement::Combined;

use std::sync::atomic::{AtomicU64, Ordering};

use super::aggregate::Groups;
use super::{Builder, Columns, Of, Row8, by_code_points, order};
use crate::node::{JoinKind, List, Node, Place, Query, Set, Source, Ty};
use crate::world::{Item, ItemColumns, Other, OtherColumns};

/// The scope of a query whose columns are known already.
#[derive(Clone, Copy)]
pub(crate) struct Known;
impl Scope for Known {}

type Base = Select<Known, i32, Portable>;

/// A query that gives rows.
pub(crate) enum Built {
    Rows(Rows<Row8, Portable>),
    Combined(Combined<Row8, Portable>),
}

type OfDerived<T> = Column<relvar::query::expr::Derived<Row8, Portable>, Option<T>>;
pub(super) type DerivedColumns = Fields8<
    OfDerived<i64>,
    OfDerived<i64>,
    OfDerived<String>,
    OfDerived<bool>,
    OfDerived<NaiveDate>,
    OfDerived<DateTime<Utc>>,
    OfDerived<Lossy>,
    OfDerived<String>,
>;

pub(super) trait Source8 {
    fn columns(self) -> Columns;
}

impl Source8 for DerivedColumns {
    fn columns(self) -> Columns {
        Columns {
            a: self.0.nullable(),
            n: self.1.nullable(),
            t: self.2.nullable(),
            b: self.3.nullable(),
            d: self.4.nullable(),
            w: self.5.nullable(),
            x: self.6.nullable(),
            u: self.7.nullable(),
        }
    }
}

macro_rules! of_tables {
    ($($columns:ty, |$of:ident| $a:expr, $n:expr;)*) => { $(
        impl Source8 for $columns {
            fn columns(self) -> Columns {
                let $of = self;
                Columns {
                    a: $a.nullable(),
                    n: $n.nullable(),
                    t: $of.t.nullable(),
                    b: $of.b.nullable(),
                    d: $of.d.nullable(),
                    w: $of.w.nullable(),
                    x: $of.x.lossy().nullable(),
                    u: $of.u.nullable(),
                }
            }
        }
    )* };
}
of_tables! {
    ItemColumns<NotNull>, |of| of.id, of.n;
    ItemColumns<Nullable>, |of| of.id, of.n;
    OtherColumns<NotNull>, |of| of.id.cast::<i64>(), of.n.cast::<i64>();
    OtherColumns<Nullable>, |of| of.id.cast::<i64>(), of.n.cast::<i64>();
}

/// Runs `$body` with a source as what can be joined.
macro_rules! with_source {
    ($self:ident, $source:expr, $name:ident => $body:expr) => {
        match $source {
            Source::Item => {
                let $name = Item::table();
                $body
            }
            Source::Other => {
                let $name = Other::table();
                $body
            }
            Source::Derived(query) => {
                let $name = built(query).derived();
                $body
            }
            Source::Cte(_) | Source::Recursive { .. } | Source::Itself => {
                let cte = $self.cte($source);
                let $name = &cte;
                $body
            }
        }
    };
}
pub(super) use with_source;

/// Joins what `$join` says to `$query`, and runs `$body` with the result.
macro_rules! joined {
    ($self:ident, $query:ident, $columns:ident, $join:expr, $name:ident => $body:expr) => {{
        let (kind, source, on) = $join;
        with_source!($self, source, source => match kind {
            JoinKind::Inner => {
                let $name = $query.join(source, |_, of| {
                    $columns.push(of.columns());
                    $self.and(&$columns).boolean(on)
                });
                $body
            }
            JoinKind::Left => {
                let $name = $query.left_join(source, |_, of| {
                    $columns.push(of.columns());
                    $self.and(&$columns).boolean(on)
                });
                $body
            }
            JoinKind::Right => {
                let $name = $query.right_join(source, |_, of| {
                    $columns.push(of.columns());
                    $self.and(&$columns).boolean(on)
                });
                $body
            }
            JoinKind::Full => panic!("a full join is in a query of its own"),
            JoinKind::Cross => {
                let $name = $query.cross_join(source).order_by(|(.., of)| {
                    $columns.push(of.columns());
                    None::<Order<Portable>>
                });
                $body
            }
        })
    }};
}

/// The first source, whose columns are put down.
macro_rules! first {
    ($query:expr, $columns:ident) => {
        $query.order_by(|of| {
            $columns.push(of.columns());
            None::<Order<Portable>>
        })
    };
}
pub(super) use first;

/// Of what type the rest is does not depend on what is joined.
macro_rules! base {
    ($query:expr) => {
        $query.scope(|_| Known).select(|_| value(1i32))
    };
}
pub(super) use base;

/// A whole query, which sees no source around it.
pub(crate) fn built(query: &Query) -> Built {
    Builder::default().built(query)
}

/// The places of a grouped query's row.
struct Places<'q> {
    builder: &'q Builder,
    places: &'q [Place],
}

/// The keys of a grouped query.
#[derive(Clone, Default)]
struct Keys {
    int: Option<Of<i64>>,
    text: Option<Of<String>>,
    boolean: Option<Of<bool>>,
    date: Option<Of<NaiveDate>>,
    time: Option<Of<DateTime<Utc>>>,
    num: Option<Of<Lossy>>,
}

impl Places<'_> {
    fn columns<H: Clone>(&self, keys: &Keys, group: &Group<H, Portable>) -> Columns {
        macro_rules! place {
            ($method:ident, $at:literal $(, $ty:ident)?) => {
                match &self.places[$at] {
                    Place::Key => keys.$method.clone().expect("there is a key of this type"),
                    Place::Aggregate { function, of, filter, ty: _ty } => {
                        let groups = Groups { builder: self.builder, group: group.clone() }.filtered(filter.as_ref());
                        $(let $ty = *_ty;)?
                        groups.$method(*function, $($ty,)? of)
                    }
                }
            };
        }
        Columns {
            a: place!(int, 0, ty),
            n: place!(int, 1, ty),
            t: place!(text, 2),
            b: place!(boolean, 3),
            d: place!(date, 4),
            w: place!(time, 5),
            x: place!(num, 6),
            u: place!(text, 7),
        }
    }
}

fn grouped(query: &Query, base: Base, places: &Places<'_>, keys: &[(Ty, Node)], having: Option<&Node>) -> Built {
    macro_rules! grouped {
        ($key:expr, $name:ident => $keys:expr) => {{
            let mut list = None;
            let key = $key;
            let mut grouped = base.group_by(|_| key);
            if let Some(condition) = having {
                grouped = grouped.having(|$name, group| {
                    Builder { sources: vec![places.columns(&$keys, &group)], itself: None }.boolean(condition)
                });
            }
            let grouped = grouped.select(|$name, group| {
                let made = places.columns(&$keys, &group);
                list = Some(made.clone());
                made.tuple()
            });
            ended(grouped, list.expect("the list was chosen"), query)
        }};
    }
    let inner = places.builder;
    match keys {
        [] => ended(base.aggregate(|group| places.columns(&Keys::default(), &group).tuple()), None, query),
        [(Ty::Int, key)] => grouped!(inner.int(key), key => Keys { int: Some(key), ..Keys::default() }),
        [(Ty::Text, key)] => grouped!(inner.text(key), key => Keys { text: Some(key), ..Keys::default() }),
        [(Ty::Time, key)] => grouped!(inner.time(key), key => Keys { time: Some(key), ..Keys::default() }),
        [(Ty::Num, key)] => grouped!(inner.num(key), key => Keys { num: Some(key), ..Keys::default() }),
        [(Ty::Bool, one), (Ty::Date, two)] => {
            grouped!((inner.boolean(one), inner.date(two)), key => {
                Keys { boolean: Some(key.0), date: Some(key.1), ..Keys::default() }
            })
        }
        [(Ty::Text, one), (Ty::Int, two)] => {
            grouped!((inner.text(one), inner.int(two)), key => {
                Keys { text: Some(key.0), int: Some(key.1), ..Keys::default() }
            })
        }
        other => panic!("no keys like {other:?}"),
    }
}

/// A query with its list, and what comes behind that. What has no columns to sort by is not sorted as it is.
fn ended<H: Clone + Send>(
    mut select: Select<H, Row8, Portable>,
    list: impl Into<Option<Columns>>,
    query: &Query,
) -> Built {
    if query.distinct {
        select = select.distinct();
    }
    if let Some((set, other)) = &query.set {
        let combined = match (set, built(other)) {
            (Set::Union, Built::Rows(other)) => select.union(other),
            (Set::UnionAll, Built::Rows(other)) => select.union_all(other),
            (Set::Intersect, Built::Rows(other)) => select.intersect(other),
            (Set::Except, Built::Rows(other)) => select.except(other),
            (Set::Union, Built::Combined(other)) => select.union(other),
            (Set::UnionAll, Built::Combined(other)) => select.union_all(other),
            (Set::Intersect, Built::Combined(other)) => select.intersect(other),
            (Set::Except, Built::Combined(other)) => select.except(other),
        };
        if query.order.is_none() {
            return Built::Combined(combined);
        }
        return Built::Rows(wrapped(combined.query(), query));
    }
    let Some(keys) = &query.order else { return Built::Rows(select.rows()) };
    match list.into() {
        // what DISTINCT has left is sorted by what is left
        Some(list) if !query.wrapped && !query.distinct => {
            Built::Rows(limited(select.order_by(|_| sorted(&list, keys)), query).rows())
        }
        _ => Built::Rows(wrapped(select.derived().query(), query)),
    }
}

pub(super) fn wrapped(select: Select<DerivedColumns, Row8, Portable>, query: &Query) -> Rows<Row8, Portable> {
    let keys = query.order.as_deref().unwrap_or_default();
    limited(select.order_by(|of| sorted(&of.columns(), keys)), query).rows()
}

pub(super) fn limited<H: Clone, R, D: Dialect>(select: Select<H, R, D>, query: &Query) -> Select<H, R, D> {
    match query.limit {
        Some((limit, 0)) => select.limit(limit),
        Some((limit, offset)) => select.limit(limit).offset(offset),
        None => select,
    }
}

pub(super) fn sorted(list: &Columns, keys: &[(usize, bool, bool)]) -> Vec<Order<Portable>> {
    let key = |(column, descending, nulls): &(usize, bool, bool)| match column {
        0 => order(list.a.clone(), *descending, *nulls),
        1 => order(list.n.clone(), *descending, *nulls),
        2 => order(by_code_points(list.t.clone()), *descending, *nulls),
        3 => order(list.b.clone(), *descending, *nulls),
        4 => order(list.d.clone(), *descending, *nulls),
        5 => order(list.w.clone(), *descending, *nulls),
        6 => order(list.x.clone(), *descending, *nulls),
        _ => order(by_code_points(list.u.clone()), *descending, *nulls),
    };
    keys.iter().map(key).collect()
}

impl Built {
    pub(crate) fn derived(self) -> DerivedTable<Row8, Portable> {
        match self {
            Built::Rows(rows) => rows.derived(),
            Built::Combined(rows) => rows.derived(),
        }
    }

    fn cte(self) -> Cte<Row8, Portable> {
        match self {
            Built::Rows(rows) => rows.cte(name()),
            Built::Combined(rows) => rows.cte(name()),
        }
    }

    /// What gives the rows.
    pub(crate) fn rows(self) -> Rows<Row8, Portable> {
        match self {
            Built::Rows(rows) => rows,
            Built::Combined(rows) => rows.query().rows(),
        }
    }
}

/// Two of one name in a statement are refused.
fn name() -> String {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    format!("a \"cte\" {}", NUMBER.fetch_add(1, Ordering::Relaxed))
}

impl Columns {
    #[expect(clippy::type_complexity, reason = "there is a column of each type")]
    pub(super) fn tuple(
        self,
    ) -> (Of<i64>, Of<i64>, Of<String>, Of<bool>, Of<NaiveDate>, Of<DateTime<Utc>>, Of<Lossy>, Of<String>) {
        (self.a, self.n, self.t, self.b, self.d, self.w, self.x, self.u)
    }
}

/// The values of subqueries, and what is selected behind IN.
macro_rules! subqueries {
    ($($method:ident $rust:ty, $scalar:ident $select:ident $column:tt $(, $ty:ident)?;)*) => { $(
        pub(super) fn $scalar(&self, node: &Node) -> Rows<Option<$rust>, Portable> {
            let Node::Scalar { function, of, query, ty: _ty } = node else { panic!("{node:?} is no subquery") };
            let (base, builder) = self.base(query);
            $(let $ty = *_ty;)?
            base.aggregate(|group| Groups { builder: &builder, group }.$method(*function, $($ty,)? of))
        }

        pub(super) fn $select(&self, query: &Query, of: Option<&Node>) -> Rows<Option<$rust>, Portable> {
            match of {
                Some(of) => {
                    let (base, builder) = self.base(query);
                    base.select(|_| builder.$method(of)).rows()
                }
                None => built(query).derived().query().select(|of| of.$column.nullable()).rows(),
            }
        }
    )* };
}

impl Builder {
    subqueries! {
        int i64, scalar_int select_int 0, ty;
        text String, scalar_text select_text 2;
        boolean bool, scalar_boolean select_boolean 3;
        date NaiveDate, scalar_date select_date 4;
        time DateTime<Utc>, scalar_time select_time 5;
        num Lossy, scalar_num select_num 6;
    }

    /// What EXISTS asks for.
    pub(super) fn any_row(&self, query: &Query) -> Rows<i32, Portable> {
        if query.correlated {
            self.base(query).0.rows()
        } else {
            built(query).derived().query().select(|_| value(1i32)).rows()
        }
    }

    pub(super) fn and(&self, columns: &[Columns]) -> Builder {
        Builder { sources: self.sources.iter().chain(columns).cloned().collect(), itself: self.itself.clone() }
    }

    fn built(&self, query: &Query) -> Built {
        assert!(!query.correlated, "what sees a query around it has no rows of its own");
        let (base, inner) = self.base(query);
        match &query.list {
            List::Rows(nodes) => {
                let list = inner.list(nodes);
                ended(base.select(|_| list.clone().tuple()), list, query)
            }
            List::Groups { keys, places, having } => {
                let places = Places { builder: &inner, places };
                grouped(query, base, &places, keys, having.as_ref())
            }
        }
    }

    /// A source that is a common table expression.
    pub(super) fn cte(&self, source: &Source) -> Cte<Row8, Portable> {
        match source {
            Source::Cte(query) => built(query).cte(),
            Source::Recursive { base, step, all } => {
                let base = built(base).rows();
                let step = |itself: &Cte<Row8, Portable>| {
                    Builder { sources: Vec::new(), itself: Some(itself.clone()) }.built(step).rows()
                };
                if *all { recursive(name(), base, step) } else { recursive_distinct(name(), base, step) }
            }
            Source::Itself => self.itself.clone().expect("it stands in the step of itself"),
            other => panic!("{other:?} is no common table expression"),
        }
    }

    /// Its sources and its filters, and a builder that sees the sources.
    fn base(&self, query: &Query) -> (Base, Builder) {
        let outer = match query.correlated {
            true => self.and(&[]),
            false => Builder { sources: Vec::new(), itself: self.itself.clone() },
        };
        let (base, columns) = outer.from(query);
        let inner = outer.and(&columns);
        let base = query.filter.iter().fold(base, |base, condition| base.filter(|_| inner.boolean(condition)));
        (base, inner)
    }

    fn from(&self, query: &Query) -> (Base, Vec<Columns>) {
        let mut columns: Vec<Columns> = Vec::new();
        let joins = query.joins.as_slice();
        macro_rules! one_or_two {
            ($query:expr) => {{
                let query = first!($query, columns);
                match joins {
                    [] => base!(query),
                    [join, ..] => joined!(self, query, columns, join, query => base!(query)),
                }
            }};
        }
        let base = match (&query.first, joins) {
            // a third source behind a table only: every combination is a type of its own
            (Source::Item, [one, two, ..]) => {
                let query = first!(Item::query(), columns);
                joined!(self, query, columns, one, query => joined!(self, query, columns, two, query => base!(query)))
            }
            (Source::Item, _) => one_or_two!(Item::query()),
            (Source::Other, _) => one_or_two!(Other::query()),
            (Source::Derived(inner), _) => one_or_two!(built(inner).derived().query()),
            (Source::Cte(_) | Source::Recursive { .. } | Source::Itself, _) => {
                one_or_two!(self.cte(&query.first).query())
            }
        };
        (base, columns)
    }

    pub(super) fn list(&self, nodes: &[Node]) -> Columns {
        Columns {
            a: self.int(&nodes[0]),
            n: self.int(&nodes[1]),
            t: self.text(&nodes[2]),
            b: self.boolean(&nodes[3]),
            d: self.date(&nodes[4]),
            w: self.time(&nodes[5]),
            x: self.num(&nodes[6]),
            u: self.text(&nodes[7]),
        }
    }
}
