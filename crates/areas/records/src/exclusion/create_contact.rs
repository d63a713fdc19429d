//! `POST /contact-exclusions`

use super::one::create;
use super::{ExclusionNames, ExclusionTerms, ExclusionView, complete, somebody};
use g8_core::{Ctx, Operation, Spec, ToolAudience, Verb};
use g8_domain::{
    Error, Result, Scope, Ts,
    record::{Channel, Reason},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Exclude a person.
pub struct CreateContactExclusion;

/// Whom, how long and why; any one of the names is enough.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// E-mail address
    #[schemars(length(max = 254))]
    pub email: Option<String>,
    /// LinkedIn profile
    #[schemars(length(max = 500))]
    pub linkedin_url: Option<String>,
    /// Phone number
    #[schemars(length(max = 64))]
    pub phone: Option<String>,
    /// Id of a contact; the contact's addresses are excluded with it
    pub contact_id: Option<i64>,
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

impl Operation for CreateContactExclusion {
    const SPEC: Spec = Spec::on(
        Verb::Post,
        "/contact-exclusions",
        "exclusion.create_of_contact",
        &[Scope::EXCLUSIONS_WRITE],
    )
    .about("Exclude a person from all outreach, for good or until a time")
    .created()
    .tool(ToolAudience::Shared, &["g8_exclude"])
    .command(&["exclude"]);
    type Input = Input;
    type Output = ExclusionView;

    async fn run(ctx: &Ctx, input: Input) -> Result<ExclusionView> {
        let terms = ExclusionTerms {
            channel: input.channel.unwrap_or(Channel::All),
            reason: input.reason,
            until: input.until,
            message: input.message,
        };
        let names = ExclusionNames {
            email: input.email,
            linkedin_url: input.linkedin_url,
            phone: input.phone,
            domain: None,
            contact_id: input.contact_id,
        };
        let mut one = names.exclusion(ctx, terms).map_err(|issues| Error::invalid(&issues))?;
        if let Some(id) = one.contact_id {
            complete(&mut one, &somebody(ctx, &mut ctx.db(), id).await?);
        }
        create(ctx, one).await
    }
}
