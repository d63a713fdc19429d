//! What strangers may do to a server, and what it says to them.

use super::Running;
use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};
use tempfile::TempDir;

/// A server whose patience is short, and a home for it.
pub fn server(limits: &str) -> (TempDir, Running) {
    let home = TempDir::new().unwrap();
    let running = Running::start_with(home.path(), &format!("[limits]\n{limits}"));
    (home, running)
}

impl Running {
    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.url.strip_prefix("http://").unwrap()).unwrap();
        // Only a failing test waits for it.
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        stream
    }

    /// Sends `head`, its key and `rest`; the whole answer, up to the end of the connection.
    pub fn say(&self, head: &str, rest: &str) -> String {
        let mut stream = self.connect();
        let key = self.key.as_deref().unwrap();
        let text = format!(
            "{head} HTTP/1.1\r\nHost: g8\r\nAuthorization: Bearer {key}\r\nConnection: close\r\n{rest}"
        );
        stream.write_all(text.as_bytes()).unwrap();
        everything(&mut stream)
    }
}

pub fn everything(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    match stream.read_to_end(&mut answer) {
        Ok(_) => {}
        // A server that closes on what it has not read resets the connection.
        Err(error) if error.kind() == std::io::ErrorKind::ConnectionReset => {}
        Err(error) => panic!("the connection stays open: {error}"),
    }
    String::from_utf8_lossy(&answer).into_owned()
}

/// One answer of a connection that stays open; its body is `ok`.
fn ok_again(stream: &mut TcpStream) {
    stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: g8\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    while !answer.ends_with(b"\r\n\r\nok\n") {
        let mut byte = [0];
        assert_eq!(stream.read(&mut byte).unwrap(), 1, "{}", String::from_utf8_lossy(&answer));
        answer.push(byte[0]);
    }
}

#[test]
fn a_connection_that_never_gets_to_the_point_is_closed() {
    let (_home, running) = server("header_seconds = 1");
    for opening in
        ["", "GET /healthz HTTP/1.1\r\nHost:", "PRI * HTTP/2.0\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"]
    {
        let mut stream = running.connect();
        stream.write_all(opening.as_bytes()).unwrap();
        let said = everything(&mut stream);
        assert!(!said.contains("200 OK"), "{opening:?}: {said}");
    }
    let mut idle = running.connect();
    ok_again(&mut idle);
    assert_eq!(everything(&mut idle), "", "an idle connection makes room");
    assert!(running.say("GET /healthz", "\r\n").contains("200 OK"));
}

#[test]
fn one_connection_too_many_hears_when_to_come_back() {
    let (_home, running) = server("connections = 2");
    let mut open = [running.connect(), running.connect()];
    open.iter_mut().for_each(ok_again);
    let refused = running.say("GET /api/v1/me", "\r\n");
    assert!(refused.starts_with("HTTP/1.1 503") && refused.contains("retry-after: 1"), "{refused}");
    let body = refused.split("\r\n\r\n").nth(1).unwrap();
    assert_eq!(serde_json::from_str::<serde_json::Value>(body).unwrap()["status_code"], 503);
    open.iter_mut().for_each(ok_again);
    drop(open);
    // The places come free as the server hears of the ends.
    while !running.say("GET /healthz", "\r\n").contains("200 OK") {}
}

impl Running {
    /// A request that runs and waits for its body, of 16 bytes.
    fn half_a_request(&self) -> TcpStream {
        let mut stream = self.connect();
        let key = self.key.as_deref().unwrap();
        let half = format!(
            "POST /api/v1/lists HTTP/1.1\r\nHost: g8\r\nAuthorization: Bearer {key}\r\nContent-Length: 16\r\n\
             Content-Type: application/json\r\nConnection: close\r\nExpect: 100-continue\r\n\r\n"
        );
        stream.write_all(half.as_bytes()).unwrap();
        // Asked for the body, the request is running.
        let mut go_on = [0; 25];
        stream.read_exact(&mut go_on).unwrap();
        assert!(go_on.starts_with(b"HTTP/1.1 100 Continue"));
        stream
    }
}

#[test]
fn one_slow_request_too_many_is_refused_while_others_go_on() {
    let (_home, running) = server("requests = 1\nrequest_seconds = 20");
    let mut slow = running.half_a_request();
    let half = "Content-Length: 64\r\nContent-Type: application/json\r\n\r\n{\"title\"";
    let refused = running.say("POST /api/v1/lists", half);
    assert!(refused.starts_with("HTTP/1.1 503") && refused.contains("retry-after: 1"), "{refused}");
    assert!(refused.contains("\"request_id\":\"req_"), "{refused}");
    assert!(running.say("GET /healthz", "\r\n").contains("200 OK"));
    assert!(running.say("GET /api/v1/me", "\r\n").contains("200 OK"));
    slow.write_all(b"{\"title\":\"Fair\"}").unwrap();
    assert!(everything(&mut slow).contains("201 Created"));
    assert!(running.say("GET /api/v1/me", "\r\n").contains("200 OK"));
}

