//! `POST /exports`

use super::{ExportJob, ExportView, READ};
use crate::{company, contact, records::Records};
use g8_core::{Args, Ctx, Operation, Shape, Spec, Verb};
use g8_domain::{
    Error, Issue, Result,
    record::{Export, FileFormat, TransferState},
};
use g8_storage::{exports, privacy};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Begin an export.
pub struct CreateExport;

/// What is to be exported.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct CreateExportInput {
    /// What the rows are; contacts unless given
    pub subject: Option<Records>,
    /// csv or jsonl; csv unless given
    pub format: Option<FileFormat>,
    /// The filters of GET /contacts or GET /companies, as {"country": "France"}
    #[schemars(extend("additionalProperties" = true, "maxProperties" = 50))]
    pub filters: Option<Args>,
}

impl Operation for CreateExport {
    const SPEC: Spec = Spec::on(Verb::Post, "/exports", "export.create", READ)
        .about("Begin an export of contacts or companies; its file is at /exports/{export_id}/file once completed")
        .accepted();
    type Input = CreateExportInput;
    type Output = ExportView;

    async fn run(ctx: &Ctx, input: CreateExportInput) -> Result<ExportView> {
        let subject = input.subject.unwrap_or_default();
        subject.readable(ctx)?;
        let format = input.format.unwrap_or(FileFormat::Csv);
        if format == FileFormat::Vcard {
            return Err(Error::field("format", "must be csv or jsonl"));
        }
        let export = Export {
            id: ctx.id(),
            org_id: ctx.org(),
            subject: subject.subject(),
            format,
            state: TransferState::Queued,
            filters: Value::Object(checked(ctx, subject, input.filters.unwrap_or_default()).await?),
            file_id: ctx.id(),
            rows_written: 0,
            bytes_written: 0,
            last_id: None,
            columns: None,
            error: None,
            key_id: ctx.caller.key.id,
            created_at: ctx.now(),
            finished_at: None,
        };
        let mut tx = ctx.begin().await?;
        // Whoever is being erased is gone before its work begins, or the erasing finds it.
        privacy::erasures(&mut tx, ctx.org()).await?;
        exports::insert(&mut tx, &export).await?;
        tx.enqueue(&ExportJob { id: export.id }).await?;
        tx.commit(export.into()).await
    }
}

/// Filters that the list of these records takes.
async fn checked(ctx: &Ctx, subject: Records, filters: Args) -> Result<Args> {
    let paging =
        |name: &&String| ["page", "limit", "cursor", "include_custom_fields"].contains(&name.as_str());
    let issues: Vec<Issue> = filters
        .keys()
        .filter(paging)
        .map(|name| Issue::new(format!("filters.{name}"), "has no meaning here: an export has every row"))
        .collect();
    if !issues.is_empty() {
        return Err(Error::invalid(&issues));
    }
    match subject {
        Records::Contacts => {
            let read: contact::ContactFilters =
                Shape::of::<contact::ContactFilters>().read(filters.clone())?;
            read.query(ctx).await?;
        }
        Records::Companies => {
            let read: company::CompanyFilters =
                Shape::of::<company::CompanyFilters>().read(filters.clone())?;
            read.query(ctx).await?;
        }
    }
    Ok(filters)
}
