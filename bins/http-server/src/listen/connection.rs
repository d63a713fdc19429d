//! One connection, from its first byte to its last.

use super::Site;
use axum::{body::Body, extract::ConnectInfo};
use g8_config::Limits;
use hyper::{Request, body::Incoming, service::service_fn};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{conn::auto::Builder, graceful::Watcher},
};
use std::{sync::Arc, time::Duration};
use tokio::{net::TcpStream, sync::Notify, time::timeout};
use tokio_io_timeout::TimeoutStream;

/// Bytes of a request's headers.
const HEADERS: u32 = 32 * 1024;
/// Bytes that HTTP/1 may hold of one request before they are taken: its headers, or a part of its body.
const BUFFER: usize = 64 * 1024;
/// Requests at once on one HTTP/2 connection.
const STREAMS: u32 = 100;

/// How slow a peer may be.
#[derive(Clone, Copy)]
pub struct Pace {
    /// For the headers of a request.
    headers: Duration,
    /// For taking anything at all of an answer.
    answer: Duration,
}

impl From<Limits> for Pace {
    fn from(limits: Limits) -> Self {
        let seconds = Duration::from_secs;
        Self { headers: seconds(limits.header_seconds), answer: seconds(limits.request_seconds) }
    }
}

/// Serves one connection. Whoever has not asked for anything in the time for headers is cut off: that
/// ends, too, what HTTP/1's own timer does not see, as half a greeting of HTTP/2.
pub async fn serve<S: Site>(stream: TcpStream, site: S, pace: &Pace, watcher: Watcher) {
    let Ok(peer) = stream.peer_addr() else { return };
    // Without this, small answers wait for the peer's delayed acknowledgement.
    drop(stream.set_nodelay(true));
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(pace.answer));
    let asked = Arc::new(Notify::new());
    let first = Arc::clone(&asked);
    let service = service_fn(move |request: Request<Incoming>| {
        first.notify_one();
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        tower::ServiceExt::oneshot(site.clone(), request)
    });
    let builder = protocol(pace);
    let io = TokioIo::new(Box::pin(stream));
    let connection = watcher.watch(builder.serve_connection(io, service));
    tokio::pin!(connection);
    let asks = timeout(pace.headers, asked.notified());
    let ended = tokio::select! {
        ended = &mut connection => ended,
        asks = asks => match asks {
            Ok(()) => connection.await,
            Err(_) => return,
        },
    };
    if let Err(error) = ended {
        tracing::debug!(%peer, error, "a connection broke");
    }
}

fn protocol(pace: &Pace) -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(pace.headers).max_buf_size(BUFFER);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(STREAMS)
        .max_header_list_size(HEADERS)
        .max_send_buf_size(BUFFER)
        .keep_alive_interval(Duration::from_secs(20))
        .keep_alive_timeout(Duration::from_secs(10));
    builder
}
