//! WITH: common table expressions.

use relvar_guide_tests::prelude::*;

#[test]
fn cte() {
    query(|| {
        // sample: cte
        let sold =
            Item::query().group_by(|i| i.book_id).select(|book, g| (book, g.sum(|i| i.amount).coalesce(0))).cte("sold");
        Book::query().join(&sold, |b, s| s.0.eq(b.id)).filter(|(_, s)| s.1.gt(2)).select(|(b, s)| (b.title, s.1))
    })
    .gives([("Ficciones", 4)]);
}

#[test]
fn cte_twice() {
    query(|| {
        // sample: cte_twice
        let berlin = Customer::query().filter(|c| c.city.eq("Berlin")).select(|c| (c.id, c.name)).cte("berlin");
        berlin.query().join(&berlin, |one, other| one.0.lt(other.0)).select(|(one, other)| (one.1, other.1))
    })
    .gives([("Ann", "Dan")]);
}

#[test]
fn recursive_cte() {
    query(|| {
        // sample: recursive_cte
        let start = Customer::query().filter(|c| c.id.eq(1)).select(|c| (c.id, c.name, constant(0i64)));
        let family = recursive("family", start, |found| {
            Customer::query().join(found, |c, f| c.referred_by.eq(f.0)).select(|(c, f)| (c.id, c.name, f.2 + 1))
        });
        family.query().order_by(|f| (f.2.asc(), f.0.asc())).select(|f| (f.1, f.2))
    })
    .gives([("Ann", 0), ("Bob", 1), ("Dan", 1), ("Eve", 2)]);
}

#[test]
fn recursive_union() {
    query(|| {
        // sample: recursive_union
        let first = Author::query().filter(|a| a.id.eq(1)).select(|a| a.id);
        recursive_distinct("ring", first, |found| found.query().select(|n| n.0 % 3 + 1)).query()
    })
    .gives([1, 2, 3]);
}

#[test]
fn search() {
    query(|| {
        // sample: search
        let start = Customer::query().only_on::<Postgres>().filter(|c| c.id.eq(1)).select(|c| (c.id, c.name));
        let family = recursive("family", start, |found| {
            Customer::query().join(found, |c, f| c.referred_by.eq(f.0)).select(|(c, _)| (c.id, c.name))
        });
        let walk = family.search(SearchOrder::DepthFirst, |f| f.0);
        walk.query().order_by(|step| step.order.asc()).select(|step| step.row.1)
    })
    .gives(["Ann", "Bob", "Eve", "Dan"]);
}

#[test]
fn cycle() {
    query(|| {
        // sample: cycle
        let start = Author::query().only_on::<Postgres>().filter(|a| a.id.eq(1)).select(|a| a.id);
        let ring = recursive("ring", start, |found| found.query().select(|n| n.0 % 3 + 1)).cycle(|n| n.0);
        ring.query().filter(|step| !step.is_cycle).select(|step| step.row.0)
    })
    .gives([1, 2, 3]);
}

#[test]
fn materialized_cte() {
    query(|| {
        // sample: materialized_cte
        let novels = Book::query()
            .only_on::<(Postgres, Sqlite)>()
            .filter(|b| b.genre.eq("novel"))
            .select(|b| (b.author_id, b.title))
            .cte("novels")
            .materialized();
        novels.query().filter(|n| n.0.eq(2)).select(|n| n.1)
    })
    .gives(["Solaris"]);
}

// sample: move_row
#[derive(Insert, Row)]
#[insert(table = Visit)]
struct Moved {
    page: String,
    times: i32,
}
// end

#[test]
fn move_rows() {
    change(
        || {
            // sample: move_rows
            let sold_out = Stock::delete()
                .only_on::<Postgres>()
                .filter(|s| s.amount.eq(0))
                .returning_as(|s| MovedExprs { page: s.shelf, times: s.amount })
                .cte("sold_out");
            Visit::insert_from(sold_out.query())
        },
        || Visit::query().only_on::<Postgres>().select(|v| (v.page, v.times)),
    )
    .leaves(1, [("A1", 0)]);
}

#[test]
fn modifying_cte() {
    query(|| {
        // sample: modifying_cte
        let moved =
            Evening::delete().filter(|e| e.title.eq("Labyrinths")).returning_as(|e| (e.title, e.tags)).cte("moved");
        moved.query()
    })
    .gives([("Labyrinths", ["borges"])]);
}
