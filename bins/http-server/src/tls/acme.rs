//! Certificates from an authority: fetched, kept, and renewed in time.

mod folder;
mod order;

use super::{
    certificates::Certificates,
    pem::{Validity, covers},
    wait,
};
use crate::terminal::Failure;
use folder::Folder;
use g8_config::{Acme, Settings};
use g8_core::Clock;
use g8_domain::Ts;
use rustls::{
    pki_types::{CertificateDer, ServerName, pem::PemObject},
    sign::CertifiedKey,
};
use std::time::Duration;
use tokio::time::timeout;

/// For everything that one certificate takes.
const PATIENCE: Duration = Duration::from_secs(600);
/// The first wait after a failure, and the last; they double. Authorities lock out who fails five times in an hour.
const WAITS: [u64; 2] = [120, 6 * 3600];
/// The longest sleep: machines are suspended, and their clocks set.
const NAP: i64 = 3600 * Ts::SECOND;

/// An authority and what we keep of it.
pub struct Authority {
    settings: Acme,
    folder: Folder,
}

impl Authority {
    /// As the settings name it.
    pub fn new(settings: &Settings) -> Result<Self, Failure> {
        let mut acme = settings.tls.acme.clone();
        for domain in &mut acme.domains {
            *domain = domain.trim_end_matches('.').to_lowercase();
            if !matches!(ServerName::try_from(domain.as_str()), Ok(ServerName::DnsName(_))) {
                return Err(format!(
                    "tls.acme.domains has {domain}, which is no whole domain name; wildcards and addresses need \
                     certificate files"
                )
                .into());
            }
        }
        if let Some(ca) = &acme.ca {
            let refused = |cause| format!("cannot read {}: {cause}; correct tls.acme.ca", ca.display());
            CertificateDer::from_pem_file(ca).map_err(refused)?;
        }
        let cache = acme.cache.clone().unwrap_or_else(|| settings.data_dir.join("acme"));
        let folder = Folder::new(&cache, &acme.directory);
        Ok(Self { settings: acme, folder })
    }

    /// The certificate that was fetched before, if it is for all of the names.
    pub fn kept(&self) -> Option<CertifiedKey> {
        let kept = self.folder.certificate()?.certified().ok()?;
        covers(&kept, &self.settings.domains).then_some(kept)
    }

    /// Fetches a certificate when there is none or its end comes near, without end.
    pub async fn keep(self, certificates: &Certificates, clock: &Clock) {
        let mut failures = 0;
        loop {
            let shown = certificates.shown().and_then(|shown| Validity::of(&shown));
            let left = shown.map_or(0, |valid| valid.renewal().0 - clock.now().0);
            if left > 0 {
                wait(Duration::from_micros(left.clamp(0, NAP).unsigned_abs())).await;
                continue;
            }
            match self.renew(certificates).await {
                Ok(until) => {
                    failures = 0;
                    tracing::info!(domains = ?self.settings.domains, until, "a new TLS certificate is in use");
                    // One that is to be renewed at once, by a clock that goes wrong, is no reason to hurry.
                    wait(Duration::from_secs(1)).await;
                }
                Err(reason) => {
                    let seconds = (WAITS[0] << failures.min(10)).min(WAITS[1]);
                    failures += 1;
                    let reason = reason.to_string();
                    tracing::warn!(reason, again_in_seconds = seconds, "no TLS certificate could be fetched");
                    wait(Duration::from_secs(seconds)).await;
                }
            }
        }
    }

    /// Fetches, shows and keeps a certificate; says until when it is valid.
    async fn renew(&self, certificates: &Certificates) -> Result<String, Failure> {
        let fetched = timeout(PATIENCE, self.fetch(certificates)).await;
        certificates.forget_answers();
        let pair = fetched.map_err(|_| format!("{} took too long", self.settings.directory))??;
        let certificate = pair.certified()?;
        let until = Validity::of(&certificate).map_or_else(String::new, |valid| valid.until.to_string());
        certificates.show(certificate);
        self.folder.keep_certificate(&pair)?;
        Ok(until)
    }
}
