//! Exclusions, and the names they go by.

use crate::{
    Session, Tx,
    arg::args,
    bulk::{self, among},
    error::StorageResult,
    filter::{Filter, RowCount, Rows, Slice, pattern},
    row::record,
    values::{Values, values},
};
use g8_domain::{
    Ts,
    record::{Category, Channel, Exclusion, ExclusionKind, Reason},
};
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

record!(Exclusion =>
    id, org_id, kind, email, linkedin_url, phone, contact_id, domain, channel, reason, category, until, message,
    created_by, created_at, updated_at
);

/// Which exclusions a list shows; every condition must hold.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "each field is the column it filters")]
pub struct ExclusionFilter {
    pub kind: Option<ExclusionKind>,
    /// It goes by this name, as `email:ann@example.com`.
    pub subject: Option<String>,
    /// And by this one.
    pub other_subject: Option<String>,
    pub channel: Option<Channel>,
    pub reason: Option<Reason>,
    pub category: Option<Category>,
    pub created_after: Option<Ts>,
    pub created_before: Option<Ts>,
    /// Has not ended by then.
    pub holds_at: Option<Ts>,
}

/// An exclusion that was written, and what tells it from others.
struct Written {
    id: Uuid,
    mark: String,
    created_at: Ts,
}
record!(Written => id, mark, created_at);

/// Adds exclusions; gives those that are new with the ids they got. What is said already is not said again,
/// unless it has ended: then it begins anew; or unless it is to last longer: then it does, and is given with
/// the moment it began.
pub async fn insert(tx: &mut Tx, exclusions: &[Exclusion]) -> StorageResult<Vec<Exclusion>> {
    let otherwise =
        "ON CONFLICT (org_id, mark) DO UPDATE SET until = excluded.until, message = excluded.message,
                         created_by = excluded.created_by, updated_at = excluded.updated_at, created_at =
                         CASE WHEN exclusions.until <= excluded.updated_at THEN excluded.created_at
                              ELSE exclusions.created_at END
                     WHERE exclusions.until < COALESCE(excluded.until, 9223372036854775807)
                         OR exclusions.until <= excluded.updated_at RETURNING id, mark, created_at";
    // One statement cannot write the same row twice: what the batch itself repeats is left out.
    let mut seen = HashSet::new();
    let fresh: Vec<&Exclusion> =
        exclusions.iter().filter(|one| seen.insert((one.org_id, one.mark()))).collect();
    // In one order, whoever writes: nobody waits for each other.
    let mut rows = fresh.clone();
    rows.sort_by_cached_key(|one| one.mark());
    let written = bulk::insert::<Written>(tx, "exclusions", rows.into_iter().map(values), otherwise).await?;
    let written: HashMap<String, (Uuid, Ts)> =
        written.into_iter().map(|row| (row.mark, (row.id, row.created_at))).collect();
    let named = |one: &&Exclusion| {
        let (id, created_at) = *written.get(&one.mark())?;
        Some(Exclusion { id, created_at, ..(*one).clone() })
    };
    let written: Vec<Exclusion> = fresh.iter().filter_map(named).collect();
    name(tx, &written).await?;
    Ok(written)
}

fn values(one: &Exclusion) -> Values {
    values!(one => id, org_id, kind, email, linkedin_url, phone, contact_id, domain, channel, reason, category, until,
        message, created_by, created_at, updated_at; mark = one.mark())
}

/// Writes down the names that exclusions go by.
async fn name(tx: &mut Tx, exclusions: &[Exclusion]) -> StorageResult<()> {
    let row = |one: &Exclusion| {
        let (org, id) = (one.org_id, one.id);
        one.subjects()
            .into_iter()
            .map(move |subject| values!(org_id = org, subject = subject, exclusion_id = id))
    };
    let rows: Vec<Values> = exclusions.iter().flat_map(row).collect();
    bulk::write(tx, "exclusion_subjects", rows.into_iter(), "ON CONFLICT DO NOTHING").await
}

/// The exclusion that says the same.
pub async fn by_mark(on: &mut impl Session, org: Uuid, mark: &str) -> StorageResult<Option<Exclusion>> {
    on.row("SELECT * FROM exclusions WHERE org_id = $1 AND mark = $2", args![org, mark]).await
}

/// Writes what of an exclusion may change.
pub async fn update(tx: &mut Tx, one: &Exclusion) -> StorageResult<()> {
    let row = values!(one => reason, category, until, message, updated_at; mark = one.mark());
    row.update(tx, "exclusions", "org_id = ? AND id = ?", args![one.org_id, one.id]).await.map(drop)
}

/// Removes an exclusion; says whether it was there.
pub async fn delete(tx: &mut Tx, org: Uuid, id: Uuid) -> StorageResult<bool> {
    Ok(tx.change("DELETE FROM exclusions WHERE org_id = $1 AND id = $2", args![org, id]).await? > 0)
}

/// One exclusion.
pub async fn get(on: &mut impl Session, org: Uuid, id: Uuid) -> StorageResult<Option<Exclusion>> {
    on.row("SELECT * FROM exclusions WHERE org_id = $1 AND id = $2", args![org, id]).await
}

/// One exclusion, to be changed: nobody else changes it meanwhile.
pub async fn lock_for_update(tx: &mut Tx, org: Uuid, id: Uuid) -> StorageResult<Option<Exclusion>> {
    tx.row("SELECT * FROM exclusions WHERE org_id = $1 AND id = $2 {lock}", args![org, id]).await
}

