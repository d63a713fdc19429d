//! Signatures on what webhooks are sent: Standard Webhooks 1.0.0, and the published `X-Studio-Signature`
//! beside it (contract/platform.md §7.1).

use crate::Pepper;
use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use rand::CryptoRng;
use sha2::Sha256;
use std::fmt;
use uuid::Uuid;

/// A webhook's secret. It is made from the installation's secret key whenever it is needed, and stored
/// nowhere: a copy of the database signs nothing.
#[derive(Clone)]
pub struct WebhookSecret([u8; 32]);

impl WebhookSecret {
    /// The secret of a webhook after so many rotations.
    #[must_use]
    pub fn of(pepper: &Pepper, webhook: Uuid, version: i64) -> Self {
        let message = [webhook.as_bytes().as_slice(), &version.to_be_bytes()].concat();
        Self(pepper.mac("webhook secret", &message))
    }

    /// A secret of its own, that belongs to no webhook.
    pub fn fresh(rng: &mut dyn CryptoRng) -> Self {
        let mut bytes = [0; 32];
        rng.fill_bytes(&mut bytes);
        Self(bytes)
    }

    /// `whsec_` and base64: what the owner is shown once.
    #[must_use]
    pub fn reveal(&self) -> String {
        format!("whsec_{}", STANDARD.encode(self.0))
    }

    /// The first characters; safe to show.
    #[must_use]
    pub fn prefix(&self) -> String {
        self.reveal().chars().take(11).collect()
    }

    /// `v1,` and the base64 HMAC of `id.timestamp.body` under the secret's bytes (Standard Webhooks).
    #[must_use]
    pub fn sign(&self, id: &str, timestamp: i64, body: &[u8]) -> String {
        let signed = mac(&self.0, &[format!("{id}.{timestamp}.").as_bytes(), body]);
        format!("v1,{}", STANDARD.encode(signed))
    }

    /// `sha256=` and the hexadecimal HMAC of `timestamp.body` under the secret as it was shown.
    #[must_use]
    pub fn sign_studio(&self, timestamp: i64, body: &[u8]) -> String {
        let signed = mac(self.reveal().as_bytes(), &[format!("{timestamp}.").as_bytes(), body]);
        format!("sha256={}", hex::encode(signed))
    }
}

impl fmt::Debug for WebhookSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WebhookSecret(…)")
    }
}

fn mac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = match Hmac::<Sha256>::new_from_slice(key) {
        Ok(mac) => mac,
        Err(error) => unreachable!("HMAC takes keys of every length: {error}"),
    };
    parts.iter().for_each(|part| mac.update(part));
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(version: i64) -> WebhookSecret {
        WebhookSecret::of(&Pepper::new(vec![7; 32]).unwrap(), Uuid::from_u128(1), version)
    }

    #[test]
    fn another_implementation_accepts_the_signature_and_nothing_changed() {
        let now = std::time::UNIX_EPOCH.elapsed().unwrap().as_secs() as i64;
        let theirs = standardwebhooks::Webhook::new(&secret(1).reveal()).unwrap();
        let body = br#"{"type":"contact.created"}"#;
        let mut headers = http::HeaderMap::new();
        for (name, value) in [
            ("webhook-id", "evt_1".to_owned()),
            ("webhook-timestamp", now.to_string()),
            (
                "webhook-signature",
                format!("{} {}", secret(2).sign("evt_1", now, body), secret(1).sign("evt_1", now, body)),
            ),
        ] {
            headers.insert(name, value.parse().unwrap());
        }
        theirs.verify(body, &headers).unwrap();
        assert!(theirs.verify(br#"{"type":"contact.deleted"}"#, &headers).is_err());
    }

    #[test]
    fn a_rotation_makes_another_secret_and_the_studio_signature_is_as_published() {
        assert_ne!(secret(1).reveal(), secret(2).reveal());
        assert!(secret(1).reveal().starts_with(&secret(1).prefix()) && secret(1).reveal().len() == 50);
        let signed = secret(1).sign_studio(1_700_000_000, b"{}");
        assert!(signed.starts_with("sha256=") && signed.len() == 71);
        assert_eq!(format!("{:?}", secret(1)), "WebhookSecret(…)");
    }
}
