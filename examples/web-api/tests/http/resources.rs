//! Every endpoint and the statuses it answers with.

use serde_json::{Value, json};

use crate::client::{encoded, text};
use crate::service::{Service, on_each_database};

on_each_database!(users, threads, patches, tags, concurrent_upserts, unreadable_requests, health);

const NOBODY: &str = "00000000-0000-7000-8000-000000000000";

async fn users(Service { client, .. }: &Service) {
    let created = client.post("/users", json!({ "email": "ann@example.org", "name": "Ann" })).await.json(201);
    assert_eq!((&created["email"], &created["name"]), (&json!("ann@example.org"), &json!("Ann")));
    let path = format!("/users/{}", text(&created["id"]));
    assert_eq!(client.get(&path).await.json(200), created);

    let again = client.post("/users", json!({ "email": "ann@example.org", "name": "Another" })).await;
    again.is_error(409, "exists_already");
    for (email, name) in [("", "x"), ("x", "x"), ("@x", "x"), ("x@", "x"), ("a@b@c", "x"), ("a@b", " "), ("a@b", "\0")]
    {
        client.post("/users", json!({ "email": email, "name": name })).await.is_error(422, "invalid");
    }
    let long = client.post("/users", json!({ "email": "a@b", "name": "é".repeat(101) })).await;
    assert_eq!(long.json(422)["message"], "`name` is longer than 100 characters");

    client.get(&format!("/users/{NOBODY}")).await.is_error(404, "not_found");
    client.send("DELETE", &format!("/users/{NOBODY}"), json!(null)).await.is_error(404, "not_found");

    let thread = client.thread(&text(&created["id"]), "hers").await;
    client.send("DELETE", &path, json!(null)).await.is_error(422, "reference");
    client.send("DELETE", &format!("/threads/{thread}"), json!(null)).await.is_empty(204);
    client.send("DELETE", &path, json!(null)).await.is_empty(204);
    client.get(&path).await.is_error(404, "not_found");
}

async fn threads(Service { client, .. }: &Service) {
    let user = client.user("a@b").await;
    let new = json!({ "user_id": user, "title": "A title", "note": "a note" });
    let created = client.post("/threads", new).await.json(201);
    assert_eq!((&created["title"], &created["note"]), (&json!("A title"), &json!("a note")));
    assert_eq!((&created["done"], &created["tags"]), (&json!(false), &json!([])));
    assert_eq!(created["created_at"], created["updated_at"]);
    let path = format!("/threads/{}", text(&created["id"]));
    assert_eq!(client.get(&path).await.json(200), created);

    client.post("/threads", json!({ "user_id": NOBODY, "title": "x" })).await.is_error(422, "reference");
    client.post("/threads", json!({ "user_id": user, "title": " " })).await.is_error(422, "invalid");
    let long = json!({ "user_id": user, "title": "x", "note": "x".repeat(10_001) });
    client.post("/threads", long).await.is_error(422, "invalid");

    let other = client.user("other@b").await;
    let others = client.thread(&other, "another title").await;
    let listed = async |query: &str| -> Vec<String> {
        let page = client.get(&format!("/threads?{query}")).await.json(200);
        page["threads"].as_array().unwrap().iter().map(|thread| text(&thread["title"])).collect()
    };
    assert_eq!(listed("").await, ["another title", "A title"], "newest first");
    assert_eq!(listed(&format!("user={user}")).await, ["A title"]);
    assert_eq!(listed("q=another").await, ["another title"]);
    assert_eq!(listed("q=note").await, ["A title"], "notes are searched, too");
    assert_eq!(listed("q=nowhere").await, [""; 0]);
    client.send("PATCH", &format!("/threads/{others}"), json!({ "done": true })).await.json(200);
    assert_eq!(listed("done=true").await, ["another title"]);
    assert_eq!(listed("done=false").await, ["A title"]);
    for limit in ["0", "101"] {
        client.get(&format!("/threads?limit={limit}")).await.is_error(422, "invalid");
    }

    client.send("DELETE", &path, json!(null)).await.is_empty(204);
    client.send("DELETE", &path, json!(null)).await.is_error(404, "not_found");
    client.get(&path).await.is_error(404, "not_found");
    client.send("PATCH", &path, json!({ "done": true })).await.is_error(404, "not_found");
    client.send("PATCH", &path, json!({})).await.is_error(404, "not_found");
}

async fn patches(Service { client, .. }: &Service) {
    let user = client.user("a@b").await;
    let created = client.post("/threads", json!({ "user_id": user, "title": "x", "note": "y" })).await.json(201);
    let path = format!("/threads/{}", text(&created["id"]));
    let patch = async |patch: Value| client.send("PATCH", &path, patch).await;

    assert_eq!(patch(json!({})).await.json(200), created, "nothing changes, not even the time");
    let changed = patch(json!({ "title": "z" })).await.json(200);
    assert_eq!((&changed["title"], &changed["note"]), (&json!("z"), &json!("y")), "what is not named stays");
    assert!(text(&changed["updated_at"]) >= text(&created["updated_at"]));
    assert_eq!(changed["created_at"], created["created_at"]);
    assert_eq!(patch(json!({ "note": null })).await.json(200)["note"], json!(null));
    assert_eq!(patch(json!({ "note": "w", "done": true })).await.json(200)["note"], "w");
    for wrong in [json!({ "title": null }), json!({ "title": 1 }), json!({ "id": NOBODY }), json!({ "nix": 1 })] {
        patch(wrong).await.is_error(422, "unreadable");
    }
    for wrong in [json!({ "title": "" }), json!({ "title": "x".repeat(201) }), json!({ "note": "\0" })] {
        patch(wrong).await.is_error(422, "invalid");
    }
    let last = client.get(&path).await.json(200);
    assert_eq!((&last["title"], &last["note"], &last["done"]), (&json!("z"), &json!("w"), &json!(true)));
}

