//! `GET /invitations`

use super::InvitationView;
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{Result, Scope};
use g8_storage::links;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// List who has not joined yet.
pub struct ListInvitations;

/// Nothing to say.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Input {}

impl Operation for ListInvitations {
    const SPEC: Spec = Spec::on(Verb::Get, "/invitations", "invitation.list", &[Scope::MEMBERS_READ])
        .about("List invitations that were not accepted yet, without their links")
        .command(&["invitations"]);
    type Input = Input;
    type Output = Vec<InvitationView>;

    async fn run(ctx: &Ctx, _: Input) -> Result<Vec<InvitationView>> {
        let open = links::invitations(&mut ctx.db(), ctx.org(), ctx.now()).await?;
        Ok(open.into_iter().map(InvitationView::from).collect())
    }
}
