//! Accepting connections: so many, each within its time, until told to stop.

mod activity;
mod connection;
mod files;
mod handshake;
mod refuse;

pub use connection::Pace;
pub use files::allow_files;

use axum::{body::Body, extract::Request, response::Response};
use g8_doors::http::Networks;
use std::{convert::Infallible, io, net::SocketAddr, sync::Arc, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Semaphore, watch},
};
use tokio_rustls::TlsAcceptor;
use tower::Service;

/// What is served on each connection.
pub trait HttpService:
    Service<Request<Body>, Response = Response, Error = Infallible, Future: Send> + Clone + Send + 'static
{
}

impl<S> HttpService for S where
    S: Service<Request<Body>, Response = Response, Error = Infallible, Future: Send> + Clone + Send + 'static
{
}

/// On what terms connections are served.
#[derive(Clone)]
pub struct ListenLimits {
    /// A place for each of them.
    pub room: Arc<Semaphore>,
    /// How many of them one network may have.
    pub networks: Networks,
    /// How slow they may be.
    pub pace: Pace,
    /// Set where they must speak TLS.
    pub tls: Option<TlsAcceptor>,
}

/// Serves `site` on as many connections as there is room for, until `stop` ends; then lets the requests
/// that are running finish.
pub async fn serve<S: HttpService>(
    listener: TcpListener,
    site: S,
    terms: ListenLimits,
    stop: impl Future<Output = ()>,
) {
    let (told, stopped) = watch::channel(());
    tokio::pin!(stop);
    loop {
        let (stream, peer) = tokio::select! {
            () = &mut stop => break,
            accepted = next(&listener) => accepted,
        };
        let Some(share) = terms.networks.take(Some(peer.ip())) else {
            refuse::politely(stream, terms.tls.clone(), &refuse::TOO_MANY_OF_YOURS);
            continue;
        };
        match Arc::clone(&terms.room).try_acquire_owned() {
            Ok(place) => {
                let (site, terms, stopped) = (site.clone(), terms.clone(), stopped.clone());
                tokio::spawn(async move {
                    connection::serve((stream, peer), site, &terms, stopped).await;
                    drop((place, share));
                });
            }
            Err(_) => refuse::politely(stream, terms.tls.clone(), &refuse::TOO_MANY),
        }
    }
    drop((listener, stopped));
    let _ = told.send(());
    told.closed().await;
}

/// The next connection. A fault of one connection is its own; one of the machine, as too many open
/// files, is waited out: the connections that end will free some.
async fn next(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok(accepted) => return accepted,
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
