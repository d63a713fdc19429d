//! `GET /contact-exclusions`

use super::{
    ExclusionView,
    list::{SortBy, SortOrder, page},
};
use g8_core::{Ctx, Operation, Paging, Spec, Verb};
use g8_domain::{
    Page, Result, Scope, Ts,
    record::{Category, Channel, ExclusionKind, Reason},
    value,
};
use g8_storage::exclusions::ExclusionFilter;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// List the exclusions of people.
pub struct ListContactExclusions;

/// Which exclusions; every condition must hold.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// E-mail address
    #[schemars(length(max = 254))]
    pub email: Option<String>,
    /// LinkedIn profile
    #[schemars(length(max = 500))]
    pub linkedin_url: Option<String>,
    /// Why
    pub reason: Option<Reason>,
    /// The ways they close
    pub channel: Option<Channel>,
    /// Who wanted them
    pub category: Option<Category>,
    /// Created later than
    pub created_at_after: Option<Ts>,
    /// Created earlier than
    pub created_at_before: Option<Ts>,
    /// Always by `created_at`
    pub sort_by: Option<SortBy>,
    /// Always the newest first
    pub sort_order: Option<SortOrder>,
    /// Which page
    #[serde(flatten)]
    pub paging: Paging,
}

impl Operation for ListContactExclusions {
    const SPEC: Spec =
        Spec::on(Verb::Get, "/contact-exclusions", "exclusion.list_of_contacts", &[Scope::EXCLUSIONS_READ])
            .about("List who is not to be written to, newest first")
            .page()
            .command(&["exclusions"]);
    type Input = Input;
    type Output = Page<ExclusionView>;

    async fn run(ctx: &Ctx, input: Input) -> Result<Page<ExclusionView>> {
        let email = input.email.map(|email| value::email(&email).unwrap_or(email));
        let linkedin = input.linkedin_url.map(|url| value::linkedin(&url).unwrap_or(url));
        let filter = ExclusionFilter {
            kind: Some(ExclusionKind::Contact),
            subject: email.map(|email| format!("email:{email}")),
            other_subject: linkedin.map(|url| format!("linkedin:{url}")),
            channel: input.channel,
            reason: input.reason,
            category: input.category,
            created_after: input.created_at_after,
            created_before: input.created_at_before,
            holds_at: None,
        };
        page(ctx, filter, &input.paging).await
    }
}
