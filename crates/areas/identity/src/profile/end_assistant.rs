//! `DELETE /profile/mcp/sessions/{assistant_id}`

use crate::assistant::{Input, end};
use g8_core::{Ctx, Deleted, Operation, Spec, Verb};
use g8_domain::{Result, Scope};

/// Disconnect an assistant of one's own.
pub struct EndOwnAssistant;

impl Operation for EndOwnAssistant {
    const SPEC: Spec = Spec::on(
        Verb::Delete,
        "/profile/mcp/sessions/{assistant_id}",
        "profile.end_assistant",
        &[Scope::PROFILE_WRITE],
    )
    .about("Disconnect an assistant that one has let in; its next request is refused")
    .command(&["end-my-assistant"]);
    type Input = Input;
    type Output = Deleted;

    async fn run(ctx: &Ctx, input: Input) -> Result<Deleted> {
        end(ctx, Some(ctx.person()?.id), input.assistant_id).await
    }
}
