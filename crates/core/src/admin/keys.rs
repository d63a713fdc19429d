//! API keys: making, listing and revoking them, for the operator and for the operations on keys.

use super::{known_plan, list_orgs, people::new_org};
use crate::App;
use g8_auth::Token;
use g8_domain::{
    Error, Result, Scopes, Ts,
    page::MAX_LIMIT,
    record::{Key, KeyMode, Organization, Via},
};
use g8_storage::{Slice, Tx, keys, orgs, users};
use uuid::Uuid;

/// A key to be made.
#[derive(Debug, Clone)]
pub struct NewKey {
    /// Whose data it opens.
    pub org: Uuid,
    /// The user of a personal key.
    pub user: Option<Uuid>,
    /// What people call it.
    pub name: String,
    /// Real data, or marked as a test.
    pub mode: KeyMode,
    /// What it may do.
    pub scopes: Scopes,
    /// The areas the scopes were chosen by, for display.
    pub areas: Vec<String>,
    /// A plan below the organization's.
    pub plan: Option<String>,
    /// When it ends.
    pub expires_at: Option<Ts>,
}

impl NewKey {
    /// A key of the organization itself that may do nothing and does not end.
    #[must_use]
    pub fn unscoped(org: Uuid, name: String) -> Self {
        Self {
            org,
            user: None,
            name,
            mode: KeyMode::Live,
            scopes: Scopes::default(),
            areas: Vec::new(),
            plan: None,
            expires_at: None,
        }
    }
}

/// Makes a key inside a transaction. The token is in the answer and nowhere else.
///
/// # Errors
/// The database refused.
pub async fn mint(app: &App, tx: &mut Tx, new: NewKey) -> Result<(Key, Token)> {
    let now = app.clock.now();
    let token = app.entropy.with(|mut rng| Token::generate(new.mode, &mut rng));
    let key = Key {
        id: app.entropy.id(now),
        org_id: new.org,
        via: Via::Key,
        user_id: new.user,
        name: new.name,
        mode: new.mode,
        key_prefix: token.prefix().to_owned(),
        digest: token.digest(&app.pepper).to_vec(),
        scopes: new.scopes,
        areas: new.areas,
        plan: new.plan,
        created_at: now,
        expires_at: new.expires_at,
        last_used_at: None,
        revoked_at: None,
    };
    keys::insert(tx, &key).await?;
    Ok((key, token))
}

/// Makes a key for the operator.
///
/// # Errors
/// 404 for the organisation, or for a user who is no member of it; 400 for a plan that does not exist.
pub async fn create_key(app: &App, new: NewKey) -> Result<(Key, Token)> {
    orgs::get(&mut &app.db, new.org).await?.ok_or_else(|| Error::not_found("organization", new.org))?;
    if let Some(user) = new.user {
        users::member(&mut &app.db, user, new.org).await?.ok_or_else(|| Error::not_found("member", user))?;
    }
    if let Some(plan) = &new.plan {
        known_plan(app, plan)?;
    }
    let mut tx = app.db.begin().await?;
    let made = mint(app, &mut tx, new).await?;
    tx.commit().await?;
    Ok(made)
}

/// The newest keys of an organisation that were not revoked.
///
/// # Errors
/// The database fails.
pub async fn list_keys(app: &App, org: Uuid) -> Result<Vec<Key>> {
    let slice = Slice { after: None, offset: 0, limit: MAX_LIMIT };
    Ok(keys::page(&mut &app.db, org, None, &slice).await?.0)
}

/// Revokes a key; its next use fails.
///
/// # Errors
/// 404 when the organisation has no such key, or had it revoked already.
pub async fn revoke_key(app: &App, org: Uuid, id: Uuid) -> Result<()> {
    let mut tx = app.db.begin().await?;
    if !keys::revoke(&mut tx, (org, None), (Via::Key, id), app.clock.now()).await? {
        return Err(Error::not_found("API key", id));
    }
    tx.commit().await?;
    app.callers.forget();
    Ok(())
}

/// On an empty installation: the first organisation and a key to everything in it.
///
/// # Errors
/// The database fails.
pub async fn first_start(app: &App) -> Result<Option<(Organization, Token)>> {
    if !list_orgs(app).await?.is_empty() {
        return Ok(None);
    }
    let mut tx = app.db.begin().await?;
    let org = new_org(app, "My workspace".to_owned());
    orgs::insert(&mut tx, &org).await?;
    let new = NewKey {
        scopes: Scopes::stored(vec!["*".to_owned()]),
        areas: vec!["full_access".to_owned()],
        ..NewKey::unscoped(org.id, "First key".to_owned())
    };
    let (_, token) = mint(app, &mut tx, new).await?;
    tx.commit().await?;
    Ok(Some((org, token)))
}
