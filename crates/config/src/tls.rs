//! How the server speaks TLS.

use clap::Args;
use serde::Deserialize;
use std::path::PathBuf;

/// Certificates, from files or from a certificate authority.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TlsSettings {
    /// PEM file of the certificate and those between it and its root.
    pub cert: Option<PathBuf>,
    /// PEM file of the certificate's private key.
    pub key: Option<PathBuf>,
    /// `Strict-Transport-Security` of answers over HTTPS; empty for none.
    pub hsts: String,
    /// Certificates that are fetched and renewed.
    pub acme: Acme,
}

/// Certificates from an authority that speaks ACME, as Let's Encrypt does.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Acme {
    /// The names to be certified; none for no ACME.
    pub domains: Vec<String>,
    /// The e-mail address to which the authority may write.
    pub contact: Option<String>,
    /// Where the authority is.
    pub directory: String,
    /// Folder of the account and the certificates; in the data folder unless it is said.
    pub cache: Option<PathBuf>,
    /// PEM file of the root by which the authority itself is known, when it is a private one.
    pub ca: Option<PathBuf>,
}

/// The files, as flags and variables name them.
#[derive(Debug, Clone, Default, Args)]
pub struct TlsFiles {
    /// PEM file of the TLS certificate and those between it and its root
    #[arg(long, env = "G8_TLS_CERT", value_name = "FILE", global = true)]
    pub tls_cert: Option<PathBuf>,
    /// PEM file of the TLS certificate's private key
    #[arg(long, env = "G8_TLS_KEY", value_name = "FILE", global = true)]
    pub tls_key: Option<PathBuf>,
}

impl TlsSettings {
    pub(crate) fn with(mut self, files: TlsFiles) -> Self {
        self.cert = files.tls_cert.or(self.cert);
        self.key = files.tls_key.or(self.key);
        self
    }

    /// Whether the server speaks TLS at all, rightly set up or not.
    #[must_use]
    pub fn is_on(&self) -> bool {
        self.names_files() || !self.acme.domains.is_empty()
    }

    /// Whether a certificate file or a key file is named.
    #[must_use]
    pub fn names_files(&self) -> bool {
        self.cert.is_some() || self.key.is_some()
    }
}

impl Default for TlsSettings {
    fn default() -> Self {
        // One year, as RFC 6797 suggests. Not for subdomains: those may be other people's servers, without TLS.
        Self { cert: None, key: None, hsts: "max-age=31536000".to_owned(), acme: Acme::default() }
    }
}

impl Default for Acme {
    fn default() -> Self {
        Self {
            domains: Vec::new(),
            contact: None,
            directory: "https://acme-v02.api.letsencrypt.org/directory".to_owned(),
            cache: None,
            ca: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Overrides, Settings};

    fn read(text: &str) -> Result<Overrides, toml::de::Error> {
        toml::from_str(text)
    }

    #[test]
    fn a_flag_changes_one_file_of_tls_and_leaves_the_rest() {
        let file = read("[tls]\ncert = \"a.pem\"\nkey = \"a.key\"\nhsts = \"\"").unwrap();
        let flags = Overrides {
            tls_files: TlsFiles { tls_cert: Some("b.pem".into()), tls_key: None },
            ..Overrides::default()
        };
        let tls = Settings::decide(flags, file).tls;
        assert_eq!((tls.cert, tls.key), (Some("b.pem".into()), Some("a.key".into())));
        assert_eq!(tls.hsts, "");
        assert!(!Settings::decide(Overrides::default(), Overrides::default()).tls.is_on());
        assert!(read("[tls.acme]\ndomain = \"g8.example.com\"").is_err());
    }
}
