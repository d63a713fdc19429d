//! `GET /api-keys/{api_key_id}`

use super::{KeyView, whose};
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{Error, Result, Scope};
use g8_storage::keys;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Read one key.
pub struct GetKey;

/// Which key.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the key
    pub api_key_id: Uuid,
}

impl Operation for GetKey {
    const SPEC: Spec = Spec::on(
        Verb::Get,
        "/api-keys/{api_key_id}",
        "key.get",
        &[Scope::API_KEYS_READ, Scope::PROFILE_READ],
    )
    .about("Show one API key, without its secret")
    .command(&["get-key"]);
    type Input = Input;
    type Output = KeyView;

    async fn run(ctx: &Ctx, input: Input) -> Result<KeyView> {
        let key = keys::get(&mut ctx.db(), (ctx.org(), whose(ctx, Scope::API_KEYS_READ)?), input.api_key_id)
            .await?;
        key.map(KeyView::from).ok_or_else(|| Error::not_found("API key", input.api_key_id))
    }
}
