//! `GET /members`

use super::MemberView;
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{Result, Scope};
use g8_storage::users;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// List the members.
pub struct ListMembers;

/// Nothing to say.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Input {}

impl Operation for ListMembers {
    const SPEC: Spec = Spec::on(Verb::Get, "/members", "member.list", &[Scope::MEMBERS_READ])
        .about("List the members of the organization and their roles")
        .command(&["members"]);
    type Input = Input;
    type Output = Vec<MemberView>;

    async fn run(ctx: &Ctx, _: Input) -> Result<Vec<MemberView>> {
        let members = users::members(&mut ctx.db(), ctx.org()).await?;
        Ok(members.into_iter().map(MemberView::from).collect())
    }
}
