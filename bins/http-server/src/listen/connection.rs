//! One connection, from its first byte to its last.

use super::{
    HttpService, ListenLimits,
    activity::{ConnectionActivity, TrackedBody},
    handshake::{Opening, Timed, shake},
    refuse::{self, NOT_HTTPS},
};
use axum::{body::Body, extract::ConnectInfo};
use g8_config::LimitSettings;
use g8_doors::http::Transport;
use hyper::{Request, body::Incoming, service::service_fn};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::conn::auto::Builder,
};
use std::{convert::Infallible, net::SocketAddr, time::Duration};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
    sync::watch,
    time::{Instant, timeout_at},
};
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
    /// For the headers of a request, from the answer before it; for the first one, with the handshake.
    pub headers: Duration,
    /// For taking anything at all of an answer.
    pub answer: Duration,
}

impl From<LimitSettings> for Pace {
    fn from(limits: LimitSettings) -> Self {
        let seconds = Duration::from_secs;
        Self { headers: seconds(limits.header_seconds), answer: seconds(limits.request_seconds) }
    }
}

impl Pace {
    fn hold(self, stream: TcpStream) -> Timed {
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(self.answer));
        Box::pin(stream)
    }
}

/// Serves one connection, in TLS where the listener speaks that.
pub async fn serve<S: HttpService>(
    (stream, peer): (TcpStream, SocketAddr),
    site: S,
    terms: &ListenLimits,
    stopped: watch::Receiver<()>,
) {
    // Without this, small answers wait for the peer's delayed acknowledgement.
    drop(stream.set_nodelay(true));
    let pace = terms.pace;
    let accepted = Instant::now();
    let call = Call { site, peer, pace, accepted, stopped };
    let Some(tls) = &terms.tls else {
        return call.answer(pace.hold(stream), Transport::Plain).await;
    };
    match timeout_at(accepted + pace.headers, shake(stream, tls, |stream| pace.hold(stream))).await {
        Ok(Ok(Opening::Tls(stream))) => call.answer(stream, Transport::Tls).await,
        Ok(Ok(Opening::Plain(stream))) => refuse::politely(stream, None, &NOT_HTTPS),
        Ok(Ok(Opening::Over)) | Err(_) => {}
        Ok(Err(error)) => tracing::debug!(%peer, %error, "a TLS handshake failed"),
    }
}

/// A connection that speaks HTTP.
struct Call<S> {
    site: S,
    peer: SocketAddr,
    pace: Pace,
    accepted: Instant,
    stopped: watch::Receiver<()>,
}

impl<S: HttpService> Call<S> {
    /// Answers what is asked. Who asks for nothing for as long as headers may take is told that the connection ends,
    /// and cut off if that changes nothing: that ends, too, what HTTP/1's own timer does not see, as half a
    /// greeting of HTTP/2, and a connection of HTTP/2 that only answers pings.
    async fn answer<I>(self, stream: I, transport: Transport)
    where
        I: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let Self { site, peer, pace, accepted, mut stopped } = self;
        let activity = ConnectionActivity::since(accepted);
        let seen = activity.clone();
        let service = service_fn(move |request: Request<Incoming>| {
            let (asked, site) = (seen.begin(), site.clone());
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(ConnectInfo(peer));
            request.extensions_mut().insert(transport);
            async move {
                let Ok(response) = tower::ServiceExt::oneshot(site, request).await;
                Ok::<_, Infallible>(response.map(|body| TrackedBody::to(asked, body)))
            }
        });
        let builder = protocol(pace);
        let connection = builder.serve_connection(TokioIo::new(stream), service);
        tokio::pin!(connection);
        let ended = tokio::select! {
            ended = &mut connection => Some(ended),
            () = activity.gone_quiet(pace) => match activity.has_asked() {
                true => None,
                false => return,
            },
            _ = stopped.changed() => None,
        };
        let ended = match ended {
            Some(ended) => ended,
            None => {
                connection.as_mut().graceful_shutdown();
                activity.touch();
                tokio::select! {
                    ended = connection => ended,
                    () = activity.gone_quiet(pace) => return,
                }
            }
        };
        if let Err(error) = ended {
            tracing::debug!(%peer, error, "a connection broke");
        }
    }
}

fn protocol(pace: Pace) -> Builder<TokioExecutor> {
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
