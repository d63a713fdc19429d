//! The second factor: turning it on, passing it, turning it off.

use super::session::note;
use futures_util::future::BoxFuture;
use g8_auth::{Caller, Totp, recovery_code};
use g8_core::{App, Origin};
use g8_domain::{Error, Result, record::User, value};
use g8_storage::{Tx, users};
use uuid::Uuid;

const RECOVERY_CODES: usize = 10;

/// Whether it is on, and how many recovery codes are left.
///
/// # Errors
/// There is no person behind the caller.
pub fn second_state<'a>(app: &'a App, caller: &'a Caller) -> BoxFuture<'a, Result<(bool, i64)>> {
    Box::pin(async move {
        let user = caller.person()?;
        let proofs = users::proofs(&mut &app.db, user.id).await?;
        let left = users::recovery_left(&mut &app.db, user.id).await?;
        Ok((proofs.is_some_and(|proofs| proofs.totp_nonce.is_some()), left))
    })
}

/// Begins an enrolment: what the authenticator is to be told. It counts for nothing until it is confirmed.
///
/// # Errors
/// 422 when the second factor is on already.
pub fn begin_second<'a>(app: &'a App, caller: &'a Caller) -> BoxFuture<'a, Result<Totp>> {
    Box::pin(async move {
        let user = caller.person()?;
        let mut tx = app.db.begin().await?;
        let proofs =
            users::proofs(&mut tx, user.id).await?.ok_or_else(|| Error::not_found("user", user.id))?;
        if proofs.totp_nonce.is_some() {
            return Err(Error::rule(
                "The second factor is on; turn it off before you set up another device.",
            ));
        }
        // One that this very session has begun goes on: the page may be loaded twice.
        let begun = proofs.totp_pending.filter(|nonce| nonce.starts_with(caller.key.id.as_bytes()));
        let pending = begun.unwrap_or_else(|| {
            let mut nonce = [0; 16];
            app.entropy.with(|rng| rng.fill_bytes(&mut nonce));
            [caller.key.id.as_bytes().as_slice(), &nonce].concat()
        });
        users::set_totp(&mut tx, user.id, (None, Some(pending.clone())), None).await?;
        tx.commit().await?;
        Ok(Totp::of(&app.pepper, user.id, &pending, &user.email))
    })
}

/// Turns it on by the first code; gives the codes for the day the device is gone.
///
/// # Errors
/// 400 for a wrong code; 422 when no enrolment was begun.
pub fn confirm_second<'a>(
    app: &'a App,
    caller: &'a Caller,
    code: &'a str,
    origin: &'a Origin,
) -> BoxFuture<'a, Result<Vec<String>>> {
    Box::pin(async move {
        let user = caller.person()?;
        let mut tx = app.db.begin().await?;
        let pending = users::proofs(&mut tx, user.id).await?.and_then(|proofs| proofs.totp_pending);
        let pending = pending.filter(|nonce| nonce.starts_with(caller.key.id.as_bytes()));
        let pending = pending.ok_or_else(|| Error::rule("No second factor is being set up; begin again."))?;
        let totp = Totp::of(&app.pepper, user.id, &pending, &user.email);
        let step = totp.step(code, seconds(app), None);
        let step =
            step.ok_or_else(|| Error::field("code", "is not what the device shows now; check its clock"))?;
        users::set_totp(&mut tx, user.id, (Some(pending), None), Some(step)).await?;
        let codes: Vec<String> = (0..RECOVERY_CODES).map(|_| app.entropy.with(recovery_code)).collect();
        let digests = codes.iter().map(|code| digest(app, user, code)).collect();
        users::set_recovery(&mut tx, user.id, digests).await?;
        note(app, &mut tx, &caller.key, "second_factor.on", origin).await?;
        tx.commit().await?;
        Ok(codes)
    })
}

/// Turns it off, for who knows the password or has a code: who comes by an identity provider has no password.
///
/// # Errors
/// 400 for a wrong one.
pub fn end_second<'a>(
    app: &'a App,
    caller: &'a Caller,
    password: &'a str,
    origin: &'a Origin,
) -> BoxFuture<'a, Result<()>> {
    Box::pin(async move {
        let user = caller.person()?;
        super::enter::allow(app, &user.email, origin).await?;
        let hash = users::proofs(&mut &app.db, user.id).await?.and_then(|proofs| proofs.password_hash);
        let knows = app.hashing.verify(password, hash).await?;
        let mut tx = app.db.begin().await?;
        if !knows && !passes(app, &mut tx, user, password).await? {
            return Err(Error::field("password", "is wrong"));
        }
        take_off(&mut tx, user.id).await?;
        note(app, &mut tx, &caller.key, "second_factor.off", origin).await?;
        Ok(tx.commit().await?)
    })
}

/// Turns it off for somebody who has lost device and codes; the operator knows who they are.
///
/// # Errors
/// 404 when nobody has this address.
pub async fn reset_second(app: &App, email: &str) -> Result<()> {
    let email = value::email(email).map_err(|problem| Error::field("email", problem))?;
    let mut tx = app.db.begin().await?;
    let user = users::by_email(&mut tx, &email).await?.ok_or_else(|| Error::not_found("user", &email))?;
    take_off(&mut tx, user.id).await?;
    Ok(tx.commit().await?)
}

async fn take_off(tx: &mut Tx, user: Uuid) -> Result<()> {
    users::set_totp(tx, user, (None, None), None).await?;
    Ok(users::set_recovery(tx, user, Vec::new()).await?)
}

/// Whether a code passes. It is used up in the transaction.
pub(super) async fn passes(app: &App, tx: &mut Tx, user: &User, code: &str) -> Result<bool> {
    let Some(proofs) = users::proofs(tx, user.id).await? else { return Ok(false) };
    let Some(nonce) = proofs.totp_nonce else { return Ok(false) };
    let totp = Totp::of(&app.pepper, user.id, &nonce, &user.email);
    if let Some(step) = totp.step(code, seconds(app), proofs.totp_step) {
        users::set_totp(tx, user.id, (Some(nonce), None), Some(step)).await?;
        return Ok(true);
    }
    Ok(users::recover(tx, user.id, digest(app, user, code)).await?)
}

fn digest(app: &App, user: &User, code: &str) -> Vec<u8> {
    let code = code.trim().to_lowercase();
    app.pepper.mac("recovery code", &[user.id.as_bytes(), code.as_bytes()].concat()).to_vec()
}

fn seconds(app: &App) -> u64 {
    u64::try_from(app.clock.now().unix_seconds()).unwrap_or_default()
}
