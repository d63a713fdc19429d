//! Serving over HTTP until told to stop.

use crate::{Failure, welcome};
use axum::{ServiceExt, extract::Request, serve::ListenerExt};
use g8_config::Settings;
use g8_doors::http::{Site, site};
use g8_service::{
    App, admin, claim,
    jobs::{Sweep, Worker, enqueue_only},
    open,
};
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio::{net::TcpListener, signal};

/// Opens everything, says where it is, and serves.
pub async fn serve(settings: &Settings) -> Result<(), Failure> {
    settings.start_logging();
    let _claim = claim(settings)?;
    let app = open(settings).await?;
    // The port first: a first key that was made but never shown would be lost.
    let listener = TcpListener::bind(settings.bind).await.map_err(|cause| {
        format!(
            "cannot listen on {}: {cause}; stop the program that has the port, or name another by --bind",
            settings.bind
        )
    })?;
    let address = listener.local_addr()?;
    let public_url = settings.public_url.clone().unwrap_or_else(|| format!("http://{address}"));
    if let Some((org, token)) = admin::first_start(&app).await? {
        welcome::print(&org, &token, &public_url)?;
    }
    tracing::info!(%address, public_url, database = kind(&settings.database_url), "g8-server is ready");
    let service = site(Site {
        app: app.clone(),
        public_url,
        body_limit: settings.body_limit,
        trusted_proxies: settings.trusted_proxies.clone().into(),
    });
    // Without this, small answers wait for the peer's delayed acknowledgement.
    let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
    let service = ServiceExt::<Request>::into_make_service_with_connect_info::<SocketAddr>(service);
    let (stop, stopped) = tokio::sync::watch::channel(());
    let worker = start_worker(&app, stopped).await?;
    axum::serve(listener, service).with_graceful_shutdown(told_to_stop()).await?;
    drop(stop);
    worker.await?;
    app.db.close().await;
    tracing::info!("stopped");
    Ok(())
}

/// Begins with the jobs that are there, and sees to it that old things go.
async fn start_worker(
    app: &App,
    mut stopped: tokio::sync::watch::Receiver<()>,
) -> Result<tokio::task::JoinHandle<()>, Failure> {
    let mut tx = app.db.begin().await?;
    enqueue_only(app, &mut tx, &Sweep {}).await?;
    tx.commit().await?;
    let worker = Arc::new(Worker::new(app.clone()));
    Ok(tokio::spawn(worker.work(async move {
        // The sender goes when the server stops.
        let _ = stopped.changed().await;
    })))
}

/// The engine only: the URL may hold a password.
fn kind(url: &str) -> &str {
    url.split(':').next().unwrap_or_default()
}

/// Ctrl-C or SIGTERM; a second one, or requests that take over 30 seconds, end it at once.
async fn told_to_stop() {
    signalled().await;
    tracing::info!("stopping: finishing the requests that are running");
    tokio::spawn(async {
        let _ = tokio::time::timeout(Duration::from_secs(30), signalled()).await;
        std::process::exit(1);
    });
}

async fn signalled() {
    #[cfg(unix)]
    {
        if let Ok(mut terminate) = signal::unix::signal(signal::unix::SignalKind::terminate()) {
            tokio::select! {
                _ = signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = signal::ctrl_c().await;
}
