//! `PATCH /account-exclusions/{exclusion_id}`

use super::{
    ExclusionView,
    one::{UpdateExclusionInput, change},
};
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{Result, Scope, record::ExclusionKind};

/// Change an exclusion of a domain.
pub struct UpdateAccountExclusion;

impl Operation for UpdateAccountExclusion {
    const SPEC: Spec = Spec::on(
        Verb::Patch,
        "/account-exclusions/{exclusion_id}",
        "exclusion.update_of_account",
        &[Scope::EXCLUSIONS_WRITE],
    )
    .about("Change why, how long and with which message a domain is excluded");
    type Input = UpdateExclusionInput;
    type Output = ExclusionView;

    async fn run(ctx: &Ctx, input: UpdateExclusionInput) -> Result<ExclusionView> {
        change(ctx, ExclusionKind::Account, input).await
    }
}
