//! The one way in: authenticate, guard the organisation, count, check scopes, check arguments, run once.

use crate::{
    Action, App, Args, Credential, Ctx, Done, Entry, Incoming, Origin, Shape, access::access_key,
    idempotency::IdempotentRequest,
};
use fail::fail_point;
use futures_util::future::BoxFuture;
use g8_auth::{BearerError, Caller, Label, Token, admit, bearer};
use g8_domain::{Error, ErrorKind, Result, record::Key};
use g8_storage::{keys, orgs, users};
use serde_json::{Value, value::to_raw_value};
use std::{
    net::IpAddr,
    sync::{Arc, PoisonError},
    time::Duration,
};
use subtle::ConstantTimeEq;
use tokio::time::timeout;

/// How long a caller waits for the use of its key to be noted.
const NOTING: Duration = Duration::from_millis(250);

impl App {
    /// Finds out who is asking and counts the request. Whether the plan had room for it is in the
    /// entry: a door shows what is left with every answer.
    ///
    /// # Errors
    /// 401 with the reason; 403 when `X-Org-Id` names another organisation; 429 for an address that
    /// failed too often.
    pub fn enter<'a>(&'a self, credential: Credential<'a>) -> BoxFuture<'a, Result<Entry>> {
        // Boxed for the same reason as `run_call`.
        Box::pin(async move {
            let caller = self.authenticate(credential).await?;
            caller.guard(credential.org)?;
            let plan = self.config.plans.of(&caller.org.plan, caller.key.plan.as_deref());
            let quota = self.limiter.admit(&self.db, caller.key.id, plan, &self.clock).await?;
            Ok(Entry { caller, quota })
        })
    }

    async fn authenticate(&self, credential: Credential<'_>) -> Result<Arc<Caller>> {
        let now = self.clock.now();
        let token = match bearer(credential.authorization, credential.audience) {
            // No credential is not a failed attempt: MCP clients probe first, to read WWW-Authenticate.
            Err(BearerError::MissingHeader) => return Err(BearerError::MissingHeader.into()),
            Err(refusal) => return self.fails(credential.address, refusal.into()),
            Ok(token) => token,
        };
        let digest = token.digest(&self.pepper);
        if let Some(caller) = self.callers.get(&digest, now) {
            return Ok(caller);
        }
        if let Some(refusal) = self.callers.ended(&digest, now) {
            return Err(refusal.into());
        }
        // A key in use is let in even where somebody else at its address keeps failing.
        if !self.callers.was_good(&digest) {
            self.failures.check(credential.address, self.config.limits.failed_auth_per_minute, now)?;
        }
        let generation = self.callers.generation();
        match self.find_key(digest, &token).await {
            Ok(key) => self.find_caller((digest, generation), key).await,
            Err(error) if error.kind == ErrorKind::Unauthorized => self.fails(credential.address, error),
            Err(error) => Err(error),
        }
    }

    /// Counts a guess against the address it came from. What once was a key is none.
    fn fails<T>(&self, address: Option<IpAddr>, error: Error) -> Result<T> {
        let (most, now) = (self.config.limits.failed_auth_per_minute, self.clock.now());
        self.failures.check(address, most, now)?;
        self.failures.count(address, most, now);
        Err(error)
    }

    /// The same caller, as the database has them now; read at most twice a second.
    ///
    /// # Errors
    /// 401 with the reason, once the key has ended.
    pub async fn find_again(&self, caller: &Caller) -> Result<Arc<Caller>> {
        let now = self.clock.now();
        let digest = <[u8; 32]>::try_from(caller.key.digest.as_slice()).map_err(Error::internal)?;
        if let Some(caller) = self.callers.get(&digest, now) {
            return Ok(caller);
        }
        let generation = self.callers.generation();
        let key = keys::any(&mut &self.db, caller.key.id).await?.ok_or(BearerError::Invalid)?;
        self.find_caller((digest, generation), key).await
    }

    /// What the token opens, whether or not it still does.
    async fn find_key(&self, digest: [u8; 32], token: &Token) -> Result<Key> {
        if token.label() == Label::Access {
            return access_key(self, digest).await;
        }
        let key = keys::by_digest(&mut &self.db, &digest).await?.ok_or(BearerError::Invalid)?;
        // The index found it by comparing; this comparison takes the same time for every digest.
        if !bool::from(key.digest.ct_eq(&digest)) {
            return Err(BearerError::Invalid.into());
        }
        Ok(key)
    }

