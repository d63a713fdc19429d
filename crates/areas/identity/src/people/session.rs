//! A browser's session: one organisation, one person, until they sign out.

use futures_util::future::BoxFuture;
use g8_auth::{Caller, Label, Token};
use g8_core::{App, Origin};
use g8_domain::{
    Error, ErrorKind, Result, Scopes, Ts,
    record::{Key, KeyMode, Organization, Role, User, Via},
};
use g8_storage::{Tx, audit, keys, oauth_grants, users};
use uuid::Uuid;

/// How long a session lives at most; unused, it ends earlier.
const LIFE: i64 = 30 * Ts::DAY;

/// A session that has begun. The token goes into the browser's cookie and is kept nowhere else.
pub struct Signed {
    /// What the browser shows from now on.
    pub token: Token,
    /// The session.
    pub key: Key,
}

/// Begins a session in the organisation where the user was last, else in their first.
pub(super) async fn begin(app: &App, tx: &mut Tx, user: &User, origin: &Origin) -> Result<Signed> {
    let places = users::orgs(tx, user.id).await?;
    let last = keys::last_org(tx, user.id).await?.map(|key| key.org_id);
    let known = |id: &Uuid| places.iter().any(|(org, _)| org.id == *id);
    let org = last.filter(known).or_else(|| places.first().map(|(org, _)| org.id));
    let org = org.ok_or_else(|| {
        Error::new(ErrorKind::Forbidden, "You belong to no organization; ask an administrator to invite you.")
    })?;
    begin_in(app, tx, (user.id, org), origin).await
}

/// Begins a session in an organisation.
pub(super) async fn begin_in(
    app: &App,
    tx: &mut Tx,
    (user, org): (Uuid, Uuid),
    origin: &Origin,
) -> Result<Signed> {
    let now = app.clock.now();
    let token = app.entropy.with(|mut rng| Token::generate(Label::Session, &mut rng));
    let key = Key {
        id: app.entropy.id(now),
        org_id: org,
        via: Via::Session,
        user_id: Some(user),
        name: origin.agent.clone().unwrap_or_else(|| "Browser".to_owned()),
        mode: KeyMode::Live,
        key_prefix: token.prefix().to_owned(),
        digest: token.digest(&app.pepper).to_vec(),
        scopes: Scopes::stored(vec!["*".to_owned()]),
        areas: Vec::new(),
        plan: None,
        created_at: now,
        expires_at: Some(now.plus(LIFE)),
        last_used_at: None,
        revoked_at: None,
    };
    keys::insert(tx, &key).await?;
    note(app, tx, &key, "session.begin", origin).await?;
    Ok(Signed { token, key })
}

/// Puts what a person did about their own account on record.
pub(crate) async fn note(
    app: &App,
    tx: &mut Tx,
    key: &Key,
    operation: &'static str,
    origin: &Origin,
) -> Result<()> {
    let at = app.clock.now();
    let entry = audit::AuditEntry {
        id: app.entropy.id(at),
        org_id: key.org_id,
        key_id: key.id,
        user_id: key.user_id,
        door: origin.door.to_owned(),
        address: origin.address.clone(),
        operation: operation.to_owned(),
        request_id: origin.request_id.clone(),
        at,
    };
    Ok(audit::insert(tx, &entry).await?)
}

/// Ends a session.
///
/// # Errors
/// The database fails.
pub fn sign_out<'a>(app: &'a App, caller: &'a Caller, origin: &'a Origin) -> BoxFuture<'a, Result<()>> {
    Box::pin(async move {
        let mut tx = app.db.begin().await?;
        let key = &caller.key;
        keys::revoke(&mut tx, (key.org_id, key.user_id), (key.via, key.id), app.clock.now()).await?;
        note(app, &mut tx, key, "session.end", origin).await?;
        tx.commit().await?;
        app.callers.forget();
        Ok(())
    })
}

/// Ends every session of the person but this one, and every assistant; says how many.
///
/// # Errors
/// There is no person behind the caller.
pub fn sign_out_everywhere<'a>(
    app: &'a App,
    caller: &'a Caller,
    origin: &'a Origin,
) -> BoxFuture<'a, Result<u64>> {
    Box::pin(async move {
        let user = caller.person()?.id;
        let mut tx = app.db.begin().await?;
        let now = app.clock.now();
        let ended = keys::end_sessions(&mut tx, user, Some(caller.key.id), now).await?
            + oauth_grants::end_all(&mut tx, user, now).await?;
        note(app, &mut tx, &caller.key, "session.end_others", origin).await?;
        tx.commit().await?;
        app.callers.forget();
        Ok(ended)
    })
}

/// The organisations of the person, and what they are in each.
///
/// # Errors
/// There is no person behind the caller.
pub fn places<'a>(app: &'a App, caller: &'a Caller) -> BoxFuture<'a, Result<Vec<(Organization, Role)>>> {
    Box::pin(async move { Ok(users::orgs(&mut &app.db, caller.person()?.id).await?) })
}

/// Goes on in another organisation, by a new session.
///
/// # Errors
/// 404 for one that the person is no member of.
pub fn switch_org<'a>(
    app: &'a App,
    caller: &'a Caller,
    org: Uuid,
    origin: &'a Origin,
) -> BoxFuture<'a, Result<Signed>> {
    Box::pin(async move {
        let user = caller.person()?.id;
        let mut tx = app.db.begin().await?;
        users::member(&mut tx, user, org).await?.ok_or_else(|| Error::not_found("organization", org))?;
        let key = &caller.key;
        keys::revoke(&mut tx, (key.org_id, key.user_id), (key.via, key.id), app.clock.now()).await?;
        let signed = begin_in(app, &mut tx, (user, org), origin).await?;
        tx.commit().await?;
        app.callers.forget();
        Ok(signed)
    })
}
