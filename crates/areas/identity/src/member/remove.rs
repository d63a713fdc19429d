//! `DELETE /members/{user_id}`

use super::{role_of, somebody_administers};
use g8_core::{Ctx, Deleted, Operation, Spec, Verb};
use g8_domain::{Result, Scope};
use g8_storage::{keys, users};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// End a membership.
pub struct RemoveMember;

/// Whose.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the member
    pub user_id: Uuid,
}

impl Operation for RemoveMember {
    const SPEC: Spec = Spec::on(Verb::Delete, "/members/{user_id}", "member.remove", &[Scope::MEMBERS_WRITE])
        .about("Remove a member; their keys, sessions and assistants end at once, what they made stays")
        .command(&["remove-member"]);
    type Input = Input;
    type Output = Deleted;

    async fn run(ctx: &Ctx, input: Input) -> Result<Deleted> {
        let mut tx = ctx.begin().await?;
        let (user, _) = role_of(&mut tx, input.user_id, ctx.org()).await?;
        users::leave(&mut tx, user.id, ctx.org()).await?;
        keys::end_member(&mut tx, ctx.org(), user.id, ctx.now()).await?;
        somebody_administers(&mut tx, ctx.org()).await?;
        let done = tx.commit(Deleted { deleted: true }).await;
        ctx.app.callers.forget();
        done
    }
}
