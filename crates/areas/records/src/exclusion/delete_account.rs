//! `DELETE /account-exclusions/{exclusion_id}`

use super::one::{ExclusionInput, delete};
use g8_core::{Ctx, Deleted, Operation, Spec, Verb};
use g8_domain::{Result, Scope, record::ExclusionKind};

/// Take back an exclusion of a domain.
pub struct DeleteAccountExclusion;

impl Operation for DeleteAccountExclusion {
    const SPEC: Spec = Spec::on(
        Verb::Delete,
        "/account-exclusions/{exclusion_id}",
        "exclusion.delete_of_account",
        &[Scope::EXCLUSIONS_WRITE],
    )
    .about("Take back the exclusion of a domain")
    .command(&["unexclude-domain"]);
    type Input = ExclusionInput;
    type Output = Deleted;

    async fn run(ctx: &Ctx, input: ExclusionInput) -> Result<Deleted> {
        delete(ctx, ExclusionKind::Account, input.exclusion_id).await
    }
}
