//! First accounts: the owner's, by the link that the terminal shows, and those of invited people.

use super::{
    SignInStep, Signed,
    enter::{allow, enter},
    link::{NewLink, look, make, shown, take},
    session::{begin_in, note},
};
use futures_util::future::BoxFuture;
use g8_core::{App, Origin, admin};
use g8_domain::{
    Error, ErrorKind, Issue, Result,
    record::{Link, Purpose, Role, User},
    value,
};
use g8_storage::{Tx, links, users};
use uuid::Uuid;

/// What somebody says of themselves.
#[derive(Debug, Default, Clone)]
pub struct Account {
    /// Their address; an invitation knows it.
    pub email: String,
    /// Their name.
    pub name: String,
    /// Their password, 8 to 256 characters.
    pub password: String,
}

/// The link that makes the owner, as long as nobody can sign in; an earlier one stops working.
///
/// # Errors
/// The database fails.
pub async fn setup_link(app: &App) -> Result<Option<String>> {
    if users::anybody(&mut &app.db).await? {
        return Ok(None);
    }
    let mut tx = app.db.begin().await?;
    links::withdraw(&mut tx, Purpose::Setup, None).await?;
    let (_, token) = make(app, &mut tx, Purpose::Setup, NewLink::default()).await?;
    tx.commit().await?;
    Ok(Some(shown(app, Purpose::Setup, &token)))
}

/// Makes the owner of the first organisation, and signs them in.
///
/// # Errors
/// 400 with every fault of the account; for a link that does not work.
pub fn set_up<'a>(
    app: &'a App,
    token: &'a str,
    account: &'a Account,
    origin: &'a Origin,
) -> BoxFuture<'a, Result<Signed>> {
    Box::pin(async move {
        look(app, Purpose::Setup, token).await?;
        let user = checked(app, account)?;
        let hash = app.hashing.hash(&app.entropy, &account.password).await?;
        let mut tx = app.db.begin().await?;
        take(app, &mut tx, Purpose::Setup, token).await?;
        if users::anybody(&mut tx).await? {
            return Err(Error::rule("Somebody can sign in already; ask them for an invitation."));
        }
        let org = admin::list_orgs(app).await?.first().map(|org| org.id);
        let org = org.ok_or_else(|| Error::rule("There is no organization yet; start g8-server once."))?;
        let user = put(&mut tx, user, hash).await?;
        users::join(&mut tx, user.id, org, Role::Admin, app.clock.now()).await?;
        users::verify(&mut tx, user.id, app.clock.now()).await?;
        done(app, tx, (user.id, org), origin).await
    })
}

/// Joins the organisation that an invitation names. Who has an account already proves it as they do to sign in:
/// whoever holds the link may be whoever sent it.
///
/// # Errors
/// 400 with every fault of the account; 401 for a wrong password of an account that is there; 422 for one that has
/// no password.
pub fn accept<'a>(
    app: &'a App,
    token: &'a str,
    account: &'a Account,
    origin: &'a Origin,
) -> BoxFuture<'a, Result<SignInStep>> {
    Box::pin(async move {
        let link = look(app, Purpose::Invitation, token).await?;
        let (email, ..) = invited(&link)?;
        match users::by_email(&mut &app.db, &email).await? {
            Some(user) => accept_as(app, token, &user, (&account.password, origin)).await,
            None => {
                let user = checked(app, &Account { email, ..account.clone() })?;
                let hash = app.hashing.hash(&app.entropy, &account.password).await?;
                let mut tx = app.db.begin().await?;
                users::insert(&mut tx, &user, Some(hash)).await?;
                let org = join(app, &mut tx, token, user.id).await?;
                Ok(SignInStep::Done(Box::new(done(app, tx, (user.id, org), origin).await?)))
            }
        }
    })
}

/// Joins with an account that is there.
async fn accept_as(
    app: &App,
    token: &str,
    user: &User,
    (password, origin): (&str, &Origin),
) -> Result<SignInStep> {
    allow(app, &user.email, origin).await?;
    let proofs = users::proofs(&mut &app.db, user.id).await?;
    let second = proofs.as_ref().is_some_and(|proofs| proofs.totp_nonce.is_some());
    let Some(stored) = proofs.and_then(|proofs| proofs.password_hash) else {
        let message = "You have an account without a password; ask the operator for a link to set one, and open the \
                       invitation again.";
        return Err(Error::rule(message));
    };
    if !app.hashing.verify(password, Some(stored)).await? {
        app.failures.count(origin.peer(), app.config.limits.failed_auth_per_minute, app.clock.now());
        let message = "You have an account already; give its password to join.";
        return Err(Error::new(ErrorKind::Unauthorized, message));
    }
    let mut tx = app.db.begin().await?;
    let org = join(app, &mut tx, token, user.id).await?;
    if second {
        tx.commit().await?;
        return enter(app, user, true, origin).await;
    }
    Ok(SignInStep::Done(Box::new(done(app, tx, (user.id, org), origin).await?)))
}

/// Uses the invitation up. Who is a member already stays what they are.
async fn join(app: &App, tx: &mut Tx, token: &str, user: Uuid) -> Result<Uuid> {
    let (_, org, role) = invited(&take(app, tx, Purpose::Invitation, token).await?)?;
    users::join_once(tx, user, org, role, app.clock.now()).await?;
    Ok(org)
}

fn invited(link: &Link) -> Result<(String, Uuid, Role)> {
    match (&link.email, link.org_id, link.role) {
        (Some(email), Some(org), Some(role)) => Ok((email.clone(), org, role)),
        _ => Err(Error::internal("an invitation names nobody")),
    }
}

/// Stores a user with a password, or gives one who is there theirs.
async fn put(tx: &mut Tx, user: User, hash: String) -> Result<User> {
    match users::by_email(tx, &user.email).await? {
        Some(known) => {
            users::set_password(tx, known.id, hash).await?;
            Ok(known)
        }
        None => {
            users::insert(tx, &user, Some(hash)).await?;
            Ok(user)
        }
    }
}

async fn done(app: &App, mut tx: Tx, who: (Uuid, Uuid), origin: &Origin) -> Result<Signed> {
    let signed = begin_in(app, &mut tx, who, origin).await?;
    note(app, &mut tx, &signed.key, "member.join", origin).await?;
    tx.commit().await?;
    app.callers.forget();
    Ok(signed)
}

/// A user of these particulars; all faults at once.
fn checked(app: &App, account: &Account) -> Result<User> {
    let mut issues = Vec::new();
    let email = value::email(&account.email);
    if let Err(problem) = &email {
        issues.push(Issue::new("email", problem.to_string()));
    }
    let name = account.name.trim();
    if name.is_empty() || name.chars().count() > 200 || name.chars().any(char::is_control) {
        issues.push(Issue::new("name", "must have 1 to 200 characters"));
    }
    if !(8..=256).contains(&account.password.chars().count()) {
        issues.push(Issue::new("password", "must have 8 to 256 characters"));
    }
    match email {
        Ok(email) if issues.is_empty() => {
            let now = app.clock.now();
            Ok(User { id: app.entropy.id(now), email, name: name.to_owned(), created_at: now })
        }
        _ => Err(Error::invalid(&issues)),
    }
}
