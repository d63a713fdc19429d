//! `~/.g8/credentials.json`, in the published form: `api_key`, `api_url`, `auth_method`, `email`.

use g8_config::home;
use serde::{Deserialize, Serialize};
use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    path::PathBuf,
};

/// What `g8 login` stores.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Credentials {
    /// The key.
    pub api_key: Option<String>,
    /// The server it is for; none for the embedded database.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub api_url: Option<String>,
    /// `api_key` or `oauth`.
    pub auth_method: Option<String>,
    /// The address of the person, where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

impl Credentials {
    /// Where they are kept.
    #[must_use]
    pub fn path() -> PathBuf {
        home().join("credentials.json")
    }

    /// What is stored; a file that cannot be read counts as none, as published.
    #[must_use]
    pub fn load() -> Self {
        let text = fs::read_to_string(Self::path()).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }

    /// Stores them where only their owner can read them.
    ///
    /// # Errors
    /// The folder or the file cannot be written.
    pub fn store(&self) -> io::Result<()> {
        let path = Self::path();
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        // A new file each time: the mode of one that is there already would stay as it is.
        let fresh = path.with_extension("new");
        let _ = fs::remove_file(&fresh);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&fresh)?;
        file.write_all(serde_json::to_string_pretty(self)?.as_bytes())?;
        file.sync_all()?;
        fs::rename(fresh, path)
    }

    /// Forgets them; says whether there were any.
    ///
    /// # Errors
    /// The file cannot be removed.
    pub fn forget() -> io::Result<bool> {
        match fs::remove_file(Self::path()) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }
}
