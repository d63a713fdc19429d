//! `POST /contacts/suppressions/reinstate`

use super::{
    lift::{kept, lift},
    many::{people, readable},
};
use g8_core::{Ctx, Effect, Operation, Spec, Verb, suppression::Recipient};
use g8_domain::{Result, Scope, record::Channel};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// Lift what the organization has closed, for many at once.
pub struct ReinstatePeople;

/// Whom, and which way.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Ids of contacts; with `emails`, up to 1000
    #[schemars(length(max = 1000))]
    pub contact_ids: Option<Vec<i64>>,
    /// Addresses, of contacts or of others
    #[schemars(length(max = 1000), inner(length(max = 254)))]
    pub emails: Option<Vec<String>>,
    /// Exclusions on this channel only
    pub channel: Option<Channel>,
}

/// What became of them.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Reinstated {
    /// Exclusions that were lifted
    pub reinstated: i64,
    /// Those for whom nothing could be lifted
    pub refused: Vec<ReinstateError>,
    /// Ids that are no contacts of this organization
    pub not_found: Vec<i64>,
}

/// Somebody who stays suppressed, and why.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Refused")]
pub struct ReinstateError {
    pub contact_id: Option<i64>,
    pub email: Option<String>,
    pub reason: String,
}

impl Operation for ReinstatePeople {
    const SPEC: Spec = Spec::on(
        Verb::Post,
        "/contacts/suppressions/reinstate",
        "exclusion.reinstate",
        &[Scope::EXCLUSIONS_WRITE],
    )
    .about("Lift the organization's own suppressions of up to 1000 contacts and addresses")
    .effect(Effect::Put);
    type Input = Input;
    type Output = Reinstated;

    async fn run(ctx: &Ctx, input: Input) -> Result<Reinstated> {
        let (ids, emails) = people(input.contact_ids, input.emails)?;
        let mut tx = ctx.begin().await?;
        let known = readable(ctx, &mut *tx, &ids).await?;
        let there: HashSet<i64> = known.iter().map(|contact| contact.id).collect();
        let by_id = known.iter().map(|contact| {
            let refused = ReinstateError { contact_id: Some(contact.id), ..ReinstateError::default() };
            (Recipient::from_contact(contact).own_names(), refused)
        });
        let by_email = emails.into_iter().map(|email| {
            (
                vec![format!("email:{email}")],
                ReinstateError { email: Some(email), ..ReinstateError::default() },
            )
        });
        let mut done = Reinstated {
            not_found: ids.into_iter().filter(|id| !there.contains(id)).collect(),
            ..Reinstated::default()
        };
        for (names, refused) in by_id.chain(by_email) {
            let (lifted, stays) = lift(ctx, &mut tx, names, input.channel).await?;
            done.reinstated += lifted;
            if let (0, Some(category)) = (lifted, stays) {
                done.refused.push(ReinstateError { reason: kept(category).to_owned(), ..refused });
            }
        }
        tx.commit(done).await
    }
}
