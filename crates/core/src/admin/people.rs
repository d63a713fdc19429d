//! Organisations and users.

use crate::App;
use g8_auth::hash_password;
use g8_domain::{
    Error, Issue, Result,
    plan::DEFAULT_PLAN,
    record::{Organization, Role, User},
    value,
};
use g8_storage::{keys, orgs, users};
use uuid::Uuid;

/// Adds an organisation on the default plan (seed 001's limits).
///
/// # Errors
/// A name that is empty or over 200 characters.
pub async fn create_org(app: &App, name: &str) -> Result<Organization> {
    let org = new_org(app, named("name", name)?);
    let mut tx = app.db.begin().await?;
    orgs::insert(&mut tx, &org).await?;
    tx.commit().await?;
    Ok(org)
}

/// An organisation that is not stored yet.
pub(super) fn new_org(app: &App, name: String) -> Organization {
    let now = app.clock.now();
    Organization {
        id: app.entropy.id(now),
        name,
        plan: DEFAULT_PLAN.to_owned(),
        created_at: now,
        erasures: 0,
    }
}

/// Gives an organisation another plan; its keys have it from their next request on.
///
/// # Errors
/// 400 for a plan that does not exist, 404 for the organisation.
pub async fn set_plan(app: &App, org: Uuid, plan: &str) -> Result<()> {
    known_plan(app, plan)?;
    let mut tx = app.db.begin().await?;
    if !orgs::set_plan(&mut tx, org, plan).await? {
        return Err(Error::not_found("organization", org));
    }
    tx.commit().await?;
    app.callers.forget();
    Ok(())
}

/// Refuses a plan that the configuration does not have.
///
/// # Errors
/// 400: it does not exist.
pub fn known_plan(app: &App, plan: &str) -> Result<()> {
    let plans = &app.config.plans;
    let unknown = || Error::field("plan", format!("must be one of {}", plans.names()));
    plans.get(plan).map(drop).ok_or_else(unknown)
}

/// Every organisation.
///
/// # Errors
/// The database fails.
pub async fn list_orgs(app: &App) -> Result<Vec<Organization>> {
    Ok(orgs::all(&mut &app.db).await?)
}

/// Adds a user to an organisation; one who exists already joins it.
///
/// # Errors
/// Every fault of address, name and password at once; 404 for the organisation.
pub async fn create_user(
    app: &App,
    org: Uuid,
    email: &str,
    name: &str,
    password: Option<&str>,
    role: Role,
) -> Result<User> {
    let org = orgs::get(&mut &app.db, org).await?.ok_or_else(|| Error::not_found("organization", org))?;
    let email = value::email(email).map_err(|problem| Error::invalid(&[Issue::new("email", problem)]))?;
    let name = named("name", name)?;
    let now = app.clock.now();
    let hash = password.map(|password| {
        let mut salt = [0; 16];
        app.entropy.with(|rng| rng.fill_bytes(&mut salt));
        hash_password(password, &salt)
    });
    let hash = hash.transpose()?;
    let mut tx = app.db.begin().await?;
    let user = match users::by_email(&mut tx, &email).await? {
        Some(user) => user,
        None => {
            let user = User { id: app.entropy.id(now), email, name, created_at: now };
            users::insert(&mut tx, &user, hash).await?;
            user
        }
    };
    users::join(&mut tx, user.id, org.id, role, now).await?;
    tx.commit().await?;
    app.callers.forget();
    Ok(user)
}

/// The members of an organisation and their roles.
///
/// # Errors
/// The database fails.
pub async fn list_users(app: &App, org: Uuid) -> Result<Vec<(User, Role)>> {
    Ok(users::members(&mut &app.db, org).await?)
}

/// Ends a membership; the user's personal keys stop with it.
///
/// # Errors
/// 404 when there is no such member.
pub async fn remove_user(app: &App, org: Uuid, user: Uuid) -> Result<()> {
    let mut tx = app.db.begin().await?;
    if !users::leave(&mut tx, user, org).await? {
        return Err(Error::not_found("member", user));
    }
    keys::end_member(&mut tx, org, user, app.clock.now()).await?;
    tx.commit().await?;
    app.callers.forget();
    Ok(())
}

/// A name of 1 to 200 characters.
fn named(field: &str, name: &str) -> Result<String> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 200 || name.contains('\0') {
        return Err(Error::field(field, "must have 1 to 200 characters"));
    }
    Ok(name.to_owned())
}
