//! `DELETE /invitations/{invitation_id}`

use g8_core::{Ctx, Deleted, Operation, Spec, Verb};
use g8_domain::{Error, Result, Scope};
use g8_storage::links;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Take an invitation back.
pub struct RevokeInvitation;

/// Which.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the invitation
    pub invitation_id: Uuid,
}

impl Operation for RevokeInvitation {
    const SPEC: Spec =
        Spec::on(Verb::Delete, "/invitations/{invitation_id}", "invitation.revoke", &[Scope::MEMBERS_WRITE])
            .about("Take an invitation back; its link stops working")
            .command(&["revoke-invitation"]);
    type Input = Input;
    type Output = Deleted;

    async fn run(ctx: &Ctx, input: Input) -> Result<Deleted> {
        let mut tx = ctx.begin().await?;
        if !links::revoke(&mut tx, ctx.org(), input.invitation_id).await? {
            return Err(Error::not_found("invitation", input.invitation_id));
        }
        tx.commit(Deleted { deleted: true }).await
    }
}
