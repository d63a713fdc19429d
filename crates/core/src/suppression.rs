//! Whether somebody may be written to: **every sender asks here, at the moment it sends**, whatever list or
//! sequence it sends for.
//!
//! Somebody is excluded by any of their names: e-mail addresses, LinkedIn address, phone numbers, the id of
//! the contact, the domain of an address or of the company (a domain stands for all below it). What has
//! come to its end excludes nobody, and somebody who was erased is excluded for good.

use crate::erasure::erased_from;
use crate::{App, Ctx};
use g8_domain::{
    Result, Ts,
    record::{Category, Channel, Contact, Exclusion, Reason},
    value,
};
use g8_storage::{Session, exclusions};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// By whom, for which channel and when somebody is asked for.
pub struct SuppressionCheck<'a> {
    /// The product.
    pub app: &'a App,
    /// Who wants to write.
    pub org: Uuid,
    /// How.
    pub channel: Channel,
    /// When.
    pub now: Ts,
}

impl<'a> SuppressionCheck<'a> {
    /// For the caller of an operation.
    #[must_use]
    pub fn of(ctx: &'a Ctx, channel: Channel) -> Self {
        Self { app: &ctx.app, org: ctx.org(), channel, now: ctx.now() }
    }
}

/// Somebody, by all the names that are known of them; each in canonical form ([`value`]).
#[derive(Debug, Clone, Default)]
pub struct Recipient {
    /// The contact.
    pub contact_id: Option<i64>,
    /// Work and private addresses.
    pub emails: Vec<String>,
    /// LinkedIn profile.
    pub linkedin_url: Option<String>,
    /// Phone numbers.
    pub phones: Vec<String>,
    /// Domain of the company.
    pub domain: Option<String>,
}

impl Recipient {
    /// Everything that is known of a contact.
    #[must_use]
    pub fn from_contact(contact: &Contact) -> Self {
        let phones = [&contact.direct_phone, &contact.mobile_phone].into_iter().flatten();
        let emails = contact.work_email.iter().chain(&contact.personal_emails);
        Self {
            contact_id: Some(contact.id),
            emails: emails.map(|email| value::email(email).unwrap_or_else(|_| email.clone())).collect(),
            linkedin_url: contact.linkedin_url.clone(),
            phones: phones.filter_map(|phone| value::phone(phone).ok()).collect(),
            domain: contact.company_domain.clone(),
        }
    }

    /// The names that stand for this person alone.
    #[must_use]
    pub fn own_names(&self) -> Vec<String> {
        let emails = self.emails.iter().map(|email| format!("email:{email}"));
        let phones = self.phones.iter().map(|phone| format!("phone:{phone}"));
        let linkedin = self.linkedin_url.iter().map(|url| format!("linkedin:{url}"));
        let contact = self.contact_id.iter().map(|id| format!("contact:{id}"));
        emails.chain(phones).chain(linkedin).chain(contact).collect()
    }

    /// Every name that they are excluded by.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let hosts = self.emails.iter().filter_map(|email| Some(email.rsplit_once('@')?.1));
        let domains: BTreeSet<&str> = hosts.chain(self.domain.as_deref()).flat_map(and_above).collect();
        let domains = domains.into_iter().map(|domain| format!("domain:{domain}"));
        self.own_names().into_iter().chain(domains).collect()
    }
}

/// A domain and those it is part of: `mail.example.com`, `example.com`.
fn and_above(domain: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(domain), |domain| Some(domain.split_once('.')?.1))
        .take_while(|domain| domain.contains('.'))
}

/// Why somebody may not be written to.
#[derive(Debug, Clone, PartialEq)]
pub struct Excluded {
    /// The exclusion; none for somebody who was erased.
    pub exclusion: Option<Exclusion>,
    /// Why.
    pub reason: Reason,
    /// Who wanted it.
    pub category: Category,
    /// Until when; for good when none.
    pub until: Option<Ts>,
}

impl From<Exclusion> for Excluded {
    fn from(one: Exclusion) -> Self {
        Self { reason: one.reason, category: one.category, until: one.until, exclusion: Some(one) }
    }
}

impl Excluded {
    /// What is said of somebody who was erased.
    fn erased() -> Self {
        let reason = Reason::ContactRefused;
        Self { exclusion: None, reason, category: reason.category(), until: None }
    }

    /// Those that hold longest first: for good before for a while, the person's own wish before ours.
    fn weight(&self) -> (Option<Ts>, bool) {
        (self.until, self.category != Category::ContactInitiated)
    }
}

/// Whether somebody may not be written to, and why: two statements on indexes.
///
/// # Errors
/// The database refused. Then nothing may be sent, either.
pub async fn is_excluded(
    check: &SuppressionCheck<'_>,
    on: &mut impl Session,
    who: &Recipient,
) -> Result<Option<Excluded>> {
    Ok(are_excluded(check, on, std::slice::from_ref(who)).await?.pop().flatten())
}

/// The same for many at once, an answer for each in their order: as many statements as for one, for every
/// 512 names.
///
/// # Errors
/// The database refused. Then nothing may be sent, either.
pub async fn are_excluded(
    check: &SuppressionCheck<'_>,
    on: &mut impl Session,
    who: &[Recipient],
) -> Result<Vec<Option<Excluded>>> {
    let names: BTreeSet<String> = who.iter().flat_map(Recipient::names).collect();
    let mut found: HashMap<String, Excluded> = HashMap::new();
    for named in exclusions::named(on, check.org, names.into_iter().collect(), check.now).await? {
        if !named.exclusion.channel.covers(check.channel) {
            continue;
        }
        let one = Excluded::from(named.exclusion);
        match found.get_mut(&named.subject) {
            Some(known) if one.weight() < known.weight() => *known = one,
            Some(_) => {}
            None => drop(found.insert(named.subject, one)),
        }
    }
    let addresses: BTreeSet<&str> = who.iter().flat_map(addresses).collect();
    let erased = erased_from(check.app, on, check.org, addresses.into_iter().collect()).await?;
    let verdict = |one: &Recipient| {
        if addresses_of(one).any(|address| erased.contains(address)) {
            return Some(Excluded::erased());
        }
        let hits = one.names().into_iter().filter_map(|name| found.get(&name).cloned());
        hits.min_by_key(Excluded::weight)
    };
    Ok(who.iter().map(verdict).collect())
}

fn addresses(one: &Recipient) -> Vec<&str> {
    addresses_of(one).collect()
}

fn addresses_of(one: &Recipient) -> impl Iterator<Item = &str> {
    one.emails.iter().chain(&one.linkedin_url).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_stands_for_all_below_it() {
        let ann = Recipient { emails: vec!["ann@mail.example.com".into()], ..Recipient::default() };
        let expected = ["email:ann@mail.example.com", "domain:example.com", "domain:mail.example.com"];
        assert_eq!(ann.names(), expected);
    }
}
