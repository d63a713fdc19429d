//! Files between this machine and where operations run.

use crate::program::Failure;
use futures_util::{StreamExt, stream};
use g8_service::{Incoming, Outgoing};
use indicatif::{ProgressBar, ProgressStyle};
use std::{io, path::Path, time::Duration};
use tokio::{
    fs::File,
    io::{AsyncReadExt, AsyncWriteExt},
};

/// Bytes that are read at a time.
const CHUNK: usize = 256 * 1024;

/// A file on its way to the server.
pub fn upload(file: File, length: u64) -> Incoming {
    let chunks = stream::try_unfold(file, async |mut file| {
        let mut chunk = vec![0; CHUNK];
        let read = file.read(&mut chunk).await?;
        chunk.truncate(read);
        Ok::<_, io::Error>((read > 0).then(|| (chunk.into(), file)))
    });
    Incoming { chunks: chunks.boxed(), length: Some(length) }
}

/// Writes a file as it comes.
pub async fn save(mut file: Outgoing, path: &Path) -> Result<(), Failure> {
    let named = |cause: io::Error| Failure::Local(format!("{}: {cause}", path.display()));
    let mut to = File::create(path).await.map_err(named)?;
    while let Some(chunk) = file.chunks.next().await {
        to.write_all(&chunk?).await.map_err(named)?;
    }
    to.flush().await.map_err(named)
}

/// How far it is: on a terminal only, and not when nobody wants to know.
pub struct Bar(Option<ProgressBar>);

impl Bar {
    pub fn new(bytes: u64, quiet: bool) -> Self {
        if quiet {
            return Self(None);
        }
        let bar = ProgressBar::new(bytes);
        let style =
            if bytes > 0 { "{bar:30} {percent}%  {msg}  {elapsed}" } else { "{spinner} {msg}  {elapsed}" };
        if let Ok(style) = ProgressStyle::with_template(style) {
            bar.set_style(style);
        }
        Self(Some(bar))
    }

    pub fn at(&self, bytes: i64, rows: i64) {
        if let Some(bar) = &self.0 {
            bar.set_position(u64::try_from(bytes).unwrap_or_default());
            bar.set_message(format!("{rows} rows"));
        }
    }

    pub fn end(&self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}

/// Between two looks at how far it is.
#[expect(clippy::disallowed_methods, reason = "a person waits for another program's work")]
pub async fn pause() {
    tokio::time::sleep(Duration::from_millis(400)).await;
}
