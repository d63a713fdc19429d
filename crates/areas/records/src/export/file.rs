//! `GET /exports/{export_id}/file`

use super::{GetExportInput, READ, get::open};
use bytes::Bytes;
use futures_util::{StreamExt, stream};
use g8_core::{Ctx, Operation, Outgoing, Spec, Verb};
use g8_domain::{
    Error, Result,
    record::{FileFormat, TransferState},
};
use g8_storage::{Db, files};
use uuid::Uuid;

/// Download an export.
pub struct DownloadExport;

impl Operation for DownloadExport {
    const SPEC: Spec = Spec::on(Verb::Get, "/exports/{export_id}/file", "export.download", READ)
        .about("Download the file of an export that is completed")
        .gives_file(&["text/csv", "application/x-ndjson"]);
    type Input = GetExportInput;
    type Output = ();

    async fn run(ctx: &Ctx, input: GetExportInput) -> Result<()> {
        let export = open(ctx, input.export_id).await?;
        if export.state != TransferState::Completed {
            let message =
                format!("The export is {}; it has a file once it is completed.", export.state.word());
            return Err(Error::rule(message));
        }
        let media_type = match export.format {
            FileFormat::Jsonl => "application/x-ndjson",
            FileFormat::Csv | FileFormat::Vcard => "text/csv",
        };
        let name = format!(
            "{}-{}.{}",
            export.subject.plural(),
            export.created_at.unix_seconds(),
            export.format.word()
        );
        let chunks = stream::try_unfold((ctx.db().clone(), export.file_id, 0), next).boxed();
        ctx.give(Outgoing { name, media_type, chunks });
        Ok(())
    }
}

type Place = (Db, Uuid, i64);

async fn next((db, file, seq): Place) -> Result<Option<(Bytes, Place)>> {
    let piece = files::get(&mut &db, file, seq).await?;
    Ok(piece.map(|piece| (piece.bytes.into(), (db, file, seq + 1))))
}
