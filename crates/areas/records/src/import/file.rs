//! `PUT /imports/{import_id}/file`

use super::{ImportJob, ImportView, WRITE, get::open};
use crate::{parsing::text, records::Records};
use g8_core::{Ctx, Incoming, Operation, Spec, Verb};
use g8_domain::{
    Error, ErrorKind, Result,
    record::{FileFormat, Import, TransferState},
};
use g8_storage::{files, imports};
use uuid::Uuid;

/// How much of a file is stored at a time.
const PIECE: usize = 1024 * 1024;
/// The media types of files that can be imported.
const TYPES: &[&str] = &["text/csv", "application/x-ndjson", "text/vcard", "application/octet-stream"];

/// Send the file of an import.
pub struct UploadImport;

impl Operation for UploadImport {
    const SPEC: Spec = Spec::on(Verb::Put, "/imports/{import_id}/file", "import.upload", WRITE)
        .about("Send the file of an import as the body; a worker begins with it at once")
        .takes_file(TYPES)
        .accepted();
    type Input = super::GetImportInput;
    type Output = ImportView;

    async fn run(ctx: &Ctx, input: super::GetImportInput) -> Result<ImportView> {
        let import = open(ctx, &mut ctx.db(), input.import_id, Records::writable).await?;
        if import.state != TransferState::Waiting {
            return Err(Error::rule("The import has its file already; begin another."));
        }
        let file = ctx.id();
        let incoming = ctx.file()?;
        let mut tx = ctx.db().begin().await?;
        if !imports::take(&mut tx, (ctx.org(), import.id), file).await? {
            return Err(meanwhile());
        }
        tx.commit().await?;
        let bytes = match store(ctx, incoming, file, &import).await {
            Ok(bytes) => bytes,
            Err(error) => {
                // What a crash leaves behind is swept later.
                let mut tx = ctx.db().begin().await?;
                files::delete(&mut tx, file).await?;
                tx.commit().await?;
                return Err(error);
            }
        };
        let mut tx = ctx.begin().await?;
        if !imports::receive(&mut tx, (ctx.org(), import.id), file, bytes).await? {
            return Err(meanwhile());
        }
        tx.enqueue(&ImportJob { id: import.id }).await?;
        let mut progress = import.progress;
        progress.bytes_total = bytes;
        tx.commit(Import { state: TransferState::Queued, progress, ..import }.into()).await
    }
}

fn meanwhile() -> Error {
    Error::rule("The import got its file from another request meanwhile, or was cancelled.")
}

/// Stores a file in pieces, each of which is safe once it is taken; says how long it is.
async fn store(ctx: &Ctx, mut incoming: Incoming, file: Uuid, import: &Import) -> Result<i64> {
    let most = ctx.app.config.limits.import_mib.saturating_mul(1024 * 1024);
    let too_large = || {
        let message = format!("The file is over {} MiB; import it in parts.", most / 1024 / 1024);
        Error::new(ErrorKind::TooLarge, message)
    };
    if incoming.length.is_some_and(|length| length > most) {
        return Err(too_large());
    }
    let (mut bytes, mut seq) = (0, 0);
    while let Some(piece) = incoming.piece(PIECE).await? {
        if seq == 0 && import.format != FileFormat::Vcard {
            let head = &piece[..piece.len().min(8)];
            text(head).map_err(|cause| Error::field("", format!("{cause}")))?;
        }
        bytes += piece.len() as u64;
        if bytes > most {
            return Err(too_large());
        }
        let mut tx = ctx.db().begin().await?;
        let so_far = i64::try_from(bytes).map_err(Error::internal)?;
        if !imports::coming(&mut tx, (ctx.org(), import.id), file, so_far).await? {
            return Err(meanwhile());
        }
        files::put(&mut tx, file, seq, piece).await?;
        tx.commit().await?;
        seq += 1;
    }
    if bytes == 0 {
        return Err(Error::field("", "The file is empty"));
    }
    i64::try_from(bytes).map_err(Error::internal)
}
