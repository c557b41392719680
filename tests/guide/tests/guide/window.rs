//! Window functions.

use relvar_guide_tests::prelude::*;

#[test]
fn over() {
    query(|| {
        // sample: over
        Book::query().filter(|b| b.author_id.lte(2)).order_by(|b| b.id.asc()).select(|b| {
            (
                b.title,
                window::row_number().over(|w| w.partition_by(b.author_id).order_by(b.price.desc())),
                window::rank().over(|w| w.order_by(b.genre.asc())),
            )
        })
    })
    .gives([("The Dispossessed", 1, 1), ("The Lathe of Heaven", 2, 1), ("Solaris", 2, 1), ("The Cyberiad", 1, 4)]);
}

#[test]
fn lag() {
    query(|| {
        // sample: lag
        Order::query().order_by(|o| o.id.asc()).select(|o| {
            (
                o.id,
                window::lag(o.id).over(|w| w.partition_by(o.customer_id).order_by(o.placed_at.asc())),
                window::lead_by(o.status, 2).over(|w| w.order_by(o.id.asc())),
            )
        })
    })
    .gives([
        (1, None, Some(OrderStatus::Shipped)),
        (2, Some(1), Some(OrderStatus::Paid)),
        (3, None, None),
        (4, None, None),
    ]);
}

#[test]
fn frame() {
    query(|| {
        // sample: frame
        Item::query().filter(|i| i.book_id.gte(4)).order_by(|i| (i.order_id.asc(), i.book_id.asc())).select(|i| {
            let so_far = (FrameBound::UnboundedPreceding, FrameBound::CurrentRow);
            let near = (FrameBound::Preceding(1), FrameBound::Following(1));
            (
                window::sum(i.amount)
                    .over(|w| w.order_by((i.order_id.asc(), i.book_id.asc())).rows(so_far.0, so_far.1)),
                window::avg(i.amount).over(|w| w.order_by((i.order_id.asc(), i.book_id.asc())).rows(near.0, near.1)),
            )
        })
    })
    .gives([(Some(1), Some(2.0)), (Some(4), Some(5.0 / 3.0)), (Some(5), Some(2.0))]);
}

#[test]
fn named_window() {
    query(|| {
        // sample: named_window
        Book::query().filter(|b| b.author_id.eq(1)).order_by(|b| b.id.asc()).select(|b| {
            let by_author = window::named("by_author", |w| w.partition_by(b.author_id).order_by(b.id.asc()));
            (
                window::row_number().over_named(&by_author),
                window::max(b.price).over_named(&by_author),
                window::count()
                    .over(|_| by_author.window().rows(FrameBound::UnboundedPreceding, FrameBound::UnboundedFollowing)),
            )
        })
    })
    .gives([(1, Some(1200), 2), (2, Some(1200), 2)]);
}

#[test]
fn exclude() {
    query(|| {
        // sample: exclude
        type Groups = (Postgres, Sqlite);

        Book::query().only_on::<Groups>().order_by(|b| b.id.asc()).limit(3).select(|b| {
            (
                b.title,
                window::count().over(|w| {
                    w.order_by(b.genre.only_on::<Groups>().asc())
                        .groups(FrameBound::Preceding(1), FrameBound::CurrentRow)
                        .exclude(Exclude::CurrentRow)
                }),
                window::count().filter(b.price.gt(1000)).over(|w| w.partition_by(b.genre)),
            )
        })
    })
    .gives([("The Dispossessed", 2, 2), ("The Lathe of Heaven", 2, 2), ("Solaris", 2, 2)]);
}

#[test]
fn range_of_time() {
    query(|| {
        // sample: range_of_time
        type Times = (Postgres, MySql);

        Order::query().only_on::<Times>().order_by(|o| o.id.asc()).select(|o| {
            let days = |n| window::within(Interval::days(n));
            let placed = o.placed_at.only_on::<Times>();
            (o.id, window::count().over(|w| w.order_by(placed.asc()).range_of_time(days(30), days(0))))
        })
    })
    .gives([(1, 1), (2, 2), (3, 3), (4, 3)]);
}

#[test]
fn range_before() {
    query(|| {
        // sample: range_before
        type Times = (Postgres, MySql);

        Order::query().only_on::<Times>().order_by(|o| o.id.asc()).select(|o| {
            let (start, end) = (window::before(Interval::days(60)), window::before(Interval::days(10)));
            let placed = o.placed_at.only_on::<Times>();
            (o.id, window::count().over(|w| w.order_by(placed.asc()).range_of_time(start, end)))
        })
    })
    .gives([(1, 0), (2, 1), (3, 1), (4, 3)]);
}

#[test]
fn window_of_groups() {
    query(|| {
        // sample: window_of_groups
        Book::query()
            .group_by(|b| b.genre)
            .order_by(|genre, _| genre.asc())
            .select(|genre, g| (genre, g.count(), window::rank().over(|w| w.order_by(g.count().desc()))))
    })
    .gives([("novel", 3, 1), ("poem", 1, 3), ("stories", 2, 2)]);
}

#[test]
fn top_of_each() {
    query(|| {
        // sample: top_of_each
        Book::query()
            .select(|b| {
                (b.title, b.genre, window::row_number().over(|w| w.partition_by(b.genre).order_by(b.price.desc())))
            })
            .derived()
            .query()
            .filter(|ranked| ranked.2.eq(1))
            .select(|ranked| (ranked.1, ranked.0))
    })
    .gives([("novel", "The Dispossessed"), ("poem", "Beowulf"), ("stories", "The Cyberiad")]);
}
