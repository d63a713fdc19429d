//! Files that an operation takes or gives, as they come and go: never whole in memory.

use bytes::Bytes;
use futures_util::{StreamExt, stream::BoxStream};
use g8_domain::{Error, ErrorKind, Result};
use std::io::{self, Read};
use tokio::sync::mpsc::Receiver;

/// A file on its way in.
pub struct Incoming {
    /// Its bytes.
    pub chunks: BoxStream<'static, io::Result<Bytes>>,
    /// How many there will be, where the caller said so.
    pub length: Option<u64>,
}

/// A file on its way out.
pub struct Outgoing {
    /// What to call it.
    pub name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Its bytes.
    pub chunks: BoxStream<'static, Result<Bytes>>,
}

impl std::fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Outgoing").field("name", &self.name).finish_non_exhaustive()
    }
}

impl Incoming {
    /// A file that is in memory, as tests have them.
    #[must_use]
    pub fn of(bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        let length = Some(bytes.len() as u64);
        Self { chunks: futures_util::stream::iter([Ok(bytes)]).boxed(), length }
    }

    /// The next bytes, in pieces of at least `size` but for the last; none at the end.
    ///
    /// # Errors
    /// The upload broke off or came too slowly.
    pub async fn piece(&mut self, size: usize) -> Result<Option<Vec<u8>>> {
        let mut piece = Vec::new();
        while piece.len() < size {
            match self.chunks.next().await {
                Some(Ok(chunk)) => piece.extend_from_slice(&chunk),
                Some(Err(cause)) => return Err(broken(cause)),
                None => break,
            }
        }
        Ok((!piece.is_empty()).then_some(piece))
    }
}

/// Why a file did not come to its end.
fn broken(cause: io::Error) -> Error {
    if cause.kind() == io::ErrorKind::TimedOut {
        let message = "The upload came slower than 1 KiB a second; send the file again, over a faster line.";
        return Error::new(ErrorKind::Late, message).because(cause);
    }
    Error::field("", "The upload broke off; send the file again.").because(cause)
}

impl Outgoing {
    /// The whole file, for tests and small ones.
    ///
    /// # Errors
    /// It could not be read to its end.
    pub async fn read(mut self) -> Result<Vec<u8>> {
        let mut all = Vec::new();
        while let Some(chunk) = self.chunks.next().await {
            all.extend_from_slice(&chunk?);
        }
        Ok(all)
    }
}

/// Pieces that come one by one, as one file for a thread that reads.
pub struct Pieces {
    fetched: Receiver<io::Result<Vec<u8>>>,
    piece: io::Cursor<Vec<u8>>,
    /// Bytes that must still come: a file that ends before is no whole file.
    missing: u64,
}

impl Pieces {
    /// A file that may end at any time.
    #[must_use]
    pub fn new(fetched: Receiver<io::Result<Vec<u8>>>) -> Self {
        Self::of(fetched, 0)
    }

    /// A file of at least so many bytes.
    #[must_use]
    pub fn of(fetched: Receiver<io::Result<Vec<u8>>>, bytes: u64) -> Self {
        Self { fetched, piece: io::Cursor::default(), missing: bytes }
    }

    fn next(&mut self) -> io::Result<Option<Vec<u8>>> {
        let piece = self.fetched.blocking_recv().transpose()?;
        if piece.is_none() && self.missing > 0 {
            return Err(io::Error::other("a part of the file could not be fetched"));
        }
        self.missing = self.missing.saturating_sub(piece.as_ref().map_or(0, |piece| piece.len() as u64));
        Ok(piece)
    }
}

impl Read for Pieces {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.piece.read(buffer)? {
                0 => match self.next()? {
                    Some(piece) => self.piece = io::Cursor::new(piece),
                    None => return Ok(0),
                },
                read => return Ok(read),
            }
        }
    }
}
