//! Being told to stop.

use std::{io, time::Duration};
use tokio::signal::unix::{Signal, SignalKind, signal};

/// Ctrl-C and SIGTERM, heard from now on.
pub struct Stop {
    interrupt: Signal,
    terminate: Signal,
}

impl Stop {
    /// Begins to listen: whoever knows that the server runs may stop it.
    pub fn listen() -> io::Result<Self> {
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    /// Returns when told to stop; a second time, or requests that take over 30 seconds, end it at once.
    pub async fn told(mut self) {
        self.heard().await;
        tracing::info!("stopping: finishing the requests that are running");
        tokio::spawn(async move {
            let _ = tokio::time::timeout(Duration::from_secs(30), self.heard()).await;
            std::process::exit(1);
        });
    }

    async fn heard(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}
