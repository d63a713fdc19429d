//! `GET /webhooks`

use super::WebhookView;
use g8_core::{Ctx, Operation, Paging, Spec, ToolAudience, Verb};
use g8_domain::{Page, Result, Scope};
use g8_storage::webhooks;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// List the webhooks.
pub struct ListWebhooks;

/// Which webhooks.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Only those that are active, or only those that are not
    pub is_active: Option<bool>,
    /// Which page
    #[serde(flatten)]
    pub paging: Paging,
}

impl Operation for ListWebhooks {
    const SPEC: Spec = Spec::on(Verb::Get, "/webhooks", "webhook.list", &[Scope::WEBHOOKS_READ])
        .about("List the webhooks")
        .page()
        .tool(ToolAudience::Dev, &["g8_list_webhooks"])
        .command(&["webhooks"]);
    type Input = Input;
    type Output = Page<WebhookView>;

    async fn run(ctx: &Ctx, input: Input) -> Result<Page<WebhookView>> {
        let slice = input.paging.slice::<Uuid>(ctx)?;
        let rows = webhooks::page(&mut ctx.db(), ctx.org(), input.is_active, &slice).await?;
        let page = input.paging.page(ctx, rows, |webhook| webhook.id);
        Ok(page.map(|webhook| WebhookView::new(webhook, &ctx.app.pepper, ctx.now())))
    }
}
