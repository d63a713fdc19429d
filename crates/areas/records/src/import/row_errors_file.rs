//! `GET /imports/{import_id}/faults.csv`

use super::{READ, get::open};
use crate::{cells::record, records::Records};
use bytes::Bytes;
use futures_util::{StreamExt, stream};
use g8_core::{Ctx, Operation, Outgoing, Spec, Verb};
use g8_domain::Result;
use g8_storage::{Db, imports};
use uuid::Uuid;

/// Rows of the file that are read at a time.
const AT_ONCE: i64 = 1000;

/// Download the rows that were refused.
pub struct DownloadRowErrors;

impl Operation for DownloadRowErrors {
    const SPEC: Spec = Spec::on(Verb::Get, "/imports/{import_id}/faults.csv", "import.faults_file", READ)
        .about("Download why rows of an import were refused, as CSV: line, column, reason")
        .gives_file(&["text/csv"]);
    type Input = super::GetImportInput;
    type Output = ();

    async fn run(ctx: &Ctx, input: super::GetImportInput) -> Result<()> {
        let import = open(ctx, &mut ctx.db(), input.import_id, Records::readable).await?;
        let rows = stream::try_unfold((ctx.db().clone(), import.id, 0), next);
        let head = stream::iter([Ok(Bytes::from_static(b"line,column,reason\r\n"))]);
        let name = format!("import-{}-faults.csv", import.id);
        ctx.give(Outgoing { name, media_type: "text/csv", chunks: head.chain(rows).boxed() });
        Ok(())
    }
}

type Position = (Db, Uuid, i64);

async fn next((db, import, from): Position) -> Result<Option<(Bytes, Position)>> {
    let faults = imports::faults_from(&mut &db, import, from, AT_ONCE).await?;
    if faults.is_empty() {
        return Ok(None);
    }
    let count = i64::try_from(faults.len()).unwrap_or(AT_ONCE);
    let mut text = Vec::new();
    for fault in faults {
        record(&mut text, &[fault.line.to_string(), fault.col, fault.reason])?;
    }
    Ok(Some((text.into(), (db, import, from + count))))
}
