//! Everything that is kept of a person, to be shown to them or to be erased.

use crate::{Session, Tx, arg::args, bulk::among, error::StorageResult, row::record, table::contacts::ROWS};
use g8_domain::{
    Ts,
    record::{Contact, DealRole, List, Note},
};
use serde_json::Value;
use uuid::Uuid;

/// The contacts of a person, deleted ones too: by address, LinkedIn address, or private address.
pub async fn contacts(
    on: &mut impl Session,
    org: Uuid,
    (email, linkedin, private): (Option<&str>, Option<&str>, Option<&str>),
) -> StorageResult<Vec<Contact>> {
    // A private address stands in a JSON list, in quotes.
    let theirs = "c.org_id = $1 AND (c.work_email = $2 OR c.linkedin_url = $3
                  OR CAST(c.personal_emails AS TEXT) LIKE $4 ESCAPE '\\') ORDER BY c.id";
    let quoted = private.map(|email| crate::filter::pattern(&Value::from(email).to_string()));
    ROWS.all(on, theirs, args![org, email, linkedin, quoted]).await
}

/// A contact, deleted or not.
pub async fn contact(on: &mut impl Session, org: Uuid, id: i64) -> StorageResult<Option<Contact>> {
    ROWS.one(on, "c.org_id = $1 AND c.id = $2", args![org, id]).await
}

/// A custom value and the field it is in, deleted fields too.
#[derive(Debug)]
#[expect(missing_docs, reason = "each field is a column")]
pub struct NamedValue {
    pub name: String,
    pub value: String,
}
record!(NamedValue => name, value);

/// The custom values of a contact.
pub async fn values(on: &mut impl Session, org: Uuid, contact: i64) -> StorageResult<Vec<NamedValue>> {
    let sql = "SELECT c.name, v.value FROM custom_values v JOIN custom_columns c ON c.id = v.column_id
               WHERE c.org_id = $1 AND c.subject = 'contact' AND v.record_id = $2 ORDER BY c.id";
    on.rows(sql, args![org, contact]).await
}

/// The notes on a contact.
pub async fn notes(on: &mut impl Session, org: Uuid, contact: i64) -> StorageResult<Vec<Note>> {
    let sql =
        "SELECT * FROM notes WHERE org_id = $1 AND entity_type = 'contact' AND entity_id = $2 ORDER BY id";
    on.rows(sql, args![org, contact]).await
}

/// The lists a contact is on.
pub async fn lists(on: &mut impl Session, org: Uuid, contact: i64) -> StorageResult<Vec<List>> {
    let sql = "SELECT l.*, CAST(0 AS BIGINT) AS contact_count, CAST(0 AS BIGINT) AS company_count FROM lists l
               JOIN list_contacts m ON m.list_id = l.id WHERE l.org_id = $1 AND m.contact_id = $2 ORDER BY l.id";
    on.rows(sql, args![org, contact]).await
}

/// A deal that a contact takes part in.
#[derive(Debug)]
#[expect(missing_docs, reason = "each field is a column")]
pub struct Dealt {
    pub deal_id: Uuid,
    pub name: String,
    pub stage: String,
    pub role: Option<DealRole>,
}
record!(Dealt => deal_id, name, stage, role);

/// The deals that a contact takes part in.
pub async fn deals(on: &mut impl Session, org: Uuid, contact: i64) -> StorageResult<Vec<Dealt>> {
    let sql = "SELECT d.id AS deal_id, d.name, s.name AS stage, l.role FROM deal_contacts l
               JOIN deals d ON d.id = l.deal_id JOIN stages s ON s.id = d.stage_id
               WHERE l.org_id = $1 AND l.contact_id = $2 ORDER BY d.id";
    on.rows(sql, args![org, contact]).await
}

/// What happened to a contact.
#[derive(Debug)]
#[expect(missing_docs, reason = "each field is a column")]
pub struct Happened {
    pub name: String,
    pub version: i64,
    pub data: Value,
    pub at: Ts,
}
record!(Happened => name, version, data, at);

/// The events of a contact.
pub async fn events(on: &mut impl Session, org: Uuid, contact: i64) -> StorageResult<Vec<Happened>> {
    let sql = "SELECT name, version, data, at FROM events WHERE org_id = $1 AND (subject = $2 OR id IN
               (SELECT event_id FROM event_links WHERE org_id = $1 AND subject = $2)
               AND (name LIKE 'task.%' OR name LIKE 'exclusion.%')) ORDER BY id";
    on.rows(sql, args![org, format!("contact:{contact}")]).await
}

