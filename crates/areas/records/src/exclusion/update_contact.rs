//! `PATCH /contact-exclusions/{exclusion_id}`

use super::{
    ExclusionView,
    one::{UpdateExclusionInput, change},
};
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{Result, Scope, record::ExclusionKind};

/// Change an exclusion of a person.
pub struct UpdateContactExclusion;

impl Operation for UpdateContactExclusion {
    const SPEC: Spec = Spec::on(
        Verb::Patch,
        "/contact-exclusions/{exclusion_id}",
        "exclusion.update_of_contact",
        &[Scope::EXCLUSIONS_WRITE],
    )
    .about("Change why, how long and with which message a person is excluded");
    type Input = UpdateExclusionInput;
    type Output = ExclusionView;

    async fn run(ctx: &Ctx, input: UpdateExclusionInput) -> Result<ExclusionView> {
        change(ctx, ExclusionKind::Contact, input).await
    }
}
