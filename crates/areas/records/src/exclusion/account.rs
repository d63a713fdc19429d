//! `/account-exclusions`

use super::{
    ExclusionNames, ExclusionTerms, ExclusionView,
    contact::create,
    list::{SortBy, SortOrder, page},
    one::{ExclusionInput, UpdateExclusionInput, change, delete, show},
};
use g8_core::{Ctx, Deleted, Operation, Paging, Spec, Verb};
use g8_domain::{
    Error, Page, Result, Scope, Ts,
    record::{Channel, ExclusionKind, Reason},
    value,
};
use g8_storage::exclusions::ExclusionFilter;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

const KIND: ExclusionKind = ExclusionKind::Account;

/// List the exclusions of domains.
pub struct ListAccountExclusions;

/// Which exclusions; every condition must hold.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct ListAccountExclusionsInput {
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
    type Input = ListAccountExclusionsInput;
    type Output = Page<ExclusionView>;

    async fn run(ctx: &Ctx, input: ListAccountExclusionsInput) -> Result<Page<ExclusionView>> {
        let domain = input.domain.map(|domain| value::site(&domain).unwrap_or(domain));
        let filter = ExclusionFilter {
            kind: Some(KIND),
            subject: domain.map(|domain| format!("domain:{domain}")),
            reason: input.reason,
            created_after: input.created_at_after,
            created_before: input.created_at_before,
            ..ExclusionFilter::default()
        };
        page(ctx, filter, &input.paging).await
    }
}

/// Exclude everybody at a domain.
pub struct CreateAccountExclusion;

/// Which domain, how long and why.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct CreateAccountExclusionInput {
    /// Domain, with all below it
    #[schemars(length(min = 1, max = 500))]
    pub domain: String,
    /// The ways to close; all unless given
    pub channel: Option<Channel>,
    /// Why
    pub reason: Reason,
    /// When it ends by itself; never unless given
    pub until: Option<Ts>,
    /// What else is to be said
    #[schemars(length(max = 2000))]
    pub message: Option<String>,
}

impl Operation for CreateAccountExclusion {
    const SPEC: Spec = Spec::on(
        Verb::Post,
        "/account-exclusions",
        "exclusion.create_of_account",
        &[Scope::EXCLUSIONS_WRITE],
    )
    .about("Exclude everybody at a domain from all outreach, for good or until a time")
    .created()
    .command(&["exclude-domain"]);
    type Input = CreateAccountExclusionInput;
    type Output = ExclusionView;

    async fn run(ctx: &Ctx, input: CreateAccountExclusionInput) -> Result<ExclusionView> {
        let terms = ExclusionTerms {
            channel: input.channel.unwrap_or(Channel::All),
            reason: input.reason,
            until: input.until,
            message: input.message,
        };
        if input.domain.trim().is_empty() {
            return Err(Error::field("domain", "must not be empty"));
        }
        let names = ExclusionNames { domain: Some(input.domain), ..ExclusionNames::default() };
        let one = names.exclusion(ctx, terms).map_err(|issues| Error::invalid(&issues))?;
        create(ctx, one).await
    }
}

/// Show an exclusion of a domain.
pub struct GetAccountExclusion;

impl Operation for GetAccountExclusion {
    const SPEC: Spec = Spec::on(
        Verb::Get,
        "/account-exclusions/{exclusion_id}",
        "exclusion.get_of_account",
        &[Scope::EXCLUSIONS_READ],
    )
    .about("Show the exclusion of a domain");
    type Input = ExclusionInput;
    type Output = ExclusionView;

    async fn run(ctx: &Ctx, input: ExclusionInput) -> Result<ExclusionView> {
        show(ctx, KIND, input.exclusion_id).await
    }
}

/// Change an exclusion of a domain.
pub struct UpdateAccountExclusion;

impl Operation for UpdateAccountExclusion {
    const SPEC: Spec = Spec::on(
        Verb::Patch,
        "/account-exclusions/{exclusion_id}",
        "exclusion.update_of_account",
        &[Scope::EXCLUSIONS_WRITE],
    )
    .about("Change why, how long and with which message a domain is excluded");
    type Input = UpdateExclusionInput;
    type Output = ExclusionView;

    async fn run(ctx: &Ctx, input: UpdateExclusionInput) -> Result<ExclusionView> {
        change(ctx, KIND, input).await
    }
}

/// Take back an exclusion of a domain.
pub struct DeleteAccountExclusion;

impl Operation for DeleteAccountExclusion {
    const SPEC: Spec = Spec::on(
        Verb::Delete,
        "/account-exclusions/{exclusion_id}",
        "exclusion.delete_of_account",
        &[Scope::EXCLUSIONS_WRITE],
    )
    .about("Take back the exclusion of a domain")
    .command(&["unexclude-domain"]);
    type Input = ExclusionInput;
    type Output = Deleted;

    async fn run(ctx: &Ctx, input: ExclusionInput) -> Result<Deleted> {
        delete(ctx, KIND, input.exclusion_id).await
    }
}
