//! How much runs at once and for how long: past it, a caller hears so in place of waiting.

use super::{HttpState, answer, body_wait::BodyWait, request};
use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::Extensions,
    middleware::Next,
    response::Response,
};
use g8_domain::{Error, ErrorKind, Result};
use http_body_util::LengthLimitError;
use std::{
    error::Error as StdError,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{Instant, timeout_at},
};

/// A request's place among those that may run. It goes with the request into the task that does the
/// work: a caller who was answered early has not made room yet. A request that waits for its caller has none.
#[derive(Clone)]
pub struct Permit {
    room: Arc<Semaphore>,
    held: Arc<Mutex<Option<OwnedSemaphorePermit>>>,
}

impl Permit {
    /// A place in this room; none when it is full.
    pub fn take(room: &Arc<Semaphore>) -> Option<Self> {
        let place = Self { room: Arc::clone(room), held: Arc::default() };
        place.come_back().then_some(place)
    }

    fn held(&self) -> MutexGuard<'_, Option<OwnedSemaphorePermit>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Gives it back for a while.
    pub fn leave(&self) {
        *self.held() = None;
    }

    /// Takes it again; false when the room is full.
    pub fn come_back(&self) -> bool {
        let permit = Arc::clone(&self.room).try_acquire_owned().ok();
        let came = permit.is_some();
        *self.held() = permit;
        came
    }
}

/// When a request must have been answered.
#[derive(Clone, Copy)]
struct Deadline(Instant);

/// Lets in as many requests as may run at once; the others hear 503. While its body is still coming, a request
/// does not run.
pub async fn limit_concurrency(State(rooms): State<Arc<BodyWait>>, request: Request, next: Next) -> Response {
    let Some(place) = Permit::take(&rooms.running) else {
        return answer::error(&request::id_of(request.extensions()), &full());
    };
    let mut request = rooms.hold(place.clone(), request);
    request.extensions_mut().insert(place.clone());
    let response = next.run(request).await;
    drop(place);
    response
}

/// What a caller hears for whom there is no place.
pub fn full() -> Error {
    let message = "The server has as many requests as it can bear; try again in a second.";
    Error::new(ErrorKind::Unavailable, message)
}

/// Answers in time, whatever the work does: it goes on in its own task and is not cut in the middle.
pub async fn in_time(State(site): State<HttpState>, mut request: Request, next: Next) -> Response {
    let seconds = site.app.config.limits.request_seconds;
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
pub fn place(extensions: &mut Extensions) -> Option<Permit> {
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
    Error::new(ErrorKind::Unavailable, message)
}

/// The whole body, up to the limit and by the deadline, where the request has one.
///
/// # Errors
/// It is too large, came too late, broke off, or there is no place for the request any more.
pub async fn read(body: Body, limit: usize, extensions: &Extensions) -> Result<Bytes> {
    let reading = to_bytes(body, limit);
    let read = match extensions.get::<Deadline>() {
        Some(deadline) => timeout_at(deadline.0, reading).await.map_err(|_| late())?,
        None => reading.await,
    };
    read.map_err(|cause| match within::<Error>(&cause) {
        Some(said) => Error::new(said.kind, said.message.clone()),
        None if within::<LengthLimitError>(&cause).is_some() => too_large(limit),
        None => Error::field("", "The body ended before it was complete; send it again"),
    })
}

/// What lies behind an error, where it is of this type.
fn within<'a, E: StdError + 'static>(error: &'a (dyn StdError + 'static)) -> Option<&'a E> {
    error.downcast_ref().or_else(|| within(error.source()?))
}

fn late() -> Error {
    Error::new(ErrorKind::Late, "The body did not arrive in time; send it again, or send less at a time.")
}

fn too_large(limit: usize) -> Error {
    Error::new(
        ErrorKind::TooLarge,
        format!("The body is over the limit of {limit} bytes; send less at a time."),
    )
}
