//! Accepting connections: so many, each within its time, until told to stop.

mod connection;
mod files;
mod handshake;
mod refuse;

pub use connection::Pace;
pub use files::allow_files;

use axum::{body::Body, extract::Request, response::Response};
use hyper_util::server::graceful::GracefulShutdown;
use std::{convert::Infallible, io, sync::Arc, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
};
use tokio_rustls::TlsAcceptor;
use tower::Service;

/// What is served on each connection.
pub trait Site:
    Service<Request<Body>, Response = Response, Error = Infallible, Future: Send> + Clone + Send + 'static
{
}

impl<S> Site for S where
    S: Service<Request<Body>, Response = Response, Error = Infallible, Future: Send> + Clone + Send + 'static
{
}

/// On what terms connections are served.
#[derive(Clone)]
pub struct Terms {
    /// A place for each of them.
    pub room: Arc<Semaphore>,
    /// How slow they may be.
    pub pace: Pace,
    /// Set where they must speak TLS.
    pub tls: Option<TlsAcceptor>,
}

/// Serves `site` on as many connections as there is room for, until `stop` ends; then lets the requests
/// that are running finish.
pub async fn serve<S: Site>(listener: TcpListener, site: S, terms: Terms, stop: impl Future<Output = ()>) {
    let open = GracefulShutdown::new();
    tokio::pin!(stop);
    loop {
        let stream = tokio::select! {
            () = &mut stop => break,
            stream = next(&listener) => stream,
        };
        match Arc::clone(&terms.room).try_acquire_owned() {
            Ok(place) => {
                let watcher = open.watcher();
                let (site, terms) = (site.clone(), terms.clone());
                tokio::spawn(async move {
                    connection::serve(stream, site, &terms, watcher).await;
                    drop(place);
                });
            }
            Err(_) => refuse::politely(stream, terms.tls.clone(), &refuse::TOO_MANY),
        }
    }
    drop(listener);
    open.shutdown().await;
}

/// The next connection. A fault of one connection is its own; one of the machine, as too many open
/// files, is waited out: the connections that end will free some.
async fn next(listener: &TcpListener) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return stream,
            Err(error) if is_of_one_connection(&error) => {}
            Err(error) => {
                tracing::error!(%error, "no connection could be accepted; trying again in a second");
                wait(Duration::from_secs(1)).await;
            }
        }
    }
}

fn is_of_one_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset, Interrupted};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset | Interrupted)
}

#[expect(clippy::disallowed_methods, reason = "a full table of files empties with time and tells nobody")]
async fn wait(time: Duration) {
    tokio::time::sleep(time).await;
}
