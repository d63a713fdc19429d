use std::path::PathBuf;

/// `~/.g8`: credentials, the configuration file and, unless told otherwise, the data.
///
/// Without a home folder it is `.g8` in the working folder.
#[must_use]
pub fn home() -> PathBuf {
    std::env::home_dir().unwrap_or_default().join(".g8")
}
