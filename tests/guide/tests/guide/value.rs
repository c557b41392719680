//! Expressions of every type: NULL, CASE, casts.

use relvar_guide_tests::prelude::*;

#[test]
fn is_null() {
    query(|| {
        // sample: is_null
        Customer::query().filter(|c| c.city.is_null() | c.referred_by.is_not_null()).select(|c| c.name)
    })
    .gives(["Bob", "Eve", "Dan"]);
}

#[test]
fn coalesce() {
    query(|| {
        // sample: coalesce
        Customer::query()
            .order_by(|c| c.id.asc())
            .limit(2)
            .select(|c| (c.city.coalesce("nowhere"), c.city.null_if("Berlin")))
    })
    .gives([("Berlin", None::<&str>), ("nowhere", None)]);
}

#[test]
fn distinct_from() {
    let city: Option<String> = None;
    query(|| {
        // sample: distinct_from
        // `city` is an `Option<String>`
        Customer::query().filter(|c| c.city.is_distinct_from(city)).select(|c| c.name)
    })
    .also(Engine::MySql)
    .also(Engine::Sqlite)
    .gives(["Ann", "Eve", "Dan"]);
}

#[test]
fn is_true() {
    query(|| {
        // sample: is_true
        Book::query()
            .order_by(|b| b.id.desc())
            .limit(1)
            .select(|b| (b.pages.gt(100), b.pages.gt(100).is_true(), b.pages.gt(100).is_not_true()))
    })
    .gives([(None::<bool>, false, true)]);
}

#[test]
fn case_when() {
    query(|| {
        // sample: case_when
        Book::query().filter(|b| b.id.gt(4)).order_by(|b| b.id.asc()).select(|b| {
            (
                case().when(b.price.lt(800), "cheap").when(b.price.lt(1000), "fair").otherwise("dear"),
                case_of(b.genre).when("poem", 1).when("stories", 2).end(),
            )
        })
    })
    .gives([("fair", Some(2)), ("cheap", Some(1))]);
}

#[test]
fn greatest_least() {
    query(|| {
        // sample: greatest_least
        Stock::query().filter(|s| s.book_id.eq(5)).select(|s| (greatest(s.amount, 10), least(s.amount, 10)))
    })
    .also(Engine::Sqlite)
    .gives([(10, 9)]);
}

#[test]
fn cast() {
    query(|| {
        // sample: cast
        Book::query().filter(|b| b.id.eq(1)).select(|b| (b.price.cast::<f64>() / 100.0, b.id.cast::<String>()))
    })
    .also(Engine::MySql)
    .gives([(12.0, "1")]);
}

#[test]
fn constants() {
    query(|| {
        // sample: constants
        Book::query()
            .filter(|b| b.id.eq(1))
            .select(|b| (b.id, value("bound".to_owned()), constant("written".to_owned())))
    })
    .gives([(1, "bound", "written")]);
}

#[test]
fn enums() {
    query(|| {
        // sample: enums
        Order::query().filter(|o| o.status.ne(OrderStatus::Shipped)).select(|o| (o.id, o.status))
    })
    .also(Engine::MySql)
    .gives([(2, OrderStatus::Paid), (4, OrderStatus::Paid)]);
}
