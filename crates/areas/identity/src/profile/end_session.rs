//! `DELETE /profile/sessions/{session_id}`

use g8_core::{Ctx, Deleted, Operation, Spec, Verb};
use g8_domain::{Error, Result, Scope, record::Via};
use g8_storage::keys;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Sign a browser out.
pub struct EndOwnSession;

/// Which.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the session
    pub session_id: Uuid,
}

impl Operation for EndOwnSession {
    const SPEC: Spec = Spec::on(
        Verb::Delete,
        "/profile/sessions/{session_id}",
        "profile.end_session",
        &[Scope::PROFILE_WRITE],
    )
    .about("Sign a browser of one's own out")
    .command(&["end-session"]);
    type Input = Input;
    type Output = Deleted;

    async fn run(ctx: &Ctx, input: Input) -> Result<Deleted> {
        let whose = (ctx.org(), Some(ctx.person()?.id));
        let mut tx = ctx.begin().await?;
        if !keys::revoke(&mut tx, whose, (Via::Session, input.session_id), ctx.now()).await? {
            return Err(Error::not_found("session", input.session_id));
        }
        let done = tx.commit(Deleted { deleted: true }).await;
        ctx.app.callers.forget();
        done
    }
}
