//! Subqueries, and rows as values.

use relvar_guide_tests::prelude::*;

#[test]
fn scalar_subquery() {
    query(|| {
        // sample: scalar_subquery
        Author::query().order_by(|a| a.id.asc()).select(|a| {
            let books = Book::query().filter(|b| b.author_id.eq(a.id)).aggregate(|g| g.count());
            (a.name, books.scalar().coalesce(0))
        })
    })
    .gives([("Ursula K. Le Guin", 2), ("Stanisław Lem", 2), ("Jorge Luis Borges", 1), ("anonymous", 1)]);
}

#[test]
fn scalar_in_filter() {
    query(|| {
        // sample: scalar_in_filter
        Book::query()
            .filter(|b| b.price.cast::<f64>().gt(Book::query().aggregate(|g| g.avg(|other| other.price))))
            .select(|b| b.title)
    })
    .gives(["The Dispossessed", "Solaris", "The Cyberiad"]);
}

#[test]
fn exists_in() {
    query(|| {
        // sample: exists_in
        Customer::query()
            .filter(|c| exists(Order::query().filter(|o| o.customer_id.eq(c.id) & o.status.eq(OrderStatus::Paid))))
            .select(|c| c.name)
    })
    .gives(["Ann", "Eve"]);
}

#[test]
fn not_exists_in() {
    query(|| {
        // sample: not_exists_in
        Book::query().filter(|b| not_exists(Item::query().filter(|i| i.book_id.eq(b.id)))).select(|b| b.title)
    })
    .gives(["The Lathe of Heaven", "Beowulf"]);
}

#[test]
fn in_query() {
    query(|| {
        // sample: in_query
        let foreign = Author::query().filter(|a| a.country.ne("USA")).select(|a| a.id);
        Book::query().filter(|b| b.author_id.in_query(foreign)).select(|b| b.title)
    })
    .gives(["Solaris", "The Cyberiad", "Ficciones"]);
}

#[test]
fn quantified() {
    query(|| {
        // sample: quantified
        let novels = || Book::query().only_on::<(Postgres, MySql, MariaDb)>().filter(|n| n.genre.eq("novel"));
        Book::query()
            .only_on::<(Postgres, MySql, MariaDb)>()
            .filter(|b| b.price.lt_all(novels().select(|n| n.price)))
            .filter(|b| b.author_id.ne_all(novels().select(|n| n.author_id)))
            .select(|b| b.title)
    })
    .gives(["Ficciones", "Beowulf"]);
}

#[test]
fn row_values() {
    query(|| {
        // sample: row_values
        Item::query().filter(|i| (i.order_id, i.book_id).in_list([(1, 3), (4, 5)])).select(|i| (i.book_id, i.amount))
    })
    .gives([(3, 2), (5, 1)]);
}

#[test]
fn exists_union() {
    query(|| {
        // sample: exists_union
        Book::query()
            .filter(|b| {
                let sold = Item::query().filter(|i| i.book_id.eq(b.id)).select(|i| i.book_id);
                let kept = Stock::query().filter(|s| s.book_id.eq(b.id)).select(|s| s.book_id);
                not_exists(sold.union_all(kept))
            })
            .select(|b| b.title)
    })
    .gives(["Beowulf"]);
}

#[test]
fn row_in_query() {
    query(|| {
        // sample: row_in_query
        let cheapest = Book::query().group_by(|b| b.author_id).select(|author, g| (author, g.min(|b| b.price)));
        Book::query().filter(|b| (b.author_id, b.price).in_query(cheapest)).select(|b| (b.author_id, b.title))
    })
    .gives([(1, "The Lathe of Heaven"), (2, "Solaris"), (3, "Ficciones"), (4, "Beowulf")]);
}

#[test]
fn derived() {
    query(|| {
        // sample: derived
        let sold = Item::query().group_by(|i| i.book_id).select(|book, g| (book, g.sum(|i| i.amount))).derived();
        Book::query().join(sold, |b, s| b.id.eq(s.0)).filter(|(_, s)| s.1.gt(1)).select(|(b, s)| (b.title, s.1))
    })
    .gives([("The Dispossessed", Some(2)), ("Solaris", Some(2)), ("Ficciones", Some(4))]);
}
