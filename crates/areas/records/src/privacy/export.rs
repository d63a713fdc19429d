//! `POST /privacy/export`

use super::Person;
use crate::{contact::ContactDetail, exclusion::ExclusionView, person, record::NamedRecord};
use g8_core::{Ctx, DataSubject, Effect, Operation, Sections, Spec, Verb, suppression::Recipient};
use g8_domain::{
    Error, Result, Scope, Ts,
    record::{Contact, DealRole, TaskStatus},
};
use g8_storage::{exclusions, privacy};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use uuid::Uuid;

/// Show everything that is kept of a person.
pub struct ExportPerson;

/// Everything that is kept of a person, in a form that machines read (GDPR art. 20).
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Dossier {
    /// When it was put together
    pub exported_at: Ts,
    /// The organization that keeps it
    pub kept_by: String,
    /// Each record of the person, deleted ones too
    pub contacts: Vec<Kept>,
    /// Why the person is not written to, by any of their addresses
    pub exclusions: Vec<ExclusionView>,
    /// Whether the person was erased before
    pub erased_before: bool,
}

/// One record of a person and what hangs on it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct Kept {
    pub contact: ContactDetail,
    pub custom_fields: Map<String, Value>,
    pub notes: Vec<KeptNote>,
    /// Titles of the lists the person is on
    pub lists: Vec<String>,
    pub tasks: Vec<KeptTask>,
    /// Deals the person takes part in
    pub deals: Vec<KeptDeal>,
    pub events: Vec<KeptEvent>,
    /// What other areas keep, by section.
    #[serde(flatten)]
    #[schemars(skip)]
    pub more: Sections,
}

/// A deal that a person takes part in.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct KeptDeal {
    pub deal_id: Uuid,
    pub name: String,
    pub stage: String,
    /// What the person has to say in it
    pub role: Option<DealRole>,
}

/// A remark on a person.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct KeptNote {
    pub content: String,
    pub created_by: Option<String>,
    pub created_at: Ts,
}

/// Something to be done about a person.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct KeptTask {
    pub title: String,
    pub description: Option<String>,
    pub status: TaskStatus,
    pub due_date: Option<Ts>,
    pub created_by: Option<String>,
    pub created_at: Ts,
}

/// Something that happened to a person's record.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct KeptEvent {
    pub name: String,
    #[schemars(extend("additionalProperties" = true))]
    pub data: Map<String, Value>,
    pub at: Ts,
}

impl Operation for ExportPerson {
    const SPEC: Spec = Spec::on(Verb::Post, "/privacy/export", "privacy.export", &[Scope::CONTACTS_READ])
        .about("Show everything that is kept of one person, by e-mail, LinkedIn address or id")
        .effect(Effect::Read)
        .command(&["export-person"]);
    type Input = Person;
    type Output = Dossier;

    async fn run(ctx: &Ctx, input: Person) -> Result<Dossier> {
        // All of it or nothing: half an answer is none.
        for scope in [Scope::TASKS_READ, Scope::DEALS_READ, Scope::EXCLUSIONS_READ] {
            ctx.caller.require(&[scope])?;
        }
        let (email, linkedin) = input.canonical()?;
        let known = input.contacts(ctx, &mut ctx.db()).await?;
        let exclusions = excluded(ctx, names(&known, email.as_ref(), linkedin.as_ref())).await?;
        let mut contacts = Vec::new();
        for contact in known {
            contacts.push(kept(ctx, contact).await?);
        }
        let addresses = [&email, &linkedin].into_iter().flatten().map(String::as_str).collect();
        let erased_before = !person::erased(ctx, &mut ctx.db(), addresses).await?.is_empty();
        if contacts.is_empty() && exclusions.is_empty() && !erased_before {
            return Err(Error::not_found("record of", email.or(linkedin).unwrap_or_default()));
        }
        let kept_by = ctx.caller.org.name.clone();
        Ok(Dossier { exported_at: ctx.now(), kept_by, contacts, exclusions, erased_before })
    }
}

/// Every name of a person by which they may be excluded alone.
pub(super) fn names(contacts: &[Contact], email: Option<&String>, linkedin: Option<&String>) -> Vec<String> {
    let own = contacts.iter().flat_map(|contact| Recipient::from_contact(contact).own_names());
    let told = Recipient {
        emails: email.cloned().into_iter().collect(),
        linkedin_url: linkedin.cloned(),
        ..Recipient::default()
    };
    own.chain(told.own_names()).collect()
}

/// The exclusions that go by one of these names, those that have ended too.
async fn excluded(ctx: &Ctx, names: Vec<String>) -> Result<Vec<ExclusionView>> {
    let mut found: Vec<ExclusionView> = Vec::new();
    for named in exclusions::named(&mut ctx.db(), ctx.org(), names, Ts(i64::MIN)).await? {
        if found.iter().all(|one| one.id != named.exclusion.id) {
            found.push(named.exclusion.into());
        }
    }
    Ok(found)
}

async fn kept(ctx: &Ctx, contact: Contact) -> Result<Kept> {
    let (id, org, on) = (contact.id, ctx.org(), &mut ctx.db());
    let values = privacy::values(on, org, id).await?;
    let notes = privacy::notes(on, org, id).await?;
    let lists = privacy::lists(on, org, id).await?;
    let mut sections = ctx.app.export_person(DataSubject { org, contact: id }).await?;
    Ok(Kept {
        contact: contact.detail(ctx, on).await?,
        custom_fields: values.into_iter().map(|named| (named.name, named.value.into())).collect(),
        notes: notes
            .into_iter()
            .map(|note| KeptNote {
                content: note.content,
                created_by: note.created_by_name,
                created_at: note.created_at,
            })
            .collect(),
        lists: lists.into_iter().map(|list| list.title).collect(),
        tasks: section(&mut sections, "tasks")?,
        deals: section(&mut sections, "deals")?,
        events: section(&mut sections, "events")?,
        more: sections,
    })
}

/// Takes out of what the areas keep a section that has a type here; empty where no area has it.
fn section<T: DeserializeOwned>(sections: &mut Sections, name: &str) -> Result<Vec<T>> {
    let rows = sections.remove(name).unwrap_or_else(|| Value::Array(Vec::new()));
    serde_json::from_value(rows).map_err(Error::internal)
}
