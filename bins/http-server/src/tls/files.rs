//! A certificate from files, read again when they change.

use super::{
    certificates::Certificates,
    pem::{Pair, Validity},
    wait,
};
use std::{
    fs::File,
    io::Read,
    path::{Path, PathBuf},
    time::Duration,
};

/// How often the files are looked at. They are small and their contents are compared: times of change
/// miss what is put back, or swapped behind a link.
const EVERY: Duration = Duration::from_secs(2);
/// Larger files are no certificates.
const MOST: u64 = 1 << 20;

/// Where they are.
#[derive(Clone)]
pub struct Files {
    /// The certificates.
    pub cert: PathBuf,
    /// The private key.
    pub key: PathBuf,
}

impl Files {
    /// What is in them now.
    pub fn read(&self) -> Result<Pair, String> {
        Ok(Pair { cert: (self.cert.clone(), read(&self.cert)?), key: (self.key.clone(), read(&self.key)?) })
    }

    /// Shows what is in them whenever it changes. What cannot be used is said once, and the old
    /// certificate stays.
    pub async fn follow(self, certificates: &Certificates) {
        let mut seen = self.read();
        loop {
            wait(EVERY).await;
            let files = self.clone();
            let Ok(now) = tokio::task::spawn_blocking(move || files.read()).await else { continue };
            if now == seen {
                continue;
            }
            match now.as_ref().map_err(Clone::clone).and_then(Pair::certified) {
                Ok(certificate) => {
                    let until =
                        Validity::of(&certificate).map_or_else(String::new, |valid| valid.until.to_string());
                    certificates.show(certificate);
                    tracing::info!(cert = %self.cert.display(), until, "a new TLS certificate is in use");
                }
                Err(reason) => tracing::warn!(reason, "the TLS certificate stays as it was"),
            }
            seen = now;
        }
    }
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    let refused = |cause| {
        format!("cannot read {}: {cause}; correct tls.cert or tls.key, or the file's mode", path.display())
    };
    let mut bytes = Vec::new();
    File::open(path).map_err(refused)?.take(MOST).read_to_end(&mut bytes).map_err(refused)?;
    Ok(bytes)
}
