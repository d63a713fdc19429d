//! `GET /lists/{list_id}/contacts`

use crate::membership::{READ, members, open};
use crate::{
    contact::ContactRow,
    criteria::{Criterion, conditions},
    record::page,
};
use g8_core::{Ctx, Operation, Paging, Spec, Verb};
use g8_domain::{
    Page, Result,
    record::{Contact, ContactFilter, Subject},
};
use g8_storage::ListQuery;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// List the people on a list.
pub struct ListContactsOfList;

/// Which list, and which page of it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the list
    pub list_id: i64,
    /// Conditions in the language of search, as a JSON list: [{"field": …, "operator": …, "value": […]}]
    #[schemars(length(max = 50))]
    pub filters: Option<Vec<Criterion>>,
    /// Which page
    #[serde(flatten)]
    pub paging: Paging,
}

impl Operation for ListContactsOfList {
    const SPEC: Spec = Spec::on(Verb::Get, "/lists/{list_id}/contacts", "list.contacts", READ)
        .about("List the contacts on a list")
        .page()
        .command(&["list-contacts"]);
    type Input = Input;
    type Output = Page<ContactRow>;

    async fn run(ctx: &Ctx, input: Input) -> Result<Page<ContactRow>> {
        members(&open(ctx, &mut ctx.db(), input.list_id, READ).await?, Subject::Contact)?;
        let search = conditions(ctx, Subject::Contact, &input.filters.unwrap_or_default()).await?;
        let filter = ContactFilter { list_id: Some(input.list_id), ..ContactFilter::default() };
        page::<Contact>(ctx, input.paging, ListQuery { filter, search }, false).await
    }
}
