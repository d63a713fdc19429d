//! `PATCH /members/{user_id}`

use super::{MemberView, may_grant, role_of, somebody_administers};
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{Result, Scope, record::Role};
use g8_storage::users;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Give a member another role.
pub struct UpdateMember;

/// Who, and what they are to be.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the member
    pub user_id: Uuid,
    /// admin, member or read_only
    pub role: Role,
}

impl Operation for UpdateMember {
    const SPEC: Spec = Spec::on(Verb::Patch, "/members/{user_id}", "member.update", &[Scope::MEMBERS_WRITE])
        .about("Give a member another role; their keys, sessions and assistants follow at once")
        .command(&["update-member"])
        .positional(&["role"]);
    type Input = Input;
    type Output = MemberView;

    async fn run(ctx: &Ctx, input: Input) -> Result<MemberView> {
        may_grant(ctx, input.role)?;
        let mut tx = ctx.begin().await?;
        let (user, _) = role_of(&mut tx, input.user_id, ctx.org()).await?;
        users::join(&mut tx, user.id, ctx.org(), input.role, ctx.now()).await?;
        somebody_administers(&mut tx, ctx.org()).await?;
        let done = tx.commit(MemberView::from((user, input.role))).await;
        ctx.app.callers.forget();
        done
    }
}
