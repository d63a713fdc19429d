//! `GET /profile/sessions`

use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{
    Result, Scope, Ts,
    record::{Key, Via},
};
use g8_storage::keys;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// List the browsers one is signed in with.
pub struct ListOwnSessions;

/// Nothing to say.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Input {}

/// A browser that is signed in.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct SessionView {
    pub id: Uuid,
    /// What the browser calls itself
    pub browser: String,
    /// Whether it is the one that asks
    pub current: bool,
    pub created_at: Ts,
    /// Minute of the last use
    pub last_used_at: Option<Ts>,
    pub expires_at: Option<Ts>,
}

impl SessionView {
    fn of(key: Key, current: Uuid) -> Self {
        Self {
            id: key.id,
            browser: key.name,
            current: key.id == current,
            created_at: key.created_at,
            last_used_at: key.last_used_at,
            expires_at: key.expires_at,
        }
    }
}

impl Operation for ListOwnSessions {
    const SPEC: Spec = Spec::on(Verb::Get, "/profile/sessions", "profile.sessions", &[Scope::PROFILE_READ])
        .about("List the browsers that the person behind the key is signed in with, in this organization")
        .command(&["sessions"]);
    type Input = Input;
    type Output = Vec<SessionView>;

    async fn run(ctx: &Ctx, _: Input) -> Result<Vec<SessionView>> {
        let whose = (ctx.org(), ctx.person()?.id);
        let keys = keys::of_user(&mut ctx.db(), whose, Via::Session, ctx.now()).await?;
        Ok(keys.into_iter().map(|key| SessionView::of(key, ctx.caller.key.id)).collect())
    }
}
