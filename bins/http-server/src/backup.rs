//! `g8-server backup` and `restore`: says what was done, and what is still up to the operator.

use crate::terminal::{Failure, print};
use g8_config::Settings;
use g8_operate::backup::{self, Manifest};
use std::path::Path;

/// Makes a backup.
pub async fn make(settings: &Settings, file: &Path) -> Result<(), Failure> {
    let made = backup::make(settings, file).await?;
    print(&format!(
        "{} holds {}.\nIt does not hold the secret key: keep a copy of {} elsewhere. Without it the data can be \
         restored, but no API key can be verified and no stored credential opened.",
        file.display(),
        size(&made.manifest),
        match &settings.secret_key {
            Some(_) => "G8_SECRET_KEY".to_owned(),
            None => made.secret_key.display().to_string(),
        }
    ))
}

/// Puts one back.
pub async fn restore(settings: &Settings, file: &Path, replace: bool) -> Result<(), Failure> {
    let restored = backup::restore(settings, file, replace).await?;
    print(&format!("Restored {} from {}.", size(&restored.manifest), file.display()))?;
    if let Some(aside) = restored.aside {
        print(&format!(
            "The database that was there is now {}; delete it when you are content.",
            aside.display()
        ))?;
    }
    match restored.same_secret_key {
        Some(true) => Ok(()),
        Some(false) => print(
            "The secret key is not the one of the backup: its API keys will not be verified, and its stored credentials \
             not opened, until that one is back.",
        ),
        None => print(
            "There is no secret key here: put the backup's one in place, or its API keys will not be verified and its \
             stored credentials not opened.",
        ),
    }
}

fn size(manifest: &Manifest) -> String {
    let rows: i64 = manifest.rows.values().sum();
    format!(
        "{rows} rows of {} tables ({} KiB, made {})",
        manifest.rows.len(),
        manifest.bytes.div_ceil(1024),
        manifest.made_at
    )
}
