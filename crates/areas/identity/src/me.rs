//! `GET /me`: who the caller's key is.

use g8_core::{Ctx, Operation, Spec, ToolAudience, Verb};
use g8_domain::{
    Result, Ts,
    record::{KeyKind, KeyMode},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Show the calling key.
pub struct ShowMe;

/// Nothing to say.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Input {}

/// The calling key: seed 002's seven fields, and what else a program wants to know of itself.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Me {
    /// Id of the key
    pub id: Uuid,
    /// The organization this key belongs to
    pub organization_id: Uuid,
    /// Name given to the key
    pub name: String,
    /// First characters of the key; safe to show
    pub key_prefix: String,
    /// Scopes the key grants
    pub scopes: Vec<String>,
    /// When the key was made
    pub created_at: Ts,
    /// Minute of the last use before this one; null on the first
    pub last_used_at: Option<Ts>,
    /// Whose key it is
    pub kind: KeyKind,
    /// Live or test
    pub mode: KeyMode,
    /// The organization's plan
    pub plan: String,
    /// When the key ends; null for never
    pub expires_at: Option<Ts>,
    /// Name of the organization
    pub organization_name: String,
    /// Address of the person behind a personal key
    pub email: Option<String>,
}

impl Operation for ShowMe {
    const SPEC: Spec = Spec::for_any_key(Verb::Get, "/me", "me.show")
        .about("Show the calling key: organization, scopes, expiry")
        .bare()
        .tool(ToolAudience::Shared, &["g8_whoami"])
        .command(&["me"]);
    type Input = Input;
    type Output = Me;

    async fn run(ctx: &Ctx, _: Input) -> Result<Me> {
        let caller = &ctx.caller;
        let key = &caller.key;
        Ok(Me {
            id: key.id,
            organization_id: caller.org.id,
            name: key.name.clone(),
            key_prefix: key.key_prefix.clone(),
            scopes: caller.scopes.names(),
            created_at: key.created_at,
            last_used_at: key.last_used_at,
            kind: key.kind(),
            mode: key.mode,
            plan: caller.org.plan.clone(),
            expires_at: key.expires_at,
            organization_name: caller.org.name.clone(),
            email: caller.user.as_ref().map(|user| user.email.clone()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::test_app;
    use g8_storage::on_both;

    on_both! {
        async fn a_key_sees_itself_and_the_minute_of_its_last_use(test) {
            let kit = test_app(test).await;
            let before = kit.run::<ShowMe>(Input {}).await.unwrap();
            assert_eq!((before.name.as_str(), before.scopes), ("First key", vec!["*".to_owned()]));
            assert_eq!(before.last_used_at, None);
            let used = kit.now();
            kit.advance_seconds(150);
            assert_eq!(kit.run::<ShowMe>(Input {}).await.unwrap().last_used_at, Some(used.minute()));
        }
    }
}
