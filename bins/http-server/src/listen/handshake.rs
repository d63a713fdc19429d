//! The beginning of a connection to a listener that speaks TLS.

use crate::tls::is_challenge;
use std::{io, pin::Pin};
use tokio::net::TcpStream;
use tokio_io_timeout::TimeoutStream;
use tokio_rustls::{TlsAcceptor, server::TlsStream};

/// The first byte of every TLS connection: a record of the handshake.
const HANDSHAKE: u8 = 0x16;

/// A connection whose peer must not be slow in taking what is written.
pub type Timed = Pin<Box<TimeoutStream<TcpStream>>>;

/// What the peer turned out to want.
pub enum Opening {
    /// To talk.
    Tls(Box<TlsStream<Timed>>),
    /// To talk, but not in TLS; nothing was read.
    Plain(TcpStream),
    /// Nothing more.
    Over,
}

/// Waits for the peer to speak, and shakes hands if it speaks TLS. Bounding the time is the caller's part.
pub async fn shake(
    stream: TcpStream,
    tls: &TlsAcceptor,
    timed: impl FnOnce(TcpStream) -> Timed,
) -> io::Result<Opening> {
    let mut first = [0];
    if stream.peek(&mut first).await? == 0 {
        return Ok(Opening::Over);
    }
    if first != [HANDSHAKE] {
        return Ok(Opening::Plain(stream));
    }
    let stream = tls.accept(timed(stream)).await?;
    let over = is_challenge(stream.get_ref().1.alpn_protocol());
    Ok(if over { Opening::Over } else { Opening::Tls(Box::new(stream)) })
}
