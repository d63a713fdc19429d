//! The second factor: turning it on, passing it, turning it off.

use super::{
    hashing::verify,
    session::{note, person},
};
use crate::{App, Origin};
use g8_auth::{Caller, Totp, recovery_code};
use g8_domain::{Error, Result, record::User};
use g8_storage::{Tx, users};

const RECOVERY_CODES: usize = 10;

/// Whether it is on, and how many recovery codes are left.
///
/// # Errors
/// There is no person behind the caller.
pub async fn second_state(app: &App, caller: &Caller) -> Result<(bool, i64)> {
    let user = person(caller)?;
    let proofs = users::proofs(&mut &app.db, user.id).await?;
    let left = users::recovery_left(&mut &app.db, user.id).await?;
    Ok((proofs.is_some_and(|proofs| proofs.totp_nonce.is_some()), left))
}

/// Begins an enrolment: what the authenticator is to be told. It counts for nothing until it is confirmed.
///
/// # Errors
/// 422 when the second factor is on already.
pub async fn begin_second(app: &App, caller: &Caller) -> Result<Totp> {
    let user = person(caller)?;
    let mut tx = app.db.begin().await?;
    let proofs = users::proofs(&mut tx, user.id).await?.ok_or_else(|| Error::not_found("user", user.id))?;
    if proofs.totp_nonce.is_some() {
        return Err(Error::rule("The second factor is on; turn it off before you set up another device."));
    }
    // One that was begun goes on: the page may be loaded twice.
    let pending = proofs.totp_pending.unwrap_or_else(|| {
        let mut nonce = vec![0; 16];
        app.entropy.with(|rng| rng.fill_bytes(&mut nonce));
        nonce
    });
    users::set_totp(&mut tx, user.id, (None, Some(pending.clone())), None).await?;
    tx.commit().await?;
    Ok(Totp::of(&app.pepper, user.id, &pending, &user.email))
}

/// Turns it on by the first code; gives the codes for the day the device is gone.
///
/// # Errors
/// 400 for a wrong code; 422 when no enrolment was begun.
pub async fn confirm_second(app: &App, caller: &Caller, code: &str, origin: &Origin) -> Result<Vec<String>> {
    let user = person(caller)?;
    let mut tx = app.db.begin().await?;
    let pending = users::proofs(&mut tx, user.id).await?.and_then(|proofs| proofs.totp_pending);
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
}

/// Turns it off, for who knows the password.
///
/// # Errors
/// 400 for a wrong password.
pub async fn end_second(app: &App, caller: &Caller, password: &str, origin: &Origin) -> Result<()> {
    let user = person(caller)?;
    super::enter::allow(app, &user.email, origin).await?;
    let hash = users::proofs(&mut &app.db, user.id).await?.and_then(|proofs| proofs.password_hash);
    if !verify(app, password, hash).await? {
        return Err(Error::field("password", "is wrong"));
    }
    let mut tx = app.db.begin().await?;
    users::set_totp(&mut tx, user.id, (None, None), None).await?;
    users::set_recovery(&mut tx, user.id, Vec::new()).await?;
    note(app, &mut tx, &caller.key, "second_factor.off", origin).await?;
    Ok(tx.commit().await?)
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
