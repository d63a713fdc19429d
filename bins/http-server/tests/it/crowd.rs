//! Those who take room and do nothing with it.

use super::{
    Running,
    hardening::{everything, server},
};
use std::{
    io::{Read, Write},
    net::{TcpStream, UdpSocket},
};
use tempfile::TempDir;

/// How a connection of HTTP/2 begins.
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
/// Settings as they are, and with no room for answers.
const SETTINGS: &[u8] = b"\0\0\0\x04\0\0\0\0\0";
const NO_ROOM: &[u8] = b"\0\0\x06\x04\0\0\0\0\0\0\x04\0\0\0\0";

/// A request on the first stream.
fn get(path: &str) -> Vec<u8> {
    let mut headers = b"\x82\x86\x41\x02g8\x44".to_vec();
    headers.push(u8::try_from(path.len()).unwrap());
    headers.extend_from_slice(path.as_bytes());
    let mut frame = vec![0, 0, u8::try_from(headers.len()).unwrap(), 1, 5, 0, 0, 0, 1];
    frame.append(&mut headers);
    frame
}

/// The kinds of the frames that come until the connection ends; settings and pings are answered.
fn frames(stream: &mut TcpStream) -> Vec<u8> {
    let mut kinds = Vec::new();
    loop {
        let mut head = [0; 9];
        if stream.read_exact(&mut head).is_err() {
            return kinds;
        }
        let mut payload = vec![0; usize::from(head[1]) * 256 + usize::from(head[2])];
        stream.read_exact(&mut payload).unwrap();
        let (kind, acknowledges) = (head[3], head[4] & 1 == 1);
        if kind == 4 && !acknowledges {
            let _ = stream.write_all(b"\0\0\0\x04\x01\0\0\0\0");
        }
        if kind == 6 && !acknowledges {
            head[4] = 1;
            let _ = stream.write_all(&[head.as_slice(), &payload].concat());
        }
        kinds.push(kind);
        let pings = kinds.iter().filter(|kind| **kind == 6).count();
        assert!(pings < 3, "it is asked whether it lives, and never closed: {kinds:?}");
    }
}

#[test]
fn who_only_answers_pings_is_shown_out() {
    let (_home, running) = server("header_seconds = 1");
    let mut idle = running.connect();
    idle.write_all(&[PREFACE, SETTINGS, &get("/healthz")].concat()).unwrap();
    let kinds = frames(&mut idle);
    assert!(kinds.contains(&1), "it was answered: {kinds:?}");
    assert!(kinds.contains(&7), "it was told that the connection ends: {kinds:?}");
}

#[test]
fn who_asks_and_leaves_no_room_for_the_answer_is_shown_out() {
    let (_home, running) = server("header_seconds = 1\nrequest_seconds = 2");
    let mut deaf = running.connect();
    deaf.write_all(&[PREFACE, NO_ROOM, &get("/api/v1/openapi.json")].concat()).unwrap();
    let kinds = frames(&mut deaf);
    assert!(kinds.contains(&1) && !kinds.contains(&0), "it got its headers and no more: {kinds:?}");
}

impl Running {
    /// Nobody we know, who says that a form will come, and sends none.
    fn promises_a_form(&self) -> TcpStream {
        let mut stream = self.connect();
        let head = "POST /oauth/token HTTP/1.1\r\nHost: g8\r\nContent-Length: 99\r\nConnection: close\r\n\
                    Content-Type: application/x-www-form-urlencoded\r\nExpect: 100-continue\r\n\r\n";
        stream.write_all(head.as_bytes()).unwrap();
        let mut asked = [0; 25];
        stream.read_exact(&mut asked).unwrap();
        stream
    }
}

#[test]
fn those_who_send_no_body_keep_nobody_else_waiting() {
    let (_home, running) = server("requests = 2\nheader_seconds = 2");
    let mut silent = [running.promises_a_form(), running.promises_a_form()];
    for _ in 0..3 {
        assert!(running.say("GET /api/v1/me", "\r\n").contains("200 OK"));
        let whole = "Content-Length: 16\r\nContent-Type: application/json\r\n\r\n{\"title\":\"Fair\"}";
        assert!(running.say("POST /api/v1/lists", whole).contains("201 Created"));
    }
    for silent in &mut silent {
        let told = everything(silent);
        assert!(told.starts_with("HTTP/1.1 408") && told.contains("did not arrive in time"), "{told}");
    }
}

#[test]
fn no_network_has_all_the_connections() {
    // Any address of this machine but loopback; without one there is nothing to try.
    let probe = UdpSocket::bind("0.0.0.0:0").unwrap();
    let own = probe.connect("192.0.2.254:9").and_then(|()| probe.local_addr());
    let Some(own) = own.ok().map(|address| address.ip()).filter(|address| !address.is_loopback()) else {
        return;
    };
    let home = TempDir::new().unwrap();
    let running = Running::start_at(home.path(), "[limits]\nconnections = 4", "0.0.0.0:0");
    let port = running.url.rsplit(':').next().unwrap();
    let far = || {
        let mut stream = TcpStream::connect(format!("{own}:{port}")).unwrap();
        stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: g8\r\n\r\n").unwrap();
        let mut status = [0; 12];
        stream.read_exact(&mut status).unwrap();
        (String::from_utf8_lossy(&status).into_owned(), stream)
    };
    let open = [far(), far()];
    assert!(open.iter().all(|(status, _)| status.ends_with("200")), "{open:?}");
    let (status, mut refused) = far();
    let said = everything(&mut refused);
    assert!(status.ends_with("503") && said.contains("Your network has half"), "{status}{said}");
    let mut near = TcpStream::connect(format!("127.0.0.1:{port}")).unwrap();
    near.write_all(b"GET /healthz HTTP/1.1\r\nHost: g8\r\nConnection: close\r\n\r\n").unwrap();
    assert!(everything(&mut near).contains("200 OK"));
}
