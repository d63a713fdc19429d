//! Imports, their progress and their faults.

use crate::{
    Session, Tx,
    arg::args,
    bulk,
    error::StorageResult,
    filter::{Filter, RowCount, Rows, Slice},
    row::{Cell, FromRow, Row, record},
    values::{Values, values},
};
use g8_domain::{
    Ts,
    record::{Import, ImportProgress, ImportRowError, TransferState},
};
use uuid::Uuid;

record!(ImportProgress => bytes_total, bytes_read, rows_read, created, updated, unchanged, refused);
record!(ImportRowError => line, col, reason);

impl FromRow for Import {
    fn from_row(row: &mut Row) -> StorageResult<Self> {
        Ok(Self {
            id: Cell::cell(row, "id")?,
            org_id: Cell::cell(row, "org_id")?,
            subject: Cell::cell(row, "subject")?,
            format: Cell::cell(row, "format")?,
            state: Cell::cell(row, "state")?,
            file_name: Cell::cell(row, "file_name")?,
            file_id: Cell::cell(row, "file_id")?,
            told: Cell::cell(row, "told")?,
            mapping: Cell::cell(row, "mapping")?,
            list_id: Cell::cell(row, "list_id")?,
            dry_run: Cell::cell(row, "dry_run")?,
            progress: ImportProgress::from_row(row)?,
            error: Cell::cell(row, "error")?,
            key_id: Cell::cell(row, "key_id")?,
            author: Cell::cell(row, "author")?,
            created_at: Cell::cell(row, "created_at")?,
            finished_at: Cell::cell(row, "finished_at")?,
        })
    }

    fn columns(all: &mut Vec<&'static str>) {
        all.extend([
            "id",
            "org_id",
            "subject",
            "format",
            "state",
            "file_name",
            "file_id",
            "told",
            "mapping",
            "list_id",
            "dry_run",
        ]);
        ImportProgress::columns(all);
        all.extend(["error", "key_id", "author", "created_at", "finished_at"]);
    }
}

/// Adds an import that waits for its file.
pub async fn insert(tx: &mut Tx, import: &Import) -> StorageResult<()> {
    let row = values!(import => id, org_id, subject, format, state, file_name, told, list_id, dry_run, key_id, author,
        created_at);
    let none = import.progress;
    let none = values!(none => bytes_total, bytes_read, rows_read, created, updated, unchanged, refused);
    row.and(none).insert(tx, "imports", "").await.map(drop)
}

/// One import.
pub async fn get(on: &mut impl Session, org: Uuid, id: Uuid) -> StorageResult<Option<Import>> {
    on.row("SELECT * FROM imports WHERE org_id = $1 AND id = $2", args![org, id]).await
}

/// Imports, newest first, and their number.
pub async fn page(on: &mut impl Session, org: Uuid, slice: &Slice) -> StorageResult<(Vec<Import>, RowCount)> {
    let rows = Rows::of("SELECT *", "FROM imports", "id");
    Filter::new("org_id = ", org).page(on, rows, slice).await
}

/// Begins to take the file of a waiting import; what came of another one before is deleted. False when it does
/// not wait for one.
pub async fn take(tx: &mut Tx, (org, id): (Uuid, Uuid), file: Uuid) -> StorageResult<bool> {
    let sql = "DELETE FROM file_pieces WHERE file_id IN (
                   SELECT file_id FROM imports WHERE org_id = $1 AND id = $2 AND state = 'waiting')";
    tx.change(sql, args![org, id]).await?;
    let sql = "UPDATE imports SET file_id = $3 WHERE org_id = $1 AND id = $2 AND state = 'waiting'";
    Ok(tx.change(sql, args![org, id, file]).await? > 0)
}

/// Notes how much of a file has come; false when the import waits for another one, or for none.
pub async fn coming(tx: &mut Tx, (org, id): (Uuid, Uuid), file: Uuid, bytes: i64) -> StorageResult<bool> {
    let sql = "UPDATE imports SET bytes_total = $4 WHERE org_id = $1 AND id = $2 AND file_id = $3 AND state = 'waiting'";
    Ok(tx.change(sql, args![org, id, file, bytes]).await? > 0)
}

/// Gives a waiting import its file; false when it waits for another one, or for none.
pub async fn receive(tx: &mut Tx, (org, id): (Uuid, Uuid), file: Uuid, bytes: i64) -> StorageResult<bool> {
    let sql = "UPDATE imports SET bytes_total = $4, state = 'queued'
               WHERE org_id = $1 AND id = $2 AND file_id = $3 AND state = 'waiting'";
    Ok(tx.change(sql, args![org, id, file, bytes]).await? > 0)
}

/// Notes how the columns were understood; false once the import is over.
pub async fn start(tx: &mut Tx, org: Uuid, id: Uuid, mapping: &serde_json::Value) -> StorageResult<bool> {
    let sql = "UPDATE imports SET mapping = $3, state = 'running'
               WHERE org_id = $1 AND id = $2 AND state IN ('queued', 'running')";
    Ok(tx.change(sql, args![org, id, mapping]).await? > 0)
}

