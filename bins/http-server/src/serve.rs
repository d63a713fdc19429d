//! Serving over HTTP until told to stop.

use crate::{
    Failure,
    listen::{self, Pace, allow_files},
    stop::told_to_stop,
    welcome,
};
use g8_config::Settings;
use g8_doors::http::{Site, site};
use g8_service::{admin, claim, open};
use std::sync::Arc;
use tokio::{net::TcpListener, sync::Semaphore};

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
    let room = Arc::new(Semaphore::new(allow_files(settings.limits.connections)));
    listen::serve(listener, service, (room, Pace::from(settings.limits)), told_to_stop()).await;
    app.db.close().await;
    tracing::info!("stopped");
    Ok(())
}

/// The engine only: the URL may hold a password.
fn kind(url: &str) -> &str {
    url.split(':').next().unwrap_or_default()
}
