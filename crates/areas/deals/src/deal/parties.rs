//! Who takes part in a deal.

use g8_core::Ctx;
use g8_domain::{Error, Issue, Result, Scope, record::DealRole};
use g8_storage::{Tx, contacts, deal_contacts};
use serde_json::json;
use std::collections::BTreeMap;
use uuid::Uuid;

/// The most who take part in one deal.
const MOST: i64 = 200;

/// Who leaves a deal, who joins it, and what they have to say in it.
#[derive(Debug, Default)]
pub(super) struct Parties {
    pub remove: Vec<i64>,
    pub add: Vec<i64>,
    pub roles: Vec<(i64, Option<DealRole>)>,
}

impl Parties {
    /// Whether nothing is said of anybody.
    pub fn is_empty(&self) -> bool {
        self.remove.is_empty() && self.add.is_empty() && self.roles.is_empty()
    }

    /// Does it to a deal that is held, in this order: leave, join, roles.
    pub async fn apply(self, ctx: &Ctx, tx: &mut Tx, deal: Uuid) -> Result<()> {
        for contact in self.remove {
            deal_contacts::remove(tx, ctx.org(), deal, contact).await?;
        }
        for contact in self.add {
            join(ctx, tx, deal, contact).await?;
        }
        for (contact, role) in self.roles {
            if !deal_contacts::set_role(tx, ctx.org(), (deal, contact), role).await? {
                let message = format!(
                    "`contact_roles` names contact {contact}, who is not on the deal; add them by `add_contact_ids`."
                );
                return Err(Error::rule(message).with(json!({ "field": "contact_roles" })));
            }
        }
        let n = deal_contacts::count(tx, ctx.org(), deal).await?;
        if n > MOST {
            return Err(Error::rule(format!("A deal has at most {MOST} contacts; this would make {n}.")));
        }
        Ok(())
    }
}

/// Adds a contact to a deal that is held; says whether they are new there.
pub(super) async fn join(ctx: &Ctx, tx: &mut Tx, deal: Uuid, contact: i64) -> Result<bool> {
    // Who may not read people does not hear that somebody is there.
    if !ctx.caller.allows(Scope::CONTACTS_READ) {
        return Err(Error::not_found("contact", contact));
    }
    if deal_contacts::add(tx, ctx.org(), deal, contact, ctx.now()).await? {
        return Ok(true);
    }
    match contacts::get(tx, ctx.org(), contact).await? {
        Some(_) => Ok(false),
        None => Err(Error::not_found("contact", contact)),
    }
}

/// The roles that a request gives, by contact: every fault at once.
pub(super) fn roles(given: BTreeMap<String, Option<String>>) -> Result<Vec<(i64, Option<DealRole>)>> {
    let (mut roles, mut issues) = (Vec::new(), Vec::new());
    for (contact, word) in given {
        let field = format!("contact_roles.{contact}");
        match (contact.parse(), role(word.as_deref())) {
            (Ok(contact), Ok(role)) => roles.push((contact, role)),
            (Err(_), _) => issues.push(Issue::new(field, "must be the id of a contact")),
            (_, Err(problem)) => issues.push(Issue::new(field, problem)),
        }
    }
    if issues.is_empty() { Ok(roles) } else { Err(refused(&issues)) }
}

/// The role a word stands for; none for none and an empty one.
pub(super) fn role(word: Option<&str>) -> Result<Option<DealRole>, String> {
    let Some(word) = word.map(str::trim).filter(|word| !word.is_empty()) else { return Ok(None) };
    let unknown = || {
        let words: Vec<&str> = DealRole::ALL.into_iter().map(DealRole::word).collect();
        format!("must be one of {}, or null", words.join(", "))
    };
    DealRole::from_word(word).map(Some).ok_or_else(unknown)
}

/// Roles are refused as rules of the product (422), as published.
pub(super) fn refused(issues: &[Issue]) -> Error {
    let told = Error::invalid(issues);
    Error::rule(told.message).with(json!({ "issues": issues }))
}
