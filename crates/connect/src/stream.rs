//! What a server that is not trusted answers, piece by piece.

use crate::{OutboundAnswer, OutboundError, VendorFault, bounds::Bounds, words::Secrets};
use bytes::Bytes;
use futures_util::{Stream, stream};
use g8_domain::Ts;
use reqwest::{Response, header::HeaderMap};
use std::fmt;
use tokio::time::{Instant, timeout_at};

/// The beginning of an answer other than success that is read, in bytes: the status decides, and this says why.
const WHY: usize = 64 << 10;

/// An answer that is read piece by piece, for what is too large for memory; the bounds of its request hold.
pub struct OutboundStream {
    /// The status.
    pub status: u16,
    headers: HeaderMap,
    /// Nothing once it has ended.
    rest: Option<Response>,
    bounds: Bounds,
    until: Instant,
    /// Bytes that may still come.
    room: usize,
    cut: bool,
    secrets: Secrets,
}

impl OutboundStream {
    pub(crate) fn new(response: Response, mut bounds: Bounds, until: Instant, secrets: Secrets) -> Self {
        let status = response.status();
        if !status.is_success() {
            (bounds.bytes, bounds.cut) = (bounds.bytes.min(WHY), true);
        }
        Self {
            status: status.as_u16(),
            headers: response.headers().clone(),
            rest: Some(response),
            room: bounds.bytes,
            bounds,
            until,
            cut: false,
            secrets,
        }
    }

    /// The first header of this name, where it is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Whether a fault changes nothing of what is wanted to be known.
    fn does_without(&self, fault: &OutboundError) -> bool {
        let broken = matches!(fault, OutboundError::Interrupted { .. } | OutboundError::Malformed(_));
        !self.is_success() || self.bounds.cut && broken
    }

    /// The stream if its status is one of success, else the fault that the status stands for at this moment.
    ///
    /// # Errors
    /// [`OutboundError::Answered`], or the answer breaks off.
    pub async fn success(self, now: Ts) -> Result<Self, OutboundError> {
        if self.is_success() {
            return Ok(self);
        }
        Err(VendorFault::of(&self.whole().await?, now).into())
    }

    /// The next piece; nothing after the last, or after an error.
    ///
    /// # Errors
    /// It is too large, too late, malformed or breaks off.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, OutboundError> {
        match self.read().await {
            Ok(Some(chunk)) if chunk.len() > self.room => {
                self.rest = None;
                if !self.bounds.cut {
                    return Err(OutboundError::TooLarge(self.bounds.bytes));
                }
                self.cut = true;
                Ok(Some(chunk.slice(..self.room)).filter(|chunk| !chunk.is_empty()))
            }
            Ok(Some(chunk)) => {
                self.room -= chunk.len();
                Ok(Some(chunk))
            }
            ended => {
                self.rest = None;
                ended
            }
        }
    }

    async fn read(&mut self) -> Result<Option<Bytes>, OutboundError> {
        let Some(response) = &mut self.rest else { return Ok(None) };
        if self.bounds.cut && self.room == 0 {
            self.cut |= response.content_length() != Some(0);
            return Ok(None);
        }
        let declared = response.content_length().is_some_and(|length| length > self.room as u64);
        if declared && !self.bounds.cut {
            return Err(OutboundError::TooLarge(self.bounds.bytes));
        }
        let Bounds { deadline, idle, .. } = self.bounds;
        let soon = Instant::now() + idle;
        match timeout_at(self.until.min(soon), response.chunk()).await {
            Ok(read) => read.map_err(|cause| OutboundError::while_reading(&cause)),
            Err(_) if soon < self.until => Err(OutboundError::Stalled { after: idle }),
            Err(_) => Err(OutboundError::TimedOut { after: deadline, sent: true }),
        }
    }

    /// The pieces as a stream that ends with the first error.
    pub fn into_stream(self) -> impl Stream<Item = Result<Bytes, OutboundError>> + Send {
        stream::try_unfold(self, async |mut rest| Ok(rest.chunk().await?.map(|chunk| (chunk, rest))))
    }

    /// Reads it to its end into memory.
    ///
    /// # Errors
    /// As of [`Self::chunk`]. Where the answer is to be cut anyway, one that breaks off is as good; and where its
    /// status is none of success, whatever came of it.
    pub async fn whole(mut self) -> Result<OutboundAnswer, OutboundError> {
        let mut body = Vec::new();
        loop {
            match self.chunk().await {
                Ok(Some(chunk)) => body.extend_from_slice(&chunk),
                Ok(None) => break,
                Err(fault) if !self.does_without(&fault) => return Err(fault),
                Err(_) => {
                    self.cut = true;
                    break;
                }
            }
        }
        let Self { status, headers, cut, secrets, .. } = self;
        Ok(OutboundAnswer { status, headers, body: body.into(), cut, secrets })
    }
}

impl fmt::Debug for OutboundStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OutboundStream").field("status", &self.status).finish_non_exhaustive()
    }
}
