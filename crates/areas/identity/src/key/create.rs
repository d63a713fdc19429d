//! `POST /api-keys`

use super::NewKeyView;
use g8_core::{
    Ctx, Operation, Spec, Verb,
    admin::{NewKey, known_plan, mint},
};
use g8_domain::{
    Error, ErrorKind, Issue, Result, Scope, Scopes, Ts,
    record::{KeyKind, KeyMode},
    scope,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

/// Make a key.
pub struct CreateKey;

/// What key to make.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// What people will call it, as "CRM sync"
    #[schemars(length(min = 1, max = 200))]
    pub name: String,
    /// Scopes or areas; left out, the new key gets those of the key that makes it
    #[schemars(length(max = 100))]
    pub scopes: Option<Vec<String>>,
    /// Days until it expires, 1 to 365; left out, it does not
    #[schemars(range(min = 1, max = 365))]
    pub expires_in_days: Option<i64>,
    /// Live unless given
    pub mode: Option<KeyMode>,
    /// `org` unless given; `personal` binds it to the person behind the calling key
    pub kind: Option<KeyKind>,
    /// A rate-limit plan below the organization's; left out, the organization's
    #[schemars(length(max = 64))]
    pub plan: Option<String>,
    /// Agency keys are not offered; only `false` is accepted
    pub is_agency: Option<bool>,
}

impl Operation for CreateKey {
    const SPEC: Spec =
        Spec::on(Verb::Post, "/api-keys", "key.create", &[Scope::API_KEYS_WRITE, Scope::PROFILE_WRITE])
            .about("Create an API key; its secret is shown in this answer only")
            .created()
            .shows_secret()
            .command(&["create-key"]);
    type Input = Input;
    type Output = NewKeyView;

    async fn run(ctx: &Ctx, input: Input) -> Result<NewKeyView> {
        if input.is_agency == Some(true) {
            return Err(Error::rule("`is_agency` is not available: this organization is not an agency."));
        }
        let user = user(ctx, input.kind)?;
        if let Some(plan) = &input.plan {
            known_plan(&ctx.app, plan)?;
        }
        let (scopes, areas) = scopes(ctx, input.scopes.as_deref())?;
        let days = input.expires_in_days.map(|days| ctx.now().plus(days * Ts::DAY));
        let new = NewKey {
            org: ctx.org(),
            user,
            name: input.name.trim().to_owned(),
            mode: input.mode.unwrap_or(KeyMode::Live),
            scopes,
            areas,
            plan: input.plan,
            expires_at: days,
        };
        let mut tx = ctx.begin().await?;
        let made = mint(&ctx.app, &mut tx, new).await?;
        tx.commit(made.into()).await
    }
}

/// Whose key it will be. Who may not make the organisation's makes their own.
fn user(ctx: &Ctx, kind: Option<KeyKind>) -> Result<Option<Uuid>> {
    let for_org = ctx.caller.allows(Scope::API_KEYS_WRITE);
    match kind {
        Some(KeyKind::Personal) => {}
        Some(KeyKind::Org) if !for_org => ctx.caller.require(&[Scope::API_KEYS_WRITE])?,
        None if !for_org => {}
        _ => return Ok(None),
    }
    let nobody = "`kind` can be personal only when a personal key asks: there is no person behind this one.";
    ctx.caller.key.user_id.map(Some).ok_or_else(|| Error::rule(nobody))
}

/// The scopes asked for, never more than the caller's own.
fn scopes(ctx: &Ctx, names: Option<&[String]>) -> Result<(Scopes, Vec<String>)> {
    let Some(names) = names else { return Ok((ctx.caller.scopes.clone(), Vec::new())) };
    let wanted = Scopes::parse(names).map_err(|unknown| {
        let issue =
            |name: &String| Issue::new("scopes", format!("has no scope {name}; see GET /api-keys/scopes"));
        Error::invalid(&unknown.iter().map(issue).collect::<Vec<_>>())
    })?;
    may_mint(ctx, &wanted)?;
    Ok((wanted, scope::areas(names)))
}

/// Refuses to make a key that could do more than the one that makes it.
pub(super) fn may_mint(ctx: &Ctx, wanted: &Scopes) -> Result<()> {
    let lacking = ctx.caller.scopes.lacking(wanted);
    if lacking.is_empty() {
        return Ok(());
    }
    let message = format!("A key cannot make a broader one: this key lacks {}.", lacking.join(", "));
    let data = json!({ "required_scopes": lacking, "granted_scopes": ctx.caller.scopes.names() });
    Err(Error::new(ErrorKind::Forbidden, message).with(data))
}
