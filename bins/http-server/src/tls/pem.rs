//! A certificate and its key as they stand in PEM files.

use g8_domain::Ts;
use rustls::{
    Error, InconsistentKeys,
    client::verify_server_name,
    crypto::ring::sign::any_supported_type,
    pki_types::{CertificateDer, PrivateKeyDer, ServerName, pem, pem::PemObject},
    server::ParsedCertificate,
    sign::CertifiedKey,
};
use std::path::PathBuf;

/// Two files' contents, and the names by which people know them.
#[derive(Clone, PartialEq, Eq)]
pub struct Pair {
    /// The certificate, then those between it and its root.
    pub cert: (PathBuf, Vec<u8>),
    /// The private key.
    pub key: (PathBuf, Vec<u8>),
}

impl Pair {
    /// What TLS shows of it; one sentence that names the file at fault.
    pub fn certified(&self) -> Result<CertifiedKey, String> {
        let (cert, key) = (self.cert.0.display(), self.key.0.display());
        let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_slice_iter(&self.cert.1)
            .collect::<Result<_, _>>()
            .map_err(|cause| format!("{cert} is no PEM file of certificates: {cause}"))?;
        if chain.is_empty() {
            return Err(format!("{cert} holds no certificate; it begins with -----BEGIN CERTIFICATE-----"));
        }
        let private = PrivateKeyDer::from_pem_slice(&self.key.1).map_err(|cause| match cause {
            pem::Error::NoItemsFound => {
                format!("{key} holds no private key without a password; it begins with -----BEGIN PRIVATE KEY-----")
            }
            cause => format!("{key} is no PEM file of a private key: {cause}"),
        })?;
        let private = any_supported_type(&private).map_err(|_| {
            format!("the private key in {key} is of no kind that is known here; use ECDSA (P-256, P-384), Ed25519 or RSA")
        })?;
        let certified = CertifiedKey::new(chain, private);
        match certified.keys_match() {
            Ok(()) | Err(Error::InconsistentKeys(InconsistentKeys::Unknown)) => Ok(certified),
            Err(Error::InconsistentKeys(_)) => {
                Err(format!("the private key in {key} is not that of the first certificate in {cert}"))
            }
            Err(cause) => Err(format!("the first certificate in {cert} cannot be used: {cause}")),
        }
    }
}

/// From when until when a certificate is valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Validity {
    /// Its first moment.
    pub from: Ts,
    /// Its last.
    pub until: Ts,
}

impl Validity {
    /// That of the certificate itself, not of those above it.
    pub fn of(certificate: &CertifiedKey) -> Option<Self> {
        let (_, parsed) = x509_parser::parse_x509_certificate(certificate.end_entity_cert().ok()?).ok()?;
        let micros = |seconds: i64| Ts(seconds.saturating_mul(Ts::SECOND));
        let validity = parsed.validity();
        Some(Self {
            from: micros(validity.not_before.timestamp()),
            until: micros(validity.not_after.timestamp()),
        })
    }

    /// When to have a new one: with a third of its time left, as authorities ask for.
    pub fn renewal(self) -> Ts {
        Ts(self.until.0 - (self.until.0 - self.from.0) / 3)
    }
}

/// Whether it is for every one of these names.
pub fn covers(certificate: &CertifiedKey, names: &[String]) -> bool {
    let parsed = certificate.end_entity_cert().and_then(ParsedCertificate::try_from);
    parsed.is_ok_and(|parsed| {
        names.iter().all(|name| {
            ServerName::try_from(name.as_str()).is_ok_and(|name| verify_server_name(&parsed, &name).is_ok())
        })
    })
}
