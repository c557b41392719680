//! Elements and parts of arrays.

use relvar_sql_tests::prelude::*;

#[test]
fn elements_and_parts() {
    query(|position: i32| {
        Article::query().order_by(|a| a.id.asc()).limit(2).select(|a| {
            (a.tags.element(position), a.scores.element(position), a.scores.slice(2, 9), a.tags.position_of("fast"))
        })
    })
    .postgres(
        r#"SELECT ("articles"."tags")[$1], ("articles"."scores")[$2], ("articles"."scores")[$3:$4],
        array_position("articles"."tags", $5)
        FROM "articles"
        ORDER BY "articles"."id" ASC LIMIT $6"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(2, [(Some("fast"), Some(2), Some(vec![2, 3]), Some(2)), (None, None, Some(vec![]), None)])
    .again(0, [(None::<String>, None::<i32>, Some(vec![2, 3]), Some(2)), (None, None, Some(vec![]), None)]);
}

#[test]
fn elements_added_replaced_and_removed() {
    query(|tag: &str| {
        Article::query().filter(|a| a.id.ne(2)).order_by(|a| a.id.asc()).select(|a| {
            (
                a.tags.append(tag),
                a.tags.prepend(tag),
                a.tags.without("fast"),
                a.tags.replace_element("animal", tag),
                a.tags.concat_array(vec![tag.to_owned()]),
            )
        })
    })
    .postgres(
        r#"SELECT array_append("articles"."tags", $1), array_prepend($2, "articles"."tags"),
        array_remove("articles"."tags", $3), array_replace("articles"."tags", $4, $5), (("articles"."tags")
        || ($6))
        FROM "articles"
        WHERE "articles"."id" <> $7
        ORDER BY "articles"."id" ASC"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(
        "a,{b}\"\\'",
        [
            (
                vec!["animal", "fast", "a,{b}\"\\'"],
                vec!["a,{b}\"\\'", "animal", "fast"],
                vec!["animal"],
                vec!["a,{b}\"\\'", "fast"],
                vec!["animal", "fast", "a,{b}\"\\'"],
            ),
            (vec!["a,{b}\"\\'"], vec!["a,{b}\"\\'"], vec![], vec![], vec!["a,{b}\"\\'"]),
        ],
    )
    .again(
        "NULL",
        [
            (
                vec!["animal", "fast", "NULL"],
                vec!["NULL", "animal", "fast"],
                vec!["animal"],
                vec!["NULL", "fast"],
                vec!["animal", "fast", "NULL"],
            ),
            (vec!["NULL"], vec!["NULL"], vec![], vec![], vec!["NULL"]),
        ],
    );
}

#[test]
fn membership_and_text() {
    query(|(tag, separator): (&str, &str)| {
        Article::query().order_by(|a| a.id.asc()).select(|a| {
            (
                a.tags.has_element(tag),
                a.tags.join_elements(separator),
                a.scores.has_element(2),
                a.scores.join_elements("+"),
            )
        })
    })
    .postgres(
        r#"SELECT (($1) = ANY ("articles"."tags")), array_to_string("articles"."tags", $2), (($3) = ANY
        ("articles"."scores")), array_to_string("articles"."scores", $4)
        FROM "articles"
        ORDER BY "articles"."id" ASC"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(
        ("fast", "'"),
        [
            (Some(true), "animal'fast", Some(true), Some("1+2+3")),
            (Some(false), "animal", Some(false), Some("")),
            (Some(false), "", None, None),
        ],
    )
    .again(
        ("animal", ""),
        [
            (Some(true), "animalfast", Some(true), Some("1+2+3")),
            (Some(true), "animal", Some(false), Some("")),
            (Some(false), "", None, None),
        ],
    );
}

#[test]
fn arrays_of_expressions() {
    query(|id: i64| {
        Article::query()
            .filter(|a| a.id.eq(id))
            .select(|a| (array([a.title.lower(), a.title.upper()]), array([a.id + 1, a.id * 2]).cardinality()))
    })
    .postgres(
        r#"SELECT ARRAY[lower("articles"."title"), upper("articles"."title")], cardinality(ARRAY["articles"."id"
        + $1, "articles"."id" * $2])
        FROM "articles"
        WHERE "articles"."id" = $3"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(3, [(vec!["empty", "EMPTY"], 2)])
    .again(2, [(vec!["lazy dogs", "LAZY DOGS"], 2)]);
}

#[test]
fn arrays_of_columns_and_values() {
    query(|(title, n): (&str, i64)| {
        let title = title.to_owned();
        Article::query().filter(|a| a.id.eq(3)).select(move |a| {
            (
                array((a.title, title, a.title.upper(), "x")),
                array((a.id, n, 7, a.id + 1)),
                array([a.id, a.id]),
                array([n, 1]),
            )
        })
    })
    .postgres(
        r#"SELECT ARRAY["articles"."title", $1, upper("articles"."title"), $2], ARRAY["articles"."id", $3, $4,
        "articles"."id" + $5], ARRAY["articles"."id", "articles"."id"], ARRAY[$6, $7]
        FROM "articles"
        WHERE "articles"."id" = $8"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(("one", 9), [(vec!["Empty", "one", "EMPTY", "x"], vec![3, 9, 7, 4], vec![3, 3], vec![9, 1])])
    .again(("", -1), [(vec!["Empty", "", "EMPTY", "x"], vec![3, -1, 7, 4], vec![3, 3], vec![-1, 1])]);
}

#[test]
fn any_and_all_elements() {
    query(|n: i64| {
        Article::query().order_by(|a| a.id.asc()).select(|a| {
            let n = value(n).cast::<i32>() + 0;
            (n.clone().eq_any(a.scores), n.clone().gt_all(a.scores), n.clone().lt_any(a.scores), n.ne_all(a.scores))
        })
    })
    .postgres(
        r#"SELECT CAST($1 AS integer) + $2 = ANY ("articles"."scores"), CAST($1 AS integer) + $2 > ALL
        ("articles"."scores"), CAST($1 AS integer) + $2 < ANY ("articles"."scores"), CAST($1 AS integer) + $2
        <> ALL ("articles"."scores")
        FROM "articles"
        ORDER BY "articles"."id" ASC"#,
    )
    .mysql_and_mariadb(DoesNotCompile)
    .sqlite(DoesNotCompile)
    .gives(
        3,
        [
            (Some(true), Some(false), Some(false), Some(false)),
            (Some(false), Some(true), Some(false), Some(true)),
            (None, None, None, None),
        ],
    )
    .again(
        4,
        [
            (Some(false), Some(true), Some(false), Some(true)),
            (Some(false), Some(true), Some(false), Some(true)),
            (None, None, None, None),
        ],
    );
}
