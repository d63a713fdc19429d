//! `GET /assistants`

use super::{AssistantView, shown};
use g8_core::{Ctx, Operation, Paging, Spec, Verb};
use g8_domain::{Page, Result, Scope};

/// List the assistants that members have let in.
pub struct ListAssistants;

impl Operation for ListAssistants {
    const SPEC: Spec = Spec::on(Verb::Get, "/assistants", "assistant.list", &[Scope::MEMBERS_READ])
        .about(
            "List the assistants that members have let into the organization: whose, since when, last used",
        )
        .page()
        .command(&["assistants"]);
    type Input = Paging;
    type Output = Page<AssistantView>;

    async fn run(ctx: &Ctx, paging: Paging) -> Result<Page<AssistantView>> {
        shown(ctx, None, &paging).await
    }
}
