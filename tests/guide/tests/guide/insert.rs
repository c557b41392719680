//! INSERT: one row, many, those of a query; upserts.

use relvar::uuid::Uuid;
use relvar_guide_tests::prelude::*;
use std::borrow::Cow;

#[test]
fn insert_row() {
    change(
        || {
            // sample: insert_row
            Stock::insert(Stock { book_id: 4, amount: 2, shelf: "C3".into() })
        },
        || Stock::query().filter(|s| s.book_id.eq(4)),
    )
    .leaves(1, [Stock { book_id: 4, amount: 2, shelf: "C3".into() }]);
}

#[test]
fn insert_some() {
    change(
        || {
            // sample: insert_some
            Customer::insert(NewCustomer { email: "fay@example.org".into(), name: "Fay".into(), city: None })
        },
        || Customer::query().filter(|c| c.name.eq("Fay")).select(|c| (c.email, c.city, c.referred_by)),
    )
    .leaves(1, [("fay@example.org", None::<&str>, None::<i64>)]);
}

#[test]
fn insert_borrowed() {
    change(
        || {
            // sample: insert_borrowed
            #[derive(Insert)]
            #[insert(table = Customer)]
            struct Guest<'a> {
                email: &'a str,
                name: Cow<'a, str>,
                city: Option<&'a str>,
            }

            Customer::insert(Guest { email: "gus@example.org", name: "Gus".into(), city: Some("Oslo") })
        },
        || Customer::query().filter(|c| c.name.eq("Gus")).select(|c| (c.email, c.city)),
    )
    .leaves(1, [("gus@example.org", Some("Oslo"))]);
}

#[test]
fn insert_many() {
    change(
        || {
            // sample: insert_many
            Item::insert_many([(2, 4), (2, 5)].map(|(order_id, book_id)| Item { order_id, book_id, amount: 1 }))
        },
        || Item::query().filter(|i| i.order_id.eq(2)).select(|i| i.book_id),
    )
    .leaves(2, [1, 4, 5]);
}

#[test]
fn insert_select() {
    change(
        || {
            // sample: insert_select
            let authors = Author::query().filter(|a| a.country.is_not_null()).select(|a| NewCustomerExprs {
                email: a.id.cast::<String>().concat("@authors.example.org"),
                name: a.name,
                city: a.country,
            });
            Customer::insert_from(authors)
        },
        || Customer::query().filter(|c| c.id.gt(4)).select(|c| (c.email, c.city)),
    )
    .leaves(
        3,
        [
            ("1@authors.example.org", Some("USA")),
            ("2@authors.example.org", Some("Poland")),
            ("3@authors.example.org", Some("Argentina")),
        ],
    );
}

#[test]
fn insert_defaults() {
    change(
        || {
            // sample: insert_defaults
            Visit::insert_defaults()
        },
        || Visit::query().select(|v| (v.page, v.times)),
    )
    .also(Engine::MySql)
    .leaves(1, [("/", 1)]);
}

#[test]
fn insert_returning() {
    query(|| {
        // sample: insert_returning
        Customer::insert(NewCustomer { email: "fay@example.org".into(), name: "Fay".into(), city: None })
            .only_on::<(Postgres, MariaDb, Sqlite)>()
            .returning_as(|c| (c.name.upper(), c.referred_by))
    })
    .gives([("FAY", None::<i64>)]);
}

#[test]
fn upsert_nothing() {
    change(
        || {
            // sample: upsert_nothing
            Stock::insert(Stock { book_id: 1, amount: 7, shelf: "A1".into() })
                .on_conflict(Stock::PRIMARY_KEY)
                .do_nothing()
        },
        || Stock::query().filter(|s| s.book_id.eq(1)).select(|s| s.amount),
    )
    .also(Engine::MySql)
    .leaves(0, [3]);
}

#[test]
fn upsert() {
    change(
        || {
            // sample: upsert
            Stock::insert_many([(1, 7), (4, 2)].map(|(book_id, amount)| Stock { book_id, amount, shelf: "A1".into() }))
                .on_conflict(Stock::PRIMARY_KEY)
                .update(|old, new| old.amount.set(old.amount + new.amount))
        },
        || Stock::query().filter(|s| s.book_id.in_list([1, 4])).order_by(|s| s.book_id.asc()).select(|s| s.amount),
    )
    .also(Engine::MySql)
    .also(Engine::MariaDb)
    .leaves(2, [10, 2]);
}

