//! `GET /contacts`

use super::ContactRow;
use crate::{
    column,
    criteria::{Criterion, conditions},
};
use g8_core::{Ctx, Operation, Paging, Spec, ToolAudience, Verb};
use g8_domain::{Page, Result, Scope, record::Subject, value};
use g8_storage::{
    Slice,
    contacts::{self, ContactFilter},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Find contacts.
pub struct ListContacts;

/// Which contacts; every filter that is given must hold.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "Filters")]
pub struct ContactFilters {
    /// Exact work e-mail address
    #[schemars(length(max = 254))]
    pub email: Option<String>,
    /// Members of this list
    pub list_id: Option<i64>,
    /// Part of the first or last name
    #[schemars(length(max = 255))]
    pub name: Option<String>,
    /// Part of the job title
    #[schemars(length(max = 255))]
    pub job_title: Option<String>,
    /// Exact seniority, as C-Suite, VP, Director, Manager
    #[schemars(length(max = 64), extend("x-alias" = ["seniority"]))]
    pub seniority_level: Option<String>,
    /// Part of the company's name
    #[schemars(length(max = 255), extend("x-alias" = ["company"]))]
    pub company_name: Option<String>,
    /// Contacts of this company
    pub company_id: Option<i64>,
    /// Exact country
    #[schemars(length(max = 255))]
    pub country: Option<String>,
    /// Exact state or region
    #[schemars(length(max = 255))]
    pub state: Option<String>,
    /// Part of the city
    #[schemars(length(max = 255))]
    pub city: Option<String>,
    /// Part of the department
    #[schemars(length(max = 255))]
    pub job_department: Option<String>,
    /// Part of the company's industry
    #[schemars(length(max = 255))]
    pub industry: Option<String>,
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
    /// The filter as the database is asked for it.
    pub(crate) async fn filter(self, ctx: &Ctx) -> Result<ContactFilter> {
        let filters = self;
        let search =
            conditions(ctx, Subject::Contact, filters.filters.as_deref().unwrap_or_default()).await?;
        Ok(ContactFilter {
            email: filters.email.map(|email| value::email(&email).unwrap_or(email)),
            list_id: filters.list_id,
            name: filters.name,
            job_title: filters.job_title,
            seniority_level: filters.seniority_level,
            company_name: filters.company_name,
            company_id: filters.company_id,
            country: filters.country,
            state: filters.state,
            city: filters.city,
            job_department: filters.job_department,
            industry: filters.industry,
            search,
        })
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
        page(ctx, paging, input.filter(ctx).await?, custom).await
    }
}

/// A page of the contacts that meet a filter.
pub(crate) async fn page(
    ctx: &Ctx,
    paging: Paging,
    filter: ContactFilter,
    custom: bool,
) -> Result<Page<ContactRow>> {
    let slice = paging.slice::<i64>(ctx)?;
    let rows = contacts::page(&mut ctx.db(), ctx.org(), filter, &slice).await?;
    let mut page = paging.page(ctx, rows, |contact| contact.id).map(ContactRow::from);
    if custom {
        show_custom(ctx, &mut page.data).await?;
    }
    Ok(page)
}

/// The rows of a slice with their custom fields, uncounted.
pub(crate) async fn rows(ctx: &Ctx, filter: ContactFilter, slice: &Slice) -> Result<Vec<ContactRow>> {
    let rows = contacts::slice(&mut ctx.db(), ctx.org(), filter, slice).await?;
    let mut rows: Vec<ContactRow> = rows.into_iter().map(ContactRow::from).collect();
    show_custom(ctx, &mut rows).await?;
    Ok(rows)
}

async fn show_custom(ctx: &Ctx, rows: &mut [ContactRow]) -> Result<()> {
    let rows = rows.iter_mut().map(|row| (row.id, &mut row.custom_fields));
    column::show(ctx, Subject::Contact, rows.collect()).await
}
