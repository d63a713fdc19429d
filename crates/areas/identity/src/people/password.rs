//! Changing a password, and getting a new one without the old.

use super::{
    link::{LinkMail, NewLink, make, owner, shown, take},
    session::note,
};
use futures_util::future::BoxFuture;
use g8_auth::Caller;
use g8_core::{
    App, Origin,
    notify::{self, News},
    throttle::{count, place},
};
use g8_domain::{
    Error, Plan, Result,
    record::{Purpose, User},
    value,
};
use g8_storage::{Tx, keys, links, oauth_grants, users};

/// Letters that one account is sent, and that one network asks for.
const LETTERS: Plan = Plan { per_second: None, per_minute: Some(3), per_day: Some(20) };
const ASKING: Plan = Plan { per_second: None, per_minute: Some(10), per_day: Some(200) };

/// Changes one's password; every other session of one's ends.
///
/// # Errors
/// 400 for a wrong old password, or a new one outside 8 to 256 characters.
pub fn change_password<'a>(
    app: &'a App,
    caller: &'a Caller,
    (old, new): (&'a str, &'a str),
    origin: &'a Origin,
) -> BoxFuture<'a, Result<()>> {
    Box::pin(async move {
        let user = caller.person()?;
        super::enter::allow(app, &user.email, origin).await?;
        let stored = users::proofs(&mut &app.db, user.id).await?.and_then(|proofs| proofs.password_hash);
        if !app.hashing.verify(old, stored).await? {
            return Err(Error::field("old_password", "is wrong"));
        }
        let hash = app.hashing.hash(&app.entropy, new).await?;
        let mut tx = app.db.begin().await?;
        users::set_password(&mut tx, user.id, hash).await?;
        keys::end_sessions(&mut tx, user.id, Some(caller.key.id), app.clock.now()).await?;
        links::withdraw(&mut tx, Purpose::Password, Some(user.id)).await?;
        note(app, &mut tx, &caller.key, "password.change", origin).await?;
        tx.commit().await?;
        app.callers.forget();
        Ok(())
    })
}

/// Mails a link to who has this address; says the same to who has not.
///
/// # Errors
/// 429 after too many tries; 422 where no mail is configured.
pub fn forgot_password<'a>(app: &'a App, email: &'a str, origin: &'a Origin) -> BoxFuture<'a, Result<()>> {
    Box::pin(async move {
        if app.config.mail.is_none() {
            return Err(Error::rule(
                "This server sends no mail; ask its operator for a link (g8-server user reset-password).",
            ));
        }
        let email = value::email(email).map_err(|problem| Error::field("email", problem))?;
        app.failures.check(origin.peer(), app.config.limits.failed_auth_per_minute, app.clock.now())?;
        count(app, "forgot", &place(origin), ASKING).await?;
        count(app, "forgot", &email, LETTERS).await?;
        let mut tx = app.db.begin().await?;
        // Whether there is such a user is found out when the letter is due: nobody can tell by waiting.
        let new = NewLink { email: Some(email), ..NewLink::default() };
        let (link, _) = make(app, &mut tx, Purpose::Password, new).await?;
        LinkMail::send(app, &mut tx, &link).await?;
        tx.commit().await?;
        app.wake();
        Ok(())
    })
}

/// A link to a new password, for the operator to hand over.
///
/// # Errors
/// 404 when nobody has this address.
pub async fn password_link(app: &App, email: &str) -> Result<String> {
    let email = value::email(email).map_err(|problem| Error::field("email", problem))?;
    let user = users::by_email(&mut &app.db, &email).await?;
    let user = user.ok_or_else(|| Error::not_found("user", &email))?;
    let mut tx = app.db.begin().await?;
    let new = NewLink { user: Some(user.id), ..NewLink::default() };
    let (_, token) = make(app, &mut tx, Purpose::Password, new).await?;
    tx.commit().await?;
    Ok(shown(app, Purpose::Password, &token))
}

/// Sets a new password by a link: all sessions and assistants end, and all such links.
///
/// # Errors
/// 400 for a link that does not work, or a password outside 8 to 256 characters.
pub fn reset_password<'a>(app: &'a App, token: &'a str, password: &'a str) -> BoxFuture<'a, Result<User>> {
    Box::pin(async move {
        // The link first: hashing is dear, and not for everybody.
        super::link::look(app, Purpose::Password, token).await?;
        let hash = app.hashing.hash(&app.entropy, password).await?;
        let mut tx = app.db.begin().await?;
        let link = take(app, &mut tx, Purpose::Password, token).await?;
        let gone = || Error::not_found("user", link.id);
        let user = owner(&mut tx, &link).await?.ok_or_else(gone)?;
        users::set_password(&mut tx, user.id, hash).await?;
        users::verify(&mut tx, user.id, app.clock.now()).await?;
        queue_notice(app, &mut tx, &user).await?;
        keys::end_sessions(&mut tx, user.id, None, app.clock.now()).await?;
        // Whoever had the old password may have let an assistant in.
        oauth_grants::end_all(&mut tx, user.id, app.clock.now()).await?;
        links::withdraw(&mut tx, Purpose::Password, Some(user.id)).await?;
        tx.commit().await?;
        app.callers.forget();
        Ok(user)
    })
}

/// Tells the person: it may not have been they.
async fn queue_notice(app: &App, tx: &mut Tx, user: &User) -> Result<()> {
    for (org, _) in users::orgs(tx, user.id).await? {
        let news = News {
            kind: "password.reset",
            subject: "Your password was changed by a link".to_owned(),
            text: "Somebody opened a link to a new password for your account. If it was not you, ask whoever operates \
                   this server."
                .to_owned(),
        };
        notify::write(app, tx, (org.id, Some(user.id)), news).await?;
    }
    Ok(())
}
