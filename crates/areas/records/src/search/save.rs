//! `POST /search/contacts/save` and `POST /search/companies/save`

use super::{Criterion, Fill, conditions};
use crate::list;
use g8_core::{Ctx, Operation, Spec, ToolAudience, Verb};
use g8_domain::{
    Error, Result, Scope,
    record::{ListKind, Subject},
};
use g8_storage::{
    Slice,
    companies::{self, CompanyFilter},
    contacts::{self, ContactFilter},
    lists,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Put the contacts that meet conditions on a new list.
pub struct SaveContactSearch;

/// Put the companies that meet conditions on a new list.
pub struct SaveCompanySearch;

/// What they must meet, and what the list is called.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
#[schemars(extend("x-ignored" = ["page", "limit"]))]
pub struct Input {
    /// Conditions, all of which must hold
    #[schemars(length(min = 1, max = 50))]
    pub filters: Vec<Criterion>,
    /// Title of the new list
    #[schemars(length(min = 1, max = 255), extend("x-alias" = ["title"]))]
    pub list_title: String,
    /// Most members, 1000 unless given
    #[schemars(range(min = 1, max = 10_000))]
    pub max_results: Option<i64>,
    /// Whether to only say how many there would be
    pub dry_run: Option<bool>,
}

/// The list that is being filled.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Saved {
    /// Id of the list; null in a dry run
    pub list_id: Option<i64>,
    /// Its title
    pub list_title: String,
    /// How many will be on it
    pub estimated_total: i64,
    /// processing, or dry_run
    pub status: String,
}

impl Operation for SaveContactSearch {
    const SPEC: Spec = Spec::on(
        Verb::Post,
        "/search/contacts/save",
        "search.save_contacts",
        &[Scope::LISTS_WRITE, Scope::CONTACT_LISTS_WRITE],
    )
    .about("Put the contacts that meet conditions on a new list")
    .accepted()
    .tool(ToolAudience::Shared, &["g8_build_contact_list"])
    .command(&["build-list"]);
    type Input = Input;
    type Output = Saved;

    async fn run(ctx: &Ctx, input: Input) -> Result<Saved> {
        ctx.caller.require(&[Scope::CONTACTS_READ])?;
        let search = conditions(ctx, Subject::Contact, &input.filters).await?;
        let filter = ContactFilter { search, ..ContactFilter::default() };
        let found = contacts::page(&mut ctx.db(), ctx.org(), filter, &NONE).await?.1.n;
        save(ctx, Subject::Contact, input, found).await
    }
}

impl Operation for SaveCompanySearch {
    const SPEC: Spec = Spec::on(
        Verb::Post,
        "/search/companies/save",
        "search.save_companies",
        &[Scope::LISTS_WRITE, Scope::ACCOUNT_LISTS_WRITE],
    )
    .about("Put the companies that meet conditions on a new list")
    .accepted()
    .command(&["build-company-list"]);
    type Input = Input;
    type Output = Saved;

    async fn run(ctx: &Ctx, input: Input) -> Result<Saved> {
        ctx.caller.require(&[Scope::COMPANIES_READ])?;
        let search = conditions(ctx, Subject::Company, &input.filters).await?;
        let filter = CompanyFilter { search, ..CompanyFilter::default() };
        let found = companies::page(&mut ctx.db(), ctx.org(), filter, &NONE).await?.1.n;
        save(ctx, Subject::Company, input, found).await
    }
}

/// Only the number is of interest.
const NONE: Slice = Slice { after: None, offset: 0, limit: 0 };

async fn save(ctx: &Ctx, subject: Subject, input: Input, found: i64) -> Result<Saved> {
    let most = input.max_results.unwrap_or(1000);
    let estimated_total = found.min(most);
    if input.dry_run == Some(true) {
        let status = "dry_run".to_owned();
        return Ok(Saved { list_id: None, list_title: input.list_title, estimated_total, status });
    }
    let mut tx = ctx.begin().await?;
    let list = lists::insert(&mut tx, &list::fresh(ctx, &input.list_title, ListKind::of(subject))?).await?;
    let list = list.ok_or_else(|| Error::internal("a list got no id"))?;
    lists::processing(&mut tx, ctx.org(), list, true).await?;
    let key_id = ctx.caller.key.id;
    tx.enqueue(&Fill { list, subject, criteria: input.filters, most, key_id }).await?;
    let status = "processing".to_owned();
    tx.commit(Saved { list_id: Some(list), list_title: input.list_title, estimated_total, status }).await
}
