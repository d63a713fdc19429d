//! Being told to stop.

use std::time::Duration;
use tokio::signal;

/// Ctrl-C or SIGTERM; a second one, or requests that take over 30 seconds, end it at once.
pub async fn told_to_stop() {
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
