//! A remark on a contact or a company.

use super::words;
use crate::Ts;
use uuid::Uuid;

words! {
    /// What a note or a custom field belongs to.
    Subject {
        /// A person.
        Contact = "contact",
        /// A company.
        Company = "company",
    }
}

impl Subject {
    /// What several are called.
    #[must_use]
    pub fn plural(self) -> &'static str {
        match self {
            Self::Contact => "contacts",
            Self::Company => "companies",
        }
    }
}

/// A note as stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    pub id: Uuid,
    pub org_id: Uuid,
    pub entity_type: Subject,
    pub entity_id: i64,
    pub content: String,
    pub created_by: Option<Uuid>,
    pub created_by_name: Option<String>,
    pub created_at: Ts,
    pub updated_at: Ts,
}
