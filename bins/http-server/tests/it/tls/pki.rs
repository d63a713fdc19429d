//! An authority for tests, and clients that trust it.

use super::super::Running;
use g8_core::Clock;
use g8_domain::Ts;
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::{
    ClientConfig, ClientConnection, RootCertStore, StreamOwned, SupportedProtocolVersion,
    crypto::ring,
    pki_types::{CertificateDer, ServerName, pem::PemObject},
};
use std::{fs, io::Write, net::TcpStream, path::PathBuf, sync::Arc, time::Duration};
use tempfile::TempDir;

/// A TLS connection, as its client holds it.
pub type Secure = StreamOwned<ClientConnection, TcpStream>;

/// An authority, and a folder with the files it made.
pub struct Authority {
    pub folder: TempDir,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    pub fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        fs::write(folder.path().join("ca.pem"), params.self_signed(&key).unwrap().pem()).unwrap();
        Self { folder, issuer: Issuer::new(params, key) }
    }

    pub fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join(file)
    }

    /// A certificate for this machine's names, and its key, in PEM.
    pub fn certify(&self, days: i64) -> (String, String) {
        let names = ["localhost", "127.0.0.1", "acme.test"].map(str::to_owned);
        let mut params = CertificateParams::new(names).unwrap();
        let end = Clock::System.now().plus(days * Ts::DAY).unix_seconds();
        params.not_after = date_time_ymd(1970, 1, 1) + Duration::from_secs(end.unsigned_abs());
        let key = KeyPair::generate().unwrap();
        (params.signed_by(&key, &self.issuer).unwrap().pem(), key.serialize_pem())
    }

    /// Puts a new certificate into the files that `config` names.
    pub fn renew(&self, days: i64) {
        let (cert, key) = self.certify(days);
        // Side by side, as certbot does it with links: no moment with one old and one new file is certain.
        fs::write(self.path("cert.pem"), cert).unwrap();
        fs::write(self.path("key.pem"), key).unwrap();
    }

    /// The settings of a server with those files.
    pub fn config(&self) -> String {
        let [cert, key] = ["cert.pem", "key.pem"].map(|file| self.path(file).display().to_string());
        format!("[tls]\ncert = \"{cert}\"\nkey = \"{key}\"\n")
    }

    /// A server that shows a certificate of this authority.
    pub fn server(&self, home: &TempDir, more: &str) -> Running {
        self.renew(90);
        Running::start_with(home.path(), &(self.config() + more))
    }

    pub fn client(&self, versions: &[&'static SupportedProtocolVersion], alpn: &[&[u8]]) -> ClientConfig {
        client(&self.path("ca.pem"), versions, alpn)
    }

    /// A connection on which nothing was said yet.
    pub fn connect(&self, running: &Running) -> Secure {
        shake(running.socket(), self.client(rustls::ALL_VERSIONS, &[]), "127.0.0.1").unwrap()
    }
}

/// A client that trusts this root and no other.
pub fn client(
    root: &std::path::Path,
    versions: &[&'static SupportedProtocolVersion],
    alpn: &[&[u8]],
) -> ClientConfig {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(root).unwrap()).unwrap();
    let mut config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_protocol_versions(versions)
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = alpn.iter().map(|name| name.to_vec()).collect();
    config
}

/// Shakes hands.
pub fn shake(mut stream: TcpStream, config: ClientConfig, name: &'static str) -> std::io::Result<Secure> {
    let name = ServerName::try_from(name).unwrap();
    let mut tls = ClientConnection::new(Arc::new(config), name).unwrap();
    while tls.is_handshaking() {
        tls.complete_io(&mut stream)?;
    }
    Ok(StreamOwned::new(tls, stream))
}

/// The certificate that the server showed.
pub fn shown(stream: &Secure) -> CertificateDer<'static> {
    stream.conn.peer_certificates().unwrap()[0].clone().into_owned()
}

/// Asks once on a connection that stays open; the answer's head and the body `ok`.
pub fn ok_again(stream: &mut Secure) -> String {
    stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: g8\r\n\r\n").unwrap();
    let mut answer = String::new();
    while !answer.ends_with("\r\n\r\nok\n") {
        let mut byte = [0];
        assert_eq!(std::io::Read::read(stream, &mut byte).unwrap(), 1, "{answer}");
        answer.push(char::from(byte[0]));
    }
    answer
}

impl Running {
    /// Host and port.
    pub fn address(&self) -> &str {
        self.url.split("://").nth(1).unwrap()
    }

    pub fn socket(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address()).unwrap();
        // Only a failing test waits for it.
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        stream
    }
}