async fn tags(Service { client, .. }: &Service) {
    let put = async |path: &str, body: Value| client.send("PUT", path, body).await;
    for description in ["first", "first", "second"] {
        let tag = put("/tags/red", json!({ "description": description })).await.json(200);
        assert_eq!(tag, json!({ "name": "red", "description": description }));
    }
    put("/tags/blue", json!({ "description": "" })).await.json(200);
    put(&format!("/tags/{}", "x".repeat(51)), json!({ "description": "" })).await.is_error(422, "invalid");

    let user = client.user("a@b").await;
    let thread = client.thread(&user, "x").await;
    let path = format!("/threads/{thread}/tags");
    for tags in [json!(["red", "blue", "red"]), json!(["blue", "red"])] {
        put(&path, json!({ "tags": tags })).await.is_empty(204);
        assert_eq!(client.get(&format!("/threads/{thread}")).await.json(200)["tags"], json!(["blue", "red"]));
    }
    put(&path, json!({ "tags": ["red", "unknown"] })).await.is_error(422, "reference");
    let page = client.get("/threads?tag=blue").await.json(200);
    assert_eq!(page["threads"][0]["tags"], json!(["blue", "red"]), "what fails changes nothing");
    put(&path, json!({ "tags": ["red"] })).await.is_empty(204);
    assert_eq!(client.get("/threads?tag=blue").await.json(200)["threads"], json!([]));
    let count = |name: &str, description: &str, threads: i64| json!({ "name": name, "description": description, "threads": threads });
    assert_eq!(client.get("/tags").await.json(200), json!([count("blue", "", 0), count("red", "second", 1)]));
    put(&format!("/threads/{NOBODY}/tags"), json!({ "tags": [] })).await.is_error(404, "not_found");

    client.send("DELETE", &format!("/threads/{thread}"), json!(null)).await.is_empty(204);
    assert_eq!(client.get("/tags").await.json(200)[1], count("red", "second", 0));
}

async fn concurrent_upserts(Service { client, .. }: &Service) {
    let user = client.user("a@b").await;
    let thread = client.thread(&user, "x").await;
    let tasks: Vec<_> = (0..24)
        .map(|n| {
            let (client, thread) = (client.clone(), thread.clone());
            tokio::spawn(async move {
                let name = format!("tag{}", n % 3);
                client.send("PUT", &format!("/tags/{name}"), json!({ "description": "" })).await.json(200);
                client.send("PUT", &format!("/threads/{thread}/tags"), json!({ "tags": [name] })).await.is_empty(204);
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(client.get("/tags").await.json(200).as_array().unwrap().len(), 3);
    let tags = client.get(&format!("/threads/{thread}")).await.json(200)["tags"].clone();
    assert_eq!(tags.as_array().unwrap().len(), 1, "one of those who replaced the tags was the last: {tags}");
}

async fn unreadable_requests(Service { client, .. }: &Service) {
    let json = Some("application/json");
    client.raw("POST", "/users", json, "{".into()).await.is_error(400, "unreadable");
    client.raw("POST", "/users", json, "{\"email\":\"\\ud800\"}".into()).await.is_error(400, "unreadable");
    client.raw("POST", "/users", None, "{}".into()).await.is_error(415, "unreadable");
    client.post("/users", json!({ "email": "a@b" })).await.is_error(422, "unreadable");
    client.post("/users", json!({ "email": "a@b", "name": "x", "admin": true })).await.is_error(422, "unreadable");
    client.raw("POST", "/users", json, "x".repeat((256 << 10) + 1)).await.is_error(413, "unreadable");
    for path in ["/users/1", "/threads/x", "/accounts/%00", "/threads?limit=x", "/threads?limit=-1", "/threads?nix=1"] {
        client.get(path).await.is_error(400, "unreadable");
    }
    client.get(&format!("/threads?user={}", encoded("' OR 1=1"))).await.is_error(400, "unreadable");
    client.get("/nowhere").await.is_error(404, "not_found");
    client.send("DELETE", "/threads", json!(null)).await.is_error(405, "method_not_allowed");
}

async fn health(Service { client, db, .. }: &Service) {
    let health = client.get("/health").await.json(200);
    assert_eq!(health["database"], db.engine().name());
    let metrics = db.metrics();
    assert_eq!(health["pool"]["size"], metrics.size);
    assert!(health["pool"]["opened"].as_u64().unwrap() >= 1, "{health}");
    assert_eq!(health["pool"]["given_up"], 0);
    client.get("/health").await.json(200);
    let hits = client.get("/health").await.json(200)["statements"]["cache_hits"].as_u64().unwrap();
    assert!(hits >= 2, "the second time, no SQL is built: {hits}");
}
