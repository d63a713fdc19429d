//! What a key may do: `resource:action` names, wildcards, and the seven areas as presets
//! (contract/platform.md §2, B4).

use crate::record::Role;
use std::{
    collections::BTreeSet,
    sync::{PoisonError, RwLock},
};

/// One permission, by its published name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scope(pub &'static str);

macro_rules! scopes {
    ($($name:ident = $text:literal: $about:literal;)*) => {
        impl Scope {
            $(#[doc = $about] pub const $name: Self = Self($text);)*
        }
        /// Every published scope with what it allows, in the order it is shown.
        pub const CATALOGUE: &[(Scope, &str)] = &[$((Scope::$name, $about)),*];
    };
}

scopes! {
    CONTACTS_READ = "contacts:read": "Read contacts";
    CONTACTS_WRITE = "contacts:write": "Create, update and delete contacts";
    COMPANIES_READ = "companies:read": "Read companies";
    COMPANIES_WRITE = "companies:write": "Create, update and delete companies";
    LISTS_READ = "lists:read": "Read lists of every type and their members";
    LISTS_WRITE = "lists:write": "Create and manage lists of every type";
    CONTACT_LISTS_READ = "contact_lists:read": "Read contact lists and their members";
    CONTACT_LISTS_WRITE = "contact_lists:write": "Create and manage contact lists";
    ACCOUNT_LISTS_READ = "account_lists:read": "Read company lists and their members";
    ACCOUNT_LISTS_WRITE = "account_lists:write": "Create and manage company lists";
    DEALS_READ = "deals:read": "Read deals";
    DEALS_WRITE = "deals:write": "Create, update and delete deals";
    PIPELINES_READ = "pipelines:read": "Read pipelines and their stages";
    PIPELINES_WRITE = "pipelines:write": "Create and manage pipelines and stages";
    SEQUENCES_READ = "sequences:read": "Read sequences and enrolments";
    SEQUENCES_WRITE = "sequences:write": "Manage sequences; enrol and remove contacts";
    ANALYTICS_READ = "analytics:read": "Read analytics";
    ACTIVITIES_READ = "activities:read": "Read the activity stream";
    WEBHOOKS_READ = "webhooks:read": "Read webhooks";
    WEBHOOKS_WRITE = "webhooks:write": "Create, update and delete webhooks";
    EXCLUSIONS_READ = "exclusions:read": "Read exclusion rules";
    EXCLUSIONS_WRITE = "exclusions:write": "Create and delete exclusion rules";
    TASKS_READ = "tasks:read": "Read tasks";
    TASKS_WRITE = "tasks:write": "Create and update tasks";
    NOTIFICATIONS_READ = "notifications:read": "Read notifications";
    NOTIFICATIONS_WRITE = "notifications:write": "Mark notifications as read";
    JOBS_READ = "jobs:read": "Read background jobs";
    JOBS_WRITE = "jobs:write": "Retry and discard background jobs";
    AUDIT_READ = "audit:read": "Read who changed what";
    LOGS_READ = "logs:read": "Read which requests were made and how they were answered";
    MEMBERS_READ = "members:read": "Read members and invitations";
    MEMBERS_WRITE = "members:write": "Invite and remove members, change their roles, rename the organization";
    PROFILE_READ = "profile:read": "See one's own keys, sessions and connected assistants";
    PROFILE_WRITE = "profile:write": "Create and revoke one's own keys, sessions and connected assistants";
    API_KEYS_READ = "api_keys:read": "Read API keys, never their secrets";
    API_KEYS_WRITE = "api_keys:write": "Create, rotate and revoke API keys";
}

/// What areas declare beside the published scopes. Names of permissions are the program's, not a server's, and so they
/// are declared for the whole process.
static DECLARED: RwLock<Vec<(Scope, &str)>> = RwLock::new(Vec::new());

/// Adds scopes of an area, once each.
pub fn declare(scopes: &'static [(Scope, &'static str)]) {
    let mut declared = DECLARED.write().unwrap_or_else(PoisonError::into_inner);
    for scope in scopes {
        if !CATALOGUE.iter().chain(declared.iter()).any(|(known, _)| *known == scope.0) {
            declared.push(*scope);
        }
    }
}

/// Every scope with what it allows, in the order it is shown: the published ones, then those of areas.
#[must_use]
pub fn all() -> Vec<(Scope, &'static str)> {
    let declared = DECLARED.read().unwrap_or_else(PoisonError::into_inner);
    CATALOGUE.iter().chain(declared.iter()).copied().collect()
}

/// Seed 000's areas and what each stands for.
pub const PRESETS: &[(&str, &[&str])] = &[
    ("contacts", &["contacts:read", "contacts:write"]),
    ("companies", &["companies:read", "companies:write"]),
    (
        "lists",
        &[
            "lists:read",
            "lists:write",
            "contact_lists:read",
            "contact_lists:write",
            "account_lists:read",
            "account_lists:write",
        ],
    ),
    ("pipeline", &["deals:read", "deals:write", "pipelines:read", "pipelines:write"]),
    ("sequences", &["sequences:read", "sequences:write"]),
    ("analytics", &["analytics:read", "activities:read"]),
    ("full_access", &["*"]),
];

/// The areas among what scopes were chosen by, for display.
#[must_use]
pub fn areas(names: &[String]) -> Vec<String> {
    let is_area = |name: &&String| PRESETS.iter().any(|preset| preset.0.eq_ignore_ascii_case(name));
    names.iter().filter(is_area).map(|name| name.to_lowercase()).collect()
}

