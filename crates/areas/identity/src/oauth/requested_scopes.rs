//! The scopes a program asks for.

use g8_domain::{Scope, Scopes, scope::all};

/// Scopes that programs send by habit and that mean nothing here.
const IDLE: &[&str] = &["offline_access", "openid", "profile", "email", "claudeai"];

/// Resources that no assistant is offered: accounts and keys are for people. One that asks for them by name gets
/// them, if the person's role and consent allow.
const FOR_PEOPLE: &[&str] = &["api_keys", "profile", "members", "jobs", "audit", "logs"];

/// The scopes that are offered, and meant where a program names none.
#[must_use]
pub fn offered() -> Vec<&'static str> {
    let kept = |scope: &Scope| !FOR_PEOPLE.contains(&scope.0.split(':').next().unwrap_or_default());
    all().into_iter().map(|(scope, _)| scope).filter(kept).map(|scope| scope.0).collect()
}

/// Reads a `scope` parameter: names, wildcards and areas.
///
/// # Errors
/// A name that means nothing.
pub(super) fn read(text: Option<&str>) -> Result<Option<Scopes>, Vec<String>> {
    let names = text.unwrap_or_default().split_whitespace();
    let names: Vec<&str> = names.filter(|name| !IDLE.contains(name)).collect();
    if names.is_empty() {
        return Ok(None);
    }
    Scopes::parse(&names).map(Some)
}

/// What is meant where nothing is named.
pub(super) fn default() -> Scopes {
    Scopes::stored(offered().into_iter().map(str::to_owned).collect())
}
