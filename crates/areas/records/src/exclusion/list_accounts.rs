//! `GET /account-exclusions`

use super::{
    ExclusionView,
    list::{SortBy, SortOrder, page},
};
use g8_core::{Ctx, Operation, Paging, Spec, Verb};
use g8_domain::{
    Page, Result, Scope, Ts,
    record::{ExclusionKind, Reason},
    value,
};
use g8_storage::exclusions::ExclusionFilter;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// List the exclusions of domains.
pub struct ListAccountExclusions;

/// Which exclusions; every condition must hold.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Domain
    #[schemars(length(max = 500))]
    pub domain: Option<String>,
    /// Why
    pub reason: Option<Reason>,
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

impl Operation for ListAccountExclusions {
    const SPEC: Spec =
        Spec::on(Verb::Get, "/account-exclusions", "exclusion.list_of_accounts", &[Scope::EXCLUSIONS_READ])
            .about("List the domains nobody is to be written to at, newest first")
            .page()
            .command(&["excluded-domains"]);
    type Input = Input;
    type Output = Page<ExclusionView>;

    async fn run(ctx: &Ctx, input: Input) -> Result<Page<ExclusionView>> {
        let domain = input.domain.map(|domain| value::site(&domain).unwrap_or(domain));
        let filter = ExclusionFilter {
            kind: Some(ExclusionKind::Account),
            subject: domain.map(|domain| format!("domain:{domain}")),
            reason: input.reason,
            created_after: input.created_at_after,
            created_before: input.created_at_before,
            ..ExclusionFilter::default()
        };
        page(ctx, filter, &input.paging).await
    }
}
