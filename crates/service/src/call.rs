//! The one way in: authenticate, guard the organisation, check scopes, check arguments, run.

use crate::{App, Args, Ctx, Operation, Shape};
use g8_auth::{Caller, Refusal, admit, bearer};
use g8_domain::{Error, Kind, Result, record::Key};
use g8_storage::{keys, orgs, users};
use subtle::ConstantTimeEq;

/// What a caller shows at a door.
#[derive(Debug, Clone, Copy, Default)]
pub struct Credential<'a> {
    /// The `Authorization` header.
    pub authorization: Option<&'a [u8]>,
    /// The `X-Org-Id` header: a guard, not a choice.
    pub org: Option<&'a str>,
}

/// Where a call came from; kept in the audit log.
#[derive(Debug, Clone)]
pub struct Origin {
    /// Names the request in answers and logs.
    pub request_id: String,
    /// `http`, `mcp`, `cli` or `embedded`.
    pub door: &'static str,
    /// The peer's address, where there is one.
    pub address: Option<String>,
}

impl App {
    /// Finds out who is asking. Reads the key afresh each time: a revoked one fails on its next use.
    ///
    /// # Errors
    /// 401 with the reason; 403 when `X-Org-Id` names another organisation.
    pub async fn authenticate(&self, credential: Credential<'_>) -> Result<Caller> {
        let token = bearer(credential.authorization)?;
        let digest = token.digest(&self.pepper);
        let key = keys::by_digest(&mut &self.db, &digest).await?.ok_or(Refusal::Invalid)?;
        // The index found it by comparing; this comparison takes the same time for every digest.
        if !bool::from(key.digest.ct_eq(&digest)) {
            return Err(Refusal::Invalid.into());
        }
        let org = orgs::get(&mut &self.db, key.org_id).await?.ok_or(Refusal::NoOrganization)?;
        let membership = match key.user_id {
            Some(user) => users::member(&mut &self.db, user, key.org_id).await?,
            None => None,
        };
        let caller = admit(key, org, membership, self.clock.now())?;
        caller.guard(credential.org)?;
        self.touch(&caller.key).await;
        Ok(caller)
    }

    /// Notes the minute of use: one write a minute and key, and none when that fails.
    async fn touch(&self, key: &Key) {
        let minute = self.clock.now().minute();
        if key.last_used_at.is_some_and(|noted| noted >= minute) {
            return;
        }
        let noted = async {
            let mut tx = self.db.begin().await?;
            keys::touch(&mut tx, key.id, minute).await?;
            tx.commit().await
        };
        if let Err(error) = noted.await {
            tracing::warn!(key = %key.id, %error, "the use of a key could not be noted");
        }
    }

    /// Runs an operation for a caller: scopes first, then the arguments, then the work.
    ///
    /// `args` is asked for them only once the caller may ask.
    ///
    /// # Errors
    /// 403 naming required and granted scopes; 400 naming every fault; whatever the operation says.
    pub async fn call<O: Operation>(
        &self,
        caller: Caller,
        origin: Origin,
        args: impl FnOnce(&Shape) -> Result<Args> + Send,
    ) -> Result<O::Output> {
        caller.require(O::SPEC.scopes)?;
        let shape = Shape::of::<O::Input>();
        let input = shape.read(args(&shape)?)?;
        let request_id = origin.request_id.clone();
        let ctx = Ctx { app: self.clone(), caller, origin, operation: O::SPEC.name, at: self.clock.now() };
        let done = O::run(&ctx, input).await;
        if let Err(Error { kind: Kind::Internal | Kind::Unavailable, cause, .. }) = &done {
            tracing::error!(
                request_id,
                operation = O::SPEC.name,
                cause = cause.as_ref().map(tracing::field::display),
                "failed"
            );
        }
        done
    }
}