/// Erases a contact with what hangs on it among the records.
pub async fn erase_record(tx: &mut Tx, org: Uuid, contact: i64) -> StorageResult<()> {
    super::exclusions::forget_contact(tx, org, contact).await?;
    for sql in [
        "DELETE FROM custom_values WHERE record_id = $2 AND column_id IN
         (SELECT id FROM custom_columns WHERE org_id = $1 AND subject = 'contact')",
        "DELETE FROM list_contacts WHERE contact_id IN (SELECT id FROM contacts WHERE org_id = $1 AND id = $2)",
        "DELETE FROM notes WHERE org_id = $1 AND entity_type = 'contact' AND entity_id = $2",
        "DELETE FROM contacts WHERE org_id = $1 AND id = $2",
    ] {
        tx.change(sql, args![org, contact]).await?;
    }
    Ok(())
}

/// Takes a contact out of deals and tasks.
pub async fn erase_from_deals(tx: &mut Tx, org: Uuid, contact: i64) -> StorageResult<()> {
    super::tasks::forget(tx, org, &format!("contact:{contact}")).await?;
    tx.change("DELETE FROM deal_contacts WHERE org_id = $1 AND contact_id = $2", args![org, contact])
        .await
        .map(drop)
}

/// Takes out of a contact's events what they said, and out of deliveries what receivers said back.
pub async fn erase_events(tx: &mut Tx, org: Uuid, contact: i64) -> StorageResult<()> {
    // A receiver may have said back what it was told.
    let echoes =
        "UPDATE delivery_attempts SET response_body = NULL, response_headers = NULL WHERE event_id IN
                  (SELECT id FROM events WHERE org_id = $1 AND subject = $2
                   UNION SELECT event_id FROM event_links WHERE org_id = $1 AND subject = $2)";
    tx.change(echoes, args![org, format!("contact:{contact}")]).await?;
    let sql = "UPDATE events SET data = $3 WHERE org_id = $1 AND subject = $2";
    let nothing = serde_json::json!({ "id": contact, "erased": true });
    tx.change(sql, args![org, format!("contact:{contact}"), nothing]).await.map(drop)
}

/// Keeps batches from being written until the transaction ends, and waits for those that are being.
pub async fn lock_erasures(tx: &mut Tx, org: Uuid) -> StorageResult<()> {
    tx.number("SELECT erasures AS n FROM organizations WHERE id = $1 {hold}", args![org]).await.map(drop)
}

/// How many addresses are kept out; it stays so until the transaction ends.
pub async fn erasures(on: &mut impl Session, org: Uuid) -> StorageResult<i64> {
    let count =
        on.number("SELECT erasures AS n FROM organizations WHERE id = $1 {still}", args![org]).await?;
    Ok(count.unwrap_or_default())
}

/// Erases stored answers of a noun's operations: which of them tell of a person cannot be told.
pub async fn erase_answers(tx: &mut Tx, org: Uuid, noun: &str) -> StorageResult<()> {
    let sql = "DELETE FROM idempotency WHERE org_id = $1 AND operation LIKE $2";
    tx.change(sql, args![org, format!("{noun}.%")]).await.map(drop)
}

/// Erases what jobs that have ended were told.
pub async fn erase_ended_jobs(tx: &mut Tx, org: Uuid) -> StorageResult<()> {
    tx.change("DELETE FROM jobs WHERE org_id = $1 AND finished_at IS NOT NULL", args![org]).await.map(drop)
}

/// Erases files that may hold anybody of an organization, and ends searches that may look for them: which of them do
/// cannot be told, so all go.
pub async fn erase_exports(tx: &mut Tx, org: Uuid, at: Ts) -> StorageResult<()> {
    // Before their files: a piece that is just being written waits, and then is none.
    let exports = "UPDATE exports SET state = 'failed', finished_at = COALESCE(finished_at, $2), filters = $3,
                   error = 'a person was erased who may have been in the file; export again' WHERE org_id = $1";
    tx.change(exports, args![org, at, serde_json::json!({})]).await?;
    let files = "DELETE FROM file_pieces WHERE file_id IN (SELECT file_id FROM exports WHERE org_id = $1)";
    tx.change(files, args![org]).await?;
    // A search that is being saved to a list may look for the person.
    tx.change("DELETE FROM jobs WHERE org_id = $1 AND kind = 'search.fill'", args![org]).await?;
    tx.change("UPDATE lists SET processing = 0 WHERE org_id = $1 AND processing = 1", args![org])
        .await
        .map(drop)
}

