//! `DELETE /api-keys/{api_key_id}`

use super::whose;
use g8_core::{Ctx, Deleted, Operation, Spec, Verb};
use g8_domain::{Error, Result, Scope, record::Via};
use g8_storage::keys;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// End a key at once.
pub struct RevokeKey;

/// Which key.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the key
    pub api_key_id: Uuid,
}

impl Operation for RevokeKey {
    const SPEC: Spec = Spec::on(
        Verb::Delete,
        "/api-keys/{api_key_id}",
        "key.revoke",
        &[Scope::API_KEYS_WRITE, Scope::PROFILE_WRITE],
    )
    .about("Revoke an API key; its next request is refused")
    .command(&["revoke-key"]);
    type Input = Input;
    type Output = Deleted;

    async fn run(ctx: &Ctx, input: Input) -> Result<Deleted> {
        let whose = (ctx.org(), whose(ctx, Scope::API_KEYS_WRITE)?);
        let mut tx = ctx.begin().await?;
        if !keys::revoke(&mut tx, whose, (Via::Key, input.api_key_id), ctx.now()).await? {
            return Err(Error::not_found("API key", input.api_key_id));
        }
        let done = tx.commit(Deleted { deleted: true }).await;
        ctx.app.callers.forget();
        done
    }
}
