//! `GET /api-keys`

use super::{KeyView, whose};
use g8_core::{Ctx, Operation, Paging, Spec, Verb};
use g8_domain::{Page, Result, Scope};
use g8_storage::keys;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// List the keys that were not revoked.
pub struct ListKeys;

/// Which keys.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Only the personal keys of whoever asks
    pub mine: Option<bool>,
    /// Which page
    #[serde(flatten)]
    pub paging: Paging,
}

impl Operation for ListKeys {
    const SPEC: Spec =
        Spec::on(Verb::Get, "/api-keys", "key.list", &[Scope::API_KEYS_READ, Scope::PROFILE_READ])
            .about("List API keys: name, scopes, created, last used")
            .page()
            .command(&["keys"]);
    type Input = Input;
    type Output = Page<KeyView>;

    async fn run(ctx: &Ctx, Input { mine, paging }: Input) -> Result<Page<KeyView>> {
        let slice = paging.slice::<Uuid>(ctx)?;
        let whose = match mine {
            Some(true) => Some(ctx.person()?.id),
            _ => whose(ctx, Scope::API_KEYS_READ)?,
        };
        let rows = keys::page(&mut ctx.db(), ctx.org(), whose, &slice).await?;
        Ok(paging.page(ctx, rows, |key| key.id).map(KeyView::from))
    }
}
