//! TLS: which certificate is shown, and who keeps it fresh.

mod acme;
mod certificates;
mod doctor;
mod files;
mod pem;

pub use certificates::is_challenge;
pub use doctor::examine;

use crate::terminal::Failure;
use acme::Authority;
use certificates::{CHALLENGE, Certificates};
use files::Files;
use g8_config::Settings;
use g8_core::Clock;
use rustls::ServerConfig;
use std::{sync::Arc, time::Duration};
use tokio_rustls::TlsAcceptor;

/// What is shown, and where it comes from.
pub struct TlsCertificates {
    certificates: Arc<Certificates>,
    source: Source,
}

enum Source {
    Files(Files),
    Acme(Box<Authority>),
}

impl TlsCertificates {
    /// As the settings say; none where they say nothing of TLS. What cannot work is refused here.
    pub fn open(settings: &Settings) -> Result<Option<Self>, Failure> {
        let Some(source) = Source::find(settings)? else { return Ok(None) };
        let certificates = Arc::new(Certificates::default());
        match &source {
            Source::Files(files) => certificates.show(files.read()?.certified()?),
            Source::Acme(authority) => authority.kept().into_iter().for_each(|kept| certificates.show(kept)),
        }
        Ok(Some(Self { certificates, source }))
    }

    /// What accepts connections: TLS 1.2 and 1.3, HTTP/2 before HTTP/1.1.
    pub fn acceptor(&self) -> Result<TlsAcceptor, Failure> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_cert_resolver(Arc::clone(&self.certificates) as Arc<_>);
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        if matches!(self.source, Source::Acme(_)) {
            config.alpn_protocols.push(CHALLENGE.to_vec());
        }
        Ok(Arc::new(config).into())
    }

    /// Keeps the certificate fresh, without end.
    pub async fn keep(self, clock: Clock) {
        match self.source {
            Source::Files(files) => files.follow(&self.certificates).await,
            Source::Acme(authority) => authority.keep(&self.certificates, &clock).await,
        }
    }
}

impl Source {
    fn find(settings: &Settings) -> Result<Option<Self>, Failure> {
        let tls = &settings.tls;
        if tls.names_files() && !tls.acme.domains.is_empty() {
            return Err(
                "tls.cert and tls.acme.domains are both set; a certificate comes from files or from an \
                        authority: leave one of them out"
                    .into(),
            );
        }
        if !tls.acme.domains.is_empty() {
            return Ok(Some(Self::Acme(Box::new(Authority::new(settings)?))));
        }
        match (&tls.cert, &tls.key) {
            (None, None) => Ok(None),
            (Some(cert), Some(key)) => Ok(Some(Self::Files(Files { cert: cert.clone(), key: key.clone() }))),
            (Some(_), None) => {
                Err("tls.cert is set and tls.key is not; name the file of its private key".into())
            }
            (None, Some(_)) => {
                Err("tls.key is set and tls.cert is not; name the file of its certificate".into())
            }
        }
    }
}

/// Says so when nobody but this machine will be served.
pub fn warn_if_unreachable(settings: &Settings) {
    if !settings.bind.ip().is_loopback() && !settings.tls.is_on() && settings.trusted_proxies.is_empty() {
        tracing::warn!(
            bind = %settings.bind,
            "only callers on this machine will be served: requests from elsewhere must come over HTTPS; set tls.cert \
             and tls.key or tls.acme, or name the proxy in front in trusted_proxies"
        );
    }
}

#[expect(clippy::disallowed_methods, reason = "files that change and certificates that end tell nobody")]
async fn wait(time: Duration) {
    tokio::time::sleep(time).await;
}
