//! The fields of a contact that a caller can write, and what they must look like.

use g8_domain::{Error, Issue, Patch, record::Contact, value};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What can be written of a contact. A field left out stays; `null` or an empty text clears it.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ContactFields {
    /// Work e-mail address; unique within the organization
    #[schemars(length(max = 254), extend("x-alias" = ["email"]))]
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub work_email: Patch<String>,
    /// First name
    #[schemars(length(max = 255))]
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub first_name: Patch<String>,
    /// Last name
    #[schemars(length(max = 255))]
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub last_name: Patch<String>,
    /// Private e-mail addresses, up to 20
    #[schemars(length(max = 20))]
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub personal_emails: Patch<Vec<String>>,
    /// Direct phone
    #[schemars(length(max = 64))]
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub direct_phone: Patch<String>,
    /// Mobile phone
    #[schemars(length(max = 64))]
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub mobile_phone: Patch<String>,
    /// Job title
    #[schemars(length(max = 255))]
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub job_title: Patch<String>,
    /// Department
    #[schemars(length(max = 255))]
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub job_department: Patch<String>,
    /// Seniority, as C-Suite, VP, Director, Manager
    #[schemars(length(max = 64), extend("x-alias" = ["seniority"]))]
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub seniority_level: Patch<String>,
    /// LinkedIn profile; unique within the organization
    #[schemars(length(max = 500), extend("x-alias" = ["linkedin"]))]
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub linkedin_url: Patch<String>,
    /// Twitter or X profile
    #[schemars(length(max = 500))]
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub twitter_url: Patch<String>,
    /// Facebook profile
    #[schemars(length(max = 500))]
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub facebook_url: Patch<String>,
    /// Anything worth knowing
    #[schemars(length(max = 5000))]
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub about: Patch<String>,
    /// City
    #[schemars(length(max = 255))]
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub city: Patch<String>,
    /// State or region
    #[schemars(length(max = 255))]
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub state: Patch<String>,
    /// Country
    #[schemars(length(max = 255))]
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub country: Patch<String>,
    /// Domain of the company; one that is not known yet is added
    #[schemars(length(max = 500))]
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub company_domain: Patch<String>,
    /// Name of the company; used to find or add it
    #[schemars(length(max = 255), extend("x-alias" = ["company"]))]
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub company_name: Patch<String>,
    /// Id of the company; wins over its domain and name
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub company_id: Patch<i64>,
}

/// The company that a contact's fields ask for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Company {
    Keep,
    Clear,
    Id(i64),
    Known { domain: Option<String>, name: Option<String> },
}

impl ContactFields {
    /// Whether nothing was given.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        serde_json::to_value(self).is_ok_and(|value| value.as_object().is_some_and(serde_json::Map::is_empty))
    }

    /// The same fields in the form in which they are stored and compared.
    pub(crate) fn canonical(mut self) -> Result<Self, Vec<Issue>> {
        let mut issues = Vec::new();
        self.work_email = checked("work_email", self.work_email, value::email, &mut issues);
        self.linkedin_url = checked("linkedin_url", self.linkedin_url, value::linkedin, &mut issues);
        self.company_domain = checked("company_domain", self.company_domain, value::site, &mut issues);
        if let Patch::Set(emails) = &mut self.personal_emails {
            for (at, address) in emails.iter_mut().enumerate() {
                match value::email(address) {
                    Ok(canonical) => *address = canonical,
                    Err(problem) => issues.push(Issue::new(format!("personal_emails[{at}]"), problem)),
                }
            }
        }
        if issues.is_empty() { Ok(self) } else { Err(issues) }
    }

    /// The same fields in canonical form, if the person can be recognized by them.
    ///
    /// # Errors
    /// Every fault; neither an e-mail nor a LinkedIn address.
    pub(crate) fn recognizable(self) -> Result<Self, Error> {
        let fields = self.canonical().map_err(|issues| Error::invalid(&issues))?;
        if fields.work_email.value().is_none() && fields.linkedin_url.value().is_none() {
            return Err(Error::field("work_email", "or `linkedin_url` is required"));
        }
        Ok(fields)
    }

    /// Writes the fields into a contact; the company is the caller's work.
    pub(crate) fn apply(self, contact: &mut Contact) {
        self.work_email.apply(&mut contact.work_email);
        self.first_name.trimmed().apply(&mut contact.first_name);
        self.last_name.trimmed().apply(&mut contact.last_name);
        match self.personal_emails {
            Patch::Keep => {}
            Patch::Clear => contact.personal_emails.clear(),
            Patch::Set(emails) => contact.personal_emails = emails,
        }
        self.direct_phone.trimmed().apply(&mut contact.direct_phone);
        self.mobile_phone.trimmed().apply(&mut contact.mobile_phone);
        self.job_title.trimmed().apply(&mut contact.job_title);
        self.job_department.trimmed().apply(&mut contact.job_department);
        self.seniority_level.trimmed().apply(&mut contact.seniority_level);
        self.linkedin_url.apply(&mut contact.linkedin_url);
        self.twitter_url.trimmed().apply(&mut contact.twitter_url);
        self.facebook_url.trimmed().apply(&mut contact.facebook_url);
        self.about.trimmed().apply(&mut contact.about);
        self.city.trimmed().apply(&mut contact.city);
        self.state.trimmed().apply(&mut contact.state);
        self.country.trimmed().apply(&mut contact.country);
    }

    /// Every address by which the person may be known, with its field.
    pub(crate) fn addresses(&self) -> impl Iterator<Item = (&'static str, &String)> {
        let names = [("work_email", self.work_email.value()), ("linkedin_url", self.linkedin_url.value())];
        let private = self.personal_emails.value().into_iter().flatten();
        let private = private.map(|email| ("personal_emails", Some(email)));
        names.into_iter().chain(private).filter_map(|(field, address)| Some((field, address?)))
    }

    pub(crate) fn company(&self) -> Company {
        match (&self.company_id, &self.company_domain, &self.company_name.clone().trimmed()) {
            (Patch::Set(id), _, _) => Company::Id(*id),
            (Patch::Clear, _, _) => Company::Clear,
            (Patch::Keep, Patch::Keep, Patch::Keep) => Company::Keep,
            (Patch::Keep, domain, name) if domain.value().is_none() && name.value().is_none() => {
                Company::Clear
            }
            (Patch::Keep, domain, name) => {
                Company::Known { domain: domain.value().cloned(), name: name.value().cloned() }
            }
        }
    }
}

/// A text brought into its canonical form, or an issue.
pub(super) fn checked(
    field: &str,
    patch: Patch<String>,
    canonical: impl Fn(&str) -> Result<String, String>,
    issues: &mut Vec<Issue>,
) -> Patch<String> {
    match patch.trimmed() {
        Patch::Set(text) => match canonical(&text) {
            Ok(text) => Patch::Set(text),
            Err(problem) => {
                issues.push(Issue::new(field, problem));
                Patch::Keep
            }
        },
        other => other,
    }
}
