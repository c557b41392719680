//! Full-text search, each database its own way; trigrams.

use relvar_guide_tests::prelude::*;

#[test]
fn tsvector() {
    query(|| {
        // sample: tsvector
        Evening::query()
            .filter(|e| e.title.concat(" ").concat(e.text.coalesce("")).matches(English, "machine -labyrinth"))
            .select(|e| (e.title, e.text.ts_headline(English, web_query(English, "machine"))))
    })
    .gives([("A night of robots", Some("Trurl builds a <b>machine</b>, and regrets it"))]);
}

#[test]
fn tsvector_rank() {
    query(|| {
        // sample: tsvector_rank
        Evening::query()
            .filter(|e| to_tsvector(English, e.title).matches_query(prefix_query(English, "rob")))
            .order_by(|e| to_tsvector(English, e.title).ts_rank(plain_query(English, "robots")).desc())
            .select(|e| e.title)
    })
    .gives(["A night of robots"]);
}

#[test]
fn tsvector_put_together() {
    query(|| {
        // sample: tsvector_put_together
        let wanted = plain_query(English, "machine").or_query(phrase_query(English, "soft toys"));
        let wanted = wanted.and_query(plain_query(English, "labyrinth").not_query());

        Evening::query().filter(|e| to_tsvector(English, e.text.coalesce("")).matches_query(wanted)).select(|e| e.title)
    })
    .gives(["A night of robots"]);
}

#[test]
fn tsvector_followed() {
    query(|| {
        // sample: tsvector_followed
        let next = plain_query(English, "Trurl").followed_by(prefix_query(English, "buil"));
        let near = plain_query(English, "Trurl").followed_at(3, plain_query(English, "machine"));

        Evening::query()
            .filter(|e| to_tsvector(English, e.text.coalesce("")).matches_query(next.and_query(near)))
            .select(|e| e.title)
    })
    .gives(["A night of robots"]);
}

#[test]
fn tsvector_normalized() {
    query(|| {
        // sample: tsvector_normalized
        let by_length = Normalization::new().log_length().fraction();

        Evening::query()
            .filter(|e| e.title.matches(English, "robots"))
            .order_by(|e| to_tsvector(English, e.title).ts_rank_by(plain_query(English, "robots"), by_length).desc())
            .select(|e| e.title)
    })
    .gives(["A night of robots"]);
}

#[test]
fn tsvector_distance() {
    query(|| {
        // sample: tsvector_distance
        let by_nearness = Normalization::new().distance().unique_words();
        let words = || plain_query(English, "night robots");

        Evening::query()
            .filter(|e| to_tsvector(English, e.title).matches_query(words()))
            .order_by(|e| to_tsvector(English, e.title).ts_rank_cd_by(words(), by_nearness).desc())
            .select(|e| e.title)
    })
    .gives(["A night of robots"]);
}

#[test]
fn match_against() {
    query(|| {
        // sample: match_against
        Blurb::query()
            .filter(|b| match_boolean([b.title, b.text], BooleanSearch::new().must("robots").must_not("soft")).gt(0.0))
            .order_by(|b| match_natural([b.title, b.text], "robots machines").desc())
            .select(|b| b.title)
    })
    .gives(["Trurl"]);
}

// sample: fts5_table
/// CREATE VIRTUAL TABLE leaflets USING fts5(title, text)
#[derive(Table)]
#[table(name = "leaflets", dialect = Sqlite)]
struct Leaflet {
    #[column(primary_key)]
    rowid: i64,
    title: String,
    text: String,
}
// end

#[test]
fn fts5() {
    query(|| {
        // sample: fts5
        Leaflet::query()
            .filter(|l| l.text.matches_fts5("robots machine") | l.title.matches_fts5_prefix("lab"))
            .select(|l| l.rowid)
    })
    .needs(
        "CREATE VIRTUAL TABLE leaflets USING fts5(title, text); INSERT INTO leaflets (rowid, title, text) VALUES
        (1, 'Trurl', 'a machine of robots'), (2, 'Labyrinths', 'mirrors'), (3, 'Maps', 'one to one')",
    )
    .gives([1, 2]);
}

#[test]
fn fts5_whole() {
    query(|| {
        // sample: fts5_whole
        Leaflet::query()
            .filter(|l| match_fts5(l, "robots"))
            .order_by(|l| fts5_rank(l).asc())
            .select(|l| (l.title, fts5_highlight(l.text, "<b>", "</b>"), fts5_snippet(l.text, "<b>", "</b>", "…", 4)))
    })
    .needs(
        "CREATE VIRTUAL TABLE leaflets USING fts5(title, text); INSERT INTO leaflets (rowid, title, text) VALUES
        (1, 'Trurl', 'a machine that is made of robots'), (2, 'Labyrinths', 'mirrors')",
    )
    .gives([("Trurl", "a machine that is made of <b>robots</b>", "…is made of <b>robots</b>")]);
}

#[test]
fn headline() {
    query(|| {
        // sample: headline
        let headline = Headline::new().marked("<mark>", "</mark>").words(2, 4);
        Evening::query()
            .filter(|e| e.text.matches(English, "machine"))
            .select(|e| e.text.ts_headline_by(English, web_query(English, "machine"), headline))
    })
    .gives([Some("<mark>machine</mark>, and regrets")]);
}

#[test]
fn trigrams() {
    query(|| {
        // sample: trigrams
        Book::query()
            .only_on::<Postgres>()
            .filter(|b| b.title.only_on::<Postgres>().is_similar_to("Solari"))
            .order_by(|b| b.title.only_on::<Postgres>().similarity("Solari").desc())
            .select(|b| b.title)
    })
    .needs("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    .gives(["Solaris"]);
}

#[test]
fn tsvector_weights() {
    query(|| {
        // sample: tsvector_weights
        let words = |e: EveningColumns| {
            let text = to_tsvector(English, e.text.coalesce("")).with_weight(Weight::D);
            to_tsvector(English, e.title).with_weight(Weight::A).with_document(text)
        };
        Evening::query()
            .filter(move |e| words(e).matches_query(phrase_query(English, "builds a machine")))
            .order_by(move |e| words(e).ts_rank_cd(plain_query(English, "robots")).desc())
            .select(|e| e.title)
    })
    .gives(["A night of robots"]);
}

#[test]
fn match_words() {
    query(|| {
        // sample: match_words
        let search = BooleanSearch::new().must_prefix("rob").phrase("for the small").may("toys");

        Blurb::query().filter(move |b| match_boolean([b.title, b.text], search).gt(0.0)).select(|b| b.title)
    })
    .gives(["Toys"]);
}
