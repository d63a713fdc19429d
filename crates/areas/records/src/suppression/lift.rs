//! `POST /contacts/{contact_id}/unsuppress`

use super::{Suppression, view::suppression};
use crate::exclusion::{remove, somebody};
use g8_core::{Ctx, Effect, Operation, Spec, Verb, suppression::Recipient};
use g8_domain::{
    Error, Result, Scope,
    record::{Category, Channel, Exclusion},
};
use g8_storage::{Tx, exclusions};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Lift what the organization has closed.
pub struct UnsuppressPerson;

/// Whom, and which way.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the contact
    pub contact_id: i64,
    /// Exclusions on this channel only
    pub channel: Option<Channel>,
}

impl Operation for UnsuppressPerson {
    const SPEC: Spec = Spec::on(
        Verb::Post,
        "/contacts/{contact_id}/unsuppress",
        "exclusion.unsuppress",
        &[Scope::EXCLUSIONS_WRITE],
    )
    .about("Lift the organization's own suppressions of a contact; a contact's own wish stays")
    .effect(Effect::Put)
    .command(&["unsuppress"]);
    type Input = Input;
    type Output = Suppression;

    async fn run(ctx: &Ctx, input: Input) -> Result<Suppression> {
        let mut tx = ctx.begin().await?;
        let contact = somebody(ctx, &mut *tx, input.contact_id).await?;
        let names = Recipient::from_contact(&contact).own_names();
        let lifted = lift(ctx, &mut tx, names, input.channel).await?;
        if let (0, Some(category)) = lifted {
            return Err(Error::rule(kept(category)));
        }
        let now = suppression(ctx, &mut *tx, &contact).await?;
        tx.commit(now).await
    }
}

/// What is said of an exclusion that is not ours to lift.
pub(super) fn kept(category: Category) -> &'static str {
    match category {
        Category::ContactInitiated => "The contact asked not to be written to; that cannot be lifted.",
        Category::System => "The address bounced; correct the address, or delete the exclusion itself.",
        Category::OrgInitiated => "The exclusion is another contact's as well; delete the exclusion itself.",
    }
}

/// Takes back what the organization itself has excluded by these names; says how many, and what stays.
pub(super) async fn lift(
    ctx: &Ctx,
    tx: &mut Tx,
    names: Vec<String>,
    channel: Option<Channel>,
) -> Result<(i64, Option<Category>)> {
    let mut found: Vec<Exclusion> = Vec::new();
    for named in exclusions::named(tx, ctx.org(), names, ctx.now()).await? {
        if found.iter().all(|one| one.id != named.exclusion.id) {
            found.push(named.exclusion);
        }
    }
    let (mut lifted, mut stays) = (0, None);
    for one in found.into_iter().filter(|one| channel.is_none_or(|channel| channel == one.channel)) {
        if one.category == Category::OrgInitiated {
            remove(ctx, tx, one).await?;
            lifted += 1;
        } else if stays != Some(Category::ContactInitiated) {
            stays = Some(one.category);
        }
    }
    Ok((lifted, stays))
}
