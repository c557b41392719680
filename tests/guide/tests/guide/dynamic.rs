//! Queries that are put together when the program runs.

use relvar_guide_tests::prelude::*;

#[test]
fn filter_opt() {
    let (genre, least): (Option<&str>, Option<i32>) = (Some("novel"), None);
    query(|| {
        // sample: filter_opt
        // `genre` is an `Option<&str>`, `least` an `Option<i32>`
        let mut books = Book::query()
            .filter_opt(genre, |b, genre| b.genre.eq(genre))
            .filter_opt(least, |b, least| b.price.gte(least));
        if genre.is_some() {
            books = books.order_by(|b| b.price.asc());
        }
        books.select(|b| b.title)
    })
    .gives(["The Lathe of Heaven", "Solaris", "The Dispossessed"]);
}

#[test]
fn condition_list() {
    let words = ["sol", "beo"];
    query(|| {
        // sample: condition_list
        Book::query().filter(|b| any(words.map(|word| b.title.lower().like(contains(word))))).select(|b| b.title)
    })
    .gives(["Solaris", "Beowulf"]);
}

// sample: condition_function
fn in_print<N: Nullness>(b: BookColumns<N>) -> Condition<Portable> {
    b.price.gt(0) & b.pages.is_not_null()
}
// end

#[test]
fn condition_function() {
    query(|| {
        // sample: condition_function_use
        Author::query()
            .left_join(Book::table(), |a, b| b.author_id.eq(a.id) & in_print(b))
            .filter(|(a, b)| a.country.is_null() | !in_print(b))
            .select(|(a, b)| (a.name, b.title))
    })
    .gives([("anonymous", None::<&str>)]);
}

#[test]
fn order_list() {
    let (by_price, newest_first) = (true, false);
    query(|| {
        // sample: order_list
        Book::query()
            .order_by(|b| (by_price.then(|| b.price.desc()), newest_first.then(|| b.published.desc()), b.id.asc()))
            .limit(2)
            .select(|b| b.title)
    })
    .gives(["The Dispossessed", "The Cyberiad"]);
}

#[test]
fn by_name() {
    query(|| {
        // sample: by_name
        use relvar::query::error::NameError;

        /// `field`, `comparison`, `typed` and `sort` come from a request: `price`, `gte`, `1100`, `-price,title`. A name that
        /// there is not, or a value of another type, is an error that says so.
        fn wanted(field: &str, comparison: &str, typed: &str, sort: &str) -> Result<Rows<String, Portable>, NameError> {
            let comparison: Comparison = comparison.parse()?;
            let books = Book::query()
                .try_filter(|b| Named::of(b).only(["title", "price"]).compare(field, comparison, typed))?
                .try_order_by(|b| Named::of(b).only(["title", "price"]).order(sort))?;
            Ok(books.select(|b| b.title).rows())
        }
        // end
        wanted("price", "gte", "1100", "-price,title").unwrap()
    })
    .gives(["The Dispossessed", "The Cyberiad"]);
}

#[test]
fn columns_by_name() {
    let fields = ["title", "price"];
    query(|| {
        // sample: columns_by_name
        // each row is a map from names to values, which can be written as JSON
        let books = Book::query().filter(|b| b.id.eq(3));
        books.try_select_list(|b| Named::of(b).select(fields)).expect("`fields` are columns")
    })
    .gives([format_args!(r#"{{"title": Text("Solaris"), "price": I32(1050)}}"#)]);
}
