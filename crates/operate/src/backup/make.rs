//! Making a backup while servers run.

use super::{Manifest, Result, archive, at, blocking, refused};
use g8_config::Settings;
use g8_core::{Clock, known_pepper};
use g8_storage::snapshot::{self, Engine};
use std::{
    ffi::OsString,
    fs::{self, File},
    path::{Path, PathBuf},
};

/// A backup that was made.
#[derive(Debug)]
pub struct Made {
    /// What it says about itself.
    pub manifest: Manifest,
    /// The secret key's file, which is not in it.
    pub secret_key: PathBuf,
}

/// Makes a backup of the database and calls it `path` once it is whole and checked. A backup of that
/// name is replaced then; any other file stands in the way.
///
/// # Errors
/// One line that says what to do; no file of that name was made or changed.
pub async fn make(settings: &Settings, path: &Path) -> Result<Made> {
    if path.exists() && archive::manifest(path).is_err() {
        return refused(format!("{} is there and is no backup; choose another name", path.display()));
    }
    let unfinished = with_end(path, ".unfinished");
    let lock = alone(&unfinished)?;
    clear(path);
    let made = write(settings, path, &unfinished).await;
    if made.is_err() {
        let _ = fs::remove_file(&unfinished);
    }
    drop(lock);
    Ok(Made { manifest: made?, secret_key: settings.data_dir.join("secret.key") })
}

async fn write(settings: &Settings, path: &Path, unfinished: &Path) -> Result<Manifest> {
    let url = &settings.database_url;
    let copy = with_end(path, ".copy");
    let scrap = archive::Scrap(&copy);
    drop(archive::private(&copy)?);
    let content = snapshot::take(url, &copy).await?;
    let mut manifest = Manifest::new(Engine::of(url)?, content, Clock::System.now());
    manifest.secret_key_mark = known_pepper(settings).map(|pepper| pepper.mark());
    let (to, from) = (unfinished.to_owned(), copy.clone());
    let manifest = blocking(move || archive::write(&to, &from, manifest)).await?;
    // Before the lock's file gets its last name: whoever locks a new one has a copy of its own.
    drop(scrap);
    fs::rename(unfinished, path).map_err(at(path))?;
    sync_folder(path)?;
    Ok(manifest)
}

/// One backup of a name at a time. The lock ends with the program, however that comes.
fn alone(unfinished: &Path) -> Result<File> {
    let lock =
        File::options().create(true).truncate(false).write(true).open(unfinished).map_err(at(unfinished))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(fs::TryLockError::WouldBlock) => {
            refused("another backup of this name is being made; wait for it")
        }
        Err(fs::TryLockError::Error(cause)) => Err(at(unfinished)(cause)),
    }
}

/// Removes what killed backups left beside this one, each of them a whole database. Whoever works on one holds
/// its lock; both files tell that it is ours.
fn clear(path: &Path) {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    for entry in folder.read_dir().into_iter().flatten().flatten() {
        let unfinished = entry.path();
        let copy = unfinished.with_extension("copy");
        if unfinished.extension().is_none_or(|end| end != "unfinished") || !copy.is_file() {
            continue;
        }
        let lock = File::options().write(true).open(&unfinished);
        if lock.is_ok_and(|lock| lock.try_lock().is_ok()) {
            let _ = fs::remove_file(copy).and_then(|()| fs::remove_file(unfinished));
        }
    }
}

fn with_end(path: &Path, end: &str) -> PathBuf {
    let mut name: OsString = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

fn sync_folder(path: &Path) -> Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(at(folder))
}
