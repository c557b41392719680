//! Pages: without gaps and repeats while rows come in; with cursors that cannot be made up.

use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::client::{Client, encoded, text};
use crate::service::{Service, on_each_database};

on_each_database!(every_row_once_while_rows_come_in, tampered_cursors);

/// All threads of all pages, in their order.
async fn all_pages(client: &Client, query: &str, limit: usize) -> Vec<Value> {
    let mut threads = Vec::new();
    let mut after = String::new();
    loop {
        let page = client.get(&format!("/threads?limit={limit}{query}{after}")).await.json(200);
        let of_page = page["threads"].as_array().unwrap();
        threads.extend(of_page.iter().cloned());
        match page["next"].as_str() {
            Some(next) => {
                assert_eq!(of_page.len(), limit, "only the last page is short");
                after = format!("&after={next}");
            }
            None => return threads,
        }
    }
}

async fn every_row_once_while_rows_come_in(Service { client, db, .. }: &Service) {
    let user = client.user("a@b").await;
    let other = client.user("other@b").await;
    let mut before = Vec::new();
    for n in 0..60 {
        before.push(client.thread(&user, &format!("old {n}")).await);
        if n == 39 {
            // what the time alone cannot put in order
            db.raw_script("UPDATE threads SET created_at = '2026-01-01 00:00:00.000001'").await.unwrap();
        }
    }

    let enough = Arc::new(AtomicBool::new(false));
    let writer = tokio::spawn({
        let (client, enough, user, other) = (client.clone(), enough.clone(), user.clone(), other.clone());
        async move {
            let mut written = 0;
            while !enough.load(Ordering::Relaxed) && written < 500 {
                client.thread([&user, &other][written % 2], &format!("new {written}")).await;
                written += 1;
            }
            written
        }
    });
    for (query, limit) in [("", 7), ("", 1), (&*format!("&user={user}"), 10), ("&q=old", 20)] {
        let threads = all_pages(client, query, limit).await;
        let mut seen: HashMap<String, usize> = HashMap::new();
        threads.iter().for_each(|thread| *seen.entry(text(&thread["id"])).or_default() += 1);
        let repeated: Vec<_> = seen.iter().filter(|(_, times)| **times > 1).collect();
        assert!(repeated.is_empty(), "{repeated:?}");
        let missing: Vec<_> = before.iter().filter(|id| !seen.contains_key(*id)).collect();
        assert!(missing.is_empty(), "{} of {}: {missing:?}", missing.len(), before.len());
        // of one width, these texts sort as what they mean
        let keys: Vec<_> = threads.iter().map(|t| (micros(&text(&t["created_at"])), text(&t["id"]))).collect();
        assert!(keys.is_sorted_by(|one, next| one > next), "newest first, ties by key");
    }
    enough.store(true, Ordering::Relaxed);
    assert!(writer.await.unwrap() > 0, "rows came in");
    let ties = all_pages(client, "&q=old", 100).await;
    let first = &ties.last().unwrap()["created_at"];
    assert_eq!(ties.iter().filter(|thread| thread["created_at"] == *first).count(), 40);
}

fn micros(time: &str) -> i64 {
    time.parse::<relvar::chrono::DateTime<relvar::chrono::Utc>>().unwrap().timestamp_micros()
}

async fn tampered_cursors(Service { client, .. }: &Service) {
    let user = client.user("a@b").await;
    for n in 0..3 {
        client.thread(&user, &format!("thread {n}")).await;
    }
    let cursor = text(&client.get("/threads?limit=1").await.json(200)["next"]);
    let get = async |query: &str, cursor: &str| client.get(&format!("/threads?{query}after={}", encoded(cursor))).await;
    assert_eq!(get("limit=1&", &cursor).await.json(200)["threads"][0]["title"], "thread 1");
    assert_eq!(get("limit=2&", &cursor).await.json(200)["next"], json!(null), "a page may have another size");

    let mut tampered: Vec<String> = (0..cursor.len())
        .map(|position| {
            let other = if &cursor[position..=position] == "0" { "1" } else { "0" };
            format!("{}{other}{}", &cursor[..position], &cursor[position + 1..])
        })
        .collect();
    for other in ["", "0", "zz", "' OR 1=1 --", "\0", "🦀", "%", &cursor[1..], &cursor[2..], &cursor[..64]] {
        tampered.push(other.to_owned());
    }
    tampered.extend([cursor.to_uppercase(), format!("{cursor}00"), format!(" {cursor}"), cursor.repeat(100)]);
    for other in tampered {
        get("limit=1&", &other).await.is_error(400, "unreadable");
    }
    for query in [format!("user={user}&"), "q=thread&".into(), "done=false&".into(), "tag=x&".into()] {
        get(&query, &cursor).await.is_error(400, "unreadable");
    }
}
