//! Writing many contacts at once: the same rules as one by one, with a statement for each step and not
//! for each contact.

use super::{ContactDetail, ContactFields};
use crate::{
    built_in::Company,
    column, company,
    events::{ContactCreated, ContactUpdated},
    membership,
    person::{ERASED, erased},
    upsert::{Custom, RowOutcome},
    upsert_batch::UpsertBatch,
};
use g8_core::Ctx;
use g8_domain::{
    Issue, Result,
    record::{Contact, Subject},
};
use g8_storage::{Tx, companies, contacts, lists};
use serde_json::json;
use std::collections::{HashMap, HashSet};

/// Adds or changes contacts of canonical fields, with an event for each; says of each row what
/// became of it.
pub(crate) async fn write(
    ctx: &Ctx,
    tx: &mut Tx,
    rows: Vec<(ContactFields, Custom)>,
    list: Option<i64>,
) -> Result<Vec<RowOutcome>> {
    let (rows, customs): (Vec<ContactFields>, Vec<Custom>) = rows.into_iter().unzip();
    let customs = column::fit_many(ctx, tx, Subject::Contact, customs).await?;
    let erased = erased(ctx, tx, addresses(&rows)).await?;
    let employers = employers(ctx, tx, &rows).await?;
    let mut batch = UpsertBatch::new(stored(ctx, tx, &rows).await?);
    for ((fields, custom), employer) in rows.into_iter().zip(&customs).zip(employers) {
        if let Err(issues) = custom {
            batch.refuse(issues.clone());
            continue;
        }
        if let Some(field) = is_erased(&fields, &erased) {
            batch.refuse(vec![Issue::new(field, ERASED)]);
            continue;
        }
        let (email, url) = (fields.work_email.value().cloned(), fields.linkedin_url.value().cloned());
        batch.row(
            [email.as_ref(), url.as_ref()],
            || new(ctx),
            |contact| {
                employer.apply(contact)?;
                fields.apply(contact);
                Ok(())
            },
        );
    }
    for keyed in contacts::insert_many(tx, &batch.new_ones()).await? {
        batch.inserted([keyed.work_email.as_ref(), keyed.linkedin_url.as_ref()], keyed.id);
    }
    for contact in batch.changed() {
        contact.updated_at = ctx.now();
        contacts::update(tx, contact).await?;
    }
    let (new, changed) = batch.written();
    let (ids, outcomes) = batch.outcomes();
    let values = ids.iter().zip(customs).filter_map(|(id, custom)| Some(((*id)?, custom.ok()?)));
    column::store_many(tx, values.collect()).await?;
    if let Some(target) = list {
        let members: HashSet<i64> = ids.into_iter().flatten().collect();
        let joined =
            lists::add_contacts(tx, ctx.org(), target, members.into_iter().collect(), ctx.now()).await?;
        membership::emit_added(ctx, tx, target, (Subject::Contact, joined)).await?;
    }
    let (new, changed) = (details(ctx, tx, new).await?, details(ctx, tx, changed).await?);
    ctx.emit_all(tx, new.into_iter().map(|new| ContactCreated(new.into())).collect()).await?;
    ctx.emit_all(tx, changed.into_iter().map(|changed| ContactUpdated(changed.into())).collect()).await?;
    Ok(outcomes)
}

fn addresses(rows: &[ContactFields]) -> Vec<&str> {
    let emails = rows.iter().filter_map(|fields| fields.work_email.value());
    let urls = rows.iter().filter_map(|fields| fields.linkedin_url.value());
    let private = rows.iter().filter_map(|fields| fields.personal_emails.value()).flatten();
    emails.chain(urls).chain(private).map(String::as_str).collect()
}

/// The field by which a row names somebody who was erased.
fn is_erased(fields: &ContactFields, erased: &HashSet<String>) -> Option<&'static str> {
    let names = [("work_email", fields.work_email.value()), ("linkedin_url", fields.linkedin_url.value())];
    let private = fields.personal_emails.value().into_iter().flatten();
    let mut names = names.into_iter().chain(private.map(|email| ("personal_emails", Some(email))));
    names.find(|(_, name)| name.is_some_and(|name| erased.contains(name))).map(|(field, _)| field)
}

fn new(ctx: &Ctx) -> Contact {
    Contact {
        org_id: ctx.org(),
        meta_data: json!({ "source": "import" }),
        created_at: ctx.now(),
        updated_at: ctx.now(),
        ..Contact::default()
    }
}

/// The stored contacts that rows are about.
async fn stored(ctx: &Ctx, tx: &mut Tx, rows: &[ContactFields]) -> Result<Vec<Contact>> {
    let emails = rows.iter().filter_map(|fields| fields.work_email.value().cloned()).collect();
    let urls = rows.iter().filter_map(|fields| fields.linkedin_url.value().cloned()).collect();
    let known = contacts::known(tx, ctx.org(), emails, urls).await?;
    let ids: HashSet<i64> = known.into_iter().map(|keyed| keyed.id).collect();
    Ok(contacts::get_many(tx, ctx.org(), &ids.into_iter().collect::<Vec<_>>()).await?)
}

/// What a row makes of a contact's company.
enum Employer {
    Keep,
    Is(Option<i64>),
    Missing(i64),
}

impl Employer {
    fn apply(&self, contact: &mut Contact) -> Result<(), Issue> {
        match self {
            Self::Keep => {}
            Self::Is(company) => contact.company_id = *company,
            Self::Missing(id) => return Err(Issue::new("company_id", format!("there is no company {id}"))),
        }
        Ok(())
    }
}

/// The company each row asks for: found or added for all of them together.
async fn employers(ctx: &Ctx, tx: &mut Tx, rows: &[ContactFields]) -> Result<Vec<Employer>> {
    let wanted: Vec<Company> = rows.iter().map(ContactFields::company).collect();
    let (mut named, mut numbered) = (Vec::new(), Vec::new());
    for one in &wanted {
        match one {
            Company::Known { domain, name } => named.push((domain.clone(), name.clone())),
            Company::Id(id) => numbered.push(*id),
            Company::Keep | Company::Clear => {}
        }
    }
    let mut found = company::find_or_add_many(ctx, tx, named).await?.into_iter();
    let there = companies::get_many(tx, ctx.org(), &numbered).await?;
    let there: HashSet<i64> = there.into_iter().map(|company| company.id).collect();
    let employer = |wanted| match wanted {
        Company::Keep => Employer::Keep,
        Company::Clear => Employer::Is(None),
        Company::Known { .. } => found.next().flatten().map_or(Employer::Keep, |id| Employer::Is(Some(id))),
        Company::Id(id) if there.contains(&id) => Employer::Is(Some(id)),
        Company::Id(id) => Employer::Missing(id),
    };
    Ok(wanted.into_iter().map(employer).collect())
}

/// Contacts as events show them.
async fn details(ctx: &Ctx, tx: &mut Tx, contacts: Vec<Contact>) -> Result<Vec<ContactDetail>> {
    let ids: HashSet<i64> = contacts.iter().filter_map(|contact| contact.company_id).collect();
    let known = companies::get_many(tx, ctx.org(), &ids.into_iter().collect::<Vec<_>>()).await?;
    let known: HashMap<i64, _> = known.into_iter().map(|company| (company.id, company)).collect();
    let detail = |contact: Contact| {
        let company = contact.company_id.and_then(|id| known.get(&id).cloned());
        ContactDetail::at(contact, company)
    };
    Ok(contacts.into_iter().map(detail).collect())
}
