//! Transfers: refused where they have to be, and no money made or lost by many at once.

use serde_json::json;
use std::time::Instant;

use crate::service::{Place, Service, on_each_database};

on_each_database!(refusals, fifty_at_once, clients_that_go_away);

async fn refusals(Service { client, .. }: &Service) {
    let user = client.user("a@b").await;
    let (one, other) = (client.account(&user, 100).await, client.account(&user, 1_000_000_000_000_000).await);
    let transfer = async |from: &str, to: &str, amount: i64| {
        client.post("/transfers", json!({ "from": from, "to": to, "amount": amount })).await
    };
    transfer(&one, &other, 101).await.is_error(422, "insufficient_funds");
    transfer(&one, &other, 1).await.is_error(422, "out_of_range");
    assert_eq!((client.balance(&one).await, client.balance(&other).await), (100, 1_000_000_000_000_000));
    let done = transfer(&other, &one, 40).await.json(200);
    assert_eq!((&done["from"]["balance"], &done["to"]["balance"]), (&json!(999_999_999_999_960_i64), &json!(140)));

    for amount in [0, -1, i64::MIN, i64::MAX] {
        transfer(&one, &other, amount).await.is_error(422, "invalid");
    }
    transfer(&one, &one, 1).await.is_error(422, "invalid");
    let nobody = "00000000-0000-7000-8000-000000000000";
    transfer(nobody, &one, 1).await.is_error(404, "not_found");
    transfer(&one, nobody, 1).await.is_error(404, "not_found");
    assert_eq!(client.balance(&one).await, 140, "what was taken for nobody is back");
    for balance in [-1, 1_000_000_000_000_001_i64] {
        client.post("/accounts", json!({ "user_id": user, "balance": balance })).await.is_error(422, "out_of_range");
    }
    client.post("/accounts", json!({ "user_id": nobody, "balance": 1 })).await.is_error(422, "reference");
    client.get(&format!("/accounts/{nobody}")).await.is_error(404, "not_found");
}

async fn fifty_at_once(Service { client, .. }: &Service) {
    let user = client.user("a@b").await;
    let mut accounts = Vec::new();
    for _ in 0..3 {
        accounts.push(client.account(&user, 100).await);
    }
    let transfers: Vec<_> = (0..50)
        .map(|n| {
            let (from, to, amount) = (n % 3, (n + 1 + n % 2) % 3, 10 + 7 * (n as i64 % 9));
            let body = json!({ "from": accounts[from], "to": accounts[to], "amount": amount });
            let client = client.clone();
            (from, to, amount, tokio::spawn(async move { client.post("/transfers", body).await }))
        })
        .collect();
    let mut expected = [100; 3];
    let mut done = 0;
    for (from, to, amount, answer) in transfers {
        let answer = answer.await.unwrap();
        match answer.status {
            200 => {
                expected[from] -= amount;
                expected[to] += amount;
                done += 1;
            }
            422 => answer.is_error(422, "insufficient_funds"),
            _ => answer.is_error(503, "busy"),
        }
    }
    let mut found = [0; 3];
    for (account, balance) in accounts.iter().zip(&mut found) {
        *balance = client.balance(account).await;
    }
    assert_eq!(found, expected, "exactly what was answered with 200 was done");
    assert_eq!(found.iter().sum::<i64>(), 300);
    assert!(found.iter().all(|balance| *balance >= 0), "{found:?}");
    assert!(done >= 10, "only {done} of 50 were done");
}

async fn clients_that_go_away(Service { client, db, place, .. }: &Service) {
    let user = client.user("a@b").await;
    let (one, other) = (client.account(&user, 1000).await, client.account(&user, 1000).await);
    let whole = async |amount: i64| {
        let body = json!({ "from": one, "to": other, "amount": amount });
        // a client of its own: its connection goes away with it
        let client = client.apart();
        client.post("/transfers", body).await
    };
    let start = Instant::now();
    for _ in 0..5 {
        whole(1).await.json(200);
    }
    let usual = start.elapsed() / 5;
    for n in 0..100 {
        let _ = tokio::time::timeout(usual * n / 80, whole(1)).await;
    }
    if matches!(place, Place::Postgres | Place::MySql | Place::MariaDb) {
        assert!(db.metrics().buried > 0, "some went away in the middle of a statement");
    }
    // the answer to this comes after whatever was under way
    client.post("/transfers", json!({ "from": one, "to": other, "amount": 1 })).await.json(200);
    assert_eq!(client.balance(&one).await + client.balance(&other).await, 2000);
}