    /// Who acts by this key, if it still opens anything.
    async fn find_caller(&self, (digest, generation): ([u8; 32], u64), key: Key) -> Result<Arc<Caller>> {
        let org = orgs::get(&mut &self.db, key.org_id).await?.ok_or(BearerError::NoOrganization)?;
        let membership = match key.user_id {
            Some(user) => users::member(&mut &self.db, user, key.org_id).await?,
            None => None,
        };
        let now = self.clock.now();
        let admitted = admit(key, org, membership, now);
        let caller = Arc::new(admitted.inspect_err(|refusal| self.callers.end(digest, *refusal, now))?);
        self.callers.put(digest, Arc::clone(&caller), now, generation);
        self.touch(&caller.key).await;
        Ok(caller)
    }

    /// Notes the minute of use: one write a minute and key, and none when that fails. Where another program keeps the
    /// database, that is noted later, and the caller goes on.
    async fn touch(&self, key: &Key) {
        let minute = self.clock.now().minute();
        if key.last_used_at.is_some_and(|noted| noted >= minute) {
            return;
        }
        let (db, id) = (self.db.clone(), key.id);
        let noting = tokio::spawn(async move {
            if let Err(error) = keys::touch(&db, id, minute).await {
                tracing::warn!(key = %id, %error, "the use of a key could not be noted");
            }
        });
        let _ = timeout(NOTING, noting).await;
    }

    /// Runs an operation for a caller: limits first, then scopes, then the arguments, then the work.
    ///
    /// `args` is asked for them only once the caller may ask.
    ///
    /// # Errors
    /// 429 naming the limit; 403 naming required and granted scopes; 400 naming every fault; whatever
    /// the operation says.
    pub async fn call(
        &self,
        action: Action,
        (entry, origin): (Entry, Origin),
        file: Option<Incoming>,
        args: impl FnOnce(&Shape) -> Result<Args> + Send,
    ) -> Result<Done> {
        entry.quota.check()?;
        entry.caller.require(action.spec.scopes)?;
        let shape = action.shape();
        let args = args(&shape)?;
        self.run_call(action, (entry, origin), file, (shape, args)).await
    }

    /// The rest of a call. It is boxed, so that its code is in this crate and not in each door's.
    fn run_call(
        &self,
        action: Action,
        (entry, origin): (Entry, Origin),
        file: Option<Incoming>,
        (shape, args): (Arc<Shape>, Args),
    ) -> BoxFuture<'_, Result<Done>> {
        Box::pin(async move {
            let sent = origin.idempotency_key.as_deref();
            let once = IdempotentRequest::new(action.spec, sent, (&shape, &args), entry.caller.key.id)?;
            let input = shape.check(args)?;
            let Entry { caller, quota } = entry;
            let ctx = Ctx::new(self.clone(), (caller, quota, origin), action.spec.name, once, file);
            let done = run_once(action, &ctx, input).await;
            if let Err(Error { kind: ErrorKind::Internal | ErrorKind::Unavailable, cause, .. }) = &done {
                tracing::error!(
                    request_id = ctx.origin.request_id,
                    operation = action.spec.name,
                    cause = cause.as_ref().map(tracing::field::display),
                    "failed"
                );
            }
            done
        })
    }
}

/// Runs it, or gives the answer it was given before.
async fn run_once(action: Action, ctx: &Ctx, input: Value) -> Result<Done> {
    if let Some(output) = ctx.answered().await? {
        return replay(&output);
    }
    fail_point!(g8_storage::points::HANDLER);
    match action.run(ctx, input).await {
        Err(error) if ctx.once.as_ref().is_some_and(IdempotentRequest::lost) => match ctx.answered().await? {
            Some(output) => replay(&output),
            None => Err(error),
        },
        done => {
            let output = done?;
            let file = ctx.outgoing.lock().unwrap_or_else(PoisonError::into_inner).take();
            Ok(Done { output, replayed: false, file })
        }
    }
}

fn replay(output: &Value) -> Result<Done> {
    Ok(Done { output: to_raw_value(output).map_err(Error::internal)?, replayed: true, file: None })
}
