//! What happens when all connections are taken, and when the service is told to stop.

use relvar::Options;
use serde_json::json;
use std::time::Duration;

use crate::service::{Place, Service};

const PLACES: [Place; 5] = [Place::SqliteMemory, Place::SqliteFile, Place::Postgres, Place::MySql, Place::MariaDb];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_busy_pool_is_no_error_of_the_client() {
    for place in PLACES {
        let options = Options::new().max_connections(1).acquire_timeout(Duration::from_millis(100));
        let Some(service) = Service::start(place, options).await else { continue };
        let client = &service.client;
        let taken = service.db.begin().await.unwrap();
        let answer = client.post("/users", json!({ "email": "a@b", "name": "x" })).await;
        answer.is_error(503, "busy");
        assert_eq!(answer.headers["retry-after"], "1", "{place:?}");
        drop(taken);
        client.user("a@b").await;
        service.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn requests_under_way_are_answered_before_it_stops() {
    for place in PLACES {
        let options = Options::new().max_connections(1).acquire_timeout(Duration::from_secs(30));
        let Some(mut service) = Service::start(place, options).await else { continue };
        let taken = service.db.begin().await.unwrap();
        let under_way = tokio::spawn({
            let client = service.client.clone();
            async move { client.post("/users", json!({ "email": "a@b", "name": "x" })).await }
        });
        // the request waits for the connection
        while service.db.metrics().waiting == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        service.tell_to_stop();
        tokio::time::sleep(Duration::from_millis(100)).await;
        assert!(!under_way.is_finished());
        taken.rollback().await.unwrap();
        under_way.await.unwrap().json(201);
        service.stop().await;
    }
}
