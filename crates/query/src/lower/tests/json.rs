//! Places in JSON documents.

use super::*;

fn json(path: Vec<JsonStep>, form: JsonForm) -> Node {
    Node::Json { document: Box::new(c(3)), path, form }
}

fn key(key: &'static str) -> JsonStep {
    JsonStep::Key(key.into())
}

#[test]
fn json_paths() {
    check_expr(
        json(vec![key("a"), JsonStep::Index(0), key("b")], JsonForm::Json),
        &[
            (Postgres, r#""threads"."metadata" -> 'a' -> 0 -> 'b'"#),
            (Sqlite, r#""threads"."metadata" -> '$."a"[0]."b"'"#),
            (MySql, r#"json_extract(`threads`.`metadata`, '$."a"[0]."b"')"#),
        ],
    );
    check_expr(
        Node::binary(BinaryOp::DistinctFrom, json(vec![key("status")], JsonForm::Text), constant("archived")),
        &[
            (Postgres, r#"("threads"."metadata" ->> 'status') IS DISTINCT FROM 'archived'"#),
            (
                Sqlite,
                r#"CASE json_type("threads"."metadata", '$."status"') WHEN 'text' THEN "threads"."metadata" ->> '$."status"' WHEN 'null' THEN NULL ELSE "threads"."metadata" -> '$."status"' END IS NOT 'archived'"#,
            ),
        ],
    );
    check_expr(json(vec![], JsonForm::Text), &[(Postgres, r#""threads"."metadata" #>> '{}'"#)]);
}

#[test]
fn json_as_text_is_the_same_everywhere() {
    let of = |document: &'static str, path| {
        sqlite_value(Node::Json { document: Box::new(constant(document)), path, form: JsonForm::Text })
    };
    let a = || vec![key("a")];
    assert_eq!(of(r#"{"a":true}"#, a()).unwrap(), "true");
    assert_eq!(of(r#"{"a":1.50}"#, a()).unwrap(), "1.50");
    assert_eq!(of(r#"{"a":"x\"y"}"#, a()).unwrap(), "x\"y");
    assert_eq!(of(r#"{"a":null}"#, a()), None);
    assert_eq!(of(r#"{"b":1}"#, a()), None);
    assert_eq!(of(r#"{"a":[10,20]}"#, vec![key("a"), JsonStep::Index(1)]).unwrap(), "20");
}

#[test]
fn a_json_key_is_one_key() {
    for name in ["a.b", "a\"b", "$", "[0]", "a'b", "a\\b", "#-1", "", "é", "a\nb", "*", "\"].x", "a\u{1}b", "0"] {
        let document = serde_json::json!({ name: "yes", "a": { "b": "no" }, "x": "no" }).to_string();
        let document = Node::Constant(Constant::Text(document.into()));
        let path = vec![JsonStep::Key(name.to_owned().into())];
        let found = sqlite_value(Node::Json { document: Box::new(document), path, form: JsonForm::Text });
        assert_eq!(found.as_deref(), Some("yes"), "{name:?}");
    }
}
