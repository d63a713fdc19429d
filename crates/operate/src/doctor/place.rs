//! Settings, folder, secret key and disk.

use super::Finding;
use g8_auth::Pepper;
use g8_config::Settings;
use g8_storage::snapshot;
use std::{
    fs,
    path::{Path, PathBuf},
};

const GIB: u64 = 1 << 30;

pub fn settings(settings: &Settings) -> Finding {
    const CHECK: &str = "settings";
    let has_https = settings.tls.is_on() || !settings.trusted_proxies.is_empty();
    if !settings.bind.ip().is_loopback() && !has_https {
        return Finding::warn(
            CHECK,
            format!(
                "{} can be reached from other machines, but requests from there are refused without HTTPS; set tls.cert \
                 and tls.key, or name the proxy in front in trusted_proxies",
                settings.bind
            ),
        );
    }
    Finding::ok(CHECK, format!("the server listens on {}", settings.bind))
}

/// What is on this machine's disk.
pub fn examine(settings: &Settings) -> Vec<Finding> {
    let mut findings = vec![folder(&settings.data_dir), secret_key(settings)];
    findings.extend(disk(settings));
    findings
}

fn folder(folder: &Path) -> Finding {
    const CHECK: &str = "data folder";
    let shown = folder.display();
    let probe = folder.join(".doctor");
    if !folder.exists() {
        return Finding::warn(CHECK, format!("{shown} is not there; the first start of g8-server makes it"));
    }
    if let Err(cause) = fs::write(&probe, "") {
        return Finding::fail(
            CHECK,
            format!("{shown} cannot be written: {cause}; give it to the user that runs g8-server"),
        );
    }
    let _ = fs::remove_file(probe);
    match mode(folder) {
        Some(mode) if mode & 0o077 != 0 => Finding::warn(
            CHECK,
            format!("{shown} is open to other users (mode {mode:o}); run chmod 700 {shown}"),
        ),
        _ => Finding::ok(CHECK, format!("{shown} can be written")),
    }
}

fn secret_key(settings: &Settings) -> Finding {
    const CHECK: &str = "secret key";
    let too_short =
        format!("has under {} characters; use a longer one, and make new API keys", Pepper::MIN_BYTES);
    if let Some(secret) = &settings.secret_key {
        return match Pepper::new(secret.0.clone().into_bytes()) {
            Some(_) => Finding::ok(CHECK, "it is set by G8_SECRET_KEY or the configuration file"),
            None => Finding::fail(CHECK, format!("the one that is set {too_short}")),
        };
    }
    let file = settings.data_dir.join("secret.key");
    let shown = file.display();
    match fs::read_to_string(&file) {
        Err(_) if file.exists() => {
            Finding::fail(CHECK, format!("{shown} cannot be read; give it to the user that runs g8-server"))
        }
        Err(_) => no_secret_key(settings, &file),
        Ok(text) if text.trim().len() < Pepper::MIN_BYTES => {
            Finding::fail(CHECK, format!("{shown} {too_short}"))
        }
        Ok(_) => match mode(&file) {
            Some(mode) if mode & 0o077 != 0 => Finding::fail(
                CHECK,
                format!("{shown} can be read by other users (mode {mode:o}); run chmod 600 {shown}"),
            ),
            _ => Finding::ok(CHECK, format!("{shown} is there; keep a copy of it apart from backups")),
        },
    }
}

fn no_secret_key(settings: &Settings, file: &Path) -> Finding {
    const CHECK: &str = "secret key";
    let database = snapshot::file_of(&settings.database_url).ok().flatten();
    if database.is_some_and(|database| !database.exists()) {
        return Finding::warn(CHECK, "there is none; the first start of g8-server makes one");
    }
    Finding::fail(
        CHECK,
        format!(
            "{} is not there, but a database is; put it back, or its API keys cannot be verified",
            file.display()
        ),
    )
}

/// Enough for the database to grow, and for a backup of it.
fn disk(settings: &Settings) -> Option<Finding> {
    const CHECK: &str = "disk";
    let file = snapshot::file_of(&settings.database_url).ok().flatten();
    let place = file.clone().unwrap_or_else(|| settings.data_dir.clone());
    let there: PathBuf = place.ancestors().find(|path| path.is_dir())?.to_owned();
    let free = free_bytes(&there)?;
    let database = file.and_then(|file| fs::metadata(file).ok()).map_or(0, |file| file.len());
    let says = format!("{} MiB are free at {}", free >> 20, there.display());
    Some(match free {
        _ if free < GIB / 10 => Finding::fail(CHECK, format!("{says}; make room before writes fail")),
        _ if free < GIB.max(2 * database) => {
            Finding::warn(CHECK, format!("{says}; make room for growth, and for backups beside the database"))
        }
        _ => Finding::ok(CHECK, says),
    })
}

#[cfg(unix)]
fn free_bytes(path: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(path).ok()?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize))
}

#[cfg(not(unix))]
fn free_bytes(_path: &Path) -> Option<u64> {
    None
}

/// Who may do what with a file, where the system has such modes.
#[cfg(unix)]
fn mode(path: &Path) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt;
    Some(fs::metadata(path).ok()?.permissions().mode() & 0o777)
}

#[cfg(not(unix))]
fn mode(_path: &Path) -> Option<u32> {
    None
}
