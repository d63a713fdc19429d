//! What happens to lists.

use g8_core::{events, events::EXAMPLE};
use g8_domain::{
    Ts,
    event::Ref,
    record::{ListKind, Subject},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

events! {
    ListPayload, |list: &ListPayload| vec![Ref::List(list.id)], example => {
        ListCreated = "list.created": "A list was made";
        ListUpdated = "list.updated": "A list was renamed or described";
        ListDeleted = "list.deleted": "A list was deleted; its members stay";
    }
    Membership, membership, || Membership { list_id: 3, contact_ids: vec![42], company_ids: Vec::new() } => {
        ListMembersAdded = "list.members_added": "Records were put on a list";
        ListMembersRemoved = "list.members_removed": "Records were taken off a list";
    }
}

fn example() -> ListPayload {
    ListPayload {
        id: 3,
        title: "Spring fair".to_owned(),
        kind: ListKind::Contacts,
        source: "api".to_owned(),
        status: "completed".to_owned(),
        total: 1,
        is_dynamic: false,
        tags: Vec::new(),
        description: None,
        contact_count: 1,
        company_count: 0,
        created_at: EXAMPLE,
        created_by: Some("Ann".to_owned()),
        updated_at: EXAMPLE,
    }
}

/// Who came on a list, or off it.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Membership {
    /// Id of the list
    pub list_id: i64,
    /// Ids of people
    pub contact_ids: Vec<i64>,
    /// Ids of companies
    pub company_ids: Vec<i64>,
}

impl Membership {
    /// These records of one kind and their list.
    pub fn of(subject: Subject, list_id: i64, ids: Vec<i64>) -> Self {
        let (contact_ids, company_ids) = match subject {
            Subject::Contact => (ids, Vec::new()),
            Subject::Company => (Vec::new(), ids),
        };
        Self { list_id, contact_ids, company_ids }
    }
}

fn membership(changed: &Membership) -> Vec<Ref> {
    let contacts = changed.contact_ids.iter().copied().map(Ref::Contact);
    let companies = changed.company_ids.iter().copied().map(Ref::Company);
    std::iter::once(Ref::List(changed.list_id)).chain(contacts).chain(companies).collect()
}

/// A list as events say it. Version 1.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct ListPayload {
    pub id: i64,
    pub title: String,
    #[serde(rename = "type")]
    pub kind: ListKind,
    pub source: String,
    /// `completed`, or `processing` while it is being filled
    pub status: String,
    /// Members
    pub total: i64,
    pub is_dynamic: bool,
    pub tags: Vec<String>,
    pub description: Option<String>,
    pub contact_count: i64,
    pub company_count: i64,
    pub created_at: Ts,
    pub created_by: Option<String>,
    pub updated_at: Ts,
}
