//! `POST /privacy/export`

use super::Person;
use crate::{Ctx, Effect, Operation, Spec, Verb, ops::contact::ContactDetail};
use g8_domain::{Error, Result, Scope, Ts, record::DealRole};
use g8_storage::{companies, privacy};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

/// Show everything that is kept of a person.
pub struct Export;

/// Everything that is kept of a person, in a form that machines read (GDPR art. 20).
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Dossier {
    /// When it was put together
    pub exported_at: Ts,
    /// The organization that keeps it
    pub kept_by: String,
    /// Each record of the person, deleted ones too
    pub contacts: Vec<Kept>,
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
    /// Deals the person takes part in
    pub deals: Vec<KeptDeal>,
    pub events: Vec<KeptEvent>,
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

/// Something that happened to a person's record.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "a field that its name explains needs no second line")]
pub struct KeptEvent {
    pub name: String,
    #[schemars(extend("additionalProperties" = true))]
    pub data: Map<String, Value>,
    pub at: Ts,
}

impl Operation for Export {
    const SPEC: Spec = Spec::on(Verb::Post, "/privacy/export", "privacy.export", &[Scope::CONTACTS_READ])
        .about("Show everything that is kept of one person, by e-mail, LinkedIn address or id")
        .effect(Effect::Read)
        .command(&["export-person"]);
    type Input = Person;
    type Output = Dossier;

    async fn run(ctx: &Ctx, input: Person) -> Result<Dossier> {
        let mut contacts = Vec::new();
        for contact in input.contacts(ctx, &mut ctx.db()).await? {
            contacts.push(kept(ctx, contact).await?);
        }
        let (email, linkedin) = input.canonical()?;
        let addresses = [&email, &linkedin].into_iter().flatten().map(String::as_str).collect();
        let erased_before = !super::erased(ctx, &mut ctx.db(), addresses).await?.is_empty();
        if contacts.is_empty() && !erased_before {
            return Err(Error::not_found("record of", email.or(linkedin).unwrap_or_default()));
        }
        Ok(Dossier { exported_at: ctx.now(), kept_by: ctx.caller.org.name.clone(), contacts, erased_before })
    }
}

async fn kept(ctx: &Ctx, contact: g8_domain::record::Contact) -> Result<Kept> {
    let (id, org, on) = (contact.id, ctx.org(), &mut ctx.db());
    let company = match contact.company_id {
        Some(company) => companies::get(on, org, company).await?,
        None => None,
    };
    let values = privacy::values(on, org, id).await?;
    let notes = privacy::notes(on, org, id).await?;
    let lists = privacy::lists(on, org, id).await?;
    let deals = privacy::deals(on, org, id).await?;
    let events = privacy::events(on, org, id).await?;
    Ok(Kept {
        contact: ContactDetail::new(contact, company),
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
        deals: deals
            .into_iter()
            .map(|deal| KeptDeal {
                deal_id: deal.deal_id,
                name: deal.name,
                stage: deal.stage,
                role: deal.role,
            })
            .collect(),
        events: events
            .into_iter()
            .map(|event| KeptEvent {
                name: event.name,
                data: event.data.as_object().cloned().unwrap_or_default(),
                at: event.at,
            })
            .collect(),
    })
}
