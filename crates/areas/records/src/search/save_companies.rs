//! `POST /search/companies/save`

use super::conditions;
use super::save::{Input, NONE, Saved, save};
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{Result, Scope, record::Subject};
use g8_storage::companies;

/// Put the companies that meet conditions on a new list.
pub struct SaveCompanySearch;

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
        let found = companies::page(&mut ctx.db(), ctx.org(), search.into(), &NONE).await?.1.n;
        save(ctx, Subject::Company, input, found).await
    }
}
