//! Text that tries to be more than data comes back byte for byte, and no data comes out where it should not.

use serde_json::json;

use crate::client::{encoded, text};
use crate::logs;
use crate::service::{Service, on_each_database};

on_each_database!(text_comes_back_byte_for_byte, nothing_is_told_of_the_data);

/// In lower case, because whether LIKE heeds case is the database's.
const TEXTS: [&str; 22] = [
    "'; drop table users; --",
    "\" or \"1\"=\"1",
    "x' union select email from users --",
    "\\",
    "\\'; delete from threads; --",
    "%",
    "_",
    "100%_\\%",
    "$1 and $2",
    "?1 ?2 ? :name @name",
    "{{'{' || chr(39)}}",
    "/* comment */ -- another",
    "`backtick` [bracket] ]]>",
    "\u{1a}\u{1}\u{7f}\u{8}",
    "tab\tline\r\nline\nend ",
    "🦀 emoji 👩‍👩‍👧‍👦",
    "e\u{301} and é, ß, ﷽",
    "\u{202e}right to left\u{202c}",
    "\u{feff}bom \u{fffd} \u{10ffff}",
    "null",
    "</script><script>alert(1)</script>",
    "%27%00%2e%2e%2f",
];

async fn text_comes_back_byte_for_byte(Service { client, .. }: &Service) {
    for (n, hostile) in TEXTS.iter().enumerate() {
        let email = format!("{n}{hostile}@example.org").replace(['@'], "＠").replace("＠example", "@example");
        let user = client.post("/users", json!({ "email": email, "name": hostile })).await.json(201);
        assert_eq!((&user["email"], &user["name"]), (&json!(email), &json!(hostile)));
        let user = text(&user["id"]);

        let new = json!({ "user_id": user, "title": hostile, "note": hostile });
        let thread = client.post("/threads", new).await.json(201);
        let path = format!("/threads/{}", text(&thread["id"]));
        assert_eq!((&thread["title"], &thread["note"]), (&json!(hostile), &json!(hostile)));
        let reversed: String = hostile.chars().rev().collect();
        client.send("PATCH", &path, json!({ "note": reversed })).await.json(200);

        let tag = client.send("PUT", &format!("/tags/{}", encoded(hostile)), json!({ "description": hostile })).await;
        assert_eq!(tag.json(200), json!({ "name": hostile, "description": hostile }));
        client.send("PUT", &format!("{path}/tags"), json!({ "tags": [hostile] })).await.is_empty(204);
        let read = client.get(&path).await.json(200);
        assert_eq!((&read["note"], &read["tags"]), (&json!(reversed), &json!([hostile])));
        let of_tag = client.get(&format!("/threads?tag={}", encoded(hostile))).await.json(200);
        assert_eq!(of_tag["threads"].as_array().unwrap().len(), 1);
        assert_eq!(of_tag["threads"][0]["title"], json!(hostile));
    }
    let tags = client.get("/tags").await.json(200);
    let mut names: Vec<_> = tags.as_array().unwrap().iter().map(|tag| text(&tag["name"])).collect();
    names.sort();
    let mut expected: Vec<_> = TEXTS.map(str::to_owned).to_vec();
    expected.sort();
    assert_eq!(names, expected, "and nothing was dropped on the way");

    for hostile in TEXTS {
        let found = client.get(&format!("/threads?limit=100&q={}", encoded(hostile))).await.json(200);
        let mut found: Vec<_> = found["threads"].as_array().unwrap().iter().map(|t| text(&t["title"])).collect();
        found.sort();
        let has = |text: &str| text.contains(hostile) || text.chars().rev().collect::<String>().contains(hostile);
        let mut expected: Vec<_> = TEXTS.into_iter().filter(|text| has(text)).collect();
        expected.sort();
        assert_eq!(found, expected, "a wildcard in {hostile:?} stands for itself");
    }
}

async fn nothing_is_told_of_the_data(service: &Service) {
    let Service { client, db, place, .. } = service;
    // what no other test, place or library writes
    let secret = format!("sesame{}", [31_111, 32_222, 33_333, 34_444, 35_555][*place as usize]);
    let money = 987_650_000_000 + *place as i64;
    let mut errors = Vec::new();

    let new = json!({ "email": format!("{secret}@b"), "name": secret });
    let user = text(&client.post("/users", new.clone()).await.json(201)["id"]);
    errors.push((409, client.post("/users", new).await));
    let nobody = "5e5a3e00-0000-7000-8000-000000000000";
    errors.push((422, client.post("/threads", json!({ "user_id": nobody, "title": secret })).await));
    let thread = client.thread(&user, &secret).await;
    let path = format!("/threads/{thread}");
    client.send("PATCH", &path, json!({ "note": secret })).await.json(200);
    client.send("PUT", &format!("/tags/{secret}"), json!({ "description": secret })).await.json(200);
    errors.push((422, client.send("PUT", &format!("{path}/tags"), json!({ "tags": [format!("un{secret}")] })).await));
    client.get(&format!("/threads?q={secret}&tag={secret}")).await.json(200);
    errors.push((404, client.get(&format!("/threads/{nobody}")).await));
    errors.push((422, client.post("/accounts", json!({ "user_id": user, "balance": -money })).await));
    let (one, other) = (client.account(&user, money).await, client.account(&user, money).await);
    let much = json!({ "from": one, "to": other, "amount": money + 1 });
    errors.push((422, client.post("/transfers", much).await));
    client.post("/transfers", json!({ "from": one, "to": other, "amount": money })).await.json(200);

    // whatever is not foreseen
    db.raw_script("DROP TABLE thread_tags").await.unwrap();
    errors.push((500, client.get(&path).await));
    errors.push((500, client.get(&format!("/threads?tag={secret}")).await));
    errors.push((500, client.send("PUT", &format!("{path}/tags"), json!({ "tags": [secret] })).await));
    for (status, answer) in errors {
        answer.json(status);
        let inside = [&*secret, &money.to_string(), "5e5a3e00", "thread_tags", "SELECT", "INSERT", "relvar", "users"];
        assert!(!inside.iter().any(|word| answer.body.contains(word)), "{answer:?}");
    }

    let lines = logs::lines();
    let leaks: Vec<_> =
        lines.iter().filter(|line| line.contains(&secret) || line.contains(&money.to_string())).collect();
    assert!(leaks.is_empty(), "{leaks:#?}");
    let says = |words: &[&str]| lines.iter().any(|line| words.iter().all(|word| line.contains(word)));
    assert!(says(&["request{", "POST", "/users", "statement{", "INSERT users"]), "statements stand in their request");
    assert!(says(&["ERROR", "request{", "the request failed"]), "what is not foreseen is logged");
    assert!(says(&["statement failed", "category=Some(UniqueViolation)"]), "the kind of an error is logged");
}
