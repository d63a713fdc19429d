//! `POST /account-exclusions`

use super::one::create;
use super::{ExclusionNames, ExclusionTerms, ExclusionView};
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{
    Error, Result, Scope, Ts,
    record::{Channel, Reason},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Exclude everybody at a domain.
pub struct CreateAccountExclusion;

/// Which domain, how long and why.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
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
    type Input = Input;
    type Output = ExclusionView;

    async fn run(ctx: &Ctx, input: Input) -> Result<ExclusionView> {
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
