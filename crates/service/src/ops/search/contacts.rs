//! `POST /search/contacts`

use super::{Criterion, FoundContact, LIMIT, filter::conditions};
use crate::{Ctx, Effect, Mode, Operation, Paging, Spec, Verb};
use g8_domain::{Page, Result, Scope, record::Subject};
use g8_storage::contacts::{self, ContactFilter};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Find contacts by conditions.
pub struct Contacts;

/// What they must meet, and which page.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct ContactsInput {
    /// Conditions, all of which must hold
    #[schemars(length(min = 1, max = 50))]
    pub filters: Vec<Criterion>,
    /// Page number, from 1
    #[schemars(range(min = 1, max = 100))]
    pub page: Option<i64>,
    /// Rows per page, 25 unless given; more than 200 is taken as 200
    #[schemars(range(min = 1))]
    pub limit: Option<i64>,
}

impl Operation for Contacts {
    const SPEC: Spec = Spec::on(Verb::Post, "/search/contacts", "search.contacts", &[Scope::CONTACTS_READ])
        .about("Find contacts by conditions on their fields, their company's and custom ones")
        .effect(Effect::Read)
        .page()
        .tool(Mode::Shared, &["g8_find_contacts"])
        .command(&["find-contacts"]);
    type Input = ContactsInput;
    type Output = Page<FoundContact>;

    async fn run(ctx: &Ctx, input: ContactsInput) -> Result<Page<FoundContact>> {
        let paging =
            Paging { page: input.page, limit: Some(input.limit.unwrap_or(LIMIT)), ..Paging::default() };
        let search = conditions(ctx, Subject::Contact, &input.filters).await?;
        let filter = ContactFilter { search, ..ContactFilter::default() };
        let rows = contacts::page(&mut ctx.db(), ctx.org(), filter, &paging.slice::<i64>(ctx)?).await?;
        Ok(paging.page(ctx, rows, |contact| contact.id).map(FoundContact::from))
    }
}
