//! `/contact-exclusions`

use super::{
    ExclusionNames, ExclusionTerms, ExclusionView, complete,
    list::{SortBy, SortOrder, page},
    one::{ExclusionInput, UpdateExclusionInput, change, delete, show, taken},
    somebody,
    write::add,
};
use g8_core::{Ctx, Deleted, Operation, Paging, Spec, ToolAudience, Verb};
use g8_domain::{
    Error, Page, Result, Scope, Ts,
    record::{Category, Channel, Exclusion, ExclusionKind, Reason},
    value,
};
use g8_storage::exclusions::{self, ExclusionFilter};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

const KIND: ExclusionKind = ExclusionKind::Contact;

/// List the exclusions of people.
pub struct ListContactExclusions;

/// Which exclusions; every condition must hold.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct ListContactExclusionsInput {
    /// E-mail address
    #[schemars(length(max = 254))]
    pub email: Option<String>,
    /// LinkedIn profile
    #[schemars(length(max = 500))]
    pub linkedin_url: Option<String>,
    /// Why
    pub reason: Option<Reason>,
    /// The ways they close
    pub channel: Option<Channel>,
    /// Who wanted them
    pub category: Option<Category>,
    /// Created later than
    pub created_at_after: Option<Ts>,
    /// Created earlier than
    pub created_at_before: Option<Ts>,
    /// Always by `created_at`
    pub sort_by: Option<SortBy>,
    /// Always the newest first
    pub sort_order: Option<SortOrder>,
    /// Which page
    #[serde(flatten)]
    pub paging: Paging,
}

impl Operation for ListContactExclusions {
    const SPEC: Spec =
        Spec::on(Verb::Get, "/contact-exclusions", "exclusion.list_of_contacts", &[Scope::EXCLUSIONS_READ])
            .about("List who is not to be written to, newest first")
            .page()
            .command(&["exclusions"]);
    type Input = ListContactExclusionsInput;
    type Output = Page<ExclusionView>;

    async fn run(ctx: &Ctx, input: ListContactExclusionsInput) -> Result<Page<ExclusionView>> {
        let email = input.email.map(|email| value::email(&email).unwrap_or(email));
        let linkedin = input.linkedin_url.map(|url| value::linkedin(&url).unwrap_or(url));
        let filter = ExclusionFilter {
            kind: Some(KIND),
            subject: email.map(|email| format!("email:{email}")),
            other_subject: linkedin.map(|url| format!("linkedin:{url}")),
            channel: input.channel,
            reason: input.reason,
            category: input.category,
            created_after: input.created_at_after,
            created_before: input.created_at_before,
            holds_at: None,
        };
        page(ctx, filter, &input.paging).await
    }
}

/// Exclude a person.
pub struct CreateContactExclusion;

/// Whom, how long and why; any one of the names is enough.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct CreateContactExclusionInput {
    /// E-mail address
    #[schemars(length(max = 254))]
    pub email: Option<String>,
    /// LinkedIn profile
    #[schemars(length(max = 500))]
    pub linkedin_url: Option<String>,
    /// Phone number
    #[schemars(length(max = 64))]
    pub phone: Option<String>,
    /// Id of a contact; the contact's addresses are excluded with it
    pub contact_id: Option<i64>,
    /// The ways to close; all unless given
    pub channel: Option<Channel>,
    /// Why
    pub reason: Reason,
    /// When it ends by itself; never unless given
    pub until: Option<Ts>,
    /// What else is to be said
    #[schemars(length(max = 2000))]
    pub message: Option<String>,
}

impl Operation for CreateContactExclusion {
    const SPEC: Spec = Spec::on(
        Verb::Post,
        "/contact-exclusions",
        "exclusion.create_of_contact",
        &[Scope::EXCLUSIONS_WRITE],
    )
    .about("Exclude a person from all outreach, for good or until a time")
    .created()
    .tool(ToolAudience::Shared, &["g8_exclude"])
    .command(&["exclude"]);
    type Input = CreateContactExclusionInput;
    type Output = ExclusionView;

    async fn run(ctx: &Ctx, input: CreateContactExclusionInput) -> Result<ExclusionView> {
        let terms = ExclusionTerms {
            channel: input.channel.unwrap_or(Channel::All),
            reason: input.reason,
            until: input.until,
            message: input.message,
        };
        let names = ExclusionNames {
            email: input.email,
            linkedin_url: input.linkedin_url,
            phone: input.phone,
            domain: None,
            contact_id: input.contact_id,
        };
        let mut one = names.exclusion(ctx, terms).map_err(|issues| Error::invalid(&issues))?;
        if let Some(id) = one.contact_id {
            complete(&mut one, &somebody(ctx, &mut ctx.db(), id).await?);
        }
        create(ctx, one).await
    }
}

/// Adds one that is new.
pub(super) async fn create(ctx: &Ctx, one: Exclusion) -> Result<ExclusionView> {
    let mut tx = ctx.begin().await?;
    match add(ctx, &mut tx, std::slice::from_ref(&one)).await?.pop() {
        Some(view) => tx.commit(view).await,
        None => {
            let other = exclusions::by_mark(&mut *tx, ctx.org(), &one.mark()).await?;
            Err(other.map_or_else(|| Error::internal("an exclusion was not written"), |other| taken(&other)))
        }
    }
}

/// Show an exclusion of a person.
pub struct GetContactExclusion;

impl Operation for GetContactExclusion {
    const SPEC: Spec = Spec::on(
        Verb::Get,
        "/contact-exclusions/{exclusion_id}",
        "exclusion.get_of_contact",
        &[Scope::EXCLUSIONS_READ],
    )
    .about("Show the exclusion of a person");
    type Input = ExclusionInput;
    type Output = ExclusionView;

    async fn run(ctx: &Ctx, input: ExclusionInput) -> Result<ExclusionView> {
        show(ctx, KIND, input.exclusion_id).await
    }
}

/// Change an exclusion of a person.
pub struct UpdateContactExclusion;

impl Operation for UpdateContactExclusion {
    const SPEC: Spec = Spec::on(
        Verb::Patch,
        "/contact-exclusions/{exclusion_id}",
        "exclusion.update_of_contact",
        &[Scope::EXCLUSIONS_WRITE],
    )
    .about("Change why, how long and with which message a person is excluded");
    type Input = UpdateExclusionInput;
    type Output = ExclusionView;

    async fn run(ctx: &Ctx, input: UpdateExclusionInput) -> Result<ExclusionView> {
        change(ctx, KIND, input).await
    }
}

/// Take back an exclusion of a person.
pub struct DeleteContactExclusion;

impl Operation for DeleteContactExclusion {
    const SPEC: Spec = Spec::on(
        Verb::Delete,
        "/contact-exclusions/{exclusion_id}",
        "exclusion.delete_of_contact",
        &[Scope::EXCLUSIONS_WRITE],
    )
    .about("Take back the exclusion of a person, whoever wanted it")
    .command(&["unexclude"]);
    type Input = ExclusionInput;
    type Output = Deleted;

    async fn run(ctx: &Ctx, input: ExclusionInput) -> Result<Deleted> {
        delete(ctx, KIND, input.exclusion_id).await
    }
}
