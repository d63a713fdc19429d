//! `GET /contacts/{contact_id}/lists`

use super::{ListView, of_record::of_record};
use crate::membership::READ;
use g8_core::{Ctx, Operation, Paging, Spec, Verb};
use g8_domain::{Page, Result, record::Subject};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// List the lists that a contact is on.
pub struct ListListsOfContact;

/// Which contact, and which page.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the contact
    pub contact_id: i64,
    /// Which page
    #[serde(flatten)]
    pub paging: Paging,
}

impl Operation for ListListsOfContact {
    const SPEC: Spec = Spec::on(Verb::Get, "/contacts/{contact_id}/lists", "list.list_of_contact", READ)
        .about("List the lists that a contact is on")
        .page()
        .command(&["contact-lists"]);
    type Input = Input;
    type Output = Page<ListView>;

    async fn run(ctx: &Ctx, input: Input) -> Result<Page<ListView>> {
        of_record(ctx, (Subject::Contact, input.contact_id), input.paging).await
    }
}
