//! Signing in by an identity provider, where the operator has named one.

use super::{SignInStep, enter::enter};
use chrono::DateTime;
use futures_util::future::BoxFuture;
use g8_connect::{AuthorizationState, Identity, OidcProvider};
use g8_core::{
    App, Origin,
    throttle::{count, place},
};
use g8_domain::{Error, ErrorKind, Plan, Result, record::User, value};
use g8_storage::{Tx, identities, keys, orgs, users};
use rand::distr::{Alphanumeric, SampleString};
use tokio::sync::SemaphorePermit;

/// Trips to the provider from one network.
const TRIPS: Plan = Plan { per_second: None, per_minute: Some(30), per_day: None };

/// What the button says; none where no provider is named.
#[must_use]
pub fn provider(app: &App) -> Option<&str> {
    app.config.oidc.as_ref().map(|oidc| oidc.name.as_str())
}

/// Where to send somebody, and what must come back with them.
///
/// # Errors
/// 404 where no provider is named; 503 when it does not answer.
pub fn begin_oidc<'a>(
    app: &'a App,
    origin: &'a Origin,
) -> BoxFuture<'a, Result<(String, AuthorizationState)>> {
    Box::pin(async move {
        let _turn = turn(app, origin).await?;
        let word = || app.entropy.with(|mut rng| Alphanumeric.sample_string(&mut rng, 48));
        let trip = AuthorizationState { state: word(), nonce: word(), verifier: word() };
        let url = known(app)?.begin(&trip).await?;
        Ok((url.into(), trip))
    })
}

/// Signs in whom the provider confirms: who is known, or has an account with the verified address, or may join.
///
/// # Errors
/// 401 when the provider does not confirm them; 403 for who was not invited.
pub fn finish_oidc<'a>(
    app: &'a App,
    trip: &'a AuthorizationState,
    code: &'a str,
    origin: &'a Origin,
) -> BoxFuture<'a, Result<SignInStep>> {
    Box::pin(async move {
        let _turn = turn(app, origin).await?;
        let now = DateTime::from_timestamp_micros(app.clock.now().0).unwrap_or_default();
        let identity = known(app)?.finish(trip, code, now).await?;
        let mut tx = app.db.begin().await?;
        let user = match identities::user(&mut tx, &identity.issuer, &identity.subject).await? {
            Some(user) => user,
            None => newcomer(app, &mut tx, &identity).await?,
        };
        let second = users::proofs(&mut tx, user.id).await?.is_some_and(|proofs| proofs.totp_nonce.is_some());
        tx.commit().await?;
        enter(app, &user, second, origin).await
    })
}

/// So many at once, and so many from one network: each keeps a request waiting for somebody else's server.
async fn turn<'a>(app: &'a App, origin: &Origin) -> Result<SemaphorePermit<'a>> {
    count(app, "oidc", &place(origin), TRIPS).await?;
    let busy =
        |_| Error::new(ErrorKind::Unavailable, "Too many people are signing in; try again in a moment.");
    app.oidc_in_flight.try_acquire().map_err(busy)
}

fn known(app: &App) -> Result<OidcProvider> {
    let none = || Error::new(ErrorKind::NotFound, "No identity provider is configured.");
    let oidc = app.config.oidc.as_ref().ok_or_else(none)?;
    let back = format!("{}/sign-in/oidc/return", app.public_url());
    OidcProvider::new(&oidc.issuer, (&oidc.client_id, &oidc.client_secret.0), &back)
}

/// Somebody who comes for the first time.
async fn newcomer(app: &App, tx: &mut Tx, identity: &Identity) -> Result<User> {
    let uninvited = || {
        let message = "There is no account for you here; ask an administrator to invite you.";
        Error::new(ErrorKind::Forbidden, message)
    };
    let email = identity.email.as_deref().ok_or_else(uninvited)?;
    let email = value::email(email).map_err(|_| uninvited())?;
    let user = match users::by_email(tx, &email).await? {
        Some(user) => own(app, tx, user).await?,
        None => join(app, tx, email, identity.name.as_deref()).await?.ok_or_else(uninvited)?,
    };
    users::verify(tx, user.id, app.clock.now()).await?;
    identities::insert(tx, (&identity.issuer, &identity.subject), user.id, app.clock.now()).await?;
    Ok(user)
}

/// An account with the person's address. Where it was never shown to be theirs, somebody else may have made it, and
/// whatever opens it ends.
async fn own(app: &App, tx: &mut Tx, user: User) -> Result<User> {
    let verified = users::proofs(tx, user.id).await?.is_some_and(|proofs| proofs.verified_at.is_some());
    if !verified {
        users::forget_password(tx, user.id).await?;
        users::set_totp(tx, user.id, (None, None), None).await?;
        keys::end_user(tx, user.id, app.clock.now()).await?;
        app.callers.forget();
    }
    Ok(user)
}

/// Who has an address of our own domains joins the first organisation by themselves.
async fn join(app: &App, tx: &mut Tx, email: String, name: Option<&str>) -> Result<Option<User>> {
    let Some(oidc) = &app.config.oidc else { return Ok(None) };
    let domain = email.rsplit_once('@').map_or("", |(_, domain)| domain);
    let org = orgs::all(tx).await?.into_iter().next();
    let Some(org) = org.filter(|_| oidc.join_domains.iter().any(|own| own.eq_ignore_ascii_case(domain)))
    else {
        return Ok(None);
    };
    let now = app.clock.now();
    let name = name
        .map_or_else(|| email.clone(), |name| name.chars().filter(|c| !c.is_control()).take(200).collect());
    let user = User { id: app.entropy.id(now), email, name, created_at: now };
    users::insert(tx, &user, None).await?;
    users::join(tx, user.id, org.id, oidc.join_role, now).await?;
    Ok(Some(user))
}