/// Notes how far it is; false once the import is over.
pub async fn advance(tx: &mut Tx, org: Uuid, id: Uuid, progress: &ImportProgress) -> StorageResult<bool> {
    let done = values!(progress => bytes_read, rows_read, created, updated, unchanged, refused);
    Ok(done.update(tx, "imports", "org_id = ? AND id = ? AND state = 'running'", args![org, id]).await? > 0)
}

/// Puts an import back to its beginning, for what cannot be gone on with.
pub async fn restart(tx: &mut Tx, org: Uuid, id: Uuid) -> StorageResult<()> {
    let sql =
        "DELETE FROM import_faults WHERE import_id IN (SELECT id FROM imports WHERE org_id = $1 AND id = $2)";
    tx.change(sql, args![org, id]).await?;
    let sql = "UPDATE imports SET bytes_read = 0, rows_read = 0, created = 0, updated = 0, unchanged = 0, refused = 0
               WHERE org_id = $1 AND id = $2";
    tx.change(sql, args![org, id]).await.map(drop)
}

/// Ends an import, and deletes its file; false when it was over already.
pub async fn end(
    tx: &mut Tx,
    (org, id): (Uuid, Uuid),
    state: TransferState,
    error: Option<&str>,
    at: Ts,
) -> StorageResult<bool> {
    let sql = "DELETE FROM file_pieces WHERE file_id IN (SELECT file_id FROM imports WHERE org_id = $1 AND id = $2)";
    tx.change(sql, args![org, id]).await?;
    let sql = "UPDATE imports SET state = $3, error = $4, finished_at = $5
               WHERE org_id = $1 AND id = $2 AND finished_at IS NULL";
    Ok(tx.change(sql, args![org, id, state.word(), error, at]).await? > 0)
}

/// Adds faults behind the `first` ones that are there. They may quote what a file calls its fields.
pub async fn refuse(tx: &mut Tx, import: Uuid, first: i64, faults: &[ImportRowError]) -> StorageResult<()> {
    let row = |(fault, seq): (&ImportRowError, i64)| {
        let [col, reason] = [&fault.col, &fault.reason].map(|text| text.replace('\0', "\u{fffd}"));
        values!(import_id = import, seq = seq, line = fault.line, col = col, reason = reason)
    };
    let rows: Vec<Values> = faults.iter().zip(first..).map(row).collect();
    bulk::write(tx, "import_faults", rows.into_iter(), "").await
}

/// The number of faults of an import.
pub async fn faults(on: &mut impl Session, import: Uuid) -> StorageResult<i64> {
    let sql = "SELECT COUNT(*) AS n FROM import_faults WHERE import_id = $1";
    Ok(on.number(sql, args![import]).await?.unwrap_or_default())
}

/// Up to `limit` faults of an import from number `from` on.
pub async fn faults_from(
    on: &mut impl Session,
    import: Uuid,
    from: i64,
    limit: i64,
) -> StorageResult<Vec<ImportRowError>> {
    let sql = "SELECT line, col, reason FROM import_faults WHERE import_id = $1 AND seq >= $2 ORDER BY seq LIMIT $3";
    on.rows(sql, args![import, from, limit]).await
}

/// How many imports of an organisation are not over.
pub async fn open(on: &mut impl Session, org: Uuid) -> StorageResult<i64> {
    let sql = "SELECT COUNT(*) AS n FROM imports WHERE org_id = $1 AND finished_at IS NULL";
    Ok(on.number(sql, args![org]).await?.unwrap_or_default())
}

/// Ends up to `limit` imports that have waited for their file since before `before`.
pub async fn expire(tx: &mut Tx, (before, at): (Ts, Ts), limit: i64) -> StorageResult<u64> {
    let sql =
        "UPDATE imports SET state = 'failed', error = 'its file did not come within a day', finished_at = $3
               WHERE id IN (SELECT id FROM imports
                            WHERE finished_at IS NULL AND state = 'waiting' AND created_at < $1
                            ORDER BY created_at LIMIT $2) AND state = 'waiting'";
    let expired = tx.change(sql, args![before, limit, at]).await?;
    // What came of it.
    let files =
        "DELETE FROM file_pieces WHERE file_id IN (SELECT file_id FROM imports WHERE finished_at = $1)";
    tx.change(files, args![at]).await?;
    Ok(expired)
}

/// Forgets imports that ended before `before`.
pub async fn forget(tx: &mut Tx, before: Ts, limit: i64) -> StorageResult<u64> {
    let faults = "DELETE FROM import_faults WHERE import_id IN (
                      SELECT id FROM imports WHERE finished_at < $1 ORDER BY finished_at LIMIT $2)";
    tx.change(faults, args![before, limit]).await?;
    let sql = "DELETE FROM imports WHERE id IN (
                   SELECT id FROM imports WHERE finished_at < $1 ORDER BY finished_at LIMIT $2)";
    tx.change(sql, args![before, limit]).await
}
