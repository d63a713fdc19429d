//! `GET /api-keys`

use super::{KeyView, whose};
use crate::{Ctx, Operation, Paging, Spec, Verb};
use g8_domain::{Page, Result, Scope};
use g8_storage::keys;

/// List the keys that were not revoked.
pub struct List;

impl Operation for List {
    const SPEC: Spec =
        Spec::on(Verb::Get, "/api-keys", "key.list", &[Scope::API_KEYS_READ, Scope::PROFILE_READ])
            .about("List API keys: name, scopes, created, last used")
            .page()
            .command(&["keys"]);
    type Input = Paging;
    type Output = Page<KeyView>;

    async fn run(ctx: &Ctx, paging: Paging) -> Result<Page<KeyView>> {
        let slice = paging.slice::<uuid::Uuid>(ctx)?;
        let rows = keys::page(&mut ctx.db(), ctx.org(), whose(ctx, Scope::API_KEYS_READ)?, &slice).await?;
        Ok(paging.page(ctx, rows, |key| key.id).map(KeyView::from))
    }
}
