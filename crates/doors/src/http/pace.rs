//! How much runs at once and for how long: past it, a caller hears so in place of waiting.

use super::{Site, answer, request};
use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::Extensions,
    middleware::Next,
    response::Response,
};
use g8_domain::{Error, Kind, Result};
use http_body_util::LengthLimitError;
use std::{error::Error as _, sync::Arc, time::Duration};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{Instant, timeout_at},
};

/// A request's place among those that may run. It goes with the request into the task that does the
/// work: a caller who was answered early has not made room yet.
#[derive(Clone)]
pub struct Place(#[expect(dead_code, reason = "held for its place")] Arc<OwnedSemaphorePermit>);

/// When a request must have been answered.
#[derive(Clone, Copy)]
struct Deadline(Instant);

/// Lets in as many requests as may run at once; the others hear 503.
pub async fn one_of_many(State(room): State<Arc<Semaphore>>, mut request: Request, next: Next) -> Response {
    let Ok(place) = room.try_acquire_owned() else {
        let message = "The server has as many requests as it can bear; try again in a second.";
        let id = request::id_of(request.extensions());
        return answer::error(&id, &Error::new(Kind::Unavailable, message));
    };
    let place = Place(Arc::new(place));
    request.extensions_mut().insert(place.clone());
    next.run(request).await
}

/// Answers in time, whatever the work does: it goes on in its own task and is not cut in the middle.
pub async fn in_time(State(site): State<Site>, mut request: Request, next: Next) -> Response {
    let seconds = site.app.tuning.limits.request_seconds;
    let deadline = Instant::now() + Duration::from_secs(seconds);
    request.extensions_mut().insert(Deadline(deadline));
    let id = request::id_of(request.extensions());
    // A body that never ended is told so by `read`: it is a moment ahead of this.
    match timeout_at(deadline + Duration::from_secs(1), next.run(request)).await {
        Ok(response) => response,
        Err(_) => answer::error(&id, &too_long(seconds)),
    }
}

/// Takes a request's place out of it, for the work to hold; until the request is answered, it has it anyway.
pub fn place(extensions: &mut Extensions) -> Option<Place> {
    extensions.remove()
}

/// The request's body must have come by then; how long the answer takes is for the route to say.
pub fn due(extensions: &mut Extensions, seconds: u64) {
    extensions.insert(Deadline(Instant::now() + Duration::from_secs(seconds)));
}

fn too_long(seconds: u64) -> Error {
    let message = format!(
        "The request took over {seconds} seconds and may still be carried out; look before you repeat it, \
         or repeat it with the same Idempotency-Key."
    );
    Error::new(Kind::Unavailable, message)
}

/// The whole body, up to the limit and by the deadline, where the request has one.
pub async fn read(body: Body, limit: usize, extensions: &Extensions) -> Result<Bytes> {
    let reading = to_bytes(body, limit);
    let read = match extensions.get::<Deadline>() {
        Some(deadline) => timeout_at(deadline.0, reading).await.map_err(|_| late())?,
        None => reading.await,
    };
    read.map_err(|cause| match cause.source() {
        Some(source) if source.is::<LengthLimitError>() => too_large(limit),
        _ => Error::field("", "The body ended before it was complete; send it again"),
    })
}

fn late() -> Error {
    Error::new(Kind::Late, "The body did not arrive in time; send it again, or send less at a time.")
}

fn too_large(limit: usize) -> Error {
    Error::new(Kind::TooLarge, format!("The body is over the limit of {limit} bytes; send less at a time."))
}
