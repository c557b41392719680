//! Numbers.

use relvar_guide_tests::prelude::*;

#[test]
fn arithmetic() {
    query(|| {
        // sample: arithmetic
        Book::query()
            .filter(|b| b.id.eq(1))
            .select(|b| (b.price * 2 - 1, b.price / 7, b.price % 7, -b.price, b.pages + 1))
    })
    .also(Engine::MySql)
    .gives([(2399, 171, 3, -1200, Some(342))]);
}

#[test]
fn bits() {
    query(|| {
        // sample: bits
        Stock::query()
            .filter(|s| s.amount.bit_and(1).eq(1))
            .order_by(|s| s.book_id.asc())
            .limit(1)
            .select(|s| (s.amount, s.amount.bit_or(4), s.amount.bit_xor(5), s.amount.bit_not(), s.amount.shift_left(8)))
    })
    .also(Engine::MySql)
    .also(Engine::Sqlite)
    .gives([(3, 7, 6, -4, 768)]);
}

#[test]
fn shift_right() {
    query(|| {
        // sample: shift_right
        Book::query().filter(|b| b.id.eq(1)).select(|b| (b.price.shift_right(3), (-b.price).shift_right(3)))
    })
    .also(Engine::MySql)
    .gives([(150, -150)]);
}

#[test]
fn rounding() {
    query(|| {
        // sample: rounding
        Book::query().filter(|b| b.id.eq(2)).select(|b| {
            let euros = b.price.cast::<f64>() / 100.0;
            (euros.clone().floor(), euros.clone().ceil(), euros.round_to(1), b.price.abs())
        })
    })
    .gives([(9.0, 10.0, 9.9, 990)]);
}

#[test]
fn decimals() {
    query(|| {
        // sample: decimals
        type Exact = (Postgres, MySql, MariaDb);

        Order::query()
            .only_on::<Exact>()
            .filter(|o| o.total.only_on::<Exact>().gt(Decimal::new(2000, 2)))
            .aggregate(|g| (g.count(), g.sum(|o| o.total.only_on::<Exact>())))
    })
    .gives([(2, Some(Decimal::new(7120, 2)))]);
}

#[test]
fn lossy() {
    query(|| {
        // sample: lossy
        Order::query().filter(|o| o.total.lossy().gt(20)).aggregate(|g| g.sum(|o| o.total.lossy()))
    })
    .also(Engine::Sqlite)
    .gives([Some(Lossy(Decimal::new(712, 1)))]);
}

#[test]
fn random_order() {
    query(|| {
        // sample: random_order
        Book::query().filter(|b| b.genre.eq("poem")).order_by(|_| random().asc()).limit(3).select(|b| b.title)
    })
    .also(Engine::MySql)
    .gives(["Beowulf"]);
}

#[test]
fn math() {
    query(|| {
        // sample: math
        type Servers = (Postgres, MySql, MariaDb);

        Stock::query().only_on::<Servers>().filter(|s| s.book_id.eq(5)).select(|s| {
            let amount = s.amount.cast::<f64>().only_on::<Servers>();
            (amount.clone().sqrt(), amount.power(2.0))
        })
    })
    .gives([(Some(3.0), 81.0)]);
}
