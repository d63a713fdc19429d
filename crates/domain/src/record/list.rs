//! A named set of contacts or companies.

use super::{Subject, words};
use crate::Ts;
use uuid::Uuid;

words! {
    /// What a list is for (contract/rest.md §4).
    ListKind {
        /// People.
        Contacts = "contacts",
        /// Companies.
        Companies = "companies",
        /// People never to be written to.
        Suppression = "suppressions",
        /// Deals.
        Deals = "deals",
        /// Leads: people not yet qualified.
        Leads = "leads",
    }
}

impl ListKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Contacts, Self::Companies, Self::Suppression, Self::Deals, Self::Leads];

    /// Whether the members are companies.
    #[must_use]
    pub fn holds_companies(self) -> bool {
        self == Self::Companies
    }

    /// Whether the members are people.
    #[must_use]
    pub fn holds_contacts(self) -> bool {
        matches!(self, Self::Contacts | Self::Suppression | Self::Leads)
    }

    /// Whether the members are records of this kind.
    #[must_use]
    pub fn holds(self, subject: Subject) -> bool {
        match subject {
            Subject::Contact => self.holds_contacts(),
            Subject::Company => self.holds_companies(),
        }
    }

    /// The usual list of records of this kind.
    #[must_use]
    pub fn of(subject: Subject) -> Self {
        match subject {
            Subject::Contact => Self::Contacts,
            Subject::Company => Self::Companies,
        }
    }
}

/// A list as stored, with the number of its members.
#[derive(Debug, Clone, PartialEq)]
pub struct List {
    pub id: i64,
    pub org_id: Uuid,
    pub title: String,
    pub kind: ListKind,
    pub source: String,
    pub description: Option<String>,
    pub tags: Vec<String>,
    pub created_at: Ts,
    pub created_by: Option<String>,
    pub updated_at: Ts,
    /// 1 while it is being filled.
    pub processing: i64,
    /// Counted with the row, written nowhere.
    pub contact_count: i64,
    pub company_count: i64,
}
