//! The service: its routes, a span for each request, and how it ends.

use axum::Router;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::{get, post, put};
use relvar::prelude::*;
use std::future::{Future, IntoFuture};
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tracing::Instrument;

use crate::error::ApiError;
use crate::{accounts, health, tags, threads, users};

/// How long requests that are under way may take after the service was told to stop.
const DRAIN: Duration = Duration::from_secs(10);
/// The largest body: more than the longest note takes in JSON.
const BODY: usize = 256 << 10;

fn router(db: AnyDb) -> Router {
    Router::new()
        .route("/health", get(health::show))
        .route("/users", post(users::create))
        .route("/users/{id}", get(users::show).delete(users::remove))
        .route("/threads", get(threads::list).post(threads::create))
        .route("/threads/{id}", get(threads::show).patch(threads::patch).delete(threads::remove))
        .route("/threads/{id}/tags", put(tags::replace))
        .route("/tags", get(tags::list))
        .route("/tags/{name}", put(tags::put))
        .route("/accounts", post(accounts::create))
        .route("/accounts/{id}", get(accounts::show))
        .route("/transfers", post(accounts::transfer))
        .fallback(async || ApiError::NotFound)
        .method_not_allowed_fallback(async || ApiError::MethodNotAllowed)
        .layer(DefaultBodyLimit::max(BODY))
        .layer(middleware::from_fn(trace))
        .with_state(db)
}

/// Puts what happens for a request into a span: statements have spans of their own inside of it.
async fn trace(request: Request, next: Next) -> Response {
    static NUMBER: AtomicU64 = AtomicU64::new(1);

    // the route and not the path, which carries what users wrote
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let span = tracing::info_span!("request", number, method = %request.method(), route);
    let answer = async move {
        let start = Instant::now();
        let response = next.run(request).await;
        tracing::info!(status = response.status().as_u16(), elapsed = ?start.elapsed(), "answered");
        response
    };
    answer.instrument(span).await
}

/// Serves until `stop` is ready; then lets no new request in, waits for those that are under way, and closes the pool.
///
/// # Errors
/// If the listener fails.
pub async fn serve(
    listener: TcpListener,
    db: AnyDb,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let (stopping, told) = oneshot::channel();
    let stop = async move {
        stop.await;
        tracing::info!("stopping");
        let _ = stopping.send(());
    };
    let overdue = async {
        // an error: the server ended by itself, and the other branch has its result
        if told.await.is_err() {
            std::future::pending::<()>().await;
        }
        tokio::time::sleep(DRAIN).await;
    };
    tokio::select! {
        served = axum::serve(listener, router(db.clone())).with_graceful_shutdown(stop).into_future() => served?,
        () = overdue => tracing::warn!("gave up waiting for requests that are under way"),
    }
    db.close().await;
    tracing::info!("stopped");
    Ok(())
}
