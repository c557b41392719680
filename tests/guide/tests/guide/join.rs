//! Joins of every kind.

use relvar_guide_tests::prelude::*;

#[test]
fn inner_join() {
    query(|| {
        // sample: inner_join
        Book::query()
            .join(Author::table(), |b, a| b.author_id.eq(a.id))
            .filter(|(_, a)| a.country.eq("Poland"))
            .select(|(b, a)| (b.title, a.name))
    })
    .gives([("Solaris", "Stanisław Lem"), ("The Cyberiad", "Stanisław Lem")]);
}

#[test]
fn left_join() {
    query(|| {
        // sample: left_join
        Customer::query()
            .left_join(Order::table(), |c, o| o.customer_id.eq(c.id) & o.status.eq(OrderStatus::Paid))
            .order_by(|(c, _)| c.id.asc())
            .select(|(c, o)| (c.name, o.id))
    })
    .gives([("Ann", Some(2)), ("Bob", None), ("Eve", Some(4)), ("Dan", None)]);
}

#[test]
fn left_join_rows() {
    query(|| {
        // sample: left_join_rows
        Book::query()
            .left_join(Stock::table(), |b, s| s.book_id.eq(b.id))
            .filter(|(b, _)| b.id.gt(4))
            .order_by(|(b, _)| b.id.asc())
            .select(|(b, s)| (b.title, s))
    })
    .gives([("Ficciones", Some(Stock { book_id: 5, amount: 9, shelf: "B2".into() })), ("Beowulf", None)]);
}

#[test]
fn right_join() {
    query(|| {
        // sample: right_join
        Stock::query()
            .right_join(Book::table(), |s, b| s.book_id.eq(b.id))
            .filter(|(s, _)| s.book_id.is_null())
            .select(|(s, b)| (b.title, s.amount))
    })
    .gives([("The Cyberiad", None::<i32>), ("Beowulf", None)]);
}

#[test]
fn full_join() {
    query(|| {
        // sample: full_join
        Order::query()
            .only_on::<(Postgres, Sqlite)>()
            .full_join(Customer::table(), |o, c| o.customer_id.eq(c.id))
            .filter(|(o, c)| o.id.is_null() | c.id.is_null())
            .select(|(o, c)| (o.id, c.name))
    })
    .gives([(None::<i64>, Some("Dan"))]);
}

#[test]
fn cross_join() {
    query(|| {
        // sample: cross_join
        Author::query()
            .cross_join(Stock::table())
            .filter(|(a, s)| a.id.eq(1) & s.shelf.eq("B2"))
            .select(|(a, s)| (a.name, s.book_id))
    })
    .gives([("Ursula K. Le Guin", 3), ("Ursula K. Le Guin", 5)]);
}

#[test]
fn self_join() {
    query(|| {
        // sample: self_join
        Customer::query()
            .join(Customer::table(), |c, friend| c.referred_by.eq(friend.id))
            .left_join(Customer::table(), |(_, friend), first| friend.referred_by.eq(first.id))
            .order_by(|(c, ..)| c.id.asc())
            .select(|(c, friend, first)| (c.name, friend.name, first.name))
    })
    .gives([("Bob", "Ann", None), ("Eve", "Bob", Some("Ann")), ("Dan", "Ann", None)]);
}

#[test]
fn join_scope() {
    query(|| {
        // sample: join_scope
        #[derive(Clone, Copy)]
        struct Sale {
            item: ItemColumns,
            book: BookColumns,
            order: OrderColumns,
        }
        impl Scope for Sale {}

        Item::query()
            .join(Book::table(), |i, b| i.book_id.eq(b.id))
            .join(Order::table(), |(i, _), o| i.order_id.eq(o.id))
            .scope(|(item, book, order)| Sale { item, book, order })
            .filter(|s| s.order.status.eq(OrderStatus::Shipped) & s.item.amount.gt(1))
            .select(|s| (s.book.title, s.item.amount))
    })
    .gives([("Solaris", 2), ("Ficciones", 3)]);
}

#[test]
fn lateral() {
    query(|| {
        // sample: lateral
        Author::query()
            .only_on::<(Postgres, MySql)>()
            .left_join_lateral(
                |a| {
                    let own = Book::query().filter(|b| b.author_id.eq(a.id));
                    own.order_by(|b| b.price.desc()).select(|b| (b.title, b.price)).limit(1).derived()
                },
                |_, b| b.1.gt(1000),
            )
            .order_by(|(a, _)| a.id.asc())
            .select(|(a, b)| (a.name, b.0))
    })
    .gives([
        ("Ursula K. Le Guin", Some("The Dispossessed")),
        ("Stanisław Lem", Some("The Cyberiad")),
        ("Jorge Luis Borges", None),
        ("anonymous", None),
    ]);
}