/// Remembers that somebody was erased.
pub async fn remember(tx: &mut Tx, org: Uuid, digest: &[u8], at: Ts) -> StorageResult<()> {
    let sql = "INSERT INTO erasures (org_id, digest, erased_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    if tx.change(sql, args![org, digest.to_vec(), at]).await? > 0 {
        tx.change("UPDATE organizations SET erasures = erasures + 1 WHERE id = $1", args![org]).await?;
    }
    Ok(())
}

/// Forgets that somebody was erased; says whether they were.
pub async fn readmit(tx: &mut Tx, org: Uuid, digest: &[u8]) -> StorageResult<bool> {
    let gone = tx
        .change("DELETE FROM erasures WHERE org_id = $1 AND digest = $2", args![org, digest.to_vec()])
        .await?;
    if gone > 0 {
        tx.change("UPDATE organizations SET erasures = erasures - 1 WHERE id = $1", args![org]).await?;
    }
    Ok(gone > 0)
}

/// A hash that is remembered.
pub struct Remembered {
    /// The hash.
    pub digest: Vec<u8>,
}
record!(Remembered => digest);

/// Which of these hashes are remembered.
pub async fn remembered(
    on: &mut impl Session,
    org: Uuid,
    digests: Vec<Vec<u8>>,
) -> StorageResult<Vec<Vec<u8>>> {
    let before = "SELECT digest FROM erasures WHERE org_id = $1 AND digest IN ";
    let found = among::<Remembered>(on, before, args![org], digests).await?;
    Ok(found.into_iter().map(|remembered| remembered.digest).collect())
}

/// A record that was hidden.
pub struct Hidden {
    /// Whose.
    pub org_id: Uuid,
    /// Its id.
    pub id: i64,
}
record!(Hidden => org_id, id);

/// Up to `limit` contacts that were hidden before `before`.
pub async fn hidden(on: &mut impl Session, before: Ts, limit: i64) -> StorageResult<Vec<Hidden>> {
    let sql = "SELECT org_id, id FROM contacts WHERE deleted_at < $1 ORDER BY deleted_at LIMIT $2";
    on.rows(sql, args![before, limit]).await
}

/// Erases up to `limit` companies that were hidden before `before`; nothing hangs on them any more but
/// their notes and custom values.
pub async fn erase_hidden_companies(tx: &mut Tx, before: Ts, limit: i64) -> StorageResult<u64> {
    for sql in [
        "DELETE FROM list_companies WHERE company_id IN
         (SELECT id FROM companies WHERE deleted_at < $1 ORDER BY deleted_at LIMIT $2)",
        "DELETE FROM custom_values WHERE record_id IN
         (SELECT id FROM companies WHERE deleted_at < $1 ORDER BY deleted_at LIMIT $2)
         AND column_id IN (SELECT id FROM custom_columns WHERE subject = 'company')",
        "DELETE FROM notes WHERE entity_type = 'company' AND entity_id IN
         (SELECT id FROM companies WHERE deleted_at < $1 ORDER BY deleted_at LIMIT $2)",
        "DELETE FROM task_links WHERE subject IN
         (SELECT 'company:' || CAST(id AS TEXT) FROM companies WHERE deleted_at < $1 ORDER BY deleted_at LIMIT $2)",
        "UPDATE contacts SET company_id = NULL WHERE company_id IN
         (SELECT id FROM companies WHERE deleted_at < $1 ORDER BY deleted_at LIMIT $2)",
        "UPDATE deals SET company_id = NULL WHERE company_id IN
         (SELECT id FROM companies WHERE deleted_at < $1 ORDER BY deleted_at LIMIT $2)",
    ] {
        tx.change(sql, args![before, limit]).await?;
    }
    let sql = "DELETE FROM companies WHERE id IN
               (SELECT id FROM companies WHERE deleted_at < $1 ORDER BY deleted_at LIMIT $2)";
    tx.change(sql, args![before, limit]).await
}
