//! The certificate that is shown, and those by which an authority makes sure that a name is ours.

use rustls::{
    server::{ClientHello, ResolvesServerCert},
    sign::CertifiedKey,
};
use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

/// The protocol of an authority's visit (RFC 8737).
pub const CHALLENGE: &[u8] = b"acme-tls/1";

/// Shared by the listener, which shows them, and whoever renews them.
#[derive(Debug, Default)]
pub struct Certificates {
    shown: RwLock<Option<Arc<CertifiedKey>>>,
    challenges: RwLock<HashMap<String, Arc<CertifiedKey>>>,
}

impl Certificates {
    /// Shows this one from the next connection on.
    pub fn show(&self, certificate: CertifiedKey) {
        *self.shown.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(certificate));
    }

    /// The one that is shown.
    pub fn shown(&self) -> Option<Arc<CertifiedKey>> {
        self.shown.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Shows this one to the authority when it asks for `name`.
    pub fn answer(&self, name: String, certificate: CertifiedKey) {
        let mut challenges = self.challenges.write().unwrap_or_else(PoisonError::into_inner);
        challenges.insert(name, Arc::new(certificate));
    }

    /// The authority will not ask again.
    pub fn forget_answers(&self) {
        self.challenges.write().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

impl ResolvesServerCert for Certificates {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        if hello.alpn().is_some_and(|names| names.eq([CHALLENGE])) {
            let challenges = self.challenges.read().unwrap_or_else(PoisonError::into_inner);
            return challenges.get(&hello.server_name()?.to_lowercase()).cloned();
        }
        self.shown()
    }
}

/// Whether a connection was an authority's visit, which ends with the handshake.
pub fn is_challenge(protocol: Option<&[u8]>) -> bool {
    protocol == Some(CHALLENGE)
}
