//! `POST /contacts/suppressions/bulk-add`

use crate::exclusion::{ExclusionNames, ExclusionTerms, add, complete};
use g8_core::{Ctx, Effect, Operation, Spec, Verb};
use g8_domain::{
    Error, Issue, Result, Scope, Ts,
    record::{Channel, Contact, Reason},
    value,
};
use g8_storage::{Session, contacts};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// Most people that one request names.
const MOST: usize = 1000;

/// Suppress many at once.
pub struct SuppressPeople;

/// Whom, how and why.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Ids of contacts; with `emails`, up to 1000
    #[schemars(length(max = 1000))]
    pub contact_ids: Option<Vec<i64>>,
    /// Addresses, of contacts or of others
    #[schemars(length(max = 1000), inner(length(max = 254)))]
    pub emails: Option<Vec<String>>,
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

/// What became of them.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Suppressed {
    /// How many are suppressed now who were not
    pub suppressed: i64,
    /// How many were suppressed so already
    pub unchanged: i64,
    /// Ids that are no contacts of this organization
    pub not_found: Vec<i64>,
}

impl Operation for SuppressPeople {
    const SPEC: Spec = Spec::on(
        Verb::Post,
        "/contacts/suppressions/bulk-add",
        "exclusion.suppress_many",
        &[Scope::EXCLUSIONS_WRITE],
    )
    .about("Suppress up to 1000 contacts and addresses")
    .effect(Effect::Put);
    type Input = Input;
    type Output = Suppressed;

    async fn run(ctx: &Ctx, input: Input) -> Result<Suppressed> {
        let (ids, emails) = people(input.contact_ids, input.emails)?;
        let terms = ExclusionTerms {
            channel: input.channel.unwrap_or(Channel::All),
            reason: input.reason.unwrap_or(Reason::Other),
            until: input.until,
            message: input.message,
        };
        let mut tx = ctx.begin().await?;
        let known = readable(ctx, &mut *tx, &ids).await?;
        let mut all = Vec::with_capacity(known.len() + emails.len());
        for contact in &known {
            let names = ExclusionNames { contact_id: Some(contact.id), ..ExclusionNames::default() };
            let mut one = names.exclusion(ctx, terms.clone()).map_err(|issues| Error::invalid(&issues))?;
            complete(&mut one, contact);
            all.push(one);
        }
        for email in emails {
            let names = ExclusionNames { email: Some(email), ..ExclusionNames::default() };
            all.push(names.exclusion(ctx, terms.clone()).map_err(|issues| Error::invalid(&issues))?);
        }
        let new = add(ctx, &mut tx, &all).await?.len();
        let there: HashSet<i64> = known.iter().map(|contact| contact.id).collect();
        let added = Suppressed {
            suppressed: i64::try_from(new).unwrap_or_default(),
            unchanged: i64::try_from(all.len() - new).unwrap_or_default(),
            not_found: ids.into_iter().filter(|id| !there.contains(id)).collect(),
        };
        tx.commit(added).await
    }
}

/// The people that a request names, each once, or every fault.
pub(super) fn people(ids: Option<Vec<i64>>, emails: Option<Vec<String>>) -> Result<(Vec<i64>, Vec<String>)> {
    let (mut ids, mut issues, mut addresses) = (ids.unwrap_or_default(), Vec::new(), Vec::new());
    for (at, email) in emails.unwrap_or_default().iter().enumerate() {
        match value::email(email) {
            Ok(email) => addresses.push(email),
            Err(problem) => issues.push(Issue::new(format!("emails[{at}]"), problem)),
        }
    }
    ids.sort_unstable();
    ids.dedup();
    addresses.sort_unstable();
    addresses.dedup();
    if ids.is_empty() && addresses.is_empty() && issues.is_empty() {
        issues.push(Issue::new("contact_ids", "or `emails` is required"));
    }
    if ids.len() + addresses.len() > MOST {
        issues.push(Issue::new("contact_ids", format!("and `emails` may name {MOST} together at most")));
    }
    if issues.is_empty() { Ok((ids, addresses)) } else { Err(Error::invalid(&issues)) }
}

/// Those of these contacts that are there for the caller.
pub(super) async fn readable(ctx: &Ctx, on: &mut impl Session, ids: &[i64]) -> Result<Vec<Contact>> {
    if !ctx.caller.allows(Scope::CONTACTS_READ) {
        return Ok(Vec::new());
    }
    Ok(contacts::get_many(on, ctx.org(), ids).await?)
}
