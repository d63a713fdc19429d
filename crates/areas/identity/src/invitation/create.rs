//! `POST /invitations`

use super::NewInvitationView;
use crate::{
    member::may_grant,
    people::{LinkMail, NewLink, make_link, shown},
};
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{
    Error, Result, Scope,
    record::{Purpose, Role},
    value,
};
use g8_storage::users;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Invite somebody.
pub struct CreateInvitation;

/// Whom, and as what.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Their e-mail address
    #[schemars(length(min = 3, max = 320))]
    pub email: String,
    /// admin, member or read_only; member unless given
    pub role: Option<Role>,
}

impl Operation for CreateInvitation {
    const SPEC: Spec = Spec::on(Verb::Post, "/invitations", "invitation.create", &[Scope::MEMBERS_WRITE])
        .about("Invite somebody by e-mail address; the link is shown in this answer only, and mailed where mail is set up")
        .created()
        .shows_secret()
        .command(&["invite"])
        .positional(&["email"]);
    type Input = Input;
    type Output = NewInvitationView;

    async fn run(ctx: &Ctx, input: Input) -> Result<NewInvitationView> {
        let email = value::email(&input.email).map_err(|problem| Error::field("email", problem))?;
        let role = input.role.unwrap_or(Role::Member);
        may_grant(ctx, role)?;
        let mut tx = ctx.begin().await?;
        if let Some(user) = users::by_email(&mut tx, &email).await?
            && users::member(&mut tx, user.id, ctx.org()).await?.is_some()
        {
            return Err(Error::rule(format!("{email} is a member already.")));
        }
        let new = NewLink {
            org: Some(ctx.org()),
            email: Some(email),
            role: Some(role),
            created_by: Some(ctx.author()),
            ..NewLink::default()
        };
        let (link, token) = make_link(&ctx.app, &mut tx, Purpose::Invitation, new).await?;
        let mailed = LinkMail::send(&ctx.app, &mut tx, &link).await?;
        ctx.wake_later();
        let address = shown(&ctx.app, Purpose::Invitation, &token);
        tx.commit(NewInvitationView { invitation: link.into(), link: address, mailed }).await
    }
}
