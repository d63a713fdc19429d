//! Every acknowledged write is there, once, with its event; and nothing else is.

use super::{Counts, Events, Faults, all};
use crate::{Result, http::Ask, ledger::Write, world::World};
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// What is there, by what names it.
struct There {
    /// Contacts by e-mail address.
    contacts: HashMap<String, Vec<Value>>,
    companies: HashMap<String, Vec<i64>>,
    members: HashMap<i64, HashSet<i64>>,
    /// How often each was told, by the event's name and what it happened to.
    told: HashMap<String, usize>,
}

impl There {
    async fn read(world: &World, events: &Events) -> Result<Self> {
        let mut there = Self {
            contacts: HashMap::new(),
            companies: HashMap::new(),
            members: HashMap::new(),
            told: HashMap::new(),
        };
        for contact in all(world, "/contacts?").await? {
            there.contacts.entry(text(&contact, "work_email")).or_default().push(contact);
        }
        for company in all(world, "/companies?").await? {
            there.companies.entry(text(&company, "domain")).or_default().push(id(&company));
        }
        for list in world.lists() {
            let members = all(world, &format!("/lists/{list}/contacts?")).await?;
            there.members.insert(*list, members.iter().map(id).collect());
        }
        for event in events.values() {
            for what in happened(event) {
                *there.told.entry(what).or_default() += 1;
            }
        }
        Ok(there)
    }

    fn told(&self, what: &str) -> usize {
        self.told.get(what).copied().unwrap_or_default()
    }
}

/// What an event says has happened; one that is about several says several things.
fn happened(event: &Value) -> Vec<String> {
    let (name, data) = (text(event, "event"), &event["data"]);
    match name.as_str() {
        "contact.updated" => vec![format!("{name} {} {}", id(data), text(data, "job_title"))],
        "list.members_added" => {
            let contacts = data["contact_ids"].as_array().into_iter().flatten();
            contacts.map(|contact| format!("{name} {} {contact}", data["list_id"])).collect()
        }
        _ => vec![format!("{name} {}", id(data))],
    }
}

/// Compares what was acknowledged with what is there.
pub async fn check(world: &World, events: &Events, counts: &mut Counts) -> Result {
    let there = There::read(world, events).await?;
    let mut missing = Faults::of(world, "acknowledged writes that are missing");
    let mut twice = Faults::of(world, "writes that were done twice");
    let mut untold = Faults::of(world, "writes without their one event");
    let (mut made, mut titles) = (HashSet::new(), HashMap::new());
    for write in world.ledger.all() {
        match &write {
            Write::Contact { id: known, email, list } => {
                made.insert(email.clone());
                titles.entry(*known).or_insert_with(|| "new".to_owned());
                one(&there, email, Some(*known), (&mut missing, &mut twice, &mut untold));
                if let Some(list) = list {
                    joined(&there, (*list, *known), (&mut missing, &mut untold));
                }
            }
            Write::Company { id: known, domain } => {
                let ids = there.companies.get(domain).map_or(&[][..], Vec::as_slice);
                missing.add_if(!ids.contains(known), || format!("{write:?}"));
                twice.add_if(ids.len() > 1, || format!("{write:?}"));
                untold.add_if(there.told(&format!("company.created {known}")) != 1, || format!("{write:?}"));
            }
            Write::Update { contact, title, sends } => {
                titles.insert(*contact, title.clone());
                let told = there.told(&format!("contact.updated {contact} {title}"));
                // A change is no creation: sent again, it may be said again.
                untold.add_if(told == 0 || told as u64 > *sends, || format!("{write:?} told {told} times"));
            }
            Write::Joined { list, contacts } => {
                for contact in contacts {
                    joined(&there, (*list, *contact), (&mut missing, &mut untold));
                }
            }
            Write::Import { id, emails } => {
                let import = world.ask(Ask::get(format!("/imports/{id}"))).await?;
                let whole = import["status"] == "completed" && import["created"] == emails.len();
                missing.add_if(!whole, || format!("{import}"));
                for email in emails {
                    made.insert(email.clone());
                    one(&there, email, None, (&mut missing, &mut twice, &mut untold));
                }
            }
        }
    }
    last_titles(&there, &titles, &mut missing);
    twice.add_if(there.contacts.len() != made.len(), || {
        format!("{} contacts are there, and {} were made", there.contacts.len(), made.len())
    });
    counts.faults.extend([missing.counted(), twice.counted(), untold.counted()]);
    Ok(())
}

/// There is one contact of an address, told of once.
fn one(
    there: &There,
    email: &str,
    known: Option<i64>,
    (missing, twice, untold): (&mut Faults<'_>, &mut Faults<'_>, &mut Faults<'_>),
) {
    let rows = there.contacts.get(email).map_or(&[][..], Vec::as_slice);
    let Some(first) = rows.first() else { return missing.add(|| email.to_owned()) };
    twice.add_if(rows.len() > 1, || format!("{email} is there {} times", rows.len()));
    missing.add_if(known.is_some_and(|known| known != id(first)), || format!("{email} as {known:?}"));
    let told = there.told(&format!("contact.created {}", id(first)));
    untold.add_if(told != 1, || format!("contact.created of {email}: {told}"));
}

/// A contact is on a list, and that was told once.
fn joined(there: &There, (list, contact): (i64, i64), (missing, untold): (&mut Faults<'_>, &mut Faults<'_>)) {
    let is_on = there.members.get(&list).is_some_and(|members| members.contains(&contact));
    missing.add_if(!is_on, || format!("contact {contact} on list {list}"));
    let told = there.told(&format!("list.members_added {list} {contact}"));
    untold.add_if(told != 1, || format!("contact {contact} on list {list}: {told}"));
}

/// Each contact has what its one writer was last told it has.
fn last_titles(there: &There, titles: &HashMap<i64, String>, missing: &mut Faults<'_>) {
    for contact in there.contacts.values().flatten() {
        if let Some(title) = titles.get(&id(contact)) {
            let found = text(contact, "job_title");
            missing.add_if(found != *title, || format!("contact {} has {found}, not {title}", id(contact)));
        }
    }
}

fn id(row: &Value) -> i64 {
    row["id"].as_i64().unwrap_or_default()
}

fn text(row: &Value, field: &str) -> String {
    row[field].as_str().unwrap_or_default().to_owned()
}
