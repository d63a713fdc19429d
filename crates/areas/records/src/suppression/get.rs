//! `GET /contacts/{contact_id}/suppression`

use super::{Suppression, view::suppression};
use crate::exclusion::somebody;
use g8_core::{Ctx, Operation, Spec, ToolAudience, Verb};
use g8_domain::{Result, Scope};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Show whether a contact may be written to.
pub struct GetSuppression;

/// Which contact.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the contact
    pub contact_id: i64,
}

impl Operation for GetSuppression {
    const SPEC: Spec = Spec::on(
        Verb::Get,
        "/contacts/{contact_id}/suppression",
        "exclusion.suppression",
        &[Scope::EXCLUSIONS_READ],
    )
    .about("Show whether a contact may be written to, on which channels, and why not")
    .tool(ToolAudience::Shared, &["g8_get_suppression"])
    .command(&["suppression"]);
    type Input = Input;
    type Output = Suppression;

    async fn run(ctx: &Ctx, input: Input) -> Result<Suppression> {
        let contact = somebody(ctx, &mut ctx.db(), input.contact_id).await?;
        suppression(ctx, &mut ctx.db(), &contact).await
    }
}
