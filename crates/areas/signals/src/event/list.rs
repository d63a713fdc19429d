//! `GET /events`

use super::EventView;
use g8_core::{Ctx, Operation, Paging, Spec, ToolAudience, Verb};
use g8_domain::{Page, Result, Scope, Ts, event::Ref};
use g8_storage::{
    RowCount,
    events::{self, EventFilter},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// List what happened.
pub struct ListEvents;

/// Which events.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Name of a kind of event, as contact.created
    #[schemars(length(max = 100), extend("x-alias" = ["type"]))]
    pub name: Option<String>,
    /// Kinds that begin so, as deal
    #[schemars(length(max = 50), pattern("^[a-z_]+$"))]
    pub category: Option<String>,
    /// That happened to this contact
    pub contact_id: Option<i64>,
    /// No earlier than this moment
    pub since: Option<Ts>,
    /// Which page; the total is that of this page
    #[serde(flatten)]
    pub paging: Paging,
}

impl Operation for ListEvents {
    const SPEC: Spec = Spec::on(Verb::Get, "/events", "event.list", &[Scope::WEBHOOKS_READ])
        .about("List what happened in the workspace, newest first")
        .page()
        .tool(ToolAudience::Dev, &["g8_list_events"])
        .command(&["events list"]);
    type Input = Input;
    type Output = Page<EventView>;

    async fn run(ctx: &Ctx, input: Input) -> Result<Page<EventView>> {
        let slice = input.paging.slice::<Uuid>(ctx)?;
        let filter = EventFilter {
            name: input.name,
            category: input.category,
            subject: input.contact_id.map(|id| Ref::Contact(id).to_string()),
            since: input.since,
        };
        let rows = events::page(&mut ctx.db(), ctx.org(), filter, &slice).await?;
        // Counting years of events would cost more than it tells.
        let shown = i64::try_from(rows.len()).unwrap_or_default();
        let total = RowCount { n: slice.offset + shown, or_more: shown > slice.limit };
        Ok(input
            .paging
            .page(ctx, (rows, total), |event| event.id)
            .map(|event| EventView::new(&ctx.app, &ctx.caller, event)))
    }
}
