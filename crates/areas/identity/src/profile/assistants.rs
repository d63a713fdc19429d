//! `GET /profile/mcp/sessions`

use crate::assistant::{AssistantView, shown};
use g8_core::{Ctx, Operation, Paging, Spec, Verb};
use g8_domain::{Page, Result, Scope};

/// List the assistants that one has let in.
pub struct ListOwnAssistants;

impl Operation for ListOwnAssistants {
    const SPEC: Spec =
        Spec::on(Verb::Get, "/profile/mcp/sessions", "profile.assistants", &[Scope::PROFILE_READ])
            .about("List the assistants that the person behind the key has let into this organization")
            .page()
            .command(&["my-assistants"]);
    type Input = Paging;
    type Output = Page<AssistantView>;

    async fn run(ctx: &Ctx, paging: Paging) -> Result<Page<AssistantView>> {
        shown(ctx, Some(ctx.person()?.id), &paging).await
    }
}
