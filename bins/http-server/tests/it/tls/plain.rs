//! Plain HTTP where it does not belong, and those who never finish a handshake.

use super::{
    super::Running,
    pki::{Authority, ok_again, shake},
};
use std::{
    io::{Read, Write},
    net::{IpAddr, TcpStream, UdpSocket},
    time::Duration,
};
use tempfile::TempDir;

fn everything(stream: &mut impl Read) -> String {
    let mut answer = Vec::new();
    match stream.read_to_end(&mut answer) {
        Ok(_) => {}
        Err(error) if error.kind() == std::io::ErrorKind::ConnectionReset => {}
        Err(error) => panic!("the connection stays open: {error}"),
    }
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn plain_http_on_a_port_that_speaks_tls_is_told_so_and_closed() {
    let (home, authority) = (TempDir::new().unwrap(), Authority::new());
    let running = authority.server(&home, "");
    for opening in [
        "GET /api/v1/me HTTP/1.1\r\nHost: g8\r\nAuthorization: Bearer nonsense\r\n\r\n",
        "GET / HTTP/1.0\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "\0",
        "HELO example.com\r\n",
    ] {
        let mut stream = running.socket();
        stream.write_all(opening.as_bytes()).unwrap();
        let said = everything(&mut stream);
        assert!(said.starts_with("HTTP/1.1 403") && said.contains("https:// in place of http://"), "{said}");
        let body = said.split("\r\n\r\n").nth(1).unwrap();
        assert_eq!(serde_json::from_str::<serde_json::Value>(body).unwrap()["type"], "UnauthorizedIssue");
    }
    // What begins like TLS and is none: an alert, perhaps, and the end.
    for junk in [&b"\x16\x03\x01\x00\x05hello"[..], b"\x16\x03\x00\x00\x00", &[0x16; 70_000]] {
        let mut stream = running.socket();
        let _ = stream.write_all(junk);
        let _ = stream.shutdown(std::net::Shutdown::Write);
        assert!(everything(&mut stream).len() < 16);
    }
    drop(running.socket());
    ok_again(&mut authority.connect(&running));
}

#[test]
fn slow_handshakes_are_cut_off_and_hold_nobody_up() {
    let (home, authority) = (TempDir::new().unwrap(), Authority::new());
    let running = authority.server(&home, "[limits]\nheader_seconds = 2\n");
    let mut slow: Vec<TcpStream> = (0..50).map(|_| running.socket()).collect();
    for (stream, half) in slow.iter_mut().zip([&b""[..], b"\x16", b"\x16\x03\x01\x02\x00\x01"].iter().cycle())
    {
        stream.write_all(half).unwrap();
    }
    ok_again(&mut authority.connect(&running));
    // Shook hands, and never asked.
    let mut silent = authority.connect(&running);
    slow.iter_mut().for_each(|stream| assert!(!everything(stream).contains("HTTP/1.1")));
    let mut rest = Vec::new();
    let _ = silent.read_to_end(&mut rest);
    assert!(rest.is_empty());
    ok_again(&mut authority.connect(&running));
}

#[test]
fn one_connection_too_many_hears_so_in_tls() {
    let (home, authority) = (TempDir::new().unwrap(), Authority::new());
    let running = authority.server(&home, "[limits]\nconnections = 1\n");
    let mut open = authority.connect(&running);
    ok_again(&mut open);
    let said = everything(&mut authority.connect(&running));
    assert!(said.starts_with("HTTP/1.1 503") && said.contains("retry-after: 1"), "{said}");
    ok_again(&mut open);
}

/// An address of this machine by which it is not known to be near.
fn own_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind("0.0.0.0:0").ok()?;
    // Nothing is sent.
    socket.connect("198.51.100.1:9").ok()?;
    Some(socket.local_addr().ok()?.ip()).filter(|address| !address.is_loopback() && !address.is_unspecified())
}

/// A server that listens everywhere, asked over plain HTTP from elsewhere than loopback.
struct Everywhere {
    running: Running,
    address: IpAddr,
    _home: TempDir,
}

impl Everywhere {
    #[expect(clippy::print_stdout, reason = "a test that sees nothing says so")]
    fn start(config: impl FnOnce(IpAddr) -> String) -> Option<Self> {
        let Some(address) = own_address() else {
            println!("this machine has no address but loopback: nothing to be seen here");
            return None;
        };
        let home = TempDir::new().unwrap();
        let running = Running::start_at(home.path(), &config(address), "0.0.0.0:0");
        Some(Self { running, address, _home: home })
    }

    fn ask(&self, from: IpAddr, path: &str, headers: &str) -> String {
        let port: u16 = self.running.url.rsplit(':').next().unwrap().parse().unwrap();
        let mut stream = TcpStream::connect((from, port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        let key = self.running.key.as_deref().unwrap();
        let ask = format!(
            "GET {path} HTTP/1.1\r\nHost: g8\r\nAuthorization: Bearer {key}\r\nConnection: close\r\n{headers}\r\n"
        );
        stream.write_all(ask.as_bytes()).unwrap();
        everything(&mut stream)
    }
}

#[test]
fn without_tls_only_this_machine_is_served() {
    let Some(server) = Everywhere::start(|_| String::new()) else { return };
    assert!(server.running.beginning.contains("only callers on this machine will be served"));
    let me = "/api/v1/me";
    for headers in ["", "X-Forwarded-Proto: https\r\n"] {
        let said = server.ask(server.address, me, headers);
        assert!(said.starts_with("HTTP/1.1 403") && said.contains("over HTTPS"), "{said}");
        assert!(!said.contains("strict-transport-security"));
    }
    let near = [127, 0, 0, 1].into();
    let said = server.ask(near, me, "");
    assert!(said.starts_with("HTTP/1.1 200") && !said.contains("strict-transport-security"), "{said}");
    assert!(server.ask(near, me, "X-Forwarded-For: 203.0.113.9\r\n").starts_with("HTTP/1.1 403"));
    for probe in ["/healthz", "/readyz"] {
        assert!(server.ask(server.address, probe, "").starts_with("HTTP/1.1 200"), "{probe}");
    }
}

#[test]
fn a_declared_proxy_is_believed() {
    let Some(server) = Everywhere::start(|address| format!("trusted_proxies = [\"{address}/32\"]")) else {
        return;
    };
    assert!(!server.running.beginning.contains("WARN"), "{}", server.running.beginning);
    let said = server.ask(server.address, "/api/v1/me", "X-Forwarded-Proto: https\r\n");
    assert!(said.starts_with("HTTP/1.1 200") && said.contains(super::HSTS), "{said}");
    for headers in ["X-Forwarded-Proto: http\r\n", "", "Forwarded: for=203.0.113.9\r\n"] {
        assert!(server.ask(server.address, "/api/v1/me", headers).starts_with("HTTP/1.1 403"), "{headers}");
    }
}

#[test]
fn tls_is_served_to_everybody() {
    let authority = Authority::new();
    authority.renew(90);
    let Some(server) = Everywhere::start(|_| authority.config()) else { return };
    let port: u16 = server.running.url.rsplit(':').next().unwrap().parse().unwrap();
    let stream = TcpStream::connect((server.address, port)).unwrap();
    let mut stream = shake(stream, authority.client(rustls::ALL_VERSIONS, &[]), "localhost").unwrap();
    assert!(ok_again(&mut stream).contains(super::HSTS));
}
