//! `POST /privacy/readmit`

use super::Person;
use g8_core::{Ctx, Effect, Operation, Spec, Updated, Verb, erasure::digest};
use g8_domain::{Error, Result, Scope};
use g8_storage::privacy;

/// Let an erased person be added again.
pub struct ReadmitPerson;

impl Operation for ReadmitPerson {
    const SPEC: Spec = Spec::on(Verb::Post, "/privacy/readmit", "privacy.readmit", &[Scope::CONTACTS_WRITE])
        .about("Let a person who was erased be added again, once they agree")
        .effect(Effect::Put)
        .command(&["readmit-person"]);
    type Input = Person;
    type Output = Updated;

    async fn run(ctx: &Ctx, input: Person) -> Result<Updated> {
        let (email, linkedin) = input.canonical()?;
        let mut tx = ctx.begin().await?;
        let mut updated = 0;
        for address in email.iter().chain(&linkedin) {
            updated +=
                i64::from(privacy::readmit(&mut tx, ctx.org(), &digest(&ctx.app, ctx.org(), address)).await?);
        }
        if updated == 0 {
            return Err(Error::not_found("erasure of", email.or(linkedin).unwrap_or_default()));
        }
        let done = tx.commit(Updated { updated }).await;
        ctx.app.callers.forget();
        done
    }
}
