//! Types that not every database has: arrays, ranges, network addresses, UUIDs, vectors.

use relvar_guide_tests::prelude::*;

#[test]
fn arrays() {
    query(|| {
        // sample: arrays
        Evening::query()
            .filter(|e| e.tags.contains_all(["lem"]) | e.tags.overlaps(["poe", "borges"]))
            .select(|e| (e.tags.element(1), e.tags.cardinality(), e.tags.append("sf"), e.tags.join_elements("+")))
    })
    .gives([
        (Some("robots"), 2, vec!["robots", "lem", "sf"], "robots+lem"),
        (Some("borges"), 1, vec!["borges", "sf"], "borges"),
    ]);
}

#[test]
fn array_any() {
    query(|| {
        // sample: array_any
        Evening::query()
            .filter(|e| e.tags.has_element("borges"))
            .select(|e| (e.title, array((e.title.lower(), "evening", e.title.upper()))))
    })
    .gives([("Labyrinths", ["labyrinths", "evening", "LABYRINTHS"])]);
}

#[test]
fn ranges() {
    let (from, to) = (at("2026-04-01T20:00:00Z"), at("2026-04-01T23:00:00Z"));
    query(|| {
        // sample: ranges
        Evening::query()
            .filter(|e| e.during.overlaps_range(Range::from(from..to)) & e.seats.includes(20))
            .select(|e| (e.title, e.during.upper_bound(), e.seats.lies_within(Range::from(1..=30))))
    })
    .gives([("A night of robots", Some(at("2026-04-01T21:00:00Z")), Some(true))]);
}

#[test]
fn range_of_columns() {
    let (from, to) = (at("2026-01-01T00:00:00Z"), at("2026-02-01T00:00:00Z"));
    query(|| {
        // sample: range_of_columns
        Order::query()
            .only_on::<Postgres>()
            .filter(|o| {
                let shipping = range_of(o.placed_at.only_on::<Postgres>(), o.shipped_at);
                shipping.overlaps_range(Range::from(from..to))
            })
            .select(|o| o.id)
    })
    .gives([1]);
}

#[test]
fn inet() {
    let network = Inet::new("192.168.0.0".parse().unwrap(), 16);
    query(|| {
        // sample: inet
        Evening::query()
            .filter(|e| e.announced_from.in_network(network))
            .select(|e| (e.announced_from.host(), e.announced_from.prefix_length()))
    })
    .gives([("192.168.0.17", 24)]);
}

#[test]
fn uuids() {
    let id = relvar::uuid::Uuid::from_u128(2);
    query(|| {
        // sample: uuids
        Evening::query().filter(|e| e.id.eq(id) & e.id.ne(gen_random_uuid())).select(|e| (e.title, e.id.hyphenated()))
    })
    .gives([("Labyrinths", "00000000-0000-0000-0000-000000000002")]);
}

// sample: vector_table
#[derive(Table)]
#[table(name = "meanings", dialect = Postgres)]
struct Meaning {
    #[column(primary_key, references = Book::id)]
    book_id: i64,
    #[column(type = "vector(3)")]
    meaning: Vector,
}
// end

#[test]
fn vectors() {
    let wanted = vec![1.0, 0.0, 0.5];
    query(|| {
        // sample: vectors
        Meaning::query().order_by(|m| m.meaning.cosine_distance(Vector(wanted)).asc()).limit(5).select(|m| m.book_id)
    })
    .is_shown();
}

#[test]
fn array_changes() {
    query(|| {
        // sample: array_changes
        Evening::query().filter(|e| e.tags.contained_by(vec!["lem".to_owned(), "robots".to_owned()])).select(|e| {
            (
                e.tags.slice(1, 1),
                e.tags.prepend("sf").concat_array(vec!["x".to_owned()]),
                (e.tags.without("lem"), e.tags.replace_element("lem", "poe"), e.tags.position_of("lem")),
            )
        })
    })
    .gives([(["robots"], ["sf", "robots", "lem", "x"], (["robots"], ["robots", "poe"], Some(2)))]);
}
