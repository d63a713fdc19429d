//! Putting a backup back.

use super::{Manifest, Result, archive, blocking, refused};
use g8_config::Settings;
use g8_core::{claim, known_pepper, private_folder};
use g8_storage::snapshot::{self, Engine};
use std::path::{Path, PathBuf};

/// A backup that was put back.
#[derive(Debug)]
pub struct Restored {
    /// What it says about itself.
    pub manifest: Manifest,
    /// Where the database that was there is kept, on SQLite.
    pub aside: Option<PathBuf>,
    /// Whether this installation's secret key is the one that its API keys were made under; none where
    /// that cannot be told.
    pub same_secret_key: Option<bool>,
}

/// Puts a backup in the database's place once all of it was checked. Data that is there is replaced only
/// if `replace` says so.
///
/// # Errors
/// One line that says what to do; the database is as it was.
pub async fn restore(settings: &Settings, path: &Path, replace: bool) -> Result<Restored> {
    let url = &settings.database_url;
    let engine = Engine::of(url)?;
    let manifest = archive::manifest(path)?;
    manifest.suits(engine)?;
    // Held to the end: no server starts on what is being replaced.
    let claim = claim(settings)?;
    if !replace && has_data(url).await? {
        return refused(
            "the database has data; say --replace to put the backup in its place, or name another database",
        );
    }
    let copy = copy_beside(settings)?;
    let scrap = archive::Scrap(&copy);
    let (from, to, expected) = (path.to_owned(), copy.clone(), manifest.clone());
    blocking(move || archive::extract(&from, &expected, &to)).await?;
    snapshot::check(engine, &copy, &manifest.content()).await?;
    let aside = snapshot::put(url, &copy, &manifest.content()).await?;
    drop((scrap, claim));
    let here = known_pepper(settings).map(|pepper| pepper.mark());
    let same_secret_key = manifest.secret_key_mark.as_ref().zip(here).map(|(there, here)| *there == here);
    Ok(Restored { manifest, aside, same_secret_key })
}

/// A database that cannot be read may have had some.
async fn has_data(url: &str) -> Result<bool> {
    match snapshot::content(url).await {
        Ok(content) => Ok(content.is_some_and(|content| content.has_data())),
        Err(_) if Engine::of(url)? == Engine::Sqlite => Ok(true),
        Err(error) => Err(error.into()),
    }
}

/// Where the copy is taken out to: beside the file that it will replace, on the same disk.
fn copy_beside(settings: &Settings) -> Result<PathBuf> {
    let file = snapshot::file_of(&settings.database_url)?;
    let file = file.unwrap_or_else(|| settings.data_dir.join("g8.dump"));
    if let Some(folder) = file.parent() {
        private_folder(folder).map_err(super::at(folder))?;
    }
    let mut name = file.into_os_string();
    name.push(".restoring");
    Ok(name.into())
}
