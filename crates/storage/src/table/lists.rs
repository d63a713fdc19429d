//! Lists and their members.

use crate::{
    Session, Tx,
    arg::args,
    bulk,
    error::StorageResult,
    filter::{Filter, RowCount, Rows, Slice},
    row::{Number, record},
    values::values,
};
use g8_domain::{
    Ts,
    record::{List, ListKind, Subject},
};
use uuid::Uuid;

record!(List =>
    id, org_id, title, kind, source, description, tags, created_at, created_by, updated_at, processing,
    contact_count, company_count
);

/// Adds a list; gives its id.
pub async fn insert(tx: &mut Tx, list: &List) -> StorageResult<Option<i64>> {
    let row =
        values!(list => org_id, title, kind, source, description, tags, created_by, created_at, updated_at);
    row.insert_numbered(tx, "lists").await
}

/// Renames a list and rewrites its description.
pub async fn update(tx: &mut Tx, list: &List) -> StorageResult<()> {
    let sql = "UPDATE lists SET title = $3, description = $4, updated_at = $5
               WHERE org_id = $1 AND id = $2 AND deleted_at IS NULL";
    tx.change(sql, args![list.org_id, list.id, &list.title, &list.description, list.updated_at])
        .await
        .map(drop)
}

/// Notes that a list is being filled, or is no longer.
pub async fn processing(tx: &mut Tx, org: Uuid, id: i64, processing: bool) -> StorageResult<()> {
    let sql = "UPDATE lists SET processing = $3 WHERE org_id = $1 AND id = $2";
    tx.change(sql, args![org, id, i64::from(processing)]).await.map(drop)
}

/// Hides a list; its members stay. Says whether it was there.
pub async fn delete(tx: &mut Tx, org: Uuid, id: i64, at: Ts) -> StorageResult<bool> {
    let sql = "UPDATE lists SET deleted_at = $3 WHERE org_id = $1 AND id = $2 AND deleted_at IS NULL";
    Ok(tx.change(sql, args![org, id, at]).await? > 0)
}

/// One list.
pub async fn get(on: &mut impl Session, org: Uuid, id: i64) -> StorageResult<Option<List>> {
    rows().one(on, "l.org_id = $1 AND l.id = $2 AND l.deleted_at IS NULL", args![org, id]).await
}

/// Lists, of one kind of members or all, newest first, and their number.
pub async fn page(
    on: &mut impl Session,
    org: Uuid,
    companies: Option<bool>,
    slice: &Slice,
) -> StorageResult<(Vec<List>, RowCount)> {
    visible(org, companies).page(on, rows(), slice).await
}

/// The lists that a record is on, as [`page`] gives them.
pub async fn page_of(
    on: &mut impl Session,
    org: Uuid,
    companies: Option<bool>,
    (subject, id): (Subject, i64),
    slice: &Slice,
) -> StorageResult<(Vec<List>, RowCount)> {
    let before = match subject {
        Subject::Contact => "l.id IN (SELECT list_id FROM list_contacts WHERE contact_id = ",
        Subject::Company => "l.id IN (SELECT list_id FROM list_companies WHERE company_id = ",
    };
    visible(org, companies).with(before, Some(id), ")").page(on, rows(), slice).await
}

fn rows() -> Rows {
    let select = "SELECT l.*, (SELECT COUNT(*) FROM list_contacts m WHERE m.list_id = l.id) AS contact_count,
                  (SELECT COUNT(*) FROM list_companies m WHERE m.list_id = l.id) AS company_count";
    Rows::of(select, "FROM lists l", "l.id")
}

/// Lists that are there, of one kind of members or all.
fn visible(org: Uuid, companies: Option<bool>) -> Filter {
    let word = ListKind::Companies.word();
    Filter::new("l.org_id = ", org)
        .and("l.deleted_at IS NULL")
        .compare("l.kind = ", (companies == Some(true)).then_some(word))
        .compare("l.kind <> ", (companies == Some(false)).then_some(word))
}

