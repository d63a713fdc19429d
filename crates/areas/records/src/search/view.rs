//! A person that a search finds, in the published shape; what is kept nowhere is null.

use crate::contact::ContactRow;
use g8_domain::record::Contact;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A person that was found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct FoundContact {
    #[serde(flatten)]
    pub row: ContactRow,
    pub middle_name: Option<String>,
    pub personal_emails: Vec<String>,
    pub role: Option<String>,
    pub linkedin_headline: Option<String>,
    pub company_country: Option<String>,
}

impl From<Contact> for FoundContact {
    fn from(mut contact: Contact) -> Self {
        Self {
            middle_name: None,
            personal_emails: std::mem::take(&mut contact.personal_emails),
            role: None,
            linkedin_headline: None,
            company_country: contact.company_country.take(),
            row: contact.into(),
        }
    }
}
