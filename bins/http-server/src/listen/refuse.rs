//! Telling a caller who is not served so, in place of letting it wait or guess.

use super::handshake::{Opening, Timed, shake};
use std::{
    io,
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};
use tokio_io_timeout::TimeoutStream;
use tokio_rustls::TlsAcceptor;

/// Refusals at once; past it, connections are closed without a word.
const MOST: usize = 64;
static REFUSING: AtomicUsize = AtomicUsize::new(0);

/// What is said before the connection closes.
pub struct BareResponse {
    status: &'static str,
    body: &'static str,
}

/// One caller too many.
pub const TOO_MANY: BareResponse = BareResponse {
    status: "503 Service Unavailable\r\nretry-after: 1",
    body: r#"{"status_code":503,"type":"InternalIssue","message":"The server has as many connections as it can bear; try again in a second.","detail":"The server has as many connections as it can bear; try again in a second.","request_id":null}"#,
};

/// One caller too many from the same network.
pub const TOO_MANY_OF_YOURS: BareResponse = BareResponse {
    status: "503 Service Unavailable\r\nretry-after: 1",
    body: r#"{"status_code":503,"type":"InternalIssue","message":"Your network has half of the server's connections; close some, or try again in a second.","detail":"Your network has half of the server's connections; close some, or try again in a second.","request_id":null}"#,
};

/// Plain HTTP on a listener that speaks TLS; nothing of the request was read.
pub const NOT_HTTPS: BareResponse = BareResponse {
    status: "403 Forbidden",
    body: r#"{"status_code":403,"type":"UnauthorizedIssue","message":"All requests must be made over HTTPS: this port speaks TLS only, so write https:// in place of http://.","detail":"All requests must be made over HTTPS: this port speaks TLS only, so write https:// in place of http://.","request_id":null}"#,
};

/// Says why and closes, in a task of its own; in TLS where that is given.
pub fn politely(stream: TcpStream, tls: Option<TlsAcceptor>, why: &'static BareResponse) {
    if REFUSING.fetch_add(1, Ordering::Relaxed) >= MOST {
        REFUSING.fetch_sub(1, Ordering::Relaxed);
        return;
    }
    tokio::spawn(async move {
        let _ = timeout(Duration::from_secs(1), refuse(stream, tls, why)).await;
        REFUSING.fetch_sub(1, Ordering::Relaxed);
    });
}

async fn refuse(stream: TcpStream, tls: Option<TlsAcceptor>, why: &BareResponse) -> io::Result<()> {
    let Some(tls) = tls else { return why.say(stream).await };
    match shake(stream, &tls, |stream| -> Timed { Box::pin(TimeoutStream::new(stream)) }).await? {
        Opening::Tls(stream) => why.say(stream).await,
        Opening::Plain(stream) => why.say(stream).await,
        Opening::Over => Ok(()),
    }
}

impl BareResponse {
    async fn say(&self, mut stream: impl AsyncRead + AsyncWrite + Unpin) -> io::Result<()> {
        let Self { status, body } = self;
        let length = body.len();
        let answer = format!(
            "HTTP/1.1 {status}\r\nconnection: close\r\ncontent-type: application/json\r\n\
             content-length: {length}\r\n\r\n{body}"
        );
        stream.write_all(answer.as_bytes()).await?;
        stream.shutdown().await?;
        // Closing on a request that was sent but not read would take the answer back.
        let mut rest = [0; 4096];
        while stream.read(&mut rest).await? > 0 {}
        Ok(())
    }
}
