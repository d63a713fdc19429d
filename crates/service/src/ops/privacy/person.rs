//! Whom a request is about, and who has asked to be forgotten.

use crate::{App, Ctx};
use g8_domain::{Error, Issue, Result, record::Contact, value};
use g8_storage::{Session, privacy};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use uuid::Uuid;

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
    pub(super) fn canonical(&self) -> Result<(Option<String>, Option<String>)> {
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

    /// Every contact of the person, deleted ones too.
    pub(super) async fn contacts(&self, ctx: &Ctx, on: &mut impl Session) -> Result<Vec<Contact>> {
        let (email, linkedin) = self.canonical()?;
        let mut found = Vec::new();
        if let Some(id) = self.contact_id {
            let contact = privacy::contact(on, ctx.org(), id).await?;
            found.push(contact.ok_or_else(|| Error::not_found("contact", id))?);
        }
        let named = |contact: &Contact| (contact.work_email.clone(), contact.linkedin_url.clone());
        let mut names: Vec<(Option<String>, Option<String>)> = found.iter().map(named).collect();
        names.push((email, linkedin));
        for (email, linkedin) in
            names.iter().filter(|(email, linkedin)| email.is_some() || linkedin.is_some())
        {
            found.extend(privacy::contacts(on, ctx.org(), email.as_deref(), linkedin.as_deref()).await?);
        }
        let mut seen = HashSet::new();
        found.retain(|contact| seen.insert(contact.id));
        Ok(found)
    }
}

/// The keyed hash of an address; nobody without the installation's secret can make or read it.
pub(super) fn digest(ctx: &Ctx, address: &str) -> Vec<u8> {
    keyed(&ctx.app, ctx.org(), address)
}

fn keyed(app: &App, org: Uuid, address: &str) -> Vec<u8> {
    app.pepper.mac("erasure", &[org.as_bytes().as_slice(), address.as_bytes()].concat()).to_vec()
}

/// Which of these addresses belong to people who were erased.
pub(crate) async fn erased(
    ctx: &Ctx,
    on: &mut impl Session,
    addresses: Vec<&str>,
) -> Result<HashSet<String>> {
    if ctx.caller.org.erasures == 0 || addresses.is_empty() {
        return Ok(HashSet::new());
    }
    erased_from(&ctx.app, on, ctx.org(), addresses).await
}

/// The same, for who works for an organization without being called by one: jobs and senders.
pub(crate) async fn erased_from(
    app: &App,
    on: &mut impl Session,
    org: Uuid,
    addresses: Vec<&str>,
) -> Result<HashSet<String>> {
    let digests: Vec<Vec<u8>> = addresses.iter().map(|address| keyed(app, org, address)).collect();
    let known: HashSet<Vec<u8>> = privacy::remembered(on, org, digests.clone()).await?.into_iter().collect();
    let erased = addresses.into_iter().zip(digests).filter(|(_, digest)| known.contains(digest));
    Ok(erased.map(|(address, _)| address.to_owned()).collect())
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
    email: Option<&String>,
    linkedin: Option<&String>,
) -> Result<()> {
    let fields = [("work_email", email), ("linkedin_url", linkedin)];
    let addresses = fields.iter().filter_map(|(_, address)| address.map(String::as_str)).collect();
    let erased = erased(ctx, on, addresses).await?;
    match fields.iter().find(|(_, address)| address.is_some_and(|address| erased.contains(address))) {
        Some((field, _)) => Err(Error::rule(format!("`{field}` {ERASED}."))),
        None => Ok(()),
    }
}
