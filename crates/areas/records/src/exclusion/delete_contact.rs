//! `DELETE /contact-exclusions/{exclusion_id}`

use super::one::{ExclusionInput, delete};
use g8_core::{Ctx, Deleted, Operation, Spec, Verb};
use g8_domain::{Result, Scope, record::ExclusionKind};

/// Take back an exclusion of a person.
pub struct DeleteContactExclusion;

impl Operation for DeleteContactExclusion {
    const SPEC: Spec = Spec::on(
        Verb::Delete,
        "/contact-exclusions/{exclusion_id}",
        "exclusion.delete_of_contact",
        &[Scope::EXCLUSIONS_WRITE],
    )
    .about("Take back the exclusion of a person, whoever wanted it")
    .command(&["unexclude"]);
    type Input = ExclusionInput;
    type Output = Deleted;

    async fn run(ctx: &Ctx, input: ExclusionInput) -> Result<Deleted> {
        delete(ctx, ExclusionKind::Contact, input.exclusion_id).await
    }
}
