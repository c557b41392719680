//! Full-text search of each database, each its own way; and similarity.

mod indexed;

use relvar_sql_tests::prelude::*;

#[test]
fn words_as_they_are_typed() {
    query(|words: &str| {
        Article::query()
            .filter(|a| {
                to_tsvector(Simple, a.title.concat(" ").concat(a.body.coalesce("")))
                    .matches_query(prefix_query(Simple, words))
            })
            .order_by(|a| a.id.asc())
            .select(|a| a.id)
    })
    .postgres(
        r#"SELECT "articles"."id"
        FROM "articles"
        WHERE to_tsvector(CAST('simple' AS regconfig), ("articles"."title" || $1) ||
        coalesce("articles"."body", $2)) @@ to_tsquery(CAST('simple' AS regconfig), $3)
        ORDER BY "articles"."id" ASC"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives("qui fo", [1])
    .again("do", [2]);
}

#[test]
fn no_input_of_a_prefix_query_is_an_error() {
    for input in ["", "'", "a:*&|!()<->", "\\", "'' :*", "🦀", "%_", "$1 ?", "\u{1a}", "fox'); DROP TABLE x; --"] {
        query(|words: &str| Article::query().filter(|a| to_tsvector(English, a.title).matches_query(prefix_query(English, words))).order_by(|a| a.id.asc()).select(|a| a.id))
            .postgres(
                r#"SELECT "articles"."id"
                FROM "articles"
                WHERE to_tsvector(CAST('english' AS regconfig), "articles"."title") @@ to_tsquery(CAST('english' AS regconfig), $1)
                ORDER BY "articles"."id" ASC"#,
            )
            .mysql_and_mariadb(DoesNotCompile)
            .sqlite(DoesNotCompile)
            .gives(input, [0; 0])
            .again("quic", [1]);
    }
}

#[test]
fn phrases_and_plain_words() {
    query(|words: &str| {
        Article::query().filter(|a| a.id.lte(2)).order_by(|a| a.id.asc()).select(|a| {
            let document = to_tsvector(English, a.body);
            (
                document.clone().matches_query(plain_query(English, words)),
                document.matches_query(phrase_query(English, words)),
            )
        })
    })
    .postgres(
        r#"SELECT to_tsvector(CAST('english' AS regconfig), "articles"."body") @@ plainto_tsquery(CAST('english'
        AS regconfig), $1), to_tsvector(CAST('english' AS regconfig), "articles"."body") @@
        phraseto_tsquery(CAST('english' AS regconfig), $2)
        FROM "articles"
        WHERE "articles"."id" <= $3
        ORDER BY "articles"."id" ASC"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives("brown quick", [(Some(true), Some(false)), (Some(false), Some(false))])
    .again("dog sleeping", [(Some(false), Some(false)), (Some(true), Some(true))]);
}

#[test]
fn rank_and_headline() {
    query(|words: &str| {
        Article::query().filter(|a| a.body.matches(English, words)).select(|a| {
            let document = to_tsvector(English, a.title)
                .with_weight(Weight::A)
                .with_document(to_tsvector(English, a.body).with_weight(Weight::D));
            (
                a.body.ts_headline(English, web_query(English, words)),
                document
                    .clone()
                    .ts_rank(web_query(English, words))
                    .gt(document.ts_rank_cd(web_query(English, "nothing"))),
            )
        })
    })
    .postgres(
        r#"SELECT ts_headline(CAST('english' AS regconfig), "articles"."body",
        websearch_to_tsquery(CAST('english' AS regconfig), $1)),
        ts_rank(((setweight(to_tsvector(CAST('english' AS regconfig), "articles"."title"), 'A')) ||
        (setweight(to_tsvector(CAST('english' AS regconfig), "articles"."body"), 'D'))),
        websearch_to_tsquery(CAST('english' AS regconfig), $2)) >
        ts_rank_cd(((setweight(to_tsvector(CAST('english' AS regconfig), "articles"."title"), 'A')) ||
        (setweight(to_tsvector(CAST('english' AS regconfig), "articles"."body"), 'D'))),
        websearch_to_tsquery(CAST('english' AS regconfig), $3))
        FROM "articles"
        WHERE to_tsvector(CAST('english' AS regconfig), "articles"."body") @@
        websearch_to_tsquery(CAST('english' AS regconfig), $4)"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives("fox", [(Some("The quick brown <b>foxes</b> jumped"), Some(true))])
    .again("dog", [(Some("A <b>dog</b> sleeps"), Some(true))]);
}

#[test]
fn a_headline_as_it_is_wanted() {
    query(|(before, words): (&str, u16)| {
        let headline = Headline::new().marked(before, "</m>").words(1, words);
        Article::query()
            .filter(|a| a.id.eq(1))
            .select(|a| a.body.ts_headline_by(English, web_query(English, "foxes"), headline))
    })
    .postgres(
        r#"SELECT ts_headline(CAST('english' AS regconfig), "articles"."body", websearch_to_tsquery(CAST('english'
        AS regconfig), $1), $2)
        FROM "articles"
        WHERE "articles"."id" = $3"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(("<m k=\"'\\\">", 2), [Some("<m k=\"'\\\">foxes</m>")])
    .again(("*", 3), [Some("*foxes</m>")]);
}

#[test]
fn a_headline_in_parts_and_as_a_whole() {
    query(|between: &str| {
        let query = || web_query(English, "quick or jumped");
        Article::query().filter(|a| a.id.eq(1)).select(|a| {
            let parts = Headline::new().words(1, 2).fragments(2, between);
            (
                a.body.ts_headline_by(English, query(), parts),
                a.body.ts_headline_by(English, query(), Headline::new().whole()),
            )
        })
    })
    .postgres(
        r#"SELECT ts_headline(CAST('english' AS regconfig), "articles"."body", websearch_to_tsquery(CAST('english'
        AS regconfig), $1), $2), ts_headline(CAST('english' AS regconfig), "articles"."body",
        websearch_to_tsquery(CAST('english' AS regconfig), $3), $4)
        FROM "articles"
        WHERE "articles"."id" = $5"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(" … ", [(Some("<b>quick</b> brown … <b>jumped</b>"), Some("The <b>quick</b> brown foxes <b>jumped</b>"))])
    .again(", ", [(Some("<b>quick</b> brown, <b>jumped</b>"), Some("The <b>quick</b> brown foxes <b>jumped</b>"))]);
}
