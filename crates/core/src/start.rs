//! Opening the product from its settings.

use crate::{App, Area, Clock, Entropy, Limiter};
use g8_auth::Pepper;
use g8_config::Settings;
use g8_domain::Plans;
use g8_storage::{Db, keys, orgs, snapshot};
use std::{
    fs::{self, File, OpenOptions},
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
};

/// Why the product cannot be opened; one line that says what to do.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The data folder or a file in it cannot be used.
    #[error("cannot use {path}: {cause}; correct the folder's owner and mode, or name another by --data-dir")]
    Folder {
        /// Which.
        path: String,
        /// Why.
        cause: std::io::Error,
    },
    /// The secret key is too short.
    #[error("the secret key must have at least 32 characters; unset G8_SECRET_KEY to have one made")]
    Secret,
    /// Another server has this database.
    #[error("another g8-server is running on {0}; stop it, or name another folder by --data-dir")]
    Taken(String),
    /// There is nothing to open.
    #[error("there is no database at {0}; start g8-server once, or set G8_API_URL to a running server")]
    Nothing(String),
    /// The operating system gives no random numbers.
    #[error("the operating system gives no random numbers: {0}")]
    Entropy(String),
    /// The database cannot be opened.
    #[error(transparent)]
    Database(#[from] g8_storage::StorageError),
}

/// Opens the database, migrates it, and makes the secret key if there is none.
///
/// # Errors
/// One line that says what to do.
pub async fn open(settings: &Settings, areas: &[&'static Area]) -> Result<App, StartError> {
    // PostgreSQL is where several servers meet; an embedded database has one.
    let alone = settings.database_url.starts_with("sqlite:");
    let app = open_with(settings, areas, if alone { Limiter::local() } else { Limiter::shared() }).await?;
    let strays = without_plan(&app.config.plans, &app.db).await?;
    if !strays.is_empty() {
        tracing::warn!("{}: no such plan is configured, so the lowest of all holds", strays.join(", "));
    }
    Ok(app)
}

async fn open_with(
    settings: &Settings,
    areas: &[&'static Area],
    limiter: Limiter,
) -> Result<App, StartError> {
    let entropy = Entropy::system().map_err(StartError::Entropy)?;
    let pepper = pepper(settings, &entropy)?;
    let db = Db::open(&settings.database_url).await?;
    Ok(App::new(areas, (db, Clock::System, entropy, pepper), settings.into(), limiter))
}

impl App {
    /// Opens what a server has made, for a program beside it.
    ///
    /// # Errors
    /// There is no embedded database yet; or as [`open`].
    pub async fn open_existing(settings: &Settings, areas: &[&'static Area]) -> Result<Self, StartError> {
        if let Some(file) = embedded_file(settings)
            && !file.exists()
        {
            return Err(StartError::Nothing(file.display().to_string()));
        }
        // Each program that opens the file counts where the next one will read it, and a server within a second.
        open_with(settings, areas, Limiter::shared()).await
    }
}

/// Whoever has a plan that the configuration does not have.
///
/// # Errors
/// The database fails.
pub async fn without_plan(plans: &Plans, db: &Db) -> g8_storage::StorageResult<Vec<String>> {
    let orgs = orgs::all(&mut &*db).await?.into_iter().map(|org| (org.name + " has", org.plan));
    let keys = keys::plans(&mut &*db).await?.into_iter();
    let keys = keys.map(|keys| match keys.n {
        1 => ("1 key has".to_owned(), keys.plan),
        n => (format!("{n} keys have"), keys.plan),
    });
    let strays = orgs.chain(keys).filter(|(_, plan)| plans.get(plan).is_none());
    Ok(strays.map(|(who, plan)| format!("{who} {plan}")).collect())
}

/// Keeps other servers off an embedded database while it lives.
#[must_use = "the claim ends when this is dropped"]
pub struct Claim(#[expect(dead_code, reason = "held for its lock")] Option<File>);

/// Claims an embedded database for one server. Several servers may share PostgreSQL.
///
/// # Errors
/// Another server has it.
pub fn claim(settings: &Settings) -> Result<Claim, StartError> {
    let Some(file) = embedded_file(settings) else { return Ok(Claim(None)) };
    if let Some(folder) = file.parent() {
        let refused = |cause| StartError::Folder { path: folder.display().to_string(), cause };
        private_folder(folder).map_err(refused)?;
    }
    let path = snapshot::beside(&file, "server");
    let refused = |cause| StartError::Folder { path: path.display().to_string(), cause };
    let lock = OpenOptions::new().create(true).truncate(false).write(true).open(&path).map_err(refused)?;
    match lock.try_lock() {
        Ok(()) => Ok(Claim(Some(lock))),
        Err(fs::TryLockError::WouldBlock) => Err(StartError::Taken(file.display().to_string())),
        Err(fs::TryLockError::Error(cause)) => Err(refused(cause)),
    }
}

/// The file of an embedded database; a URL that is not understood is refused when it is opened.
#[must_use]
pub fn embedded_file(settings: &Settings) -> Option<PathBuf> {
    snapshot::file_of(&settings.database_url).ok().flatten()
}

fn pepper(settings: &Settings, entropy: &Entropy) -> Result<Pepper, StartError> {
    if let Some(secret) = &settings.secret_key {
        return Pepper::new(secret.0.clone().into_bytes()).ok_or(StartError::Secret);
    }
    let path = settings.data_dir.join("secret.key");
    let refused = |cause| StartError::Folder { path: path.display().to_string(), cause };
    private_folder(&settings.data_dir)
        .map_err(|cause| StartError::Folder { path: settings.data_dir.display().to_string(), cause })?;
    match private_file(&path) {
        Ok(mut file) => {
            let mut bytes = [0; 32];
            entropy.with(|rng| rng.fill_bytes(&mut bytes));
            file.write_all(hex::encode(bytes).as_bytes()).and_then(|()| file.sync_all()).map_err(refused)?;
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
        Err(error) => return Err(refused(error)),
    }
    let secret = fs::read_to_string(&path).map_err(refused)?;
    Pepper::new(secret.trim().as_bytes().to_vec()).ok_or(StartError::Secret)
}

/// The secret key, where there is one already.
#[must_use]
pub fn known_pepper(settings: &Settings) -> Option<Pepper> {
    let secret = match &settings.secret_key {
        Some(secret) => secret.0.clone(),
        None => fs::read_to_string(settings.data_dir.join("secret.key")).ok()?.trim().to_owned(),
    };
    Pepper::new(secret.into_bytes())
}

/// A folder that only its owner may look into, unless it is there already.
///
/// # Errors
/// It cannot be made.
pub fn private_folder(path: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// A new file that only its owner may read; fails when there is one.
fn private_file(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
