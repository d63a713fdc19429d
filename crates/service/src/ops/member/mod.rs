//! Who works in the organisation, and as what.

mod list;
mod remove;
#[cfg(test)]
mod tests;
mod update;
mod view;

pub use list::List;
pub use remove::Remove;
pub use update::Update;
pub use view::MemberView;

use crate::Doors;
use g8_domain::{Error, Result, record::Role};
use g8_storage::{Tx, users};
use uuid::Uuid;

pub(super) fn register(doors: &mut impl Doors) {
    doors.add::<List>();
    doors.add::<Update>();
    doors.add::<Remove>();
}

/// Refuses to leave an organisation without anybody who administers it.
async fn somebody_administers(tx: &mut Tx, org: Uuid) -> Result<()> {
    if users::admins(tx, org).await? == 0 {
        return Err(Error::rule("An organization needs an administrator; make somebody else one first."));
    }
    Ok(())
}

/// The role before a change.
async fn role_of(tx: &mut Tx, user: Uuid, org: Uuid) -> Result<(g8_domain::record::User, Role)> {
    users::member(tx, user, org).await?.ok_or_else(|| Error::not_found("member", user))
}
