//! Certificates by ACME, from pebble: the test authority of those who run Let's Encrypt.

use super::{
    super::Running,
    pki::{self, Authority, Secure, ok_again, shake, shown},
};
use std::{
    fs,
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    os::unix::fs::PermissionsExt,
    path::PathBuf,
    process::{Child, Command, Stdio},
};
use tempfile::TempDir;

/// An authority that certifies for so many seconds, and visits `port` to see whether a name is ours.
struct Pebble {
    child: Child,
    own: Authority,
    /// Where its directory is, and where its root can be asked for.
    ports: [u16; 2],
}

impl Pebble {
    fn start(seconds: u64, port: u16) -> Self {
        Self::start_at([free_port(), free_port()], seconds, port)
    }

    fn start_at(ports: [u16; 2], seconds: u64, port: u16) -> Self {
        let own = Authority::new();
        own.renew(9);
        let path = |file: &str| own.path(file).display().to_string();
        let config = serde_json::json!({ "pebble": {
            "listenAddress": format!("127.0.0.1:{}", ports[0]),
            "managementListenAddress": format!("127.0.0.1:{}", ports[1]),
            "certificate": path("cert.pem"), "privateKey": path("key.pem"),
            "httpPort": 1, "tlsPort": port, "ocspResponderURL": "",
            "certificateValidityPeriod": seconds,
        }});
        fs::write(own.path("pebble.json"), config.to_string()).unwrap();
        let child = Command::new("pebble")
            .args(["-config", &path("pebble.json")])
            .envs([("PEBBLE_VA_NOSLEEP", "1"), ("PEBBLE_WFE_NONCEREJECT", "1")])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|cause| panic!("pebble: {cause}; on Debian: apt-get install pebble"));
        let pebble = Self { child, own, ports };
        while TcpStream::connect(("127.0.0.1", ports[0])).is_err() {}
        pebble
    }

    /// The settings of a server that has its certificate from here.
    fn config(&self, domain: &str) -> String {
        let [port, _] = self.ports;
        let ca = self.own.path("ca.pem").display().to_string();
        format!(
            "[tls.acme]\ndomains = [\"{domain}\"]\ncontact = \"ops@example.com\"\n\
             directory = \"https://localhost:{port}/dir\"\nca = \"{ca}\"\n"
        )
    }

    /// The root of what it certifies, in a file.
    fn root(&self) -> PathBuf {
        let file = self.own.path("root.pem");
        let stream = TcpStream::connect(("127.0.0.1", self.ports[1])).unwrap();
        let mut stream = shake(stream, self.own.client(rustls::ALL_VERSIONS, &[]), "localhost").unwrap();
        stream.write_all(b"GET /roots/0 HTTP/1.0\r\nHost: localhost\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let text = String::from_utf8(answer).unwrap();
        fs::write(&file, text.split("\r\n\r\n").nth(1).unwrap()).unwrap();
        file
    }

    fn connect(&self, running: &Running) -> Secure {
        shake(running.socket(), pki::client(&self.root(), rustls::ALL_VERSIONS, &[]), "localhost").unwrap()
    }
}

impl Drop for Pebble {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn start(home: &TempDir, config: &str, port: u16) -> Running {
    let mut running = Running::start_at(home.path(), config, &format!("127.0.0.1:{port}"));
    // The name is the public address; the tests reach this machine.
    assert_eq!(running.url, format!("https://localhost:{port}"));
    running.url = format!("https://127.0.0.1:{port}");
    running
}

const FETCHED: &str = "a new TLS certificate is in use";

#[test]
fn a_certificate_is_fetched_shown_and_renewed_without_a_restart() {
    let (home, port) = (TempDir::new().unwrap(), free_port());
    let pebble = Pebble::start(12, port);
    let mut running = start(&home, &pebble.config("localhost"), port);
    running.hears(FETCHED);
    let mut kept = pebble.connect(&running);
    assert!(ok_again(&mut kept).contains(super::HSTS));
    running.hears(FETCHED);
    assert_ne!(shown(&pebble.connect(&running)), shown(&kept));
    ok_again(&mut kept);
}

#[test]
fn a_certificate_is_kept_for_the_next_start_and_an_unknown_account_is_made_anew() {
    let (home, port) = (TempDir::new().unwrap(), free_port());
    let first = Pebble::start(9_000_000, port);
    let config = first.config("localhost");
    let mut running = start(&home, &config, port);
    running.hears(FETCHED);
    let certificate = shown(&first.connect(&running));
    running.stop();
    let folder = home.path().join(format!(".g8/data/acme/localhost-{}-dir", first.ports[0]));
    for file in ["account.json", "certificate.pem"] {
        assert_eq!(fs::metadata(folder.join(file)).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let root = first.root();
    let client = || pki::client(&root, rustls::ALL_VERSIONS, &[]);
    let mut again = start(&home, &config, port);
    let mut stream = shake(again.socket(), client(), "localhost").unwrap();
    assert_eq!(shown(&stream), certificate);
    ok_again(&mut stream);
    again.stop();
    // An authority that knows nobody any more.
    let ports = first.ports;
    drop(first);
    let first = Pebble::start_at(ports, 9_000_000, port);
    fs::remove_file(folder.join("certificate.pem")).unwrap();
    let mut third = start(&home, &first.config("localhost"), port);
    third.hears(FETCHED);
    third.stop();
    // The kept one is for another name: it is not shown, and the authority is asked.
    let mut other =
        Running::start_at(home.path(), &first.config("nowhere.test"), &format!("127.0.0.1:{port}"));
    let said = other.hears("no TLS certificate could be fetched");
    assert!(said.contains("nowhere.test") && said.contains("again_in_seconds\":120"), "{said}");
    assert!(!said.contains("PRIVATE"));
}

#[test]
fn a_server_whose_authority_is_away_goes_on_and_says_so() {
    let home = TempDir::new().unwrap();
    let config = "[tls.acme]\ndomains = [\"localhost\"]\ndirectory = \"https://localhost:1/dir\"\n";
    let mut running = Running::start_with(home.path(), config);
    running.hears("no TLS certificate could be fetched");
    running.url = running.url.replace("localhost", "127.0.0.1");
    let config = Authority::new().client(rustls::ALL_VERSIONS, &[]);
    assert!(shake(running.socket(), config, "localhost").is_err());
    assert_eq!(running.stop(), Some(0));
}