/// Puts living contacts of the organisation on a list; says which are new there.
pub async fn add_contacts(
    tx: &mut Tx,
    org: Uuid,
    list: i64,
    contacts: Vec<i64>,
    at: Ts,
) -> StorageResult<Vec<i64>> {
    let living = "SELECT id AS n FROM contacts WHERE org_id = $1 AND deleted_at IS NULL AND id IN ";
    let living = bulk::among::<Number>(tx, living, args![org], contacts).await?;
    let rows = living.into_iter().map(|one| values!(list_id = list, contact_id = one.n, added_at = at));
    let otherwise = "ON CONFLICT DO NOTHING RETURNING contact_id AS n";
    numbers(bulk::insert(tx, "list_contacts", rows, otherwise).await?)
}

/// Puts living companies of the organisation on a list; says which are new there.
pub async fn add_companies(
    tx: &mut Tx,
    org: Uuid,
    list: i64,
    companies: Vec<i64>,
    at: Ts,
) -> StorageResult<Vec<i64>> {
    let living = "SELECT id AS n FROM companies WHERE org_id = $1 AND deleted_at IS NULL AND id IN ";
    let living = bulk::among::<Number>(tx, living, args![org], companies).await?;
    let rows = living.into_iter().map(|one| values!(list_id = list, company_id = one.n, added_at = at));
    let otherwise = "ON CONFLICT DO NOTHING RETURNING company_id AS n";
    numbers(bulk::insert(tx, "list_companies", rows, otherwise).await?)
}

fn numbers(rows: Vec<Number>) -> StorageResult<Vec<i64>> {
    Ok(rows.into_iter().map(|row| row.n).collect())
}

/// Takes a contact off a list; says whether it was on it.
pub async fn remove_contact(tx: &mut Tx, list: i64, contact: i64) -> StorageResult<bool> {
    let sql = "DELETE FROM list_contacts WHERE list_id = $1 AND contact_id = $2";
    Ok(tx.change(sql, args![list, contact]).await? > 0)
}

/// Takes a company off a list; says whether it was on it.
pub async fn remove_company(tx: &mut Tx, list: i64, company: i64) -> StorageResult<bool> {
    let sql = "DELETE FROM list_companies WHERE list_id = $1 AND company_id = $2";
    Ok(tx.change(sql, args![list, company]).await? > 0)
}

/// Forgets lists that were hidden before `before`, up to `limit` members at a time, and each list with its last
/// one. One that an import names stays as long as the import does.
pub async fn forget(tx: &mut Tx, before: Ts, limit: i64) -> StorageResult<u64> {
    let mut gone = 0;
    for sql in [
        "DELETE FROM list_contacts WHERE (list_id, contact_id) IN (SELECT m.list_id, m.contact_id FROM list_contacts m
         JOIN lists l ON l.id = m.list_id WHERE l.deleted_at < $1 LIMIT $2)",
        "DELETE FROM list_companies WHERE (list_id, company_id) IN (SELECT m.list_id, m.company_id FROM list_companies m
         JOIN lists l ON l.id = m.list_id WHERE l.deleted_at < $1 LIMIT $2)",
        // Its own fields go next, with their values.
        "UPDATE custom_columns SET deleted_at = COALESCE(deleted_at, $1 - 1), list_id = NULL WHERE list_id IN
         (SELECT id FROM lists WHERE deleted_at < $1 ORDER BY deleted_at LIMIT $2)",
        "DELETE FROM lists WHERE id IN (SELECT l.id FROM lists l WHERE l.deleted_at < $1
         AND NOT EXISTS (SELECT 1 FROM list_contacts m WHERE m.list_id = l.id)
         AND NOT EXISTS (SELECT 1 FROM list_companies m WHERE m.list_id = l.id)
         AND NOT EXISTS (SELECT 1 FROM imports i WHERE i.list_id = l.id)
         ORDER BY l.deleted_at LIMIT $2)",
    ] {
        gone += tx.change(sql, args![before, limit]).await?;
    }
    Ok(gone)
}
