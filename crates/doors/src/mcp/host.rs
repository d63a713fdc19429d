//! Where a server's callers come from: a fixed one at the other end of a pipe, or one with every request.

use super::View;
use g8_core::{Backend, Clock, Entropy, Seal, Sealed};
use g8_domain::{Error, Result, Ts};
use rmcp::{ErrorData, model::Extensions};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use uuid::Uuid;

/// One caller, as far as a server needs to know: what they see, where their work is done, who they are.
pub struct CallerSession<B> {
    pub(super) view: View,
    pub(super) backend: Arc<B>,
    /// Tells one caller from another.
    pub(super) name: String,
}

/// What a server stands in.
pub trait CallerProvider: Send + Sync + 'static {
    /// Where callers' work is done.
    type Backend: Backend;

    /// Who asks by the request that has these extensions.
    ///
    /// # Errors
    /// Nobody was let in by it.
    fn session(&self, request: &Extensions) -> Result<CallerSession<Self::Backend>, ErrorData>;

    /// What confirmations are signed with.
    fn seal(&self) -> &Seal;

    /// The time.
    fn now(&self) -> Ts;

    /// A new id.
    fn id(&self) -> Uuid;

    /// How long a call may take.
    fn limit(&self) -> Duration;

    /// Takes a confirmation; false when it was taken before.
    fn take(&self, request: &Extensions, sealed: Sealed) -> impl Future<Output = Result<bool>> + Send;
}

/// One caller for the whole session, as over standard input and output.
pub struct StdioHost<B> {
    view: View,
    backend: Arc<B>,
    seal: Seal,
    clock: Clock,
    entropy: Entropy,
    limit: Duration,
    taken: Mutex<HashMap<Uuid, Ts>>,
}

impl<B: Backend> StdioHost<B> {
    /// A caller who sees this and whose work `backend` does; a call may take as long as `limit`.
    #[must_use]
    pub fn new(view: View, backend: B, (clock, entropy): (Clock, Entropy), limit: Duration) -> Self {
        let seal = entropy.with(Seal::fresh);
        Self { view, backend: Arc::new(backend), seal, clock, entropy, limit, taken: Mutex::default() }
    }

    /// The same on this machine's clock and randomness.
    ///
    /// # Errors
    /// The operating system gives no random numbers.
    pub fn here(view: View, backend: B, limit: Duration) -> Result<Self> {
        let entropy = Entropy::system().map_err(Error::internal)?;
        Ok(Self::new(view, backend, (Clock::System, entropy), limit))
    }
}

impl<B: Backend> CallerProvider for StdioHost<B> {
    type Backend = B;

    fn session(&self, _: &Extensions) -> Result<CallerSession<B>, ErrorData> {
        Ok(CallerSession { view: self.view.clone(), backend: Arc::clone(&self.backend), name: String::new() })
    }

    fn seal(&self) -> &Seal {
        &self.seal
    }

    fn now(&self) -> Ts {
        self.clock.now()
    }

    fn id(&self) -> Uuid {
        self.entropy.id(self.now())
    }

    fn limit(&self) -> Duration {
        self.limit
    }

    async fn take(&self, _: &Extensions, sealed: Sealed) -> Result<bool> {
        let now = self.now();
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.retain(|_, until| *until > now);
        Ok(taken.insert(sealed.id, sealed.until).is_none())
    }
}
