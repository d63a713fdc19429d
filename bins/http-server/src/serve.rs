//! Serving over HTTP until told to stop.

use crate::{
    listen::{self, ListenLimits, Pace, allow_files},
    stop::Stop,
    terminal::Failure,
    tls::{self, TlsCertificates},
    welcome,
};
use axum::http::HeaderValue;
use g8_config::Settings;
use g8_core::{
    App, admin, claim,
    jobs::{Worker, begin, publish},
    keep_counts, keep_requests,
};
use g8_doors::{
    http::{HttpConfig, Networks, site},
    metrics::{self, Sources, Traffic},
};
use g8_identity::people;
use g8_product::open;
use std::{net::SocketAddr, sync::Arc};
use tokio::{net::TcpListener, sync::Semaphore};

/// Connections of those who read the numbers.
const METRICS_CONNECTIONS: usize = 16;

/// Opens everything, says where it is, and serves.
pub async fn serve(settings: &Settings, workers: bool) -> Result<(), Failure> {
    settings.start_logging();
    // What cannot work is said before anything is made.
    let tls = TlsCertificates::open(settings)?;
    let acceptor = tls.as_ref().map(TlsCertificates::acceptor).transpose()?;
    let hsts = hsts(settings)?;
    tls::warn_if_unreachable(settings);
    let _claim = claim(settings)?;
    let app = open(settings).await?;
    // A fault in these settings is said now, not when the first mail is due.
    app.mailer().map_err(|error| error.cause.map_or_else(String::new, |cause| cause.to_string()))?;
    // The port first: a first key that was made but never shown would be lost.
    let listener = bind(settings.bind, "--bind").await?;
    let most = allow_files(settings.limits.connections);
    let (room, traffic) = (Arc::new(Semaphore::new(most)), Traffic::default());
    if let Some(address) = settings.metrics_bind {
        let places = Arc::clone(&room);
        let connections = Arc::new(move || most.saturating_sub(places.available_permits()));
        let sources = Sources { app: app.clone(), traffic: traffic.clone(), connections };
        serve_metrics(bind(address, "--metrics-bind").await?, sources, settings)?;
    }
    let address = listener.local_addr()?;
    let public_url = settings.url_at(address);
    app.reached_at(&public_url);
    let first = admin::first_start(&app).await?;
    let setup = people::setup_link(&app).await?;
    if let Some((org, token)) = &first {
        welcome::print(org, token, &public_url)?;
    }
    if let Some(link) = setup {
        welcome::print_setup(&link)?;
    }
    let service = site(
        HttpConfig {
            app: app.clone(),
            public_url: public_url.clone(),
            body_limit: settings.body_limit,
            trusted_proxies: settings.trusted_proxies.clone().into(),
            hsts,
            traffic,
        },
        g8_console::routes(),
    );
    let (stop, stopped) = tokio::sync::watch::channel(());
    let worker = if workers { Some(start_worker(&app, stopped).await?) } else { None };
    let teller = tokio::spawn(publish(app.clone()));
    let keeper = tls.map(|tls| tokio::spawn(tls.keep(app.clock.clone())));
    let log = tokio::spawn(keep_requests(app.clone()));
    let counts = tokio::spawn(keep_counts(app.clone()));
    // Who is told that it is ready may tell it to stop.
    let stop_signal = Stop::listen()?;
    tracing::info!(%address, public_url, database = kind(&settings.database_url), "g8-server is ready");
    let networks = Networks::new(most / 2, &settings.trusted_proxies);
    let terms = ListenLimits { room, networks, pace: Pace::from(settings.limits), tls: acceptor };
    let told = async {
        stop_signal.told().await;
        app.leave();
    };
    listen::serve(listener, service, terms, told).await;
    drop(stop);
    if let Some(worker) = worker {
        worker.await?;
    }
    teller.abort();
    keeper.iter().for_each(tokio::task::JoinHandle::abort);
    // First what waits; a write that is under way is waited for.
    if let Err(error) = app.requests.flush(&app.db).await {
        tracing::warn!(%error, "the end of the log of requests could not be written");
    }
    log.abort();
    app.keep_counts().await?;
    counts.abort();
    app.db.close().await;
    tracing::info!("stopped");
    Ok(())
}

/// Runs background jobs until told to stop.
pub async fn work(settings: &Settings) -> Result<(), Failure> {
    settings.start_logging();
    let _claim = claim(settings)?;
    let app = open(settings).await?;
    let (stop, stopped) = tokio::sync::watch::channel(());
    let worker = start_worker(&app, stopped).await?;
    let teller = tokio::spawn(publish(app.clone()));
    let stop_signal = Stop::listen()?;
    tracing::info!(database = kind(&settings.database_url), "g8-server works on background jobs");
    stop_signal.told().await;
    drop(stop);
    worker.await?;
    teller.abort();
    app.db.close().await;
    Ok(())
}

/// Begins with the jobs that are there, and sees to it that old things go.
async fn start_worker(
    app: &App,
    mut stopped: tokio::sync::watch::Receiver<()>,
) -> Result<tokio::task::JoinHandle<()>, Failure> {
    begin(app).await?;
    let worker = Arc::new(Worker::new(app.clone()));
    Ok(tokio::spawn(worker.work(async move {
        // The sender goes when the server stops.
        let _ = stopped.changed().await;
    })))
}

async fn bind(address: SocketAddr, flag: &str) -> Result<TcpListener, Failure> {
    let refused = |cause| {
        format!(
            "cannot listen on {address}: {cause}; stop the program that has the port, or name another by {flag}"
        )
    };
    Ok(TcpListener::bind(address).await.map_err(refused)?)
}

/// Serves the numbers on their own listener, with room of their own, until the program ends.
fn serve_metrics(listener: TcpListener, sources: Sources, settings: &Settings) -> Result<(), Failure> {
    tracing::info!(address = %listener.local_addr()?, "serving metrics");
    let room = Arc::new(Semaphore::new(METRICS_CONNECTIONS));
    let networks = Networks::new(METRICS_CONNECTIONS, &[]);
    let terms = ListenLimits { room, networks, pace: Pace::from(settings.limits), tls: None };
    tokio::spawn(listen::serve(listener, metrics::site(sources), terms, std::future::pending()));
    Ok(())
}

/// `Strict-Transport-Security`, unless it is switched off.
fn hsts(settings: &Settings) -> Result<Option<HeaderValue>, Failure> {
    match settings.tls.hsts.as_str() {
        "" => Ok(None),
        text if text.contains("max-age=")
            && let Ok(value) = HeaderValue::from_str(text) =>
        {
            Ok(Some(value))
        }
        text => Err(format!("tls.hsts is {text}; write max-age= and seconds, or leave it empty").into()),
    }
}

/// The engine only: the URL may hold a password.
fn kind(url: &str) -> &str {
    url.split(':').next().unwrap_or_default()
}
