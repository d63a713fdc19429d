//! The activity stream: what happened, read from the events by the record it happened to or was about.
//!
//! Each question is put to the engine as one or a few walks of an index from the newest on, and the walks
//! are merged here: neither engine merges them by itself.

use crate::{
    Session,
    arg::args,
    error::StorageResult,
    filter::{Filter, RowCount, Rows, Slice},
    row::record,
    table::events::first_id,
};
use g8_domain::Ts;
use serde_json::Value;
use uuid::Uuid;

/// An event as the stream shows it, with a contact, a company and a deal that it is linked to.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is a column, or names a record as `contact:5`")]
pub struct Activity {
    pub id: Uuid,
    pub name: String,
    pub subject: String,
    /// What it says.
    pub data: Value,
    pub at: Ts,
    pub author: Option<String>,
    pub user_id: Option<Uuid>,
    pub channel: Option<String>,
    pub contact: Option<String>,
    pub company: Option<String>,
    pub deal: Option<String>,
}
record!(Activity => id, name, subject, data, at, author, user_id, channel, contact, company, deal);

/// Which events; every condition must hold.
#[derive(Debug, Clone, Default)]
pub struct ActivityFilter {
    /// About all of these records, as `contact:5`.
    pub about: Vec<String>,
    /// Of any of these names; of all when none is given.
    pub names: Option<Vec<&'static str>>,
    /// EMAIL, LINKEDIN or MANUAL.
    pub channel: Option<&'static str>,
    /// Later than.
    pub after: Option<Ts>,
    /// Earlier than.
    pub before: Option<Ts>,
}

const BY_EVENT: Rows = Rows::of(
    "SELECT e.id, e.name, e.subject, e.data, e.at, e.author, e.user_id, e.channel,
     (SELECT MIN(l.subject) FROM event_links l WHERE l.event_id = e.id AND l.subject LIKE 'contact:%') AS contact,
     (SELECT MIN(l.subject) FROM event_links l WHERE l.event_id = e.id AND l.subject LIKE 'company:%') AS company,
     (SELECT MIN(l.subject) FROM event_links l WHERE l.event_id = e.id AND l.subject LIKE 'deal:%') AS deal",
    "FROM events e",
    "e.id",
);
const BY_LINK: Rows = Rows::of(
    "SELECT e.id, e.name, e.subject, e.data, e.at, e.author, e.user_id, e.channel,
     (SELECT MIN(l.subject) FROM event_links l WHERE l.event_id = e.id AND l.subject LIKE 'contact:%') AS contact,
     (SELECT MIN(l.subject) FROM event_links l WHERE l.event_id = e.id AND l.subject LIKE 'company:%') AS company,
     (SELECT MIN(l.subject) FROM event_links l WHERE l.event_id = e.id AND l.subject LIKE 'deal:%') AS deal",
    "FROM event_links k CROSS JOIN events e",
    "k.event_id",
);

/// The events that meet a filter, newest first, and their number.
pub async fn page(
    on: &mut impl Session,
    org: Uuid,
    filter: ActivityFilter,
    slice: &Slice,
) -> StorageResult<(Vec<Activity>, RowCount)> {
    let (mut found, mut total) = (Vec::new(), RowCount::exact(0));
    for (rows, walk) in walks(org, &filter) {
        let (some, count) = walk.page::<Activity>(on, rows, slice).await?;
        found.extend(some);
        total = RowCount { n: total.n + count.n, or_more: total.or_more || count.or_more };
    }
    found.sort_by_key(|activity| std::cmp::Reverse(activity.id));
    found.dedup_by_key(|activity| activity.id);
    found.truncate(usize::try_from(slice.limit + 1).unwrap_or(usize::MAX));
    Ok((found, total))
}

/// The walks that together find them: of a record, the events it is the subject of and those it is linked
/// to; of no record, one of each name.
fn walks(org: Uuid, filter: &ActivityFilter) -> Vec<(Rows, Filter)> {
    let names = filter.names.as_deref();
    if let Some((main, others)) = filter.about.split_first() {
        let subject = Filter::new("e.org_id = ", org).compare("e.subject = ", Some(main));
        // The order of the join is the order of the walk.
        let linked =
            Filter::new("k.org_id = ", org).and("e.id = k.event_id").compare("k.subject = ", Some(main));
        let linked = within(linked, filter, ["k.event_id >= ", "k.event_id < "]);
        let both = [(BY_EVENT, within(subject, filter, ["e.id >= ", "e.id < "])), (BY_LINK, linked)];
        return both.map(|(rows, walk)| (rows, about(named(walk, names), org, others))).into();
    }
    let all = || within(Filter::new("e.org_id = ", org), filter, ["e.id >= ", "e.id < "]);
    match names {
        Some(names) if filter.channel.is_none() => {
            names.iter().map(|name| (BY_EVENT, all().compare("e.name = ", Some(*name)))).collect()
        }
        names => vec![(BY_EVENT, named(all(), names))],
    }
}

/// Between two moments, on one channel. Ids begin with the time, so that the walk begins and ends there.
fn within(walk: Filter, filter: &ActivityFilter, [from, to]: [&'static str; 2]) -> Filter {
    walk.compare(from, filter.after.map(first_id))
        .compare(to, filter.before.map(|before| first_id(before.plus(1000))))
        .compare("e.at > ", filter.after)
        .compare("e.at < ", filter.before)
        .compare("e.channel = ", filter.channel)
}

/// Of one of these names.
fn named(walk: Filter, names: Option<&[&'static str]>) -> Filter {
    let Some(names) = names else { return walk };
    if names.is_empty() {
        return walk.and("1 = 0");
    }
    let places = vec!["?"; names.len()].join(", ");
    walk.and_built(&format!("e.name IN ({places})"), names.iter().map(|name| (*name).into()).collect())
}

/// And about these records, too.
fn about(walk: Filter, org: Uuid, others: &[String]) -> Filter {
    others.iter().fold(walk, |walk, other| {
        let linked = "(e.subject = ? OR EXISTS (SELECT 1 FROM event_links o
                      WHERE o.org_id = ? AND o.subject = ? AND o.event_id = e.id))";
        walk.and_built(linked, args![other, org, other])
    })
}

/// One event.
pub async fn get(on: &mut impl Session, org: Uuid, id: Uuid) -> StorageResult<Option<Activity>> {
    let sql = "SELECT e.id, e.name, e.subject, e.data, e.at, e.author, e.user_id, e.channel,
     (SELECT MIN(l.subject) FROM event_links l WHERE l.event_id = e.id AND l.subject LIKE 'contact:%') AS contact,
     (SELECT MIN(l.subject) FROM event_links l WHERE l.event_id = e.id AND l.subject LIKE 'company:%') AS company,
     (SELECT MIN(l.subject) FROM event_links l WHERE l.event_id = e.id AND l.subject LIKE 'deal:%') AS deal
     FROM events e WHERE e.org_id = $1 AND e.id = $2";
    on.row(sql, args![org, id]).await
}