/// What only administrators do (contract/platform.md §2.5: keys and integrations are theirs).
const FOR_ADMINS: &[Scope] = &[
    Scope::MEMBERS_WRITE,
    Scope::API_KEYS_READ,
    Scope::API_KEYS_WRITE,
    Scope::WEBHOOKS_WRITE,
    Scope::JOBS_WRITE,
    Scope::AUDIT_READ,
];

/// The scopes a key holds: names, `resource:*` and `*`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scopes(BTreeSet<String>);

impl Scopes {
    /// Reads names, wildcards and areas.
    ///
    /// # Errors
    /// The names that mean nothing.
    pub fn parse<S: AsRef<str>>(names: &[S]) -> Result<Self, Vec<String>> {
        let (mut held, mut unknown) = (BTreeSet::new(), Vec::new());
        for name in names.iter().map(|name| name.as_ref().trim()) {
            match PRESETS.iter().find(|preset| preset.0.eq_ignore_ascii_case(name)) {
                Some((_, expanded)) => held.extend(expanded.iter().map(ToString::to_string)),
                None if is_known(name) => drop(held.insert(name.to_owned())),
                None => unknown.push(name.to_owned()),
            }
        }
        if unknown.is_empty() { Ok(Self(held)) } else { Err(unknown) }
    }

    /// Scopes as they were stored; a name that a newer release wrote grants nothing here.
    #[must_use]
    pub fn stored(names: Vec<String>) -> Self {
        Self(names.into_iter().collect())
    }

    /// Whether this exact permission is held.
    #[must_use]
    pub fn allows(&self, scope: Scope) -> bool {
        self.holds(scope.0)
    }

    fn holds(&self, name: &str) -> bool {
        let resource = name.split(':').next().unwrap_or_default();
        self.0.contains("*") || self.0.contains(name) || self.0.contains(&format!("{resource}:*"))
    }

    /// The scopes of `wanted` that are not held here; empty when a key may mint the other.
    #[must_use]
    pub fn lacking(&self, wanted: &Self) -> Vec<String> {
        wanted.0.iter().filter(|name| !self.holds(name)).cloned().collect()
    }

    /// The most that a member in this role may do, whatever else their key says.
    #[must_use]
    pub fn of_role(role: Role) -> Self {
        let may = |scope: Scope| match role {
            Role::Admin => true,
            Role::Member => !FOR_ADMINS.contains(&scope),
            Role::ReadOnly => {
                scope == Scope::PROFILE_WRITE || (scope.0.ends_with(":read") && !FOR_ADMINS.contains(&scope))
            }
        };
        if role == Role::Admin {
            return Self(["*".to_owned()].into());
        }
        Self(all().iter().filter(|(scope, _)| may(*scope)).map(|(scope, _)| scope.0.to_owned()).collect())
    }

    /// The part of these scopes that `most` holds, too.
    #[must_use]
    pub fn within(&self, most: &Self) -> Self {
        if most.0.contains("*") {
            return self.clone();
        }
        let all = all();
        let both = all.iter().map(|(scope, _)| scope.0);
        Self(both.filter(|name| self.holds(name) && most.holds(name)).map(str::to_owned).collect())
    }

    /// The names, sorted.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.0.iter().cloned().collect()
    }
}

fn is_known(name: &str) -> bool {
    let resource_of = |scope: Scope| scope.0.split(':').next().unwrap_or_default();
    name == "*"
        || all()
            .iter()
            .any(|(scope, _)| scope.0 == name || name.strip_suffix(":*") == Some(resource_of(*scope)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fifteen_of_seed_002_and_the_seven_areas_are_known() {
        let fifteen = "contacts:read contacts:write sequences:read sequences:write contact_lists:read \
            contact_lists:write account_lists:read account_lists:write activities:read webhooks:read \
            webhooks:write exclusions:read exclusions:write tasks:read tasks:write";
        let names: Vec<&str> = fifteen.split_whitespace().collect();
        assert_eq!(Scopes::parse(&names).unwrap().names().len(), 15);
        let areas = ["Contacts", "companies", "lists", "pipeline", "sequences", "analytics", "full_access"];
        assert!(Scopes::parse(&areas).unwrap().names().contains(&"*".to_owned()));
    }

    #[test]
    fn unknown_names_are_all_reported() {
        let unknown = Scopes::parse(&["contacts:read", "contacts:fly", "moon:*"]).unwrap_err();
        assert_eq!(unknown, ["contacts:fly", "moon:*"]);
    }

    #[test]
    fn a_wildcard_covers_its_resource_and_no_other() {
        let held = Scopes::parse(&["contacts:*"]).unwrap();
        assert!(held.allows(Scope::CONTACTS_WRITE) && !held.allows(Scope::COMPANIES_READ));
        assert_eq!(held.lacking(&Scopes::parse(&["contacts:read", "*"]).unwrap()), ["*"]);
    }

    #[test]
    fn nobody_may_more_than_their_role() {
        let all = Scopes::of_role(Role::Admin);
        assert_eq!(all.names(), ["*"]);
        let member = all.within(&Scopes::of_role(Role::Member));
        assert!(member.allows(Scope::CONTACTS_WRITE) && !member.allows(Scope::API_KEYS_WRITE));
        let reader =
            Scopes::parse(&["contacts:*", "tasks:write"]).unwrap().within(&Scopes::of_role(Role::ReadOnly));
        assert_eq!(reader.names(), ["contacts:read"]);
        assert!(Scopes::of_role(Role::ReadOnly).allows(Scope::PROFILE_WRITE));
    }

    #[test]
    fn write_does_not_imply_read() {
        assert!(!Scopes::parse(&["contacts:write"]).unwrap().allows(Scope::CONTACTS_READ));
    }
}
