//! UNION, INTERSECT, EXCEPT.

use relvar_guide_tests::prelude::*;

#[test]
fn union() {
    query(|| {
        // sample: union
        let expensive = Book::query().filter(|b| b.price.gt(1100)).select(|b| b.title);
        let stories = Book::query().filter(|b| b.genre.eq("stories")).select(|b| b.title);
        expensive.union(stories)
    })
    .gives(["The Dispossessed", "The Cyberiad", "Ficciones"]);
}

#[test]
fn union_all_sorted() {
    query(|| {
        // sample: union_all_sorted
        let placed = Order::query().select(|o| (o.id, o.placed_at));
        let shipped = Order::query().filter(|o| o.shipped_at.is_not_null());
        let shipped = shipped.select(|o| (o.id, o.shipped_at.coalesce(o.placed_at)));
        placed.union_all(shipped).query().order_by(|row| row.1.desc()).limit(2)
    })
    .gives([(4, at("2026-03-01T00:00:00Z")), (3, at("2026-02-12T09:30:00Z"))]);
}

#[test]
fn intersect() {
    query(|| {
        // sample: intersect
        let cheap = Book::query().filter(|b| b.price.lt(1100)).select(|b| b.author_id);
        let stories = Book::query().filter(|b| b.genre.eq("stories")).select(|b| b.author_id);
        cheap.intersect(stories)
    })
    .gives([2, 3]);
}

#[test]
fn except() {
    query(|| {
        // sample: except
        Book::query().select(|b| b.id).except(Item::query().select(|i| i.book_id))
    })
    .gives([2, 6]);
}

#[test]
fn except_all() {
    query(|| {
        // sample: except_all
        let shops = || Book::query().only_on::<(Postgres, MySql, MariaDb)>();
        shops().select(|b| b.genre).except_all(shops().filter(|b| b.id.gt(1)).select(|b| b.genre))
    })
    .gives(["novel"]);
}
