//! `POST /contacts/{contact_id}/suppress`

use super::{Suppression, view::suppression};
use crate::exclusion::{ExclusionNames, ExclusionTerms, add, complete, somebody};
use g8_core::{Ctx, Effect, Operation, Spec, Verb};
use g8_domain::{
    Error, Result, Scope, Ts,
    record::{Channel, Reason},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Suppress a contact.
pub struct SuppressPerson;

/// Whom, how and why.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the contact
    pub contact_id: i64,
    /// The ways to close; all unless given
    pub channel: Option<Channel>,
    /// Why; OTHER unless given
    pub reason: Option<Reason>,
    /// When it ends by itself; never unless given
    pub until: Option<Ts>,
    /// What else is to be said
    #[schemars(length(max = 2000))]
    pub message: Option<String>,
}

impl Operation for SuppressPerson {
    const SPEC: Spec = Spec::on(
        Verb::Post,
        "/contacts/{contact_id}/suppress",
        "exclusion.suppress",
        &[Scope::EXCLUSIONS_WRITE],
    )
    .about("Suppress a contact on every channel or on one; one that is suppressed already stays so")
    .effect(Effect::Put)
    .command(&["suppress"]);
    type Input = Input;
    type Output = Suppression;

    async fn run(ctx: &Ctx, input: Input) -> Result<Suppression> {
        let mut tx = ctx.begin().await?;
        let contact = somebody(ctx, &mut *tx, input.contact_id).await?;
        let terms = ExclusionTerms {
            channel: input.channel.unwrap_or(Channel::All),
            reason: input.reason.unwrap_or(Reason::Other),
            until: input.until,
            message: input.message,
        };
        let names = ExclusionNames { contact_id: Some(contact.id), ..ExclusionNames::default() };
        let mut one = names.exclusion(ctx, terms).map_err(|issues| Error::invalid(&issues))?;
        complete(&mut one, &contact);
        add(ctx, &mut tx, &[one]).await?;
        let now = suppression(ctx, &mut *tx, &contact).await?;
        tx.commit(now).await
    }
}
