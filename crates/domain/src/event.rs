//! What happened, in the words of seed 000. An event commits with the change that caused it.

use serde_json::Value;

/// One thing that happened to one record.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// The published name, as `contact.created`.
    pub name: &'static str,
    /// The record it is about.
    pub subject: String,
    /// The record as it is after the change.
    pub data: Value,
}

/// A new contact was added.
pub const CONTACT_CREATED: &str = "contact.created";
/// A contact record was modified.
pub const CONTACT_UPDATED: &str = "contact.updated";
/// A contact was deleted.
pub const CONTACT_DELETED: &str = "contact.deleted";
/// A contact was erased for good; the event says nothing of whom.
pub const CONTACT_ERASED: &str = "contact.erased";
/// A new company was added.
pub const COMPANY_CREATED: &str = "company.created";
/// A company record was modified.
pub const COMPANY_UPDATED: &str = "company.updated";
/// A company was deleted.
pub const COMPANY_DELETED: &str = "company.deleted";
