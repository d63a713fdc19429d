//! `DELETE /assistants/{assistant_id}`

use g8_core::{Ctx, Deleted, Operation, Spec, Verb};
use g8_domain::{Error, Result, Scope, record::Via};
use g8_storage::keys;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Disconnect a member's assistant.
pub struct RevokeAssistant;

/// Which.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the assistant's connection
    pub assistant_id: Uuid,
}

impl Operation for RevokeAssistant {
    const SPEC: Spec =
        Spec::on(Verb::Delete, "/assistants/{assistant_id}", "assistant.revoke", &[Scope::MEMBERS_WRITE])
            .about("Disconnect an assistant that a member has let in; its next request is refused")
            .command(&["revoke-assistant"]);
    type Input = Input;
    type Output = Deleted;

    async fn run(ctx: &Ctx, input: Input) -> Result<Deleted> {
        end(ctx, None, input.assistant_id).await
    }
}

/// Ends an assistant of the organisation, of this user where one is named. Its tokens end with it.
pub(crate) async fn end(ctx: &Ctx, user: Option<Uuid>, id: Uuid) -> Result<Deleted> {
    let mut tx = ctx.begin().await?;
    if !keys::revoke(&mut tx, (ctx.org(), user), (Via::Assistant, id), ctx.now()).await? {
        return Err(Error::not_found("assistant", id));
    }
    let done = tx.commit(Deleted { deleted: true }).await;
    ctx.app.callers.forget();
    done
}
