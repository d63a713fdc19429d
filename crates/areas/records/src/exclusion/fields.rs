//! Whom an exclusion is for, as callers and files name them.

use g8_core::Ctx;
use g8_domain::{
    Issue, Ts,
    record::{Channel, Exclusion, ExclusionKind, Reason},
    value,
};

/// Names as they were given.
#[derive(Debug, Default)]
pub struct ExclusionNames {
    pub email: Option<String>,
    pub linkedin_url: Option<String>,
    pub phone: Option<String>,
    pub domain: Option<String>,
    pub contact_id: Option<i64>,
}

/// How and why.
#[derive(Debug, Clone)]
pub struct ExclusionTerms {
    pub channel: Channel,
    pub reason: Reason,
    pub until: Option<Ts>,
    pub message: Option<String>,
}

type Canonical = fn(&str) -> Result<String, String>;

impl ExclusionNames {
    /// An exclusion by these names in canonical form, or every fault of them.
    pub fn exclusion(self, ctx: &Ctx, terms: ExclusionTerms) -> Result<Exclusion, Vec<Issue>> {
        let mut issues = Vec::new();
        let mut read = |field: &str, given: Option<String>, canonical: Canonical| {
            let given = given.filter(|text| !text.trim().is_empty())?;
            canonical(&given).map_err(|problem| issues.push(Issue::new(field, problem))).ok()
        };
        let email = read("email", self.email, value::email);
        let linkedin_url = read("linkedin_url", self.linkedin_url, value::linkedin);
        let phone = read("phone", self.phone, value::phone);
        let domain = read("domain", self.domain, value::site);
        if terms.until.is_some_and(|until| until <= ctx.now()) {
            issues.push(Issue::new("until", "must be in the future"));
        }
        let person =
            email.is_some() || linkedin_url.is_some() || phone.is_some() || self.contact_id.is_some();
        if issues.is_empty() && !person && domain.is_none() {
            let told = "or `linkedin_url`, `phone` or `contact_id` is required; `domain` for a whole company";
            issues.push(Issue::new("email", told));
        }
        if !issues.is_empty() {
            return Err(issues);
        }
        Ok(Exclusion {
            id: ctx.id(),
            org_id: ctx.org(),
            kind: if person { ExclusionKind::Contact } else { ExclusionKind::Account },
            email,
            linkedin_url,
            phone,
            contact_id: self.contact_id,
            domain,
            channel: terms.channel,
            reason: terms.reason,
            category: terms.reason.category(),
            until: terms.until,
            message: terms.message.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()),
            created_by: Some(ctx.author()),
            created_at: ctx.now(),
            updated_at: ctx.now(),
        })
    }
}
