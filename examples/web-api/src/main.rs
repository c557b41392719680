//! Runs the service: `web-api [database URL]`, else `DATABASE_URL`, else SQLite in memory; it listens on `LISTEN`.

use relvar::prelude::*;
use std::env;
use std::error::Error;
use std::time::Duration;
use tokio::net::TcpListener;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::prelude::*;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let filter: Targets = env::var("RUST_LOG").as_deref().unwrap_or("info").parse()?;
    tracing_subscriber::registry().with(tracing_subscriber::fmt::layer()).with(filter).init();

    let url = env::args().nth(1).or_else(|| env::var("DATABASE_URL").ok());
    let url = url.as_deref().unwrap_or("sqlite::memory:");
    let listen = env::var("LISTEN").unwrap_or_else(|_| "127.0.0.1:3000".to_owned());

    // a service says that it is busy rather than let requests pile up
    let options = relvar::Options::new()
        .application_name("web-api")
        .acquire_timeout(Duration::from_secs(5))
        .statement_timeout(Duration::from_secs(30));
    let db = AnyDb::connect_with(url, options).await?;
    web_api::create_tables(&db).await?;

    let listener = TcpListener::bind(&listen).await?;
    tracing::info!(address = %listener.local_addr()?, database = ?db, "listening");
    web_api::serve(listener, db, told_to_stop()).await?;
    Ok(())
}

/// Ready at the first Ctrl-C or SIGTERM.
async fn told_to_stop() {
    let interrupted = async {
        if let Err(error) = tokio::signal::ctrl_c().await {
            tracing::error!(%error, "cannot hear Ctrl-C");
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(error) => {
                tracing::error!(%error, "cannot hear SIGTERM");
                std::future::pending::<()>().await;
            }
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
}
