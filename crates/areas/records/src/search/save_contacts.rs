//! `POST /search/contacts/save`

use super::conditions;
use super::save::{Input, NONE, Saved, save};
use g8_core::{Ctx, Operation, Spec, ToolAudience, Verb};
use g8_domain::{Result, Scope, record::Subject};
use g8_storage::contacts;

/// Put the contacts that meet conditions on a new list.
pub struct SaveContactSearch;

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
        let found = contacts::page(&mut ctx.db(), ctx.org(), search.into(), &NONE).await?.1.n;
        save(ctx, Subject::Contact, input, found).await
    }
}
