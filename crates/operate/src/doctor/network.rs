//! The port: free, ours, or somebody else's.

use super::Finding;
use std::{
    io::{self, ErrorKind},
    net::{IpAddr, Ipv4Addr, SocketAddr},
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    time::timeout,
};

const CHECK: &str = "port";
const PATIENCE: Duration = Duration::from_secs(3);

pub async fn port(address: SocketAddr) -> Finding {
    match TcpListener::bind(address).await {
        Ok(_) => Finding::ok(CHECK, format!("{address} is free")),
        Err(error) if error.kind() == ErrorKind::AddrInUse => taken(address).await,
        Err(error) => {
            Finding::fail(CHECK, format!("{address} cannot be listened on: {error}; name another by --bind"))
        }
    }
}

async fn taken(address: SocketAddr) -> Finding {
    match timeout(PATIENCE, is_ours(address)).await {
        Ok(Ok(true)) => Finding::ok(CHECK, format!("a g8-server answers on {address}")),
        _ => Finding::fail(
            CHECK,
            format!(
                "another program has {address}, or a g8-server that does not answer; stop it, or name another by --bind"
            ),
        ),
    }
}

/// Every answer of ours has a request id, but for the one in which a port that speaks TLS says so.
async fn is_ours(mut address: SocketAddr) -> io::Result<bool> {
    if address.ip().is_unspecified() {
        address.set_ip(IpAddr::V4(Ipv4Addr::LOCALHOST));
    }
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").await?;
    let mut answer = Vec::new();
    stream.take(8192).read_to_end(&mut answer).await?;
    let answer = String::from_utf8_lossy(&answer).to_lowercase();
    let well = answer.starts_with("http/1.1 200") && answer.contains("\r\nx-request-id: req_");
    let speaks_tls =
        answer.starts_with("http/1.1 403") && answer.contains("requests must be made over https");
    Ok(well || speaks_tls)
}
