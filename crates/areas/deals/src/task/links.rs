//! The records that tasks are about: whether they are there, and what they are called.

use super::{
    RecordRef, TaskLinkView, TaskView,
    input::EntityType,
    view::{unnamed, view},
};
use g8_core::Ctx;
use g8_domain::{Error, Result, Scope, record::Task};
use g8_storage::{Session, companies, contacts, deals, tasks, users};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Refuses a record that is not there, or that the caller may not read; gives it as it is stored.
pub(super) async fn check(ctx: &Ctx, on: &mut impl Session, record: &RecordRef) -> Result<String> {
    let readable = match record.entity_type {
        EntityType::Contact => ctx.caller.allows(Scope::CONTACTS_READ),
        EntityType::Company => ctx.caller.allows(Scope::COMPANIES_READ),
        EntityType::Deal => ctx.caller.allows(Scope::DEALS_READ),
        _ => true,
    };
    // Without the scope to read it, it is not there.
    if readable { there(ctx, on, record).await } else { Err(missing(record)) }
}

/// Refuses a record that is not there; gives it as it is stored. One arm for each type of record.
pub(super) async fn there(ctx: &Ctx, on: &mut impl Session, record: &RecordRef) -> Result<String> {
    let (id, org) = (&record.entity_id.0, ctx.org());
    let uuid = || id.parse::<Uuid>().ok().filter(|uuid| uuid.to_string() == *id);
    let number = || id.parse::<i64>().ok().filter(|number| number.to_string() == *id);
    let found = match record.entity_type {
        EntityType::Contact => match number() {
            Some(id) => contacts::get(on, org, id).await?.is_some(),
            None => false,
        },
        EntityType::Company => match number() {
            Some(id) => companies::get(on, org, id).await?.is_some(),
            None => false,
        },
        EntityType::Deal => match uuid() {
            Some(deal) => deals::get(on, org, deal).await?.is_some(),
            None => false,
        },
        EntityType::TeamMember => match uuid() {
            Some(user) => users::member(on, user, org).await?.is_some(),
            None => false,
        },
        EntityType::Lead | EntityType::Application => {
            let kind = record.entity_type.word();
            let message = format!(
                "Tasks cannot be about a record of type {kind} yet; name a contact, a company or a deal."
            );
            return Err(Error::rule(message));
        }
    };
    if found { Ok(record.subject()) } else { Err(missing(record)) }
}

fn missing(record: &RecordRef) -> Error {
    Error::not_found(&record.entity_type.word().replace('_', " "), &record.entity_id.0)
}

/// Tasks with what they are about; records that are deleted are not shown.
pub(super) async fn show(ctx: &Ctx, on: &mut impl Session, all: Vec<Task>) -> Result<Vec<TaskView>> {
    let ids: Vec<Uuid> = all.iter().map(|task| task.id).collect();
    let mut links: HashMap<Uuid, Vec<String>> = HashMap::new();
    for link in tasks::links(on, ctx.org(), ids).await? {
        links.entry(link.task_id).or_default().push(link.subject);
    }
    let names = Names::read(ctx, on, links.values().flatten()).await?;
    let shown = |task: Task| {
        let links = links.remove(&task.id).unwrap_or_default();
        let links = links.iter().filter_map(|subject| names.link(ctx, subject)).collect();
        view(task, links)
    };
    Ok(all.into_iter().map(shown).collect())
}

/// One task with what it is about.
pub(super) async fn show_one(ctx: &Ctx, on: &mut impl Session, task: Task) -> Result<TaskView> {
    let shown = show(ctx, on, vec![task]).await?.into_iter().next();
    shown.ok_or_else(|| Error::internal("a task was lost on its way"))
}

/// What the records are called that are there.
struct Names(HashMap<String, Option<String>>);

impl Names {
    async fn read(ctx: &Ctx, on: &mut impl Session, all: impl Iterator<Item = &String>) -> Result<Self> {
        let (mut people, mut firms, mut names) = (HashSet::new(), HashSet::new(), HashMap::new());
        let mut pursued = HashSet::new();
        for subject in all {
            match subject.split_once(':') {
                Some(("contact", id)) => drop(id.parse::<i64>().map(|id| people.insert(id))),
                Some(("company", id)) => drop(id.parse::<i64>().map(|id| firms.insert(id))),
                Some(("deal", id)) => drop(id.parse::<Uuid>().map(|id| pursued.insert(id))),
                _ => drop(names.insert(subject.clone(), None)),
            }
        }
        let ids = |set: HashSet<i64>| set.into_iter().collect::<Vec<_>>();
        for person in contacts::get_many(on, ctx.org(), &ids(people)).await? {
            let name = person.full_name().or(person.work_email);
            names.insert(format!("contact:{}", person.id), name);
        }
        for firm in companies::get_many(on, ctx.org(), &ids(firms)).await? {
            names.insert(format!("company:{}", firm.id), firm.name.or(firm.domain));
        }
        for deal in deals::get_many(on, ctx.org(), &pursued.into_iter().collect::<Vec<_>>()).await? {
            names.insert(format!("deal:{}", deal.id), Some(deal.name));
        }
        Ok(Self(names))
    }

    /// A link to a record that is there, by name for those who may read it.
    fn link(&self, ctx: &Ctx, subject: &str) -> Option<TaskLinkView> {
        let name = self.0.get(subject)?;
        let link = unnamed(subject)?;
        let may = match link.entity_type.as_str() {
            "contact" => ctx.caller.allows(Scope::CONTACTS_READ),
            "company" => ctx.caller.allows(Scope::COMPANIES_READ),
            "deal" => ctx.caller.allows(Scope::DEALS_READ),
            _ => true,
        };
        Some(TaskLinkView { entity_label: name.clone().filter(|_| may), ..link })
    }
}
