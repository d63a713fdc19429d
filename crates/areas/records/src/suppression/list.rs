//! `GET /contacts/suppressions`

use crate::exclusion::{self, ExclusionView};
use g8_core::{Ctx, Operation, Paging, Spec, Verb};
use g8_domain::{
    Page, Result, Scope,
    record::{Category, Channel, ExclusionKind, Reason},
    value,
};
use g8_storage::exclusions::ExclusionFilter;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// List who is suppressed.
pub struct ListSuppressions;

/// Which suppressions; every condition must hold.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// The ways they close
    pub channel: Option<Channel>,
    /// Who wanted them
    pub category: Option<Category>,
    /// Why
    pub reason: Option<Reason>,
    /// E-mail address
    #[schemars(length(max = 254))]
    pub email: Option<String>,
    /// Which page
    #[serde(flatten)]
    pub paging: Paging,
}

impl Operation for ListSuppressions {
    const SPEC: Spec =
        Spec::on(Verb::Get, "/contacts/suppressions", "exclusion.suppressions", &[Scope::EXCLUSIONS_READ])
            .about("List the suppressions of people that hold now, newest first")
            .page()
            .command(&["suppressions"]);
    type Input = Input;
    type Output = Page<ExclusionView>;

    async fn run(ctx: &Ctx, input: Input) -> Result<Page<ExclusionView>> {
        let email = input.email.map(|email| value::email(&email).unwrap_or(email));
        let filter = ExclusionFilter {
            kind: Some(ExclusionKind::Contact),
            subject: email.map(|email| format!("email:{email}")),
            channel: input.channel,
            reason: input.reason,
            category: input.category,
            holds_at: Some(ctx.now()),
            ..ExclusionFilter::default()
        };
        exclusion::page(ctx, filter, &input.paging).await
    }
}
