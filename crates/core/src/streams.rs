//! Answers that last: how many each key holds open.

use g8_auth::limit::too_many;
use g8_domain::Result;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};
use uuid::Uuid;

/// Seconds after which somebody who was refused one may find room.
const LATER: i64 = 10;

/// Streams by key, on this node.
#[derive(Clone, Default)]
pub struct Streams(Arc<Mutex<HashMap<Uuid, usize>>>);

/// One stream; its place is free when this is dropped.
pub struct Stream {
    streams: Streams,
    key: Uuid,
}

impl Streams {
    /// Opens a stream for a key that may have `most`.
    ///
    /// # Errors
    /// 429 where the key has as many as it may.
    pub fn open(&self, key: Uuid, most: usize) -> Result<Stream> {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = open.entry(key).or_default();
        if *count >= most {
            return Err(too_many(format!("This key may hold {most} streams open at a time"), LATER));
        }
        *count += 1;
        Ok(Stream { streams: self.clone(), key })
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        let mut open = self.streams.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = open.get_mut(&self.key) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.key);
            }
        }
    }
}
