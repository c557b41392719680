//! SQL text, functions of the user's, views.

use relvar_guide_tests::prelude::*;

#[test]
fn raw_expression() {
    let word = "SOLARIS";
    query(|| {
        // sample: raw_expression
        Book::query()
            .filter(|b| sql!("lower({}) = lower({})", b.title, word).condition())
            .select(|b| (b.title, sql!("length({})", b.title).returns::<i32>()))
    })
    .gives([("Solaris", 7)]);
}

#[test]
fn raw_per_database() {
    query(|| {
        // sample: raw_per_database
        Book::query().filter(|b| b.id.eq(3)).select(|b| {
            let hex = sql! {
                Postgres => "to_hex({})",
                Sqlite => "printf('%x', {})",
                MySql => "lower(hex({}))",
                MariaDb => "lower(hex({}))";
                b.price
            };
            hex.returns::<String>()
        })
    })
    .also(Engine::MySql)
    .gives(["41a"]);
}

#[test]
fn raw_source() {
    query(|| {
        // sample: raw_source
        sql!("SELECT book_id, sum(amount) FROM {} WHERE amount < {} GROUP BY book_id", Item::table(), 3)
            .rows::<(i64, Option<i64>)>()
            .query()
            .join(Book::table(), |sold, b| b.id.eq(sold.0))
            .filter(|(sold, _)| sold.0.gt(3))
            .select(|(sold, b)| (b.title, sold.0))
    })
    .gives([("The Cyberiad", 4), ("Ficciones", 5)]);
}

#[test]
fn raw_query() {
    query(|| {
        // sample: raw_query
        sql!("SELECT id, name FROM customers WHERE city = {} ORDER BY id", "Berlin").rows::<(i64, String)>()
    })
    .gives([(1, "Ann"), (4, "Dan")]);
}

#[test]
fn raw_statement() {
    change(
        || {
            // sample: raw_statement
            sql!("UPDATE {} SET amount = amount + {} WHERE amount = 0", Stock::table(), 5).statement()
        },
        || Stock::query().filter(|s| s.book_id.eq(2)).select(|s| s.amount),
    )
    .leaves(1, [5]);
}

// sample: function
sql_function! {
    /// What a text sounds like.
    #[sql(dialect = (MySql, MariaDb))]
    fn soundex(text: String) -> String;

    /// How many of the values are NULL.
    #[sql(dialect = Postgres)]
    fn num_nulls(one: Option<String>, other: Option<i64>) -> i32;
}
// end

#[test]
fn call_function() {
    query(|| {
        // sample: call_function
        Customer::query()
            .only_on::<Postgres>()
            .filter(|c| num_nulls(c.city, c.referred_by).gt(0))
            .select(|c| (c.name, num_nulls(c.city, c.referred_by)))
    })
    .gives([("Ann", 1), ("Bob", 1)]);
}

#[test]
fn call_soundex() {
    query(|| {
        // sample: call_soundex
        Customer::query().only_on::<(MySql, MariaDb)>().filter(|c| soundex(c.name).eq("D500")).select(|c| c.name)
    })
    .gives(["Dan"]);
}

#[test]
fn view_query() {
    query(|| {
        // sample: view_query
        CheapBook::query().filter(|b| b.price.gt(700)).order_by(|b| b.price.asc()).select(|b| (b.title, b.author))
    })
    .gives([("Ficciones", "Jorge Luis Borges"), ("The Lathe of Heaven", "Ursula K. Le Guin")]);
}

#[test]
fn refresh() {
    change(
        || {
            // sample: refresh
            Sales::refresh()
        },
        || Sales::query().filter(|s| s.orders.gt(1)).order_by(|s| s.book_id.asc()),
    )
    .leaves(0, [Sales { book_id: 1, orders: 2 }, Sales { book_id: 5, orders: 2 }]);
}
