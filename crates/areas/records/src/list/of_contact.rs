//! `GET /contacts/{contact_id}/lists`

use super::ListView;
use crate::membership::{READ, visible};
use g8_core::{Ctx, Operation, Paging, Spec, Verb};
use g8_domain::{Error, Page, Result, record::Subject};
use g8_storage::{contacts, lists};
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
        let (org, id) = (ctx.org(), input.contact_id);
        if contacts::get(&mut ctx.db(), org, id).await?.is_none() {
            return Err(Error::not_found("contact", id));
        }
        let slice = input.paging.slice::<i64>(ctx)?;
        let rows = lists::page_of(&mut ctx.db(), org, visible(ctx), (Subject::Contact, id), &slice).await?;
        Ok(input.paging.page(ctx, rows, |list| list.id).map(ListView::from))
    }
}
