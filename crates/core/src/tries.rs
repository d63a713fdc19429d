//! How often strangers have tried, and from where somebody has signed in, in memory.

use crate::limiter::Windows;
use std::{
    collections::HashSet,
    sync::{Mutex, MutexGuard, PoisonError},
};
use uuid::Uuid;

/// Tries, and places from which somebody has signed in.
#[derive(Default)]
pub struct Tries {
    pub(crate) windows: Windows<Uuid>,
    known: Mutex<HashSet<Uuid>>,
}

impl Tries {
    pub(crate) fn known(&self) -> MutexGuard<'_, HashSet<Uuid>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
