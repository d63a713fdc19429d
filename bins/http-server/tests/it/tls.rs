//! TLS as clients, proxies and operators meet it.

mod acme;
mod pki;
mod plain;

use super::{one_line, server};
use g8_client::Client;
use g8_core::Backend;
use g8_identity::me::{Input, ShowMe};
use http_body_util::{BodyExt, Empty};
use hyper::body::Bytes;
use hyper_util::rt::{TokioExecutor, TokioIo};
use pki::{Authority, ok_again, shake, shown};
use rustls::{pki_types::ServerName, version};
use std::{
    fs,
    io::{Read, Write},
    sync::Arc,
};
use tempfile::TempDir;

const HSTS: &str = "strict-transport-security: max-age=31536000\r\n";

#[test]
fn both_versions_of_tls_are_served_and_browsers_are_told_to_stay_with_it() {
    let (home, authority) = (TempDir::new().unwrap(), Authority::new());
    let mut running = authority.server(&home, "");
    assert!(running.url.starts_with("https://127.0.0.1:"), "{}", running.url);
    for version in [&version::TLS12, &version::TLS13] {
        let config = authority.client(&[version], &[b"http/1.1"]);
        let mut stream = shake(running.socket(), config, "localhost").unwrap();
        assert_eq!(stream.conn.alpn_protocol(), Some(&b"http/1.1"[..]));
        let key = running.key.as_deref().unwrap();
        let ask = format!(
            "GET /api/v1/me HTTP/1.1\r\nHost: g8\r\nAuthorization: Bearer {key}\r\nConnection: close\r\n\r\n"
        );
        stream.write_all(ask.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200") && answer.contains(HSTS), "{answer}");
    }
    assert_eq!(running.stop(), Some(0));
}

#[tokio::test]
async fn http2_is_spoken_where_the_client_can() {
    let (home, authority) = (TempDir::new().unwrap(), Authority::new());
    let running = authority.server(&home, "");
    let config = Arc::new(authority.client(rustls::ALL_VERSIONS, &[b"h2", b"http/1.1"]));
    let stream = tokio::net::TcpStream::connect(running.address()).await.unwrap();
    let name = ServerName::try_from("localhost").unwrap();
    let stream = tokio_rustls::TlsConnector::from(config).connect(name, stream).await.unwrap();
    assert_eq!(stream.get_ref().1.alpn_protocol(), Some(&b"h2"[..]));
    let (mut ask, connection) =
        hyper::client::conn::http2::handshake(TokioExecutor::new(), TokioIo::new(stream)).await.unwrap();
    tokio::spawn(connection);
    for _ in 0..3 {
        let request = hyper::Request::get("https://localhost/healthz").body(Empty::<Bytes>::new()).unwrap();
        let answer = ask.send_request(request).await.unwrap();
        assert_eq!(answer.headers()["strict-transport-security"], "max-age=31536000");
        assert_eq!(answer.into_body().collect().await.unwrap().to_bytes(), "ok\n");
    }
}

#[test]
fn a_new_certificate_is_shown_without_a_restart_and_a_broken_one_is_not() {
    let (home, authority) = (TempDir::new().unwrap(), Authority::new());
    let mut running = authority.server(&home, "");
    let mut kept = authority.connect(&running);
    let first = shown(&kept);
    ok_again(&mut kept);

    authority.renew(91);
    running.hears("a new TLS certificate is in use");
    let second = shown(&authority.connect(&running));
    assert_ne!(second, first);
    ok_again(&mut kept);

    for (file, text, says) in [
        ("cert.pem", "", "holds no certificate"),
        ("cert.pem", "-----BEGIN CERTIFICATE-----\nnonsense", "no PEM file"),
        ("key.pem", &*authority.certify(90).1, "holds no certificate|no PEM file|not that of the first"),
    ] {
        fs::write(authority.path(file), text).unwrap();
        let said = running.hears("stays as it was");
        assert!(says.split('|').any(|says| said.contains(says)) && !said.contains("PRIVATE KEY"), "{said}");
        assert_eq!(shown(&authority.connect(&running)), second);
    }
    fs::remove_file(authority.path("cert.pem")).unwrap();
    assert!(running.hears("stays as it was").contains("cannot read"));

    authority.renew(92);
    running.hears("a new TLS certificate is in use");
    assert_ne!(shown(&authority.connect(&running)), second);
    ok_again(&mut kept);
}

#[test]
fn what_cannot_work_is_refused_before_anything_is_made() {
    let (home, authority) = (TempDir::new().unwrap(), Authority::new());
    authority.renew(90);
    fs::write(authority.path("empty.pem"), "").unwrap();
    fs::write(authority.path("other.key"), authority.certify(90).1).unwrap();
    let file = |name: &str| authority.path(name).display().to_string();
    let (cert, key) = (file("cert.pem"), file("key.pem"));
    for (words, says) in [
        ([&*cert, ""], "tls.cert is set and tls.key is not".to_owned()),
        (["", &*key], "tls.key is set and tls.cert is not".to_owned()),
        ([&*file("none.pem"), &*key], format!("cannot read {}", file("none.pem"))),
        ([&*file("empty.pem"), &*key], format!("{} holds no certificate", file("empty.pem"))),
        ([&*key, &*key], format!("{key} holds no certificate")),
        ([&*cert, &*cert], format!("{cert} holds no private key")),
        (
            [&*cert, &*file("other.key")],
            format!("{} is not that of the first certificate", file("other.key")),
        ),
    ] {
        let mut command = server(home.path(), &["--bind", "127.0.0.1:0"]);
        for (flag, file) in ["--tls-cert", "--tls-key"].into_iter().zip(words) {
            if !file.is_empty() {
                command.args([flag, file]);
            }
        }
        let said = one_line(&command.output().unwrap());
        assert!(said.contains(&says), "{said}");
    }
    for (config, says) in [
        (authority.config() + "[tls.acme]\ndomains = [\"g8.example.com\"]", "are both set"),
        ("[tls.acme]\ndomains = [\"*.example.com\"]".to_owned(), "no whole domain name"),
        ("[tls]\nhsts = \"forever\"".to_owned(), "tls.hsts is forever"),
    ] {
        let file = home.path().join("test.toml");
        fs::write(&file, config).unwrap();
        let output = server(home.path(), &["--bind", "127.0.0.1:0", "--config"]).arg(file).output().unwrap();
        let said = one_line(&output);
        assert!(said.contains(says), "{said}");
    }
    assert!(!home.path().join(".g8").exists());
}

#[tokio::test]
async fn clients_reach_a_server_of_a_private_authority_when_they_are_told_of_it() {
    let (home, authority) = (TempDir::new().unwrap(), Authority::new());
    let running = authority.server(&home, "");
    let key = running.key.as_deref();
    let stranger = Client::new(&running.url, key).unwrap().run::<ShowMe>(Input {}).await;
    assert!(stranger.unwrap_err().message.contains("Cannot reach"));
    let ca = authority.path("ca.pem");
    let client = Client::trusting(&running.url, key, Some(&ca)).unwrap();
    assert_eq!(client.run::<ShowMe>(Input {}).await.unwrap().scopes, ["*"]);
    let nowhere = Client::trusting(&running.url, key, Some(&authority.path("key.pem"))).err().unwrap();
    assert!(nowhere.message.contains("holds no certificate"), "{}", nowhere.message);
}

#[test]
fn the_doctor_looks_at_the_certificate_and_knows_a_server_with_tls() {
    let (home, authority) = (TempDir::new().unwrap(), Authority::new());
    let running = authority.server(&home, "");
    let config = home.path().join("test.toml").display().to_string();
    let says = |check: &str, bind: &str| {
        let output = server(home.path(), &["doctor", "--config", &config, "--bind", bind]).output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        said.lines().find(|line| line[6..].starts_with(check)).unwrap_or_else(|| panic!("{said}")).to_owned()
    };
    assert!(says("port", running.address()).contains("a g8-server answers on"));
    let tls = || says("TLS", "127.0.0.1:0");
    assert!(tls().contains("can be read by every user"), "{}", tls());
    let only_ours = std::os::unix::fs::PermissionsExt::from_mode(0o600);
    fs::set_permissions(authority.path("key.pem"), only_ours).unwrap();
    assert!(tls().starts_with("ok    TLS") && tls().contains("is valid for 89 days"), "{}", tls());
    authority.renew(9);
    assert!(tls().starts_with("warn") && tls().contains("ends in 8 days"), "{}", tls());
    authority.renew(-1);
    assert!(tls().starts_with("FAIL") && tls().contains("the certificate ended at"), "{}", tls());
    fs::write(authority.path("cert.pem"), "").unwrap();
    assert!(tls().starts_with("FAIL") && tls().contains("holds no certificate"), "{}", tls());
    assert!(says("settings", "0.0.0.0:0").starts_with("ok"));
}
