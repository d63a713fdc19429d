//! API keys: made, listed, rotated and revoked by their own organisation.

mod create;
mod get;
mod list;
mod revoke;
mod rotate;
mod scopes;
mod view;

pub use create::CreateKey;
pub use get::GetKey;
pub use list::ListKeys;
pub use revoke::RevokeKey;
pub use rotate::RotateKey;
pub use scopes::ListScopes;
pub use view::{KeyView, NewKeyView};

use g8_core::Ctx;
use g8_domain::{Result, Scope};
use uuid::Uuid;

/// Whose keys a caller may deal with: everybody's with the scope for it, else their own.
fn whose(ctx: &Ctx, everybody: Scope) -> Result<Option<Uuid>> {
    if ctx.caller.allows(everybody) { Ok(None) } else { ctx.person().map(|person| Some(person.id)) }
}

#[cfg(test)]
mod tests;
