//! The one who asks, once the credential has been believed.

use crate::BearerError;
use g8_domain::{
    Error, ErrorKind, Scope, Scopes, Ts,
    record::{Key, Organization, Role, User, Via},
};
use serde_json::json;

/// How long a browser's session lives unused.
const IDLE: i64 = 7 * Ts::DAY;

/// A caller whose key is good. No operation runs without one.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The key that was shown.
    pub key: Key,
    /// The organisation it opens, the only one this caller can see.
    pub org: Organization,
    /// The person behind a personal key, a session or an assistant.
    pub user: Option<User>,
    /// What that person is in the organisation.
    pub role: Option<Role>,
    /// What the key may do, cut down to the person's role.
    pub scopes: Scopes,
}

impl Caller {
    /// Whether the caller holds this scope.
    #[must_use]
    pub fn allows(&self, scope: Scope) -> bool {
        self.scopes.allows(scope)
    }

    /// The person behind a session or a personal key; nobody else has an account to manage.
    ///
    /// # Errors
    /// Forbidden for a key of the organization's own.
    pub fn person(&self) -> Result<&User, Error> {
        let nobody = || Error::new(ErrorKind::Forbidden, "There is no person behind this key.");
        self.user.as_ref().ok_or_else(nobody)
    }

    /// Refuses unless one of `any` is held; an empty list asks for nothing but a valid key.
    ///
    /// # Errors
    /// Forbidden, naming required and granted scopes.
    pub fn require(&self, any: &[Scope]) -> Result<(), Error> {
        if any.is_empty() || any.iter().any(|scope| self.allows(*scope)) {
            return Ok(());
        }
        if self.key.via == Via::Session {
            let role = self.role.map_or("none", Role::word);
            let message =
                format!("Your role in this organization ({role}) does not allow this; ask an administrator.");
            return Err(Error::new(ErrorKind::Forbidden, message));
        }
        let required: Vec<&str> = any.iter().map(|scope| scope.0).collect();
        let granted = self.scopes.names();
        let message = format!(
            "This key lacks the scope {}; it has {}.",
            required.join(" or "),
            if granted.is_empty() { "none".to_owned() } else { granted.join(", ") }
        );
        let data = json!({ "required_scopes": required, "granted_scopes": granted });
        Err(Error::new(ErrorKind::Forbidden, message).with(data))
    }

    /// Refuses when an `X-Org-Id` header names another organisation than the key's.
    ///
    /// # Errors
    /// Forbidden.
    pub fn guard(&self, org_header: Option<&str>) -> Result<(), Error> {
        match org_header {
            Some(named) if !named.trim().eq_ignore_ascii_case(&self.org.id.to_string()) => Err(Error::new(
                ErrorKind::Forbidden,
                "X-Org-Id names another organization than this key's; leave it out.",
            )),
            _ => Ok(()),
        }
    }
}

/// Decides whether a key that was found still opens anything.
///
/// `membership` is the user and role of a personal key, `None` once the user has left.
///
/// # Errors
/// Revoked before expired before orphaned: the reason that a person can act on first.
pub fn admit(
    key: Key,
    org: Organization,
    membership: Option<(User, Role)>,
    now: Ts,
) -> Result<Caller, BearerError> {
    // Whatever a clock says: that of the node which revoked it may be ahead of this one's.
    if key.revoked_at.is_some() {
        return Err(BearerError::Revoked);
    }
    if key.expires_at.is_some_and(|at| at <= now) {
        return Err(BearerError::Expired);
    }
    if key.via == Via::Session && key.last_used_at.is_some_and(|at| at.plus(IDLE) <= now) {
        return Err(BearerError::Expired);
    }
    let (user, role) = match (key.user_id, membership) {
        (Some(_), None) => return Err(BearerError::NoOrganization),
        (_, membership) => membership.unzip(),
    };
    let scopes = role.map_or_else(|| key.scopes.clone(), |role| key.scopes.within(&Scopes::of_role(role)));
    Ok(Caller { key, org, user, role, scopes })
}
