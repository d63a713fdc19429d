//! Files between this machine and where operations run.

use futures_util::{StreamExt, stream};
use g8_core::{Incoming, Outgoing};
use g8_domain::{Error, ErrorKind, Result};
use std::{io, path::Path};
use tokio::{
    fs::File,
    io::{AsyncReadExt, AsyncWriteExt, stdout},
};

/// Bytes that are read at a time.
const CHUNK: usize = 256 * 1024;

/// Opens a file that is to be sent; says how long it is.
///
/// # Errors
/// It cannot be read.
pub async fn open(path: &Path) -> Result<(File, u64)> {
    let file = File::open(path).await.map_err(|cause| named(path, &cause))?;
    let length = file.metadata().await.map_err(|cause| named(path, &cause))?.len();
    Ok((file, length))
}

/// A file on its way.
#[must_use]
pub fn upload((file, length): (File, u64)) -> Incoming {
    let chunks = stream::try_unfold(file, async |mut file| {
        let mut chunk = vec![0; CHUNK];
        let read = file.read(&mut chunk).await?;
        chunk.truncate(read);
        Ok::<_, io::Error>((read > 0).then(|| (chunk.into(), file)))
    });
    Incoming { chunks: chunks.boxed(), length: Some(length) }
}

/// Writes a file as it comes; to standard output where no path is given.
///
/// # Errors
/// The download breaks off, or the file cannot be written.
pub async fn save(mut file: Outgoing, path: Option<&Path>) -> Result<()> {
    let shown = path.unwrap_or(Path::new("standard output"));
    let failed = |cause: io::Error| named(shown, &cause);
    let mut to: Box<dyn tokio::io::AsyncWrite + Send + Unpin> = match path {
        Some(path) => Box::new(File::create(path).await.map_err(failed)?),
        None => Box::new(stdout()),
    };
    while let Some(chunk) = file.chunks.next().await {
        to.write_all(&chunk?).await.map_err(failed)?;
    }
    to.flush().await.map_err(failed)
}

fn named(path: &Path, cause: &io::Error) -> Error {
    Error::new(ErrorKind::Unavailable, format!("{}: {cause}", path.display()))
}
