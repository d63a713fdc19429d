//! `POST /privacy/erase`

use super::{Person, export::names};
use crate::events::{ContactErased, Erasure};
use g8_core::{Ctx, DataSubject, Effect, Operation, Spec, Verb, erasure::digest};
use g8_domain::{Error, Result, Scope, record::Contact};
use g8_storage::{contacts::lock_for_update, exclusions, privacy};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Erase a person.
pub struct ErasePerson;

/// Whom, and whether they may come back.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Whom.
    #[serde(flatten)]
    pub person: Person,
    /// Whether imports and requests may bring them back; not unless given
    pub may_return: Option<bool>,
}

/// What is gone.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Erased {
    /// How many records of the person there were
    pub erased: i64,
    /// Whether a keyed hash is kept, so that no import brings them back
    pub kept_out: bool,
}

impl Operation for ErasePerson {
    const SPEC: Spec = Spec::on(Verb::Post, "/privacy/erase", "privacy.erase", &[Scope::CONTACTS_WRITE])
        .about("Erase one person for good, everywhere; exports that may hold them are deleted, too")
        .effect(Effect::Destroy)
        .command(&["erase-person"]);
    type Input = Input;
    type Output = Erased;

    async fn run(ctx: &Ctx, input: Input) -> Result<Erased> {
        let keep_out = input.may_return != Some(true);
        let mut tx = ctx.begin().await?;
        privacy::lock_erasures(&mut tx, ctx.org()).await?;
        let contacts = input.person.contacts(ctx, &mut tx).await?;
        // Whoever writes to them now is done first, and what they wrote is found.
        lock_for_update(&mut tx, ctx.org(), contacts.iter().map(|contact| contact.id).collect()).await?;
        let contacts = input.person.contacts(ctx, &mut tx).await?;
        let (email, linkedin) = input.person.canonical()?;
        if contacts.is_empty() && !keep_out {
            return Err(Error::not_found("record of", email.or(linkedin).unwrap_or_default()));
        }
        // The hash of an address keeps senders off from now on; the address itself goes.
        let by = names(&contacts, email.as_ref(), linkedin.as_ref());
        let named = by.iter().filter(|name| !name.starts_with("contact:"));
        let told: Vec<String> = named.filter_map(|name| Some(name.split_once(':')?.1.to_owned())).collect();
        exclusions::erase(&mut tx, ctx.org(), by, &told).await?;
        for contact in &contacts {
            ctx.app.erase_person(&mut tx, DataSubject { org: ctx.org(), contact: contact.id }).await?;
            ctx.emit(&mut tx, ContactErased(Erasure { id: contact.id, erased: true })).await?;
        }
        ctx.app.erase_copies(&mut tx, ctx.org(), ctx.now()).await?;
        if keep_out {
            for address in addresses(&contacts).chain(email).chain(linkedin) {
                privacy::remember(&mut tx, ctx.org(), &digest(&ctx.app, ctx.org(), &address), ctx.now())
                    .await?;
            }
        }
        let erased = i64::try_from(contacts.len()).map_err(Error::internal)?;
        let done = tx.commit(Erased { erased, kept_out: keep_out }).await?;
        ctx.app.callers.forget();
        ctx.db().checkpoint().await?;
        Ok(done)
    }
}

/// Every address of these contacts.
fn addresses(contacts: &[Contact]) -> impl Iterator<Item = String> {
    contacts.iter().flat_map(|contact| {
        let own = [&contact.work_email, &contact.linkedin_url].into_iter().flatten();
        own.chain(&contact.personal_emails).cloned()
    })
}
