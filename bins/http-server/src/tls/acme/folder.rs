//! The folder of an authority: our account with it, and the certificate it gave. Nobody else may look into it.

use crate::tls::pem::Pair;
use instant_acme::AccountCredentials;
use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

/// Files of one authority; those of another, as of a test authority, lie elsewhere.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new(cache: &Path, directory: &str) -> Self {
        let address = directory.split("://").last().unwrap_or_default();
        let plain = |c: char| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' };
        Self(cache.join(address.trim_start_matches('.').chars().map(plain).collect::<String>()))
    }

    /// The account, if there is one.
    pub fn account(&self) -> Option<AccountCredentials> {
        serde_json::from_slice(&fs::read(self.0.join("account.json")).ok()?).ok()
    }

    pub fn keep_account(&self, account: &AccountCredentials) -> io::Result<()> {
        self.write("account.json", &serde_json::to_vec_pretty(account)?)
    }

    /// The authority does not know the account any more.
    pub fn forget_account(&self) {
        let _ = fs::remove_file(self.0.join("account.json"));
    }

    /// The certificate and its key, in one file: they are renewed together or not at all.
    pub fn certificate(&self) -> Option<Pair> {
        let path = self.0.join("certificate.pem");
        let bytes = fs::read(&path).ok()?;
        Some(Pair { cert: (path.clone(), bytes.clone()), key: (path, bytes) })
    }

    pub fn keep_certificate(&self, pair: &Pair) -> io::Result<()> {
        self.write("certificate.pem", &[pair.cert.1.as_slice(), b"\n", pair.key.1.as_slice()].concat())
    }

    /// Writes a file whole or not at all.
    fn write(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let mut folder = fs::DirBuilder::new();
        folder.recursive(true);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        {
            std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        }
        folder.create(&self.0)?;
        let fresh = self.0.join(format!("{name}.new"));
        let _ = fs::remove_file(&fresh);
        let mut file = options.open(&fresh)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(fresh, self.0.join(name))
    }
}
