//! `Idempotency-Key`: a request that is sent twice is done once (contract/platform.md §6, B7).
//!
//! The answer is stored in the transaction of the work, so neither is ever there without the other.

use crate::{Args, Ctx, Effect, Shape, Spec, Verb};
use fail::fail_point;
use g8_domain::{Error, Result, Ts};
use g8_storage::idempotency::{self, IdempotencyKey, StoredAnswer};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};
use tokio::time::timeout;
use uuid::Uuid;

/// How long an answer is kept.
pub const KEPT: i64 = Ts::DAY;
const LONGEST: usize = 255;
/// How often somebody looks whose request another is doing just now.
const PAUSE: Duration = Duration::from_millis(100);

/// A request that is to be done once.
#[derive(Debug)]
pub(crate) struct IdempotentRequest {
    key: String,
    /// The operation and its path's arguments: the same key on another path is another request.
    operation: String,
    fingerprint: Vec<u8>,
    /// Whether answers of the operation may be stored: those that show a secret may not.
    stored: bool,
    claimed: AtomicBool,
    lost: AtomicBool,
}

impl IdempotentRequest {
    /// What a caller's header asks for: nothing, where the operation reads or is the same twice anyway.
    ///
    /// # Errors
    /// A key that is empty, over 255 characters or not printable ASCII, or one with an upload.
    pub fn new(
        spec: &Spec,
        key: Option<&str>,
        (shape, args): (&Shape, &Args),
        caller: Uuid,
    ) -> Result<Option<Self>> {
        let Some(key) = key.filter(|_| spec.verb == Verb::Post && spec.effect != Effect::Read) else {
            return Ok(None);
        };
        if !spec.takes_idempotency_key() {
            return Err(Error::field("Idempotency-Key", "does not go with a file; send the file without it"));
        }
        if key.is_empty() || key.len() > LONGEST || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Error::field(
                "Idempotency-Key",
                "must be 1 to 255 printable ASCII characters, as a UUID",
            ));
        }
        Ok(Some(Self {
            key: key.to_owned(),
            operation: path(spec, shape, args),
            fingerprint: fingerprint(caller, args),
            stored: !spec.shows_secret,
            claimed: AtomicBool::new(false),
            lost: AtomicBool::new(false),
        }))
    }

    /// Whether another request with the same key was done first, while this one ran.
    pub fn lost(&self) -> bool {
        self.lost.load(Ordering::Relaxed)
    }
}

/// The operation and what stands in its path.
fn path(spec: &Spec, shape: &Shape, args: &Args) -> String {
    let named = |name: &str| args.iter().find(|(given, _)| shape.field(given) == shape.field(name));
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let parts = spec.placeholders().filter_map(|name| Some(text(named(name)?.1)));
    std::iter::once(spec.name.to_owned()).chain(parts).collect::<Vec<_>>().join("/")
}

/// A digest of the arguments, whichever order they came in, and of who sent them: what one key was answered,
/// another might not see.
fn fingerprint(caller: Uuid, args: &Args) -> Vec<u8> {
    let sorted: BTreeMap<&String, &Value> = args.iter().collect();
    let text = serde_json::to_vec(&sorted).unwrap_or_default();
    Sha256::new().chain_update(caller).chain_update(text).finalize().to_vec()
}

impl Ctx {
    fn request<'a>(&'a self, once: &'a IdempotentRequest) -> IdempotencyKey<'a> {
        IdempotencyKey { org: self.org(), operation: &once.operation, key: &once.key }
    }

    /// The answer that this request was given before; waits for one that is being worked on.
    ///
    /// # Errors
    /// 422 when the key was used with other arguments, or by another API key; 409 when the answer showed a secret,
    /// or when there is none in time.
    pub(crate) async fn answered(&self) -> Result<Option<Value>> {
        let Some(once) = &self.once else { return Ok(None) };
        let patience = Duration::from_secs(self.app.config.limits.request_seconds) / 2;
        for _ in 0..=patience.as_millis() / PAUSE.as_millis() {
            let Some(answer) = self.stored_answer(once).await? else { return Ok(None) };
            if answer.fingerprint != once.fingerprint {
                return Err(Error::rule(
                    "This Idempotency-Key was used with other arguments or by another API key; send a new one.",
                ));
            }
            if !once.stored {
                return Err(Error::conflict(
                    "This request was done before, and its answer held a secret that is shown once; rotate what it made.",
                ));
            }
            if answer.output.is_some() {
                return Ok(answer.output);
            }
            drop(timeout(PAUSE, std::future::pending::<()>()).await);
        }
        Err(Error::conflict(
            "A request with this Idempotency-Key was begun, and whether it was done is not known; look, and send a new \
             key to do it again.",
        ))
    }

    async fn stored_answer(&self, once: &IdempotentRequest) -> Result<Option<StoredAnswer>> {
        let since = self.now().plus(-KEPT);
        if !once.lost() {
            return Ok(idempotency::find(&mut self.db(), self.request(once), since).await?);
        }
        // The one that was first may still wait for the disk: this commits behind it.
        let mut tx = self.db().begin().await?;
        let answer = idempotency::find(&mut tx, self.request(once), since).await?;
        tx.commit().await?;
        Ok(answer)
    }

    /// Puts work on record before it is done that no transaction can hold, as asking another server: whoever
    /// repeats the request from here on waits for [`Ctx::finish_external`].
    ///
    /// # Errors
    /// Another request with the same key was first.
    pub async fn begin_external(&self) -> Result<()> {
        self.begin().await?.commit_unanswered().await
    }

    /// Stores the answer to a request whose work was announced.
    ///
    /// # Errors
    /// The database refused; the work is done all the same.
    pub async fn finish_external<T: serde::Serialize>(&self, output: T) -> Result<T> {
        if self.once.is_some() {
            let mut tx = self.db().begin().await?;
            self.store(&mut tx, &output).await?;
            tx.commit().await?;
        }
        Ok(output)
    }

    /// Claims the request for the transaction that does it.
    pub(crate) async fn claim(&self, tx: &mut g8_storage::Tx) -> Result<()> {
        let Some(once) = self.once.as_ref().filter(|once| !once.claimed.swap(true, Ordering::Relaxed)) else {
            return Ok(());
        };
        let window = (self.now().plus(-KEPT), self.now());
        if idempotency::claim(tx, self.request(once), &once.fingerprint, window).await? {
            fail_point!(g8_storage::points::IDEMPOTENCY_CLAIMED);
            return Ok(());
        }
        once.lost.store(true, Ordering::Relaxed);
        Err(Error::conflict("Another request with this Idempotency-Key was done first."))
    }

    /// Stores the answer with the work.
    pub(crate) async fn store<T: serde::Serialize>(&self, tx: &mut g8_storage::Tx, output: &T) -> Result<()> {
        let Some(once) = self.once.as_ref().filter(|once| once.stored) else { return Ok(()) };
        let output = serde_json::to_value(output).map_err(Error::internal)?;
        Ok(idempotency::answer(tx, self.request(once), output).await?)
    }
}
