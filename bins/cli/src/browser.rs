//! `g8 login` with a browser: opens the page, and waits on this computer for what the browser brings back.

use crate::error::CliError;
use g8_client::{Client, PendingSignIn, SignedIn};
use std::{
    io::{self, Write},
    process::{Command, Stdio},
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    time::timeout,
};

/// How long somebody may take to sign in and agree.
const PATIENCE: Duration = Duration::from_secs(300);
/// How long one connection may take to say what it wants.
const REQUEST: Duration = Duration::from_secs(5);
const LONGEST: usize = 16 * 1024;

/// Signs in at a server.
pub async fn sign_in(url: &str, open: bool) -> Result<SignedIn, CliError> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let redirect_uri = format!("http://127.0.0.1:{}/callback", listener.local_addr()?.port());
    let sign_in = PendingSignIn::begin(Client::new(url, None)?, redirect_uri, &device()).await?;
    let mut out = io::stderr().lock();
    if open && opened(sign_in.page()) {
        writeln!(out, "Your browser opens. If it does not, open this page in it:\n\n  {}\n", sign_in.page())?;
    } else {
        writeln!(out, "Open this page in a browser on this computer:\n\n  {}\n", sign_in.page())?;
    }
    drop(out);
    let late = |_| CliError::local("nobody signed in within five minutes; run g8 login again");
    timeout(PATIENCE, answer(&listener, &sign_in)).await.map_err(late)?
}

/// What this computer is called: the key's name tells it from others.
fn device() -> String {
    hostname::get()
        .ok()
        .and_then(|name| name.into_string().ok())
        .unwrap_or_else(|| "this computer".to_owned())
}

/// Waits for the browser. What asks for anything else, or says nothing, is passed over.
async fn answer(listener: &TcpListener, sign_in: &PendingSignIn) -> Result<SignedIn, CliError> {
    loop {
        let (mut stream, _) = listener.accept().await?;
        let asked = timeout(REQUEST, callback(&mut stream)).await.ok().flatten();
        let Some(query) = asked.filter(|query| sign_in.is_meant(query)) else {
            let _ = show(&mut stream, "404 Not Found", "There is nothing here.").await;
            continue;
        };
        let done = sign_in.finish(&query).await;
        let words = match &done {
            Ok(_) => "You are signed in. You can close this window and go back to the terminal.",
            Err(_) => "You are not signed in. The terminal says why; you can close this window.",
        };
        // The browser may be gone already; the key is here.
        let _ = show(&mut stream, "200 OK", words).await;
        return Ok(done?);
    }
}

/// The query of `GET /callback?…`.
async fn callback(stream: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        if head.len() > LONGEST || stream.read_buf(&mut head).await.ok()? == 0 {
            return None;
        }
    }
    let head = String::from_utf8(head).ok()?;
    let target = head.strip_prefix("GET ")?.split(' ').next()?;
    target.strip_prefix("/callback?").map(str::to_owned)
}

async fn show(stream: &mut TcpStream, status: &str, words: &str) -> io::Result<()> {
    let page = format!("<!doctype html><meta charset=utf-8><title>g8</title><p>{words}</p>");
    let answer = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {}\r\nConnection: close\r\n\
         Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nContent-Security-Policy: default-src 'none'\r\n\r\n{page}",
        page.len()
    );
    stream.write_all(answer.as_bytes()).await?;
    stream.shutdown().await
}

/// Asks the system to open a page; says whether there was somebody to ask.
fn opened(page: &str) -> bool {
    let mut command = if cfg!(target_os = "macos") {
        Command::new("open")
    } else if cfg!(windows) {
        let mut command = Command::new("rundll32");
        command.arg("url.dll,FileProtocolHandler");
        command
    } else {
        Command::new("xdg-open")
    };
    command.arg(page).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().is_ok()
}
