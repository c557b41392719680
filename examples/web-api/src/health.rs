//! Whether the service can work, and how its pool of connections does.

use axum::Json;
use axum::extract::State;
use relvar::prelude::*;
use serde::Serialize;

use crate::error::ApiError;
use crate::schema::User;

#[derive(Serialize)]
pub(crate) struct Health {
    database: &'static str,
    pool: Pool,
    statements: Statements,
}

#[derive(Serialize)]
struct Pool {
    size: usize,
    idle: usize,
    in_use: usize,
    waiting: usize,
    waited_seconds: f64,
    opened: u64,
    closed: u64,
    given_up: u64,
}

#[derive(Serialize)]
struct Statements {
    cache_hits: u64,
    cache_misses: u64,
}

/// `GET /health`: an error unless the database answers.
pub(crate) async fn show(State(db): State<AnyDb>) -> Result<Json<Health>, ApiError> {
    User::query().exists(&db).await?;
    let metrics = db.metrics();
    Ok(Json(Health {
        database: db.engine().name(),
        pool: Pool {
            size: metrics.size,
            idle: metrics.idle,
            in_use: metrics.in_use,
            waiting: metrics.waiting,
            waited_seconds: metrics.waited.as_secs_f64(),
            opened: metrics.opened,
            closed: metrics.closed,
            given_up: metrics.buried,
        },
        statements: Statements { cache_hits: metrics.cache_hits, cache_misses: metrics.cache_misses },
    }))
}
