//! What an operation works with: the caller, the time, the database.

use crate::{
    App, Incoming, Origin, Outgoing,
    change::Change,
    events::{Author, Event, emit},
    idempotency::IdempotentRequest,
};
use fail::fail_point;
use g8_auth::{Caller, Quota};
use g8_domain::{Error, Result, Ts, record::User};
use g8_storage::{Db, Tx, audit};
use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};
use uuid::Uuid;

/// One call of one operation by one caller. No operation runs without it.
pub struct Ctx {
    /// The product.
    pub app: App,
    /// Who asks; `caller.org` is whose data it is about.
    pub caller: Arc<Caller>,
    /// What the caller may still ask for.
    pub quota: Quota,
    /// Where the call came from.
    pub origin: Origin,
    /// The name of the operation.
    pub operation: &'static str,
    at: Ts,
    pub(crate) once: Option<IdempotentRequest>,
    pub(crate) incoming: Mutex<Option<Incoming>>,
    pub(crate) outgoing: Mutex<Option<Outgoing>>,
    wakes: AtomicBool,
}

impl Ctx {
    pub(crate) fn new(
        app: App,
        (caller, quota, origin): (Arc<Caller>, Quota, Origin),
        operation: &'static str,
        once: Option<IdempotentRequest>,
        file: Option<Incoming>,
    ) -> Self {
        let at = app.clock.now();
        let (incoming, outgoing) = (Mutex::new(file), Mutex::default());
        Self {
            app,
            caller,
            quota,
            origin,
            operation,
            at,
            once,
            incoming,
            outgoing,
            wakes: AtomicBool::default(),
        }
    }

    /// A later moment of a long piece of work.
    pub fn tick(&mut self) {
        self.at = self.app.clock.now();
    }

    /// The organisation whose data this call sees.
    #[must_use]
    pub fn org(&self) -> Uuid {
        self.caller.org.id
    }

    /// When the call began: one moment for everything it writes.
    #[must_use]
    pub fn now(&self) -> Ts {
        self.at
    }

    /// A new id.
    #[must_use]
    pub fn id(&self) -> Uuid {
        self.app.entropy.id(self.now())
    }

    /// The readers.
    #[must_use]
    pub fn db(&self) -> &Db {
        &self.app.db
    }

    /// The person behind a personal key, else the key's name: shown as the author of what is made.
    #[must_use]
    pub fn author(&self) -> String {
        self.caller.user.as_ref().map_or(&self.caller.key.name, |user| &user.name).clone()
    }

    /// The person who asks.
    ///
    /// # Errors
    /// Forbidden for a key of the organization's own.
    pub fn person(&self) -> Result<&User> {
        self.caller.person()
    }

    /// The file that came with the call; once.
    ///
    /// # Errors
    /// There is none.
    pub fn file(&self) -> Result<Incoming> {
        let file = self.incoming.lock().unwrap_or_else(PoisonError::into_inner).take();
        file.ok_or_else(|| Error::field("", "The request has no file as its body"))
    }

    /// Answers with a file.
    pub fn give(&self, file: Outgoing) {
        *self.outgoing.lock().unwrap_or_else(PoisonError::into_inner) = Some(file);
    }

    /// Begins a change. Its audit entry is in the transaction from the start: what commits is on record.
    ///
    /// # Errors
    /// The database is busy.
    pub async fn begin(&self) -> Result<Change<'_>> {
        let mut tx = self.db().begin().await?;
        fail_point!(g8_storage::points::CHANGE_BEGUN);
        self.claim(&mut tx).await?;
        let entry = audit::AuditEntry {
            id: self.id(),
            org_id: self.org(),
            key_id: self.caller.key.id,
            user_id: self.caller.key.user_id,
            door: self.origin.door.to_owned(),
            address: self.origin.address.clone(),
            operation: self.operation.to_owned(),
            request_id: self.origin.request_id.clone(),
            at: self.now(),
        };
        audit::insert(&mut tx, &entry).await?;
        Ok(Change::new(self, tx))
    }

    /// Writes an event into the transaction of the change that caused it, with its deliveries.
    ///
    /// # Errors
    /// The database refused.
    pub async fn emit<E: Event>(&self, tx: &mut Tx, event: E) -> Result<()> {
        self.emit_all(tx, vec![event]).await
    }

    /// Writes many events of one kind.
    ///
    /// # Errors
    /// The database refused.
    pub async fn emit_all<E: Event>(&self, tx: &mut Tx, events: Vec<E>) -> Result<()> {
        self.wake_later();
        emit(&self.app, tx, &Author::of(self), &events).await
    }

    /// Workers are told once it has committed: somebody may be waiting for what follows from it.
    pub fn wake_later(&self) {
        self.wakes.store(true, Ordering::Relaxed);
    }

    /// Whether workers are to be told once it has committed.
    pub(crate) fn wakes(&self) -> bool {
        self.wakes.load(Ordering::Relaxed)
    }
}
