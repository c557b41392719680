//! SELECT: columns, filters, order, limits, pages.

use relvar_guide_tests::prelude::*;

#[test]
fn whole_rows() {
    query(|| {
        // sample: whole_rows
        Customer::query().filter(|c| c.city.eq("Paris"))
    })
    .gives([Customer {
        id: 3,
        email: "eve@example.org".into(),
        name: "Eve".into(),
        city: Some("Paris".into()),
        referred_by: Some(2),
    }]);
}

#[test]
fn columns() {
    query(|| {
        // sample: columns
        Book::query().filter(|b| b.genre.eq("stories")).select(|b| (b.title, b.pages))
    })
    .gives([("The Cyberiad", Some(295)), ("Ficciones", Some(174))]);
}

#[test]
fn expressions() {
    query(|| {
        // sample: expressions
        Book::query().filter(|b| b.id.eq(3)).select(|b| (b.title.upper(), b.price * 2, b.pages.is_null().is_true()))
    })
    .gives([("SOLARIS", 2100, false)]);
}

// sample: row_struct
#[derive(Row, Debug, PartialEq)]
struct Card {
    title: String,
    author: String,
}
// end

#[test]
fn named_row() {
    query(|| {
        // sample: named_row
        Book::query()
            .join(Author::table(), |b, a| b.author_id.eq(a.id))
            .filter(|(b, _)| b.genre.eq("poem"))
            .select(|(b, a)| CardExprs { title: b.title, author: a.name })
    })
    .gives([Card { title: "Beowulf".into(), author: "anonymous".into() }]);
}

#[test]
fn distinct() {
    query(|| {
        // sample: distinct
        Book::query().select(|b| b.genre).distinct().order_by(|b| b.genre.asc())
    })
    .gives(["novel", "poem", "stories"]);
}

#[test]
fn distinct_on() {
    query(|| {
        // sample: distinct_on
        Book::query()
            .only_on::<Postgres>()
            .distinct_on(|b| b.author_id)
            .order_by(|b| (b.author_id.asc(), b.published.desc()))
            .select(|b| (b.author_id, b.title))
    })
    .gives([(1, "The Dispossessed"), (2, "The Cyberiad"), (3, "Ficciones"), (4, "Beowulf")]);
}

#[test]
fn conditions() {
    query(|| {
        // sample: conditions
        Book::query()
            .filter(|b| b.genre.eq("novel") & (b.price.lt(1000) | b.pages.gt(300)))
            .filter(|b| b.title.ne("Solaris"))
            .select(|b| b.title)
    })
    .gives(["The Dispossessed", "The Lathe of Heaven"]);
}

#[test]
fn comparisons() {
    query(|| {
        // sample: comparisons
        Book::query()
            .filter(|b| b.price.between(800, 1100))
            .filter(|b| b.author_id.in_list([1, 2]))
            .filter(|b| b.pages.is_not_null())
            .filter(|b| !b.genre.eq("poem"))
            .select(|b| b.title)
    })
    .also(Engine::MySql)
    .gives(["The Lathe of Heaven", "Solaris"]);
}

#[test]
fn order_by() {
    query(|| {
        // sample: order_by
        Book::query().order_by(|b| (b.pages.desc().nulls_last(), b.title.asc())).select(|b| b.title).limit(2)
    })
    .also(Engine::MySql)
    .gives(["The Dispossessed", "The Cyberiad"]);
}

#[test]
fn limit() {
    query(|| {
        // sample: limit
        Book::query().order_by(|b| b.id.asc()).select(|b| b.title).limit(2).offset(4)
    })
    .gives(["Ficciones", "Beowulf"]);
}

#[test]
fn keyset() {
    let (published, id): (NaiveDate, i64) = ("1965-01-01".parse().unwrap(), 4);
    query(|| {
        // sample: keyset
        // `published` and `id` are those of the last row that was shown
        Book::query()
            .filter(|b| (b.published, b.id).lt((published, id)))
            .order_by(|b| (b.published.desc(), b.id.desc()))
            .select(|b| (b.title, b.published, b.id))
            .limit(1)
    })
    .gives([("Solaris", "1961-06-01".parse::<NaiveDate>().unwrap(), 3)]);
}

#[test]
fn by_key() {
    query(|| {
        // sample: by_key
        Customer::find_by(Customer::EMAIL_KEY, "bob@example.org").select(|c| c.name)
    })
    .gives(["Bob"]);
}
