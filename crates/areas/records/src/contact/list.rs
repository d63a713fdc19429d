//! `GET /contacts`

use super::ContactRow;
use crate::{
    criteria::{Criterion, conditions},
    record::page,
};
use g8_core::{Ctx, Operation, Paging, Spec, ToolAudience, Verb};
use g8_domain::{
    Page, Result, Scope,
    record::{Contact, ContactFilter, Subject},
    value,
};
use g8_storage::ListQuery;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Find contacts.
pub struct ListContacts;

/// Which contacts; every filter that is given must hold.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "Filters")]
pub struct ContactFilters {
    /// Filters by field.
    #[serde(flatten)]
    pub filter: ContactFilter,
    /// Conditions in the language of search, as a JSON list: [{"field": …, "operator": …, "value": […]}]
    #[schemars(length(max = 50))]
    pub filters: Option<Vec<Criterion>>,
    /// Whether to show custom fields
    pub include_custom_fields: Option<bool>,
    /// Which page
    #[serde(flatten)]
    pub paging: Paging,
}

impl ContactFilters {
    /// The same as the database is asked.
    pub(crate) async fn query(self, ctx: &Ctx) -> Result<ListQuery<ContactFilter>> {
        let search = conditions(ctx, Subject::Contact, &self.filters.unwrap_or_default()).await?;
        let email = self.filter.email.map(|email| value::email(&email).unwrap_or(email));
        Ok(ListQuery { filter: ContactFilter { email, ..self.filter }, search })
    }
}

impl Operation for ListContacts {
    const SPEC: Spec = Spec::on(Verb::Get, "/contacts", "contact.list", &[Scope::CONTACTS_READ])
        .about("Search contacts by e-mail, name, title, company, place or list")
        .page()
        .tool(ToolAudience::Shared, &["g8_search_contacts"])
        .resource("g8://contacts")
        .command(&["search-contacts", "contacts"]);
    type Input = ContactFilters;
    type Output = Page<ContactRow>;

    async fn run(ctx: &Ctx, input: ContactFilters) -> Result<Page<ContactRow>> {
        let custom = input.include_custom_fields == Some(true);
        let paging = input.paging.clone();
        page::<Contact>(ctx, paging, input.query(ctx).await?, custom).await
    }
}
