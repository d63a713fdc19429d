//! The work of an export: a page of records, a piece of the file, and how far it is, in one transaction.

use crate::{cells, company, contact, record::rows};
use g8_core::{
    App, Ctx, Shape,
    jobs::{Due, Job, Next, Pool, Run},
};
use g8_domain::{
    Error, Result,
    record::{self, FileFormat, Subject, TransferState},
};
use g8_storage::{Arg, Slice, Tx, columns, exports, files};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

/// Records that one piece of the file holds.
const BATCH: i64 = 1000;

/// Writes the file of an export.
#[derive(Debug, Serialize, Deserialize)]
pub struct ExportJob {
    /// Which export.
    pub id: Uuid,
}

impl Job for ExportJob {
    const KIND: &'static str = "export";
    const POOL: Pool = Pool::FILES;

    async fn run(&self, run: &Run) -> Result<Next> {
        let org = run.org()?;
        let Some(mut export) = exports::get(&mut &run.app.db, org, self.id).await? else {
            return Ok(Next::Done);
        };
        if export.state.is_over() {
            return Ok(Next::Done);
        }
        let ctx = run.ctx(export.key_id).await?;
        let custom = match export.columns.take() {
            Some(noted) => serde_json::from_value(noted).map_err(Error::internal)?,
            None => names(&ctx, export.subject).await?,
        };
        export.columns = Some(serde_json::to_value(&custom).map_err(Error::internal)?);
        for seq in 0.. {
            // After a crash, the pieces that are there are the ones whose end was noted.
            if files::get(&mut ctx.db(), export.file_id, seq).await?.is_some() {
                continue;
            }
            let rows = page(&ctx, &export).await?;
            let piece = text(&rows, &export, &custom, seq == 0)?;
            advance(&mut export, &rows, &piece, &ctx);
            let mut tx = run.begin().await?;
            if !piece.is_empty() {
                files::put(&mut tx, export.file_id, seq, piece).await?;
            }
            if !exports::advance(&mut tx, &export).await? {
                // Somebody in it was erased meanwhile.
                return Ok(Next::Done);
            }
            tx.commit().await?;
            if export.state.is_over() {
                break;
            }
            if run.stopping() {
                return Ok(Next::Again(Due::Now));
            }
        }
        Ok(Next::Done)
    }

    async fn on_dead(&self, app: &App, tx: &mut Tx, org: Option<Uuid>) -> Result<()> {
        let why = "the server tried several times and could not go on; its operator finds the reason by `g8-server jobs`";
        Ok(exports::fail(tx, org.unwrap_or_default(), self.id, why, app.clock.now()).await?)
    }
}

/// The custom fields that there are now.
async fn names(ctx: &Ctx, subject: Subject) -> Result<Vec<String>> {
    let custom = columns::every(&mut ctx.db(), ctx.org(), subject).await?;
    Ok(custom.into_iter().map(|column| column.name).collect())
}

fn advance(export: &mut record::Export, rows: &[Map<String, Value>], piece: &[u8], ctx: &Ctx) {
    export.state = TransferState::Running;
    export.rows_written += i64::try_from(rows.len()).unwrap_or_default();
    export.bytes_written += i64::try_from(piece.len()).unwrap_or_default();
    export.last_id = rows.last().and_then(|row| row["id"].as_i64()).or(export.last_id);
    if rows.len() < usize::try_from(BATCH).unwrap_or_default() {
        export.state = TransferState::Completed;
        export.finished_at = Some(ctx.app.clock.now());
    }
}

/// The next records, newest first, with their custom values.
async fn page(ctx: &Ctx, export: &record::Export) -> Result<Vec<Map<String, Value>>> {
    let slice = Slice { after: export.last_id.map(Arg::from), offset: 0, limit: BATCH - 1 };
    let Value::Object(filters) = export.filters.clone() else { return Ok(Vec::new()) };
    let rows = match export.subject {
        Subject::Contact => {
            let filters: contact::ContactFilters = Shape::of::<contact::ContactFilters>().read(filters)?;
            serde_json::to_value(rows::<record::Contact>(ctx, filters.query(ctx).await?, &slice).await?)
        }
        Subject::Company => {
            let filters: company::CompanyFilters = Shape::of::<company::CompanyFilters>().read(filters)?;
            serde_json::to_value(rows::<record::Company>(ctx, filters.query(ctx).await?, &slice).await?)
        }
    };
    let rows: Vec<Map<String, Value>> =
        serde_json::from_value(rows.map_err(Error::internal)?).map_err(Error::internal)?;
    Ok(rows)
}

fn text(
    rows: &[Map<String, Value>],
    export: &record::Export,
    custom: &[String],
    first: bool,
) -> Result<Vec<u8>> {
    let mut text = Vec::new();
    if export.format == FileFormat::Jsonl {
        for row in rows {
            serde_json::to_writer(&mut text, row).map_err(Error::internal)?;
            text.push(b'\n');
        }
        return Ok(text);
    }
    let fields: Vec<String> = fields(export.subject);
    if first {
        cells::record(&mut text, &[fields.as_slice(), custom].concat())?;
    }
    for row in rows {
        let own = fields.iter().map(|field| cell(&row[field.as_str()]));
        let values = custom.iter().map(|name| cell(&row["custom_fields"][name.as_str()]));
        cells::record(&mut text, &own.chain(values).collect::<Vec<_>>())?;
    }
    Ok(text)
}

/// The columns of a table: the fields of a record in their order.
fn fields(subject: Subject) -> Vec<String> {
    let row = match subject {
        Subject::Contact => serde_json::to_value(contact::ContactRow::from(record::Contact::default())),
        Subject::Company => serde_json::to_value(company::CompanyRow::from(record::Company::default())),
    };
    let row = row.ok().and_then(|row| row.as_object().cloned()).unwrap_or_default();
    row.into_iter().map(|(field, _)| field).filter(|field| field != "custom_fields").collect()
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