/// The exclusions that meet a filter, newest first, and their number.
pub async fn page(
    on: &mut impl Session,
    org: Uuid,
    filter: ExclusionFilter,
    slice: &Slice,
) -> StorageResult<(Vec<Exclusion>, RowCount)> {
    let mut conditions = Filter::new("org_id = ", org)
        .compare("kind = ", filter.kind.map(ExclusionKind::word))
        .compare("channel = ", filter.channel.map(Channel::word))
        .compare("reason = ", filter.reason.map(Reason::word))
        .compare("category = ", filter.category.map(Category::word))
        .compare("created_at > ", filter.created_after)
        .compare("created_at < ", filter.created_before)
        .with("(until IS NULL OR until > ", filter.holds_at, ")");
    for subject in [filter.subject, filter.other_subject].into_iter().flatten() {
        let named = "id IN (SELECT exclusion_id FROM exclusion_subjects WHERE org_id = ? AND subject = ?)";
        conditions = conditions.and_built(named, args![org, subject]);
    }
    conditions.page(on, Rows::of("SELECT *", "FROM exclusions", "id"), slice).await
}

/// Up to `limit` exclusions older than `after`, newest first.
pub async fn slice(
    on: &mut impl Session,
    org: Uuid,
    after: Option<Uuid>,
    limit: i64,
) -> StorageResult<Vec<Exclusion>> {
    let sql = "SELECT * FROM exclusions WHERE org_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3";
    on.rows(sql, args![org, after.unwrap_or(Uuid::max()), limit]).await
}

/// An exclusion by one of its names.
#[derive(Debug, Clone)]
pub struct MatchedExclusion {
    /// The name it was found by.
    pub subject: String,
    /// What was found.
    pub exclusion: Exclusion,
}

impl crate::row::FromRow for MatchedExclusion {
    fn from_row(row: &mut crate::row::Row) -> StorageResult<Self> {
        Ok(Self { subject: crate::row::Cell::cell(row, "subject")?, exclusion: Exclusion::from_row(row)? })
    }

    fn columns(all: &mut Vec<&'static str>) {
        all.push("subject");
        Exclusion::columns(all);
    }
}

/// The exclusions that go by one of these names and have not ended, on whichever channel.
pub async fn named(
    on: &mut impl Session,
    org: Uuid,
    subjects: Vec<String>,
    now: Ts,
) -> StorageResult<Vec<MatchedExclusion>> {
    let before = "SELECT s.subject, e.* FROM exclusion_subjects s JOIN exclusions e ON e.id = s.exclusion_id
                  WHERE s.org_id = $1 AND (e.until IS NULL OR e.until > $2) AND s.subject IN ";
    among(on, before, args![org, now], subjects).await
}

/// Removes up to `limit` exclusions that have ended, and gives them.
pub async fn lift(tx: &mut Tx, now: Ts, limit: i64) -> StorageResult<Vec<Exclusion>> {
    let sql = "DELETE FROM exclusions WHERE until <= $1 AND id IN
               (SELECT id FROM exclusions WHERE until <= $1 ORDER BY until LIMIT $2 {lock}) RETURNING *";
    tx.rows(sql, args![now, limit]).await
}

/// Forgets a contact's id: whoever was excluded by nothing else is no longer there to be written to. What
/// events said of the contact's exclusions goes, too.
pub async fn forget_contact(tx: &mut Tx, org: Uuid, contact: i64) -> StorageResult<()> {
    for sql in [
        "DELETE FROM exclusions WHERE org_id = $1 AND contact_id = $2
         AND email IS NULL AND linkedin_url IS NULL AND phone IS NULL AND domain IS NULL",
        "UPDATE exclusions SET contact_id = NULL WHERE org_id = $1 AND contact_id = $2",
    ] {
        tx.change(sql, args![org, contact]).await?;
    }
    let subject = format!("contact:{contact}");
    let sql = "DELETE FROM exclusion_subjects WHERE org_id = $1 AND subject = $2";
    tx.change(sql, args![org, &subject]).await?;
    let sql = "UPDATE events SET data = $3 WHERE org_id = $1 AND name LIKE 'exclusion.%' AND id IN
               (SELECT event_id FROM event_links WHERE org_id = $1 AND subject = $2)";
    tx.change(sql, args![org, subject, json!({ "erased": true })]).await.map(drop)
}

/// Erases the exclusions that go by one of these names, and what events said of them and of the addresses.
pub async fn erase(tx: &mut Tx, org: Uuid, subjects: Vec<String>, addresses: &[String]) -> StorageResult<()> {
    let found = named(tx, org, subjects, Ts(i64::MIN)).await?;
    for MatchedExclusion { exclusion, .. } in found {
        delete(tx, org, exclusion.id).await?;
        let sql = "UPDATE events SET data = $3 WHERE org_id = $1 AND subject = $2";
        let nothing = json!({ "id": exclusion.id, "erased": true });
        tx.change(sql, args![org, format!("exclusion:{}", exclusion.id), nothing]).await?;
    }
    // Those of exclusions that are gone already.
    let sql = "UPDATE events SET data = $3 WHERE org_id = $1 AND CAST(data AS TEXT) LIKE $2 ESCAPE '\\'
               AND name IN ('exclusion.created', 'exclusion.updated', 'exclusion.deleted', 'exclusion.lifted')";
    for address in addresses {
        let quoted = pattern(&Value::from(address.as_str()).to_string());
        tx.change(sql, args![org, quoted, json!({ "erased": true })]).await?;
    }
    Ok(())
}
