//! Files on their way in: they have places of their own, for they may take as long as they like, but not forever.

use super::{
    HttpState, answer,
    pace::Permit,
    request,
    shares::{Share, Shares},
};
use axum::{
    body::{Body, BodyDataStream, Bytes},
    extract::{Request, State},
    http::{Extensions, HeaderMap, header},
    middleware::Next,
    response::Response,
};
use futures_util::StreamExt;
use g8_core::{Entry, Incoming};
use g8_domain::{Error, ErrorKind, Result};
use std::{io, sync::Arc, time::Duration};
use tokio::{
    sync::Semaphore,
    time::{Instant, timeout},
};
use uuid::Uuid;

/// Uploads at once: one for so many requests.
const PART: usize = 4;
/// Uploads of one key at once.
const OF_ONE: usize = 4;

/// The places of uploads.
#[derive(Clone)]
pub struct Uploads {
    room: Arc<Semaphore>,
    keys: Shares<Uuid>,
    orgs: Shares<Uuid>,
}

/// An upload's place among those of its key and of its organization.
pub struct UploadSlot {
    _shares: [Share<Uuid>; 2],
}

impl Uploads {
    /// Room for a part of the requests; half of it at most for one organization.
    pub fn new(site: &HttpState) -> Self {
        let most = (site.app.config.limits.requests / PART).max(1);
        let room = Arc::new(Semaphore::new(most));
        Self { room, keys: Shares::of(OF_ONE), orgs: Shares::of(most / 2) }
    }
}

/// Lets in as many uploads as may run at once; the others hear 503.
pub async fn limit_concurrency(State(uploads): State<Uploads>, mut request: Request, next: Next) -> Response {
    let Some(place) = Permit::take(&uploads.room) else {
        let message = "The server takes as many files as it can bear; try again in a second.";
        let id = request::id_of(request.extensions());
        return answer::error(&id, &Error::new(ErrorKind::Unavailable, message));
    };
    request.extensions_mut().insert(place.clone());
    request.extensions_mut().insert(uploads);
    let response = next.run(request).await;
    drop(place);
    response
}

/// Lets a caller's upload in, to be held until the file is there.
///
/// # Errors
/// 429: the key, or its organization, is sending as many as it may.
pub fn begin(extensions: &Extensions, entry: &Entry) -> Result<Option<UploadSlot>> {
    let Some(Uploads { keys, orgs, .. }) = extensions.get() else { return Ok(None) };
    let key = &entry.caller().key;
    let shares = keys.take(key.id).zip(orgs.take(key.org_id));
    let (of_key, of_org) = shares.ok_or_else(|| {
        let message = format!(
            "This key sends {OF_ONE} files already, or its organization as many as it may; let one end first."
        );
        Error::new(ErrorKind::TooMany, message).with(serde_json::json!({ "retry_after": 1 }))
    })?;
    Ok(Some(UploadSlot { _shares: [of_key, of_org] }))
}

/// The body as a file: read as the operation asks for it, never whole in memory. It ends where it comes slower than
/// 1 KiB a second over half of the time that other requests have for everything.
#[must_use]
pub fn incoming(headers: &HeaderMap, body: Body, request_seconds: u64) -> Incoming {
    let length = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    let window = Duration::from_secs(request_seconds) / 2;
    let flow = Flow { body: body.into_data_stream(), window, left: window, came: 0 };
    let chunks = futures_util::stream::try_unfold(flow, |mut flow| async move {
        Ok(flow.next().await?.map(|chunk| (chunk, flow)))
    });
    Incoming { chunks: chunks.boxed(), length }
}

/// A body, and how much of it came while it was waited for.
struct Flow {
    body: BodyDataStream,
    window: Duration,
    left: Duration,
    came: usize,
}

impl Flow {
    async fn next(&mut self) -> io::Result<Option<Bytes>> {
        loop {
            let since = Instant::now();
            // What the server itself takes long for is not the caller's fault: only waiting counts.
            if let Ok(chunk) = timeout(self.left, self.body.next()).await {
                self.left = self.left.saturating_sub(since.elapsed());
                let chunk = chunk.transpose().map_err(io::Error::other)?;
                self.came += chunk.as_ref().map_or(0, Bytes::len);
                return Ok(chunk);
            }
            if self.came < self.enough() {
                return Err(io::ErrorKind::TimedOut.into());
            }
            (self.left, self.came) = (self.window, 0);
        }
    }

    fn enough(&self) -> usize {
        usize::try_from(self.window.as_millis() * 1024 / 1000).unwrap_or(usize::MAX)
    }
}
