//! What the operator sees of the sealing keys, and how they are exchanged.

use super::{ResealValues, keyring::fresh_salt};
use crate::{App, jobs::enqueue};
use g8_domain::{Error, Result, Ts};
use g8_storage::{sealed, sealing_keys};
use serde::Serialize;
use uuid::Uuid;

/// A sealing key, without anything of which it is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SealingKeyView {
    /// What envelopes call it.
    pub id: Uuid,
    /// Since when it is there.
    pub created_at: Ts,
    /// From when on nothing new is sealed under it; none for the current one.
    pub retired_at: Option<Ts>,
    /// How many credentials are sealed under it.
    pub values: i64,
    /// Whether it was made with the secret key that the installation has now: else they do not open.
    pub opens: bool,
}

/// Every sealing key, oldest first.
///
/// # Errors
/// The database fails.
pub async fn list_sealing_keys(app: &App) -> Result<Vec<SealingKeyView>> {
    let (mark, mut views) = (app.pepper.mark(), Vec::new());
    for salt in sealing_keys::all(&mut &app.db).await? {
        views.push(SealingKeyView {
            id: salt.id,
            created_at: salt.created_at,
            retired_at: salt.retired_at,
            values: sealed::count(&mut &app.db, salt.id).await?,
            opens: salt.secret_mark == mark,
        });
    }
    Ok(views)
}

/// Retires the current sealing key and makes another; a job seals again what is under the old one, and destroys
/// that. Gives the new key's id; none where nothing was ever sealed, and there is no key to exchange.
///
/// # Errors
/// 422 where the current key was made with another secret key, unless that is `secret_lost`: what is sealed under it
/// stays closed then, until that secret is back. 409 where somebody else has just done it.
pub async fn rotate_sealing_keys(app: &App, secret_lost: bool) -> Result<Option<Uuid>> {
    let mut tx = app.db.begin().await?;
    let Some(current) = sealing_keys::current(&mut tx).await? else { return Ok(None) };
    if current.secret_mark != app.pepper.mark() && !secret_lost {
        return Err(Error::rule(
            "The credentials here are sealed with another secret key. Put that one back, as G8_SECRET_KEY or as \
             secret.key in the data folder; if it is lost, say --secret-lost, and enter the credentials again.",
        ));
    }
    let new = fresh_salt(app);
    let exchanged = sealing_keys::retire(&mut tx, current.id, new.created_at).await?
        && sealing_keys::insert(&mut tx, &new).await?;
    if !exchanged {
        return Err(Error::conflict("Somebody else has just exchanged the sealing key."));
    }
    enqueue(app, &mut tx, None, &ResealValues {}).await?;
    tx.commit().await?;
    app.keyring.forget();
    app.wake();
    app.db.hint().await?;
    Ok(Some(new.id))
}
