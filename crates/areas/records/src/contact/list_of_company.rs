//! `GET /companies/{company_id}/contacts`

use super::ContactRow;
use crate::{
    criteria::{Criterion, conditions},
    record::page,
};
use g8_core::{Ctx, Operation, Paging, Spec, ToolAudience, Verb};
use g8_domain::{
    Error, Page, Result, Scope,
    record::{Contact, ContactFilter, Subject},
};
use g8_storage::{ListQuery, companies};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// List the people of a company.
pub struct ListContactsOfCompany;

/// Which company, and which of its people.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the company
    pub company_id: i64,
    /// Conditions in the language of search, as a JSON list: [{"field": …, "operator": …, "value": […]}]
    #[schemars(length(max = 50))]
    pub filters: Option<Vec<Criterion>>,
    /// Rows at most, 100 unless given; more than 200 is taken as 200
    #[schemars(range(min = 1))]
    pub limit: Option<i64>,
    /// Rows to skip
    #[schemars(range(min = 0, max = 1_000_000))]
    pub offset: Option<i64>,
    /// `next_cursor` of the page before; wins over `offset`
    #[schemars(length(max = 128))]
    pub cursor: Option<String>,
}

impl Operation for ListContactsOfCompany {
    const SPEC: Spec =
        Spec::on(Verb::Get, "/companies/{company_id}/contacts", "company.contacts", &[Scope::CONTACTS_READ])
            .about("List the contacts of a company")
            .page()
            .tool(ToolAudience::Shared, &["g8_get_company_contacts"])
            .command(&["company-contacts"]);
    type Input = Input;
    type Output = Page<ContactRow>;

    async fn run(ctx: &Ctx, input: Input) -> Result<Page<ContactRow>> {
        let id = input.company_id;
        companies::get(&mut ctx.db(), ctx.org(), id).await?.ok_or_else(|| Error::not_found("company", id))?;
        let paging = Paging {
            limit: Some(input.limit.unwrap_or(100)),
            cursor: input.cursor,
            page: None,
            skip: input.offset,
        };
        let search = conditions(ctx, Subject::Contact, &input.filters.unwrap_or_default()).await?;
        let filter = ContactFilter { company_id: Some(id), ..ContactFilter::default() };
        page::<Contact>(ctx, paging, ListQuery { filter, search }, false).await
    }
}
