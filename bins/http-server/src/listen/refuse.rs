//! Telling one caller too many so, in place of letting it wait.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

/// Refusals at once; past it, connections are closed without a word.
const MOST: usize = 64;
static REFUSING: AtomicUsize = AtomicUsize::new(0);

const BODY: &str = r#"{"status_code":503,"type":"InternalIssue","message":"The server has as many connections as it can bear; try again in a second.","detail":"The server has as many connections as it can bear; try again in a second.","request_id":null}"#;

/// Says 503 and closes, in a task of its own.
pub fn politely(stream: TcpStream) {
    if REFUSING.fetch_add(1, Ordering::Relaxed) >= MOST {
        REFUSING.fetch_sub(1, Ordering::Relaxed);
        return;
    }
    tokio::spawn(async {
        let _ = timeout(Duration::from_secs(1), refuse(stream)).await;
        REFUSING.fetch_sub(1, Ordering::Relaxed);
    });
}

async fn refuse(mut stream: TcpStream) -> std::io::Result<()> {
    let length = BODY.len();
    let answer = format!(
        "HTTP/1.1 503 Service Unavailable\r\nretry-after: 1\r\nconnection: close\r\n\
         content-type: application/json\r\ncontent-length: {length}\r\n\r\n{BODY}"
    );
    stream.write_all(answer.as_bytes()).await?;
    stream.shutdown().await?;
    // Closing on a request that was sent but not read would take the answer back.
    let mut rest = [0; 4096];
    while stream.read(&mut rest).await? > 0 {}
    Ok(())
}
