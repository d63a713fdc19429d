//! The one file: a tar of the manifest, and of the database's copy behind it.

use super::{BackupError, Manifest, Result, at, refused};
use sha2::{Digest, Sha256};
use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read, Write},
    path::Path,
};

const MANIFEST: &str = "manifest.json";
const COPY: &str = "database";
/// A manifest is a page long; more is no manifest.
const MANIFEST_BYTES: u64 = 1 << 20;

/// An empty file that only its owner may read, whatever was there.
pub fn private(path: &Path) -> Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path).map_err(at(path))?;
    #[cfg(unix)]
    {
        // One that was left behind may have another mode.
        let owner_only = std::os::unix::fs::PermissionsExt::from_mode(0o600);
        fs::set_permissions(path, owner_only).map_err(at(path))?;
    }
    Ok(file)
}

/// Writes both parts, and waits for the disk to have them.
pub fn write(path: &Path, copy: &Path, mut manifest: Manifest) -> Result<Manifest> {
    (manifest.bytes, manifest.sha256) =
        digest(&mut File::open(copy).map_err(at(copy))?, io::sink()).map_err(at(copy))?;
    let text = serde_json::to_vec_pretty(&manifest).map_err(|cause| at(path)(cause.into()))?;
    let mut copied = File::open(copy).map_err(at(copy))?;
    let mut tar = tar::Builder::new(private(path)?);
    let modified = u64::try_from(manifest.made_at.unix_seconds()).unwrap_or_default();
    let mut add = |name: &str, bytes: u64, from: &mut dyn Read| {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes);
        header.set_mode(0o600);
        header.set_mtime(modified);
        tar.append_data(&mut header, name, from)
    };
    add(MANIFEST, text.len() as u64, &mut &*text).map_err(at(path))?;
    add(COPY, manifest.bytes, &mut copied).map_err(at(path))?;
    tar.into_inner().and_then(|file| file.sync_all()).map_err(at(path))?;
    Ok(manifest)
}

/// The manifest of a backup.
pub fn manifest(path: &Path) -> Result<Manifest> {
    let file = File::open(path).map_err(at(path))?;
    let mut tar = tar::Archive::new(file);
    let no_backup = || BackupError::Refused(format!("{} is no backup of g8", path.display()));
    let first = tar.entries().map_err(at(path))?.next().and_then(io::Result::ok).ok_or_else(no_backup)?;
    if first.path_bytes().as_ref() != MANIFEST.as_bytes() || first.size() > MANIFEST_BYTES {
        return Err(no_backup());
    }
    serde_json::from_reader(first).map_err(|_| no_backup())
}

/// Takes the copy out, and fails unless it is what the manifest says.
pub fn extract(path: &Path, manifest: &Manifest, into: &Path) -> Result<()> {
    let damaged = || BackupError::Refused(format!("{} is damaged; use another backup", path.display()));
    let mut tar = tar::Archive::new(File::open(path).map_err(at(path))?);
    let mut entries = tar.entries().map_err(at(path))?;
    let mut copy = entries.nth(1).and_then(io::Result::ok).ok_or_else(damaged)?;
    if copy.path_bytes().as_ref() != COPY.as_bytes() {
        return Err(damaged());
    }
    let out = private(into)?;
    let (bytes, sha256) = digest(&mut copy, &out).map_err(at(into))?;
    if (bytes, &sha256) != (manifest.bytes, &manifest.sha256) {
        return refused(format!("{} is damaged: its checksum differs; use another backup", path.display()));
    }
    out.sync_all().map_err(at(into))
}

/// Copies, and says how many bytes there were and what their SHA-256 is.
fn digest(from: &mut impl Read, mut into: impl Write) -> io::Result<(u64, String)> {
    let (mut sum, mut bytes, mut buffer) = (Sha256::new(), 0, vec![0; 1 << 16]);
    loop {
        let read = from.read(&mut buffer)?;
        if read == 0 {
            break;
        }
        sum.update(&buffer[..read]);
        into.write_all(&buffer[..read])?;
        bytes += read as u64;
    }
    Ok((bytes, hex::encode(sum.finalize())))
}

/// Removes a file at the end, however that comes; it may be gone by then.
pub struct Scrap<'p>(pub &'p Path);

impl Drop for Scrap<'_> {
    fn drop(&mut self) {
        let _ = fs::remove_file(self.0);
    }
}
