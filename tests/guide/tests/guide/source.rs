//! Sources that are no tables; samples, hints, comments, locks.

use relvar_guide_tests::prelude::*;

#[test]
fn values_list() {
    query(|| {
        // sample: values_list
        let rates = values([("novel".to_owned(), 10), ("poem".to_owned(), 50)]);
        Book::query()
            .join(rates, |b, r| b.genre.eq(r.0))
            .filter(|(b, _)| b.id.gt(2))
            .select(|(b, r)| (b.title, b.price * r.1 / 100))
    })
    .also(Engine::MySql)
    .gives([("Solaris", 105), ("Beowulf", 350)]);
}

#[test]
fn series() {
    query(|| {
        // sample: series
        generate_series(value(1i64), 6)
            .query()
            .left_join(Stock::table(), |n, s| s.book_id.eq(n.0))
            .filter(|(_, s)| s.book_id.is_null())
            .select(|(n, _)| n.0)
    })
    .gives([4, 6]);
}

#[test]
fn unnest_array() {
    query(|| {
        // sample: unnest_array
        Evening::query()
            .cross_join_lateral(|e| unnest(e.tags).with_ordinality())
            .order_by(|(e, tag)| (e.title.asc(), tag.1.asc()))
            .select(|(e, tag)| (e.title, tag.0, tag.1))
    })
    .gives([("A night of robots", "robots", 1), ("A night of robots", "lem", 2), ("Labyrinths", "borges", 1)]);
}

#[test]
fn json_rows() {
    query(|| {
        // sample: json_rows
        let wanted = Json(vec![5i64, 1, 99]);
        json_elements(value(wanted)).query().join(Book::table(), |id, b| b.id.eq(id.0)).select(|(_, b)| b.title)
    })
    .also(Engine::MySql)
    .gives(["Ficciones", "The Dispossessed"]);
}

#[test]
fn json_documents_in_rows() {
    query(|| {
        // sample: json_documents
        let wishes = Json(json!([{"genre": "poem", "for": "Ann"}, {"genre": "essay", "for": "Bob"}]));
        json_documents(value(wishes))
            .query()
            .join(Book::table(), |wish, b| b.genre.eq(wish.0.text("genre")))
            .select(|(wish, b)| (wish.0.text("for"), b.title))
    })
    .also(Engine::Sqlite)
    .gives([(Some("Ann"), "Beowulf")]);
}

#[test]
fn for_update() {
    query(|| {
        // sample: for_update
        Order::query()
            .only_on::<(Postgres, MySql, MariaDb)>()
            .filter(|o| o.status.eq(OrderStatus::Paid))
            .order_by(|o| o.placed_at.asc())
            .limit(1)
            .select(|o| o.id)
            .for_update(LockWait::SkipLocked)
    })
    .gives([2]);
}

#[test]
fn lock_of() {
    query(|| {
        // sample: lock_of
        Order::query()
            .only_on::<(Postgres, MySql)>()
            .join(Customer::table(), |o, c| o.customer_id.eq(c.id))
            .filter(|(_, c)| c.name.eq("Bob"))
            .select(|(o, _)| o.id)
            .for_share(LockWait::NoWait)
            .lock_of(|(o, _)| o)
    })
    .gives([3]);
}

#[test]
fn sample() {
    query(|| {
        // sample: sample
        Evening::table().sample_repeatable(SampleMethod::Bernoulli, 100.0, 42.0).query().select(|e| e.title)
    })
    .gives(["A night of robots", "Labyrinths"]);
}

#[test]
fn index_hint() {
    query(|| {
        // sample: index_hint
        Book::table()
            .only_on::<(MySql, MariaDb)>()
            .force_index([Book::BOOKS_GENRE])
            .query()
            .filter(|b| b.genre.eq("poem"))
            .select(|b| (b.id, b.title))
    })
    .gives([(6, "Beowulf")]);
}

#[test]
fn tags() {
    query(|| {
        // sample: tags
        Book::query().filter(|b| b.genre.eq("poem")).select(|b| b.title).tag("route", "/books").tag("job", "shelf")
    })
    .gives(["Beowulf"]);
}