#[test]
fn upsert_when() {
    change(
        || {
            // sample: upsert_when
            Stock::insert(Stock { book_id: 5, amount: 4, shelf: "C3".into() })
                .on_conflict(Stock::PRIMARY_KEY)
                .when(|old, new| old.amount.lt(new.amount))
                .update(|old, new| (old.amount.set(new.amount), old.shelf.set(new.shelf)))
        },
        || Stock::query().filter(|s| s.book_id.eq(5)).select(|s| (s.amount, s.shelf)),
    )
    .leaves(0, [(9, "B2")]);
}

#[test]
fn upsert_any() {
    change(
        || {
            // sample: upsert_any
            Customer::insert(NewCustomer { email: "ann@example.org".into(), name: "Another".into(), city: None })
                .on_any_conflict_do_nothing()
        },
        || Customer::query().filter(|c| c.name.eq("Another")).select(|c| c.id),
    )
    .also(Engine::MySql)
    .leaves(0, [0; 0]);
}

#[test]
fn upsert_partial() {
    change(
        || {
            // sample: upsert_partial
            Hold::insert(NewHold { book_id: 1, customer: "Eve".into() })
                .on_conflict(Hold::HOLDS_OPEN_KEY)
                .update(|old, new| old.customer.set(new.customer))
        },
        || Hold::query().order_by(|h| h.id.asc()).select(|h| (h.customer, h.taken)),
    )
    .leaves(1, [("Ann", true), ("Eve", false)]);
}

#[test]
fn upsert_constraint() {
    change(
        || {
            // sample: upsert_constraint
            Customer::insert(NewCustomer { email: "ann@example.org".into(), name: "Anna".into(), city: None })
                .only_on::<Postgres>()
                .on_constraint(Customer::EMAIL_KEY)
                .update(|old, new| old.name.set(new.name))
        },
        || Customer::query().filter(|c| c.email.eq("ann@example.org")).select(|c| c.name),
    )
    .leaves(1, ["Anna"]);
}

#[test]
fn upsert_exclusion() {
    let evening = Evening {
        id: Uuid::from_u128(3),
        title: "Another".into(),
        text: None,
        tags: Vec::new(),
        during: Range::from(at("2026-04-02T20:00:00Z")..at("2026-04-02T21:00:00Z")),
        seats: Range::from(1..9),
        announced_from: Inet::from(std::net::IpAddr::from([192, 168, 0, 1])),
    };
    change(
        || {
            // sample: upsert_exclusion
            Evening::insert(evening).on_constraint(Exclusion::named("evenings_apart")).do_nothing()
        },
        || Evening::query().order_by(|e| e.title.asc()).select(|e| e.title),
    )
    .needs("ALTER TABLE evenings ADD CONSTRAINT evenings_apart EXCLUDE USING gist (during WITH &&)")
    .leaves(0, ["A night of robots", "Labyrinths"]);
}

#[test]
fn on_duplicate_key() {
    change(
        || {
            // sample: on_duplicate_key
            Stock::insert(Stock { book_id: 4, amount: 7, shelf: "A1".into() })
                .only_on::<(MySql, MariaDb)>()
                .on_duplicate_key()
                .update(|old, new| old.amount.set(old.amount + new.amount))
        },
        || Stock::query().filter(|s| s.book_id.eq(4)).select(|s| s.amount),
    )
    .also(Engine::MariaDb)
    .leaves(1, [7]);
}

#[test]
fn merge() {
    let known = ("ann@example.org".to_owned(), "Anna".to_owned(), Some("Rome".to_owned()));
    let rows = [known, ("fay@example.org".to_owned(), "Fay".to_owned(), None)];
    change(
        || {
            // sample: merge
            Customer::merge()
                .only_on::<Postgres>()
                .using(values(rows), |c, row| c.email.eq(row.0))
                .when_matched()
                .update(|c, row| (c.name.set(row.1), c.city.set(row.2)))
                .when_not_matched()
                .insert(|row| NewCustomerExprs { email: row.0, name: row.1, city: row.2 })
        },
        || Customer::query().filter(|c| c.name.in_list(["Anna", "Fay"])).select(|c| (c.name, c.city)),
    )
    .leaves(2, [("Anna", Some("Rome")), ("Fay", None)]);
}
