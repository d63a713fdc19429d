//! `Idempotency-Key`: a request that is sent twice is done once (contract/platform.md §6, B7).
//!
//! The answer is stored in the transaction of the work, so neither is ever there without the other.

use crate::{Args, Ctx, Spec};
use fail::fail_point;
use g8_domain::{Error, Result, Ts};
use g8_storage::idempotency::{self, Request};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicBool, Ordering},
};

/// How long an answer is kept.
pub const KEPT: i64 = Ts::DAY;
const LONGEST: usize = 255;

/// A request that is to be done once.
#[derive(Debug)]
pub(crate) struct Once {
    key: String,
    fingerprint: Vec<u8>,
    /// Whether answers of the operation may be stored: those that show a secret may not.
    stored: bool,
    claimed: AtomicBool,
    lost: AtomicBool,
}

impl Once {
    /// What a caller's header asks for: nothing, where the operation reads or is the same twice anyway.
    ///
    /// # Errors
    /// A key that is empty, over 255 characters or not printable ASCII.
    pub fn new(spec: &Spec, key: Option<&str>, args: &Args) -> Result<Option<Self>> {
        let Some(key) = key.filter(|_| spec.takes_idempotency_key()) else {
            return Ok(None);
        };
        if key.is_empty() || key.len() > LONGEST || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Error::field(
                "Idempotency-Key",
                "must be 1 to 255 printable ASCII characters, as a UUID",
            ));
        }
        Ok(Some(Self {
            key: key.to_owned(),
            fingerprint: fingerprint(args),
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

/// A digest of the arguments, whichever order they came in.
fn fingerprint(args: &Args) -> Vec<u8> {
    let sorted: BTreeMap<&String, &Value> = args.iter().collect();
    let text = serde_json::to_vec(&sorted).unwrap_or_default();
    Sha256::digest(text).to_vec()
}

impl Ctx {
    fn request<'a>(&'a self, once: &'a Once) -> Request<'a> {
        Request { org: self.org(), operation: self.operation, key: &once.key }
    }

    /// The answer that this request was given before.
    ///
    /// # Errors
    /// 422 when the key was used with other arguments; 409 when the answer showed a secret.
    pub(crate) async fn answered(&self) -> Result<Option<Value>> {
        let Some(once) = &self.once else { return Ok(None) };
        let since = self.now().plus(-KEPT);
        let answer = if once.lost() {
            // The one that was first may still wait for the disk: this commits behind it.
            let mut tx = self.db().begin().await?;
            let answer = idempotency::find(&mut tx, self.request(once), since).await?;
            tx.commit().await?;
            answer
        } else {
            idempotency::find(&mut self.db(), self.request(once), since).await?
        };
        let Some(answer) = answer else { return Ok(None) };
        if answer.fingerprint != once.fingerprint {
            return Err(Error::rule("This Idempotency-Key was used with other arguments; send a new one."));
        }
        if !once.stored {
            return Err(Error::conflict(
                "This request was done before, and its answer held a secret that is shown once; rotate what it made.",
            ));
        }
        Ok(Some(answer.output.unwrap_or(Value::Null)))
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
