//! An assistant as callers see it.

use g8_core::{Ctx, Paging};
use g8_domain::{Page, Result, Ts, record::Assistant};
use g8_storage::oauth_grants;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// An assistant that a person has let in.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct AssistantView {
    pub id: Uuid,
    /// The program, as it names itself
    pub client_name: String,
    pub client_id: String,
    /// Where it was sent its code: a server, this computer, or a scheme
    pub redirect_host: String,
    pub organization_id: Uuid,
    pub organization_name: String,
    /// Who let it in
    pub user_id: Uuid,
    pub user_name: String,
    pub user_email: String,
    /// What was agreed; the person's role may allow less
    pub scopes: Vec<String>,
    pub created_at: Ts,
    /// Minute of the last use
    pub last_used_at: Option<Ts>,
    /// When it ends unless it is used
    pub expires_at: Option<Ts>,
}

/// A page of assistants, of one user or all.
pub(crate) async fn shown(ctx: &Ctx, user: Option<Uuid>, paging: &Paging) -> Result<Page<AssistantView>> {
    let slice = paging.slice::<Uuid>(ctx)?;
    let rows = oauth_grants::page(&mut ctx.db(), (ctx.org(), user), ctx.now(), &slice).await?;
    let org = &ctx.caller.org.name;
    Ok(paging.page(ctx, rows, |row| row.id).map(|row| view(row, org)))
}

fn view(row: Assistant, organization: &str) -> AssistantView {
    AssistantView {
        id: row.id,
        client_name: row.name,
        client_id: row.client_id,
        redirect_host: row.redirect_host,
        organization_id: row.org_id,
        organization_name: organization.to_owned(),
        user_id: row.user_id,
        user_name: row.user_name,
        user_email: row.user_email,
        scopes: row.scopes.names(),
        created_at: row.created_at,
        last_used_at: row.last_used_at,
        expires_at: row.expires_at,
    }
}
