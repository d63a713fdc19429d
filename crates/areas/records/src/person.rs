//! Whom a request is about, and who has asked to be forgotten.

use g8_core::{Ctx, erasure::erased_from};
use g8_domain::{Error, Issue, Result, record::Contact, value};
use g8_storage::{Session, privacy};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// A person, by any of these.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Person {
    /// E-mail address, work or private
    #[schemars(length(max = 254))]
    pub email: Option<String>,
    /// LinkedIn profile
    #[schemars(length(max = 500))]
    pub linkedin_url: Option<String>,
    /// Id of a contact, deleted ones too
    pub contact_id: Option<i64>,
}

impl Person {
    /// The same in canonical form.
    ///
    /// # Errors
    /// Every fault; nothing is given.
    pub(crate) fn canonical(&self) -> Result<(Option<String>, Option<String>)> {
        let mut issues = Vec::new();
        let mut read =
            |field: &str, given: &Option<String>, canonical: fn(&str) -> Result<String, String>| {
                let result = given.as_deref().map(canonical).transpose();
                result.unwrap_or_else(|problem| {
                    issues.push(Issue::new(field, problem));
                    None
                })
            };
        let email = read("email", &self.email, value::email);
        let linkedin = read("linkedin_url", &self.linkedin_url, value::linkedin);
        if self.email.is_none() && self.linkedin_url.is_none() && self.contact_id.is_none() {
            issues.push(Issue::new("email", "or `linkedin_url` or `contact_id` is required"));
        }
        if issues.is_empty() { Ok((email, linkedin)) } else { Err(Error::invalid(&issues)) }
    }

    /// Every contact of the person, deleted ones too: those that any name leads to which leads to them.
    pub(crate) async fn contacts(&self, ctx: &Ctx, on: &mut impl Session) -> Result<Vec<Contact>> {
        let (email, linkedin) = self.canonical()?;
        let (mut found, mut seen, mut asked) = (Vec::new(), HashSet::new(), HashSet::new());
        let mut names: Vec<Name> =
            email.map(Name::Email).into_iter().chain(linkedin.map(Name::Linkedin)).collect();
        if let Some(id) = self.contact_id {
            let contact = privacy::contact(on, ctx.org(), id).await?;
            let contact = contact.ok_or_else(|| Error::not_found("contact", id))?;
            names.extend(Name::of(&contact));
            seen.insert(id);
            found.push(contact);
        }
        while let Some(name) = names.pop() {
            if !asked.insert(name.clone()) {
                continue;
            }
            for contact in privacy::contacts(on, ctx.org(), name.places()).await? {
                if seen.insert(contact.id) {
                    names.extend(Name::of(&contact));
                    found.push(contact);
                }
            }
        }
        Ok(found)
    }
}

/// What leads to a person's records.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Name {
    /// An address that is theirs, wherever it stands.
    Email(String),
    /// A private address, which others may share who are not this person: it leads to whose work it is.
    Private(String),
    Linkedin(String),
}

impl Name {
    fn of(contact: &Contact) -> Vec<Self> {
        let work = contact.work_email.clone().map(Self::Email);
        let private = contact.personal_emails.iter().cloned().map(Self::Private);
        work.into_iter().chain(contact.linkedin_url.clone().map(Self::Linkedin)).chain(private).collect()
    }

    /// The address, LinkedIn address and private address to look for.
    fn places(&self) -> (Option<&str>, Option<&str>, Option<&str>) {
        match self {
            Self::Email(email) => (Some(email), None, Some(email)),
            Self::Private(email) => (Some(email), None, None),
            Self::Linkedin(url) => (None, Some(url), None),
        }
    }
}

/// Which of these addresses belong to people who were erased. In a transaction it stays so to its end.
pub(crate) async fn erased(
    ctx: &Ctx,
    on: &mut impl Session,
    addresses: Vec<&str>,
) -> Result<HashSet<String>> {
    // What the caller came with may be old: a job goes on for long.
    if addresses.is_empty() || privacy::erasures(on, ctx.org()).await? == 0 {
        return Ok(HashSet::new());
    }
    erased_from(&ctx.app, on, ctx.org(), addresses).await
}

/// What is said of somebody who was erased, after the field's name.
pub(crate) const ERASED: &str =
    "belongs to a person who asked to be erased; POST /privacy/readmit once they agree";

/// Refuses a contact who was erased.
///
/// # Errors
/// 422 naming the address.
pub(crate) async fn refuse_erased(
    ctx: &Ctx,
    on: &mut impl Session,
    (email, linkedin): (Option<&String>, Option<&String>),
    private: &[String],
) -> Result<()> {
    if ctx.caller.org.erasures == 0 {
        return Ok(());
    }
    let named = [("work_email", email), ("linkedin_url", linkedin)];
    let named = named.into_iter().filter_map(|(field, address)| Some((field, address?)));
    let all: Vec<(&str, &String)> =
        named.chain(private.iter().map(|email| ("personal_emails", email))).collect();
    let addresses = all.iter().map(|(_, address)| address.as_str()).collect();
    let erased = erased_from(&ctx.app, on, ctx.org(), addresses).await?;
    match all.iter().find(|(_, address)| erased.contains(*address)) {
        Some((field, _)) => Err(Error::rule(format!("`{field}` {ERASED}."))),
        None => Ok(()),
    }
}
