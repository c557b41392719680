//! JSON documents.

use relvar_guide_tests::prelude::*;

#[test]
fn json_text() {
    query(|| {
        // sample: json_text
        Book::query()
            .filter(|b| b.details.text("format").eq("hardcover") & b.details.text(("tags", 0)).eq("ocean"))
            .select(|b| (b.title, b.details.text(("tags", 1))))
    })
    .also(Engine::MySql)
    .also(Engine::Sqlite)
    .gives([("Solaris", Some("physics"))]);
}

#[test]
fn json_values() {
    query(|| {
        // sample: json_values
        Book::query().filter(|b| b.details.integer("weight").gt(100)).select(|b| {
            (
                b.details.integer("weight"),
                b.details.json("format"),
                b.details.has("tags"),
                b.details.json_type("weight"),
            )
        })
    })
    .gives([(Some(310), Some(Json(json!("scroll"))), false, Some("number"))]);
}

#[test]
fn json_lists() {
    query(|| {
        // sample: json_lists
        Book::query()
            .filter(|b| b.details.json("tags").json_array_length().gte(2))
            .order_by(|b| b.id.asc())
            .select(|b| b.details.json_as::<Vec<String>>("tags"))
    })
    .gives([Some(Json(["physics", "exile"])), Some(Json(["ocean", "physics"]))]);
}

#[test]
fn json_objects() {
    query(|| {
        // sample: json_objects
        Customer::query()
            .filter(|c| c.id.eq(1))
            .select(|c| (json_object((("name", c.name), ("city", c.city))), json_array((c.id, c.email))))
    })
    .also(Engine::Sqlite)
    .gives([(Json(json!({"name": "Ann", "city": "Berlin"})), Json((1, "ann@example.org")))]);
}

#[test]
fn json_change() {
    change(
        || {
            // sample: json_change
            Book::update()
                .filter(|b| b.id.eq(6))
                .set(|b| b.details.set(b.details.json_set("weight", 290).json_remove("format")))
        },
        || Book::query().filter(|b| b.id.eq(6)).select(|b| b.details),
    )
    .also(Engine::MySql)
    .leaves(1, [Json(json!({"weight": 290}))]);
}

#[test]
fn json_from_column() {
    change(
        || {
            // sample: json_from_column
            Book::update().filter(|b| b.id.eq(6)).set(|b| b.details.set(b.details.json_set("label", b.title.upper())))
        },
        || Book::query().filter(|b| b.id.eq(6)).select(|b| b.details.text("label")),
    )
    .also(Engine::MySql)
    .leaves(1, [Some("BEOWULF")]);
}

#[test]
fn json_equal() {
    query(|| {
        // sample: json_equal
        Book::query().filter(|b| b.details.json("tags").eq(Json(json!(["ocean", "physics"])))).select(|b| b.title)
    })
    .also(Engine::MariaDb)
    .also(Engine::Sqlite)
    .gives(["Solaris"]);
}

#[test]
fn json_times() {
    query(|| {
        // sample: json_times
        Order::query()
            .filter(|o| o.id.eq(1))
            .select(|o| json_object((("id", o.id), ("placed", o.placed_at), ("shipped", o.shipped_at))))
    })
    .also(Engine::MySql)
    .gives([Json(json!({
        "id": 1, "placed": "2026-01-15T08:30:00.000000Z", "shipped": "2026-01-16T10:00:00.000000Z"
    }))]);
}

#[test]
fn json_contains() {
    query(|| {
        // sample: json_contains
        Book::query()
            .only_on::<Postgres>()
            .filter(|b| {
                let details = b.details.only_on::<Postgres>();
                details.clone().json_contains(json!({"tags": ["physics"]}))
                    & details.json_path_exists("$.tags[*] ? (@ == $tag)", json!({"tag": "ocean"}))
            })
            .select(|b| b.title)
    })
    .gives(["Solaris"]);
}

#[test]
fn json_merge_patch() {
    query(|| {
        // sample: json_merge_patch
        type Merging = (MySql, MariaDb, Sqlite);

        Book::query()
            .only_on::<Merging>()
            .filter(|b| b.id.eq(6))
            .select(|b| b.details.only_on::<Merging>().json_merge_patch(json!({"format": null, "pages": 3})))
    })
    .gives([Json(json!({"weight": 310, "pages": 3}))]);
}
