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

#[test]
fn searches_put_together() {
    query(|(words, without): (&str, &str)| {
        let (words, without) = (words.to_owned(), without.to_owned());
        Article::query()
            .filter(move |a| {
                let wanted = plain_query(English, words).or_query(phrase_query(English, "sleeping dogs"));
                let unwanted = prefix_query(English, without).not_query();
                to_tsvector(English, a.body).matches_query(wanted.and_query(unwanted))
            })
            .order_by(|a| a.id.asc())
            .select(|a| a.id)
    })
    .postgres(
        r#"SELECT "articles"."id"
        FROM "articles"
        WHERE to_tsvector(CAST('english' AS regconfig), "articles"."body") @@ ((plainto_tsquery(CAST('english' AS
        regconfig), $1) || phraseto_tsquery(CAST('english' AS regconfig), $2)) && (!! (to_tsquery(CAST('english'
        AS regconfig), $3))))
        ORDER BY "articles"."id" ASC"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(("fox", "cat"), [1])
    .again(("fox", "qui"), [0; 0]);
}

#[test]
fn one_search_behind_another() {
    query(|(first, second): (&str, &str)| {
        Article::query().filter(|a| a.id.lte(2)).order_by(|a| a.id.asc()).select(|a| {
            let (one, other) = (plain_query(Simple, first), plain_query(Simple, second));
            let document = to_tsvector(Simple, a.body.coalesce(""));
            (
                document.clone().matches_query(one.clone().followed_by(other.clone())),
                document.matches_query(one.followed_at(2, other)),
            )
        })
    })
    .postgres(
        r#"SELECT to_tsvector(CAST('simple' AS regconfig), coalesce("articles"."body", $1)) @@
        (plainto_tsquery(CAST('simple' AS regconfig), $2) <-> plainto_tsquery(CAST('simple' AS regconfig), $3)),
        to_tsvector(CAST('simple' AS regconfig), coalesce("articles"."body", $1)) @@
        tsquery_phrase(plainto_tsquery(CAST('simple' AS regconfig), $2), plainto_tsquery(CAST('simple' AS
        regconfig), $3), 2)
        FROM "articles"
        WHERE "articles"."id" <= $4
        ORDER BY "articles"."id" ASC"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(("quick", "brown"), [(Some(true), Some(false)), (Some(false), Some(false))])
    .again(("quick", "foxes"), [(Some(false), Some(true)), (Some(false), Some(false))]);
}

#[test]
fn ranks_that_are_normalized() {
    query(|words: &str| {
        Article::query().filter(|a| a.body.matches(English, words)).order_by(|a| a.id.asc()).select(|a| {
            let document = to_tsvector(English, a.body.coalesce(""));
            let rank = |by| document.clone().ts_rank_by(plain_query(English, words), by);
            let near = |by: Normalization| document.clone().ts_rank_cd_by(plain_query(English, words), by);
            let normal = Normalization::new;
            (
                rank(normal()).eq(document.clone().ts_rank(plain_query(English, words))),
                rank(normal().length()).lt(rank(normal().log_length())),
                rank(normal().unique_words()).lt(rank(normal().log_unique_words())),
                near(normal().fraction()).between(0.0, 1.0),
                document.ts_rank_cd_by(plain_query(English, words), normal().distance().length()).gt(0.0),
            )
        })
    })
    .postgres(
        r#"SELECT ts_rank(to_tsvector(CAST('english' AS regconfig), coalesce("articles"."body", $1)),
        plainto_tsquery(CAST('english' AS regconfig), $2), 0) = ts_rank(to_tsvector(CAST('english' AS regconfig),
        coalesce("articles"."body", $1)), plainto_tsquery(CAST('english' AS regconfig), $3)),
        ts_rank(to_tsvector(CAST('english' AS regconfig), coalesce("articles"."body", $1)),
        plainto_tsquery(CAST('english' AS regconfig), $4), 2) < ts_rank(to_tsvector(CAST('english' AS regconfig),
        coalesce("articles"."body", $1)), plainto_tsquery(CAST('english' AS regconfig), $5), 1),
        ts_rank(to_tsvector(CAST('english' AS regconfig), coalesce("articles"."body", $1)),
        plainto_tsquery(CAST('english' AS regconfig), $6), 8) < ts_rank(to_tsvector(CAST('english' AS regconfig),
        coalesce("articles"."body", $1)), plainto_tsquery(CAST('english' AS regconfig), $7), 16),
        ts_rank_cd(to_tsvector(CAST('english' AS regconfig), coalesce("articles"."body", $1)),
        plainto_tsquery(CAST('english' AS regconfig), $8), 32) >= $9 AND ts_rank_cd(to_tsvector(CAST('english' AS
        regconfig), coalesce("articles"."body", $1)), plainto_tsquery(CAST('english' AS regconfig), $8), 32) <=
        $10, ts_rank_cd(to_tsvector(CAST('english' AS regconfig), coalesce("articles"."body", $1)),
        plainto_tsquery(CAST('english' AS regconfig), $11), 6) > $12
        FROM "articles"
        WHERE to_tsvector(CAST('english' AS regconfig), "articles"."body") @@ websearch_to_tsquery(CAST('english'
        AS regconfig), $13)
        ORDER BY "articles"."id" ASC"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives("quick fox", [(Some(true), Some(true), Some(true), Some(true), Some(true))])
    .again("sleeping", [(Some(true), Some(true), Some(true), Some(true), Some(true))]);
}
