//! UPDATE and DELETE.

use relvar_guide_tests::prelude::*;

#[test]
fn update() {
    change(
        || {
            // sample: update
            Book::update().filter(|b| b.genre.eq("novel")).set(|b| (b.price.set(b.price - 50), b.pages.set(None)))
        },
        || Book::query().filter(|b| b.author_id.eq(1)).order_by(|b| b.id.asc()).select(|b| (b.price, b.pages)),
    )
    .leaves(3, [(1150, None::<i32>), (940, None)]);
}

#[test]
fn update_some() {
    change(
        || {
            // sample: update_some
            let patch = CustomerPatch { city: Set::To(Some("Rome".into())), ..CustomerPatch::default() };
            Customer::update().filter(|c| c.email.eq("bob@example.org")).patch(patch)
        },
        || Customer::query().filter(|c| c.id.eq(2)).select(|c| (c.name, c.city)),
    )
    .leaves(1, [("Bob", Some("Rome"))]);
}

#[test]
fn update_subquery() {
    change(
        || {
            // sample: update_subquery
            Customer::update().filter(|c| c.city.is_null()).set(|c| {
                let friend = Customer::query().filter(|f| f.id.eq(c.referred_by));
                c.city.set(friend.select(|f| f.city))
            })
        },
        || Customer::query().filter(|c| c.id.eq(2)).select(|c| c.city),
    )
    .also(Engine::MySql)
    .leaves(1, [Some("Berlin")]);
}

#[test]
fn update_from() {
    change(
        || {
            // sample: update_from
            Stock::update()
                .join(Book::table(), |s, b| s.book_id.eq(b.id))
                .filter(|(_, b)| b.genre.eq("novel"))
                .set(|(s, b)| (s.shelf.set("N1"), s.amount.set(s.amount + b.price / 1000)))
        },
        || Stock::query().order_by(|s| s.book_id.asc()).select(|s| (s.shelf, s.amount)),
    )
    .also(Engine::MySql)
    .leaves(3, [("N1", 4), ("N1", 0), ("N1", 6), ("B2", 9)]);
}

#[test]
fn update_each() {
    change(
        || {
            // sample: update_each
            Stock::update_each([(1, (4, "C1")), (3, (6, "C2"))], |s| (s.amount, s.shelf))
        },
        || Stock::query().order_by(|s| s.book_id.asc()).select(|s| (s.amount, s.shelf)),
    )
    .also(Engine::MySql)
    .leaves(2, [(4, "C1"), (0, "A1"), (6, "C2"), (9, "B2")]);
}

#[test]
fn update_returning() {
    query(|| {
        // sample: update_returning
        Hold::update().filter(|h| h.customer.eq("Bob")).set(|h| h.taken.set(true)).returning()
    })
    .gives([Hold { id: 2, book_id: 1, customer: "Bob".into(), taken: true }]);
}

#[test]
fn update_everywhere() {
    change(
        || {
            // sample: update_everywhere
            Stock::update().everywhere().set(|s| s.amount.set(0))
        },
        || Stock::query().aggregate(|g| g.max(|s| s.amount)),
    )
    .leaves(4, [Some(0)]);
}

#[test]
fn delete() {
    change(
        || {
            // sample: delete
            Stock::delete().filter(|s| s.amount.eq(0) & s.shelf.eq("A1"))
        },
        || Stock::query().select(|s| s.book_id),
    )
    .leaves(1, [1, 3, 5]);
}

#[test]
fn delete_using() {
    change(
        || {
            // sample: delete_using
            Item::delete()
                .only_on::<(Postgres, MySql, MariaDb)>()
                .join(Order::table(), |i, o| i.order_id.eq(o.id))
                .filter(|(_, o)| o.status.eq(OrderStatus::Shipped))
        },
        || Item::query().select(|i| i.order_id),
    )
    .also(Engine::MySql)
    .leaves(4, [2, 4]);
}

#[test]
fn delete_exists() {
    change(
        || {
            // sample: delete_exists
            Item::delete()
                .filter(|i| exists(Order::query().filter(|o| o.id.eq(i.order_id) & o.status.eq(OrderStatus::Shipped))))
        },
        || Item::query().select(|i| i.order_id),
    )
    .leaves(4, [2, 4]);
}

#[test]
fn delete_returning() {
    query(|| {
        // sample: delete_returning
        Hold::delete().filter(|h| h.taken).returning_as(|h| (h.book_id, h.customer))
    })
    .gives([(1, "Ann")]);
}
