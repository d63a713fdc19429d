//! Where requests are while they run, and where they wait for the rest of their bodies: slow callers
//! keep each other waiting, and nobody who works.

use super::{
    HttpState,
    pace::{Permit, full},
    request,
    shares::{Networks, OfNetwork},
};
use axum::{
    BoxError,
    body::{Body, BodyDataStream, Bytes, HttpBody},
    extract::Request,
};
use futures_util::{StreamExt, stream};
use g8_domain::{Error, ErrorKind};
use ipnet::IpNet;
use std::{
    net::IpAddr,
    sync::Arc,
    task::{Context, Poll},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Requests that wait for their bodies: one network has at most one in so many of the places.
const PART: usize = 4;

/// The places of all requests but uploads.
pub struct BodyWait {
    /// For those that run.
    pub running: Arc<Semaphore>,
    /// For those whose bodies are still coming: as many, for each holds what has come so far.
    waiting: Arc<Semaphore>,
    networks: Networks,
    proxies: Arc<[IpNet]>,
}

impl BodyWait {
    /// Room for as many as the settings say.
    pub fn new(site: &HttpState) -> Arc<Self> {
        let most = site.app.config.limits.requests;
        let room = || Arc::new(Semaphore::new(most));
        let networks = Networks::new(most / PART, &site.trusted_proxies);
        let proxies = Arc::clone(&site.trusted_proxies);
        Arc::new(Self { running: room(), waiting: room(), networks, proxies })
    }

    /// The request, with a body that leaves its place to others while it is waited for.
    pub fn hold(self: Arc<Self>, place: Permit, request: Request) -> Request {
        if request.body().is_end_stream() {
            return request;
        }
        let (parts, body) = request.into_parts();
        let address = request::address_of(&parts, &self.proxies);
        let mut coming =
            Coming { body: body.into_data_stream(), place, rooms: self, address, waits: None, over: false };
        Request::from_parts(parts, Body::from_stream(stream::poll_fn(move |now| coming.next(now))))
    }

    fn wait(&self, address: Option<IpAddr>) -> Option<Wait> {
        let share = self.networks.take(address)?;
        let permit = Arc::clone(&self.waiting).try_acquire_owned().ok()?;
        Some(Wait { _share: share, _permit: permit })
    }
}

/// A place among those that wait.
struct Wait {
    _share: OfNetwork,
    _permit: OwnedSemaphorePermit,
}

/// A body that is coming in.
struct Coming {
    body: BodyDataStream,
    place: Permit,
    rooms: Arc<BodyWait>,
    address: Option<IpAddr>,
    waits: Option<Wait>,
    over: bool,
}

type Chunk = Result<Bytes, BoxError>;

impl Coming {
    fn next(&mut self, now: &mut Context<'_>) -> Poll<Option<Chunk>> {
        if self.over {
            return Poll::Ready(None);
        }
        match self.body.poll_next_unpin(now) {
            Poll::Pending if self.waits.is_some() => Poll::Pending,
            Poll::Pending => {
                self.waits = self.rooms.wait(self.address);
                if self.waits.is_none() {
                    return self.end(crowded());
                }
                self.place.leave();
                Poll::Pending
            }
            Poll::Ready(None) if self.waits.take().is_some() && !self.place.come_back() => self.end(full()),
            Poll::Ready(chunk) => Poll::Ready(chunk.map(|chunk| chunk.map_err(Into::into))),
        }
    }

    fn end(&mut self, error: Error) -> Poll<Option<Chunk>> {
        self.over = true;
        Poll::Ready(Some(Err(error.into())))
    }
}

fn crowded() -> Error {
    let message =
        "The server waits for as many bodies as it can bear; send yours at once, or try again in a second.";
    Error::new(ErrorKind::Unavailable, message)
}
