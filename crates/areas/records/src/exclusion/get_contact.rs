//! `GET /contact-exclusions/{exclusion_id}`

use super::{
    ExclusionView,
    one::{ExclusionInput, show},
};
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{Result, Scope, record::ExclusionKind};

/// Show an exclusion of a person.
pub struct GetContactExclusion;

impl Operation for GetContactExclusion {
    const SPEC: Spec = Spec::on(
        Verb::Get,
        "/contact-exclusions/{exclusion_id}",
        "exclusion.get_of_contact",
        &[Scope::EXCLUSIONS_READ],
    )
    .about("Show the exclusion of a person");
    type Input = ExclusionInput;
    type Output = ExclusionView;

    async fn run(ctx: &Ctx, input: ExclusionInput) -> Result<ExclusionView> {
        show(ctx, ExclusionKind::Contact, input.exclusion_id).await
    }
}
