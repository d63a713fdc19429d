//! `GET /account-exclusions/{exclusion_id}`

use super::{
    ExclusionView,
    one::{ExclusionInput, show},
};
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{Result, Scope, record::ExclusionKind};

/// Show an exclusion of a domain.
pub struct GetAccountExclusion;

impl Operation for GetAccountExclusion {
    const SPEC: Spec = Spec::on(
        Verb::Get,
        "/account-exclusions/{exclusion_id}",
        "exclusion.get_of_account",
        &[Scope::EXCLUSIONS_READ],
    )
    .about("Show the exclusion of a domain");
    type Input = ExclusionInput;
    type Output = ExclusionView;

    async fn run(ctx: &Ctx, input: ExclusionInput) -> Result<ExclusionView> {
        show(ctx, ExclusionKind::Account, input.exclusion_id).await
    }
}
