//! First accounts: the owner's, by the link that the terminal shows, and those of invited people.

use super::{
    Signed,
    hashing::{hash, verify},
    link::{NewLink, look, make, shown, take},
    session::{begin_in, note},
};
use crate::{App, Origin, admin};
use g8_domain::{
    Error, Issue, Kind, Result,
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
    if users::any_with_password(&mut &app.db).await? {
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
pub async fn set_up(app: &App, token: &str, account: &Account, origin: &Origin) -> Result<Signed> {
    look(app, Purpose::Setup, token).await?;
    let user = checked(app, account)?;
    let hash = hash(app, &account.password).await?;
    let mut tx = app.db.begin().await?;
    take(app, &mut tx, Purpose::Setup, token).await?;
    let org = admin::list_orgs(app).await?.first().map(|org| org.id);
    let org = org.ok_or_else(|| Error::rule("There is no organization yet; start g8-server once."))?;
    let user = put(&mut tx, user, hash).await?;
    users::join(&mut tx, user.id, org, Role::Admin, app.clock.now()).await?;
    done(app, tx, (user.id, org), origin).await
}

/// Joins the organisation that an invitation names. Who has an account already proves it by its password.
///
/// # Errors
/// 400 with every fault of the account; 401 for a wrong password of an account that is there.
pub async fn accept(app: &App, token: &str, account: &Account, origin: &Origin) -> Result<Signed> {
    let link = look(app, Purpose::Invitation, token).await?;
    let (email, org, role) = invited(&link)?;
    let known = users::by_email(&mut &app.db, &email).await?;
    let proofs = match &known {
        Some(user) => users::proofs(&mut &app.db, user.id).await?,
        None => None,
    };
    let stored = proofs.and_then(|proofs| proofs.password_hash);
    let (user, hash) = match (known, stored) {
        (Some(user), Some(stored)) => {
            super::enter::allow(app, &email, origin).await?;
            if !verify(app, &account.password, Some(stored)).await? {
                let message = "You have an account already; give its password to join.";
                return Err(Error::new(Kind::Unauthorized, message));
            }
            (user, None)
        }
        (known, _) => {
            let fresh = checked(app, &Account { email, ..account.clone() })?;
            (known.unwrap_or(fresh), Some(hash(app, &account.password).await?))
        }
    };
    let mut tx = app.db.begin().await?;
    take(app, &mut tx, Purpose::Invitation, token).await?;
    let user = match hash {
        Some(hash) => put(&mut tx, user, hash).await?,
        None => user,
    };
    users::join(&mut tx, user.id, org, role, app.clock.now()).await?;
    done(app, tx, (user.id, org), origin).await
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
