//! Signing in: a password, then a code where the account asks for one; so many tries, and no more.

use super::{
    Signed,
    link::{self, NewLink, make},
    second::passes,
    session::begin,
};
use futures_util::future::BoxFuture;
use g8_auth::Token;
use g8_core::{
    App, Origin,
    throttle::{count, is_known, place, remember},
};
use g8_domain::{
    Error, ErrorKind, Plan, Result,
    record::{Purpose, User},
    value,
};
use g8_storage::users;

/// Tries for one account from one address.
const NEAR: Plan = Plan { per_second: None, per_minute: Some(10), per_day: Some(100) };
/// Tries for one account from everywhere. A minute's only: nobody is kept out for a day by others.
const FAR: Plan = Plan { per_second: None, per_minute: Some(30), per_day: None };
/// Tries of one second step.
const CODES: Plan = Plan { per_second: None, per_minute: Some(5), per_day: Some(5) };

/// How far somebody has come.
pub enum SignInStep {
    /// They are in.
    Done(Box<Signed>),
    /// The password was right; the account asks for a code, too. This is shown with it.
    Code(Token),
}

/// Signs a person in by address and password.
///
/// # Errors
/// 401 that does not say which of the two was wrong; 429 after too many tries; 503 when too many wait.
pub fn sign_in<'a>(
    app: &'a App,
    email: &'a str,
    password: &'a str,
    origin: &'a Origin,
) -> BoxFuture<'a, Result<SignInStep>> {
    Box::pin(async move {
        let email = value::email(email).unwrap_or_default();
        allow(app, &email, origin).await?;
        let user = users::by_email(&mut &app.db, &email).await?;
        let proofs = match &user {
            Some(user) => users::proofs(&mut &app.db, user.id).await?,
            None => None,
        };
        let hash = proofs.as_ref().and_then(|proofs| proofs.password_hash.clone());
        let right = app.hashing.verify(password, hash).await?;
        let Some(user) = user.filter(|_| right) else { return Err(refused(app, origin)) };
        enter(app, &user, proofs.is_some_and(|proofs| proofs.totp_nonce.is_some()), origin).await
    })
}

/// Lets somebody in whose identity is proved; asks for the code first where the account does.
pub(crate) async fn enter(app: &App, user: &User, second: bool, origin: &Origin) -> Result<SignInStep> {
    let mut tx = app.db.begin().await?;
    if second {
        let new = NewLink { user: Some(user.id), ..NewLink::default() };
        let (_, token) = make(app, &mut tx, Purpose::Code, new).await?;
        tx.commit().await?;
        return Ok(SignInStep::Code(token));
    }
    let signed = begin(app, &mut tx, user, origin).await?;
    tx.commit().await?;
    remember(app, &user.email, origin);
    Ok(SignInStep::Done(Box::new(signed)))
}

/// The second step: a code of the authenticator, or one that stands in for it.
///
/// # Errors
/// 401 for a wrong code; 429 after five; 400 when the first step was too long ago.
pub fn second_step<'a>(
    app: &'a App,
    token: &'a str,
    code: &'a str,
    origin: &'a Origin,
) -> BoxFuture<'a, Result<Signed>> {
    Box::pin(async move {
        let link = link::look(app, Purpose::Code, token).await?;
        app.failures.check(origin.peer(), app.config.limits.failed_auth_per_minute, app.clock.now())?;
        count(app, "code", &link.id.to_string(), CODES).await?;
        let gone = || Error::not_found("account", link.id);
        let user = users::get(&mut &app.db, link.user_id.ok_or_else(gone)?).await?.ok_or_else(gone)?;
        let mut tx = app.db.begin().await?;
        if !passes(app, &mut tx, &user, code).await? {
            drop(tx);
            return Err(refused(app, origin));
        }
        link::take(app, &mut tx, Purpose::Code, token).await?;
        let signed = begin(app, &mut tx, &user, origin).await?;
        tx.commit().await?;
        remember(app, &user.email, origin);
        Ok(signed)
    })
}

/// Counts a try, for the account from this network and for the account at all.
pub(super) async fn allow(app: &App, email: &str, origin: &Origin) -> Result<()> {
    let now = app.clock.now();
    app.failures.check(origin.peer(), app.config.limits.failed_auth_per_minute, now)?;
    count(app, "sign in", &format!("{email}\n{}", place(origin)), NEAR).await?;
    // Who has signed in from here before is not kept out by those who try from elsewhere.
    if is_known(app, email, origin) {
        return Ok(());
    }
    count(app, "sign in", email, FAR).await
}

fn refused(app: &App, origin: &Origin) -> Error {
    app.failures.count(origin.peer(), app.config.limits.failed_auth_per_minute, app.clock.now());
    tracing::warn!(request_id = origin.request_id, address = origin.address, "a sign-in failed");
    Error::new(ErrorKind::Unauthorized, "The address, the password or the code is wrong.")
}
