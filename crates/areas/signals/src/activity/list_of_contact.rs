//! `GET /contacts/{contact_id}/activities`

use super::{
    ActivityView,
    list::{ActivityPart, page},
    view::Asked,
};
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{Error, Page, Result, Scope};
use g8_storage::contacts;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// List what happened to a contact.
pub struct ListActivitiesOfContact;

/// Which contact, and what happened.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the contact
    pub contact_id: i64,
    /// What happened and how much of it.
    #[serde(flatten)]
    pub part: ActivityPart,
}

impl Operation for ListActivitiesOfContact {
    const SPEC: Spec = Spec::on(
        Verb::Get,
        "/contacts/{contact_id}/activities",
        "activity.of_contact",
        &[Scope::ACTIVITIES_READ],
    )
    .about("List what happened to a contact, newest first")
    .page()
    .command(&["contact-activity"]);
    type Input = Input;
    type Output = Page<ActivityView>;

    async fn run(ctx: &Ctx, input: Input) -> Result<Page<ActivityView>> {
        let id = input.contact_id;
        let there = contacts::get(&mut ctx.db(), ctx.org(), id).await?;
        there.ok_or_else(|| Error::not_found("contact", id))?;
        page(ctx, Asked { contact: Some(id), ..Asked::default() }, input.part).await
    }
}
