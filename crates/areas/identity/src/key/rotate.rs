//! `POST /api-keys/{api_key_id}/rotate`

use super::{NewKeyView, create::may_mint, whose};
use g8_core::{
    Ctx, Operation, Spec, Verb,
    admin::{NewKey, mint},
};
use g8_domain::{
    Error, Result, Scope, Ts,
    record::{Key, Via},
};
use g8_storage::keys;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Replace a key by one that may do the same.
pub struct RotateKey;

/// Which key, and how long both may be used.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the key to replace
    pub api_key_id: Uuid,
    /// Seconds the old key goes on working, up to 7 days; left out, it stops at once
    #[schemars(range(min = 0, max = 604_800))]
    pub grace_period_seconds: Option<i64>,
}

impl Operation for RotateKey {
    const SPEC: Spec = Spec::on(
        Verb::Post,
        "/api-keys/{api_key_id}/rotate",
        "key.rotate",
        &[Scope::API_KEYS_WRITE, Scope::PROFILE_WRITE],
    )
    .about("Replace an API key by a new one with the same name, scopes and lifetime")
    .effect(g8_core::Effect::Destroy)
    .shows_secret()
    .command(&["rotate-key"]);
    type Input = Input;
    type Output = NewKeyView;

    async fn run(ctx: &Ctx, input: Input) -> Result<NewKeyView> {
        let whose = (ctx.org(), whose(ctx, Scope::API_KEYS_WRITE)?);
        let mut tx = ctx.begin().await?;
        let old = keys::get(&mut tx, whose, input.api_key_id).await?;
        let old = old.ok_or_else(|| Error::not_found("API key", input.api_key_id))?;
        if old.user_id.is_some() && old.user_id != ctx.caller.key.user_id {
            return Err(Error::rule("A personal key is rotated by its person only; you can revoke it."));
        }
        may_mint(ctx, &old.scopes)?;
        let made = mint(&ctx.app, &mut tx, successor(&old, ctx.now())).await?;
        match input.grace_period_seconds.unwrap_or(0) {
            0 => drop(keys::revoke(&mut tx, whose, (Via::Key, old.id), ctx.now()).await?),
            seconds => keys::expire(&mut tx, ctx.org(), old.id, ctx.now().plus(seconds * Ts::SECOND)).await?,
        }
        let done = tx.commit(made.into()).await;
        ctx.app.callers.forget();
        done
    }
}

fn successor(old: &Key, now: Ts) -> NewKey {
    NewKey {
        org: old.org_id,
        user: old.user_id,
        name: old.name.clone(),
        mode: old.mode,
        scopes: old.scopes.clone(),
        areas: old.areas.clone(),
        plan: old.plan.clone(),
        expires_at: old.expires_at.map(|end| now.plus(end.0 - old.created_at.0)),
    }
}
