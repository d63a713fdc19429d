//! `GET /activities`

use super::{
    ActivityView,
    view::{Asked, view},
    words::{ResourceType, Way, meant, of_category},
};
use g8_core::{Ctx, Operation, Paging, Spec, ToolAudience, Verb, events::Vocabulary};
use g8_domain::{Error, Page, Result, Scope, Ts};
use g8_storage::activities::{self, ActivityFilter};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// List what happened.
pub struct ListActivities;

/// Which activities; every condition must hold.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// About this contact
    #[schemars(extend("x-alias" = ["person_id"]))]
    pub contact_id: Option<i64>,
    /// About this company
    pub company_id: Option<i64>,
    /// About this deal
    pub deal_id: Option<Uuid>,
    /// What happened and how much of it.
    #[serde(flatten)]
    pub part: ActivityPart,
}

/// What happened, when, and how many rows.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Part")]
pub struct ActivityPart {
    /// A published event name, as contact.updated, what it happened to, as contact, or what happened, as updated
    #[schemars(length(max = 64), extend("x-alias" = ["event_type"]))]
    pub activity_type: Option<String>,
    /// What it is of
    pub resource_type: Option<ResourceType>,
    /// The way it went over
    pub channel: Option<Way>,
    /// Later than
    #[schemars(extend("x-alias" = ["since"]))]
    pub created_at_after: Option<Ts>,
    /// Earlier than
    #[schemars(extend("x-alias" = ["until"]))]
    pub created_at_before: Option<Ts>,
    /// Rows at most, 50 unless given; more than 200 is taken as 200
    #[schemars(range(min = 1))]
    pub limit: Option<i64>,
    /// `next_cursor` of the page before
    #[schemars(length(max = 128))]
    pub cursor: Option<String>,
}

impl Operation for ListActivities {
    const SPEC: Spec = Spec::on(Verb::Get, "/activities", "activity.list", &[Scope::ACTIVITIES_READ])
        .about("List what happened to contacts, companies, deals and tasks, newest first")
        .page()
        .tool(ToolAudience::Shared, &["g8_get_activities"])
        .command(&["activities"]);
    type Input = Input;
    type Output = Page<ActivityView>;

    async fn run(ctx: &Ctx, input: Input) -> Result<Page<ActivityView>> {
        let asked = Asked { contact: input.contact_id, company: input.company_id, deal: input.deal_id };
        page(ctx, asked, input.part).await
    }
}

/// A part of the stream about these records.
pub(super) async fn page(ctx: &Ctx, asked: Asked, part: ActivityPart) -> Result<Page<ActivityView>> {
    let contact = asked.contact.map(|id| format!("contact:{id}"));
    let company = asked.company.map(|id| format!("company:{id}"));
    let deal = asked.deal.map(|id| format!("deal:{id}"));
    let filter = ActivityFilter {
        about: [contact, deal, company].into_iter().flatten().collect(),
        names: names(ctx.app.registry.vocabulary(), part.activity_type.as_deref(), part.resource_type)?,
        channel: part.channel.map(Way::word),
        after: part.created_at_after,
        before: part.created_at_before,
    };
    let paging = Paging { limit: part.limit, cursor: part.cursor, page: None, skip: None };
    let slice = paging.slice::<Uuid>(ctx)?;
    let rows = activities::page(&mut ctx.db(), ctx.org(), filter, &slice).await?;
    Ok(paging.page(ctx, rows, |one| one.id).map(|one| view(ctx, asked, one)))
}

/// The names of events that are asked for; all when none is.
fn names(
    vocabulary: &Vocabulary,
    word: Option<&str>,
    of: Option<ResourceType>,
) -> Result<Option<Vec<&'static str>>> {
    let by_word = word.map(|word| meant(vocabulary, word));
    if by_word.as_ref().is_some_and(Vec::is_empty) {
        let told = "must be a published event name, or a part of one before or behind the dot";
        return Err(Error::field("activity_type", told));
    }
    let by_type = of.map(|of| of_category(vocabulary, of.category()));
    Ok(match (by_word, by_type) {
        (Some(some), Some(others)) => Some(some.into_iter().filter(|name| others.contains(name)).collect()),
        (some, others) => some.or(others),
    })
}