#[test]
fn a_server_that_is_told_to_stop_finishes_what_runs() {
    let (_home, mut running) = server("");
    let mut idle = running.connect();
    ok_again(&mut idle);
    let mut slow = running.half_a_request();
    let pid = running.child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    assert_eq!(everything(&mut idle), "");
    slow.write_all(b"{\"title\":\"Fair\"}").unwrap();
    assert!(everything(&mut slow).contains("201 Created"));
    assert_eq!(running.child.wait().unwrap().code(), Some(0));
}

#[test]
fn who_asks_and_never_listens_is_cut_off() {
    let (_home, running) = server("request_seconds = 1");
    let mut deaf = running.connect();
    deaf.set_write_timeout(Some(Duration::from_secs(30))).unwrap();
    let ended = loop {
        if let Err(error) = deaf.write_all(b"GET /api/v1/openapi.json HTTP/1.1\r\nHost: g8\r\n\r\n") {
            break error;
        }
    };
    use std::io::ErrorKind::{BrokenPipe, ConnectionReset};
    assert!([BrokenPipe, ConnectionReset].contains(&ended.kind()), "{ended}");
}

#[test]
fn a_body_that_never_ends_is_told_so() {
    let (_home, running) = server("request_seconds = 1");
    let rest = "Content-Length: 64\r\nContent-Type: application/json\r\n\r\n{\"title\"";
    let late = running.say("POST /api/v1/lists", rest);
    assert!(late.starts_with("HTTP/1.1 408") && late.contains("\"request_id\":\"req_"), "{late}");
}

#[test]
fn headers_beyond_measure_are_refused() {
    let (_home, running) = server("");
    let long = running.say("GET /healthz", &format!("X-Long: {}\r\n\r\n", "x".repeat(100_000)));
    assert!(long.is_empty() || long.starts_with("HTTP/1.1 431"), "{long}");
    let many = running.say("GET /healthz", &("X-Many: x\r\n".repeat(200) + "\r\n"));
    assert!(many.starts_with("HTTP/1.1 431"), "{many}");
    assert!(running.say("GET /healthz", "\r\n").contains("200 OK"));
}

#[test]
fn every_answer_tells_browsers_to_keep_out() {
    let (_home, running) = server("");
    for (head, status) in [
        ("GET /api/v1/me", "200 OK"),
        ("GET /api/v1/contacts/9", "404 Not Found"),
        ("GET /nowhere", "404 Not Found"),
        ("PUT /api/v1/me", "405 Method"),
        ("GET /healthz", "200 OK"),
    ] {
        let answer = running.say(head, "\r\n");
        assert!(answer.contains(status), "{head}: {answer}");
        for line in [
            "x-content-type-options: nosniff",
            "referrer-policy: no-referrer",
            "x-frame-options: DENY",
            "cache-control: no-store",
            "cross-origin-resource-policy: same-origin",
            "content-security-policy: default-src 'none'; frame-ancestors 'none'",
        ] {
            assert!(answer.contains(&format!("\r\n{line}\r\n")), "{head}: {line}: {answer}");
        }
    }
    let page = running.say("GET /api/v1/docs", "\r\n");
    assert_eq!(page.matches("content-security-policy").count(), 1);
    assert!(page.contains("style-src 'unsafe-inline'"), "a handler's own policy stands");
}

#[test]
fn the_numbers_have_a_listener_of_their_own() {
    let home = TempDir::new().unwrap();
    let running = Running::start_with(home.path(), "metrics_bind = \"127.0.0.1:0\"");
    running.say("GET /api/v1/me", "\r\n");
    let mut stream = TcpStream::connect(running.metrics.as_deref().unwrap()).unwrap();
    stream.write_all(b"GET /metrics HTTP/1.1\r\nHost: g8\r\nConnection: close\r\n\r\n").unwrap();
    let numbers = everything(&mut stream);
    let line = "g8_http_requests_total{method=\"GET\",route=\"/api/v1/me\",status=\"200\"} 1";
    assert!(numbers.contains(line), "{numbers}");
    assert!(numbers.contains("g8_sqlite_commits_total"), "{numbers}");
    assert!(!numbers.contains(running.key.as_deref().unwrap()));
    assert!(running.say("GET /metrics", "\r\n").contains("404 Not Found"));
}
