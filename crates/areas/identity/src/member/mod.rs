//! Who works in the organisation, and as what.

mod list;
mod remove;
mod update;
mod view;

pub use list::{Input, ListMembers};
pub use remove::RemoveMember;
pub use update::UpdateMember;
pub use view::MemberView;

use g8_core::Ctx;
use g8_domain::{Error, ErrorKind, Result, Scopes, record::Role};
use g8_storage::{Tx, orgs, users};
use uuid::Uuid;

/// Refuses to leave an organisation without anybody who administers it.
async fn somebody_administers(tx: &mut Tx, org: Uuid) -> Result<()> {
    if users::admins(tx, org).await? == 0 {
        return Err(Error::rule("An organization needs an administrator; make somebody else one first."));
    }
    Ok(())
}

/// Refuses to give somebody a role that may more than the caller.
pub(crate) fn may_grant(ctx: &Ctx, role: Role) -> Result<()> {
    let lacking = ctx.caller.scopes.lacking(&Scopes::of_role(role));
    if lacking.is_empty() {
        return Ok(());
    }
    let message =
        format!("Nobody gives a role that may more than they: this key lacks {}.", lacking.join(", "));
    Err(Error::new(ErrorKind::Forbidden, message))
}

/// The role before a change.
async fn role_of(tx: &mut Tx, user: Uuid, org: Uuid) -> Result<(g8_domain::record::User, Role)> {
    // Two administrators who remove each other take turns.
    orgs::lock(tx, org).await?;
    users::member(tx, user, org).await?.ok_or_else(|| Error::not_found("member", user))
}
