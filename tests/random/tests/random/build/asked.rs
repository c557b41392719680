//! How a query that is no part of another one is asked for: as it is, by names that are chosen at run time, or of the
//! databases alone that have all of it.

use relvar::prelude::*;
use relvar::query::dialect::{Dialect, Engine};
use relvar::query::expr::Order;
use relvar::query::ir;
use relvar::query::statement::Bounded;
use relvar::query::types::{Decoder, NamedRow};
use relvar::query::value::Value;

use super::query::{DerivedColumns, Known, Source8, base, built, first, limited, sorted, with_source};
use super::{Builder, Columns, Row8, by_code_points};
use crate::node::{Asked, Cell, JoinKind, List, Query, Row, Source};
use crate::world::{Item, Other, Place};

/// The databases that have FULL JOIN.
type Fewer = (Postgres, Sqlite);

/// A query as it is asked for.
pub(crate) enum Asking {
    Typed(Rows<Row8, Portable>),
    ByName(Rows<NamedRow, Portable>),
    Fewer(Rows<Row8, Fewer>),
}

/// How the query is asked for.
pub(crate) fn asking(query: &Query) -> Asking {
    match (query.asked, query.joins.as_slice()) {
        (_, [(JoinKind::Full, source, _)]) => Asking::Fewer(full(query, source)),
        (Asked::Typed, _) => Asking::Typed(built(query).rows()),
        (Asked::ByName, _) => Asking::ByName(by_name(query)),
    }
}

impl Asking {
    /// The databases that it is for.
    pub(crate) fn engines(&self) -> &'static [Engine] {
        match self {
            Asking::Typed(_) | Asking::ByName(_) => Portable::ENGINES,
            Asking::Fewer(_) => Fewer::ENGINES,
        }
    }

    /// The statement.
    pub(crate) fn statement(&self) -> ir::Statement {
        match self {
            Asking::Typed(rows) => rows.clone().into_ir(),
            Asking::ByName(rows) => rows.clone().into_ir(),
            Asking::Fewer(rows) => rows.clone().into_ir(),
        }
    }

    /// What a database gives, which is one of those that it is for.
    pub(crate) async fn rows(&self, place: &Place) -> relvar::Result<Vec<Row>> {
        Ok(match self {
            Asking::Typed(rows) => rows.clone().all(&place.db).await?.into_iter().map(cells).collect(),
            Asking::Fewer(rows) => Here(rows.clone()).all(&place.db).await?.into_iter().map(cells).collect(),
            Asking::ByName(rows) => rows.clone().all(&place.db).await?.into_iter().map(named_cells).collect(),
        })
    }
}

/// A query for fewer databases, on one of them that is not known by its type.
struct Here(Rows<Row8, Fewer>);

impl Statement for Here {
    type Dialect = Portable;
    type Reach = Bounded;

    fn into_ir(self) -> ir::Statement {
        self.0.into_ir()
    }
}

impl Fetchable for Here {
    type Row = Row8;

    fn decoder(&self) -> Decoder<Row8> {
        self.0.decoder()
    }
}

fn cells(row: Row8) -> Row {
    fn cell<T>(value: Option<T>, cell: fn(T) -> Cell) -> Cell {
        value.map_or(Cell::Null, cell)
    }
    [
        cell(row.0, Cell::Int),
        cell(row.1, Cell::Int),
        cell(row.2, Cell::Text),
        cell(row.3, Cell::Bool),
        cell(row.4, Cell::Date),
        cell(row.5, Cell::Time),
        cell(row.6, |x| Cell::Num(x.0)),
        cell(row.7, Cell::Text),
    ]
}

fn named_cells(row: NamedRow) -> Row {
    NAMES.map(|(name, _)| match row.get(name) {
        Some(Value::Null) => Cell::Null,
        Some(Value::Bool(b)) => Cell::Bool(*b),
        Some(Value::I64(n)) => Cell::Int(*n),
        Some(Value::Text(text)) => Cell::Text(text.clone()),
        Some(Value::Date(date)) => Cell::Date(*date),
        Some(Value::Timestamp(time)) => Cell::Time(*time),
        Some(Value::Decimal(number)) => Cell::Num(number.normalize()),
        other => panic!("`{name}` is {other:?}"),
    })
}

/// The names of the columns, and of whether they are NULL.
const NAMES: [(&str, &str); 8] = [
    ("a", "no a"),
    ("n", "no n"),
    ("t", "no t"),
    ("b", "no b"),
    ("d", "no d"),
    ("w", "no w"),
    ("x", "no x"),
    ("u", "no u"),
];

fn names(of: Columns) -> Named<Portable> {
    macro_rules! named {
        ($($name:literal, $missing:literal: $column:expr;)*) => {
            Named::new()$(.with($name, $column.clone()).with($missing, $column.is_null()))*
        };
    }
    named! {
        "a", "no a": of.a;
        "n", "no n": of.n;
        "t", "no t": by_code_points(of.t.clone());
        "b", "no b": of.b;
        "d", "no d": of.d;
        "w", "no w": of.w;
        "x", "no x": of.x;
        "u", "no u": by_code_points(of.u.clone());
    }
}

fn by_name(query: &Query) -> Rows<NamedRow, Portable> {
    let unsorted = Query { order: None, limit: None, ..query.clone() };
    let key = |(column, descending, nulls_first): &(usize, bool, bool)| {
        let (name, missing) = NAMES[*column];
        let sign = |descending: bool| if descending { "-" } else { "" };
        format!("{}{missing},{}{name}", sign(*nulls_first), sign(*descending))
    };
    let order: Vec<String> = query.order.iter().flatten().map(key).collect();
    let select: Select<DerivedColumns, Row8, Portable> = built(&unsorted).derived().query();
    let select = select.try_order_by(|of| names(of.columns()).order(&order.join(","))).expect("there are these names");
    let select = select.try_select_list(|of| names(of.columns()).select(NAMES.map(|(name, _)| name)));
    limited(select.expect("there are these names"), query).rows()
}

fn full(query: &Query, source: &Source) -> Rows<Row8, Fewer> {
    let (outer, on) = (Builder::default(), &query.joins[0].2);
    let mut columns: Vec<Columns> = Vec::new();
    macro_rules! joined {
        ($first:expr) => {{
            let query = first!($first.only_on::<Fewer>(), columns);
            with_source!(outer, source, source => base!(query.full_join(source, |_, of| {
                columns.push(of.columns());
                outer.and(&columns).boolean(on)
            })))
        }};
    }
    let base = match &query.first {
        Source::Item => joined!(Item::query()),
        Source::Other => joined!(Other::query()),
        Source::Derived(inner) => joined!(built(inner).derived().query()),
        Source::Cte(_) | Source::Recursive { .. } | Source::Itself => joined!(outer.cte(&query.first).query()),
    };
    let inner = outer.and(&columns);
    let base = query.filter.iter().fold(base, |base, condition| base.filter(|_| inner.boolean(condition)));
    let List::Rows(nodes) = &query.list else { panic!("a query with a full join has rows of its own") };
    let list = inner.list(nodes);
    let select = base.select(|_| list.clone().tuple());
    let select = if query.distinct { select.distinct() } else { select };
    let keys = query.order.as_deref().unwrap_or_default();
    limited(select.order_by(|_| sorted(&list, keys)), query).rows()
}
