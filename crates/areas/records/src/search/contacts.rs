//! `POST /search/contacts`

use super::{Conditions, FoundContact, conditions};
use g8_core::{Ctx, Effect, Operation, Spec, ToolAudience, Verb};
use g8_domain::{Page, Result, Scope, record::Subject};
use g8_storage::contacts;

/// Find contacts by conditions.
pub struct SearchContacts;

impl Operation for SearchContacts {
    const SPEC: Spec = Spec::on(Verb::Post, "/search/contacts", "search.contacts", &[Scope::CONTACTS_READ])
        .about("Find contacts by conditions on their fields, their company's and custom ones")
        .effect(Effect::Read)
        .page()
        .tool(ToolAudience::Shared, &["g8_find_contacts"])
        .command(&["find-contacts"]);
    type Input = Conditions;
    type Output = Page<FoundContact>;

    async fn run(ctx: &Ctx, input: Conditions) -> Result<Page<FoundContact>> {
        let paging = input.paging();
        let search = conditions(ctx, Subject::Contact, &input.filters).await?;
        let rows =
            contacts::page(&mut ctx.db(), ctx.org(), search.into(), &paging.slice::<i64>(ctx)?).await?;
        Ok(paging.page(ctx, rows, |contact| contact.id).map(FoundContact::from))
    }
}
