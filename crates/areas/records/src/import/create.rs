//! `POST /imports`

use super::{ImportView, WRITE, view::ColumnMap};
use crate::{column, membership, records::Records};
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{
    Error, Issue, Result,
    record::{FileFormat, Import, ImportProgress, ListKind, Subject, TransferState},
};
use g8_storage::{imports, lists};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Imports of an organization that may be open: each may hold a whole file.
const OPEN: i64 = 10;

/// Begin an import.
pub struct CreateImport;

/// What is to be imported; its file follows by `PUT /imports/{import_id}/file`.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct CreateImportInput {
    /// What the rows are; contacts unless given
    pub subject: Option<Records>,
    /// csv, jsonl or vcard; left out, what the file's name says, else csv
    pub format: Option<FileFormat>,
    /// The file's name, for people
    #[schemars(length(max = 255))]
    pub file_name: Option<String>,
    /// Which field a column goes into, where the guess is wrong
    #[schemars(length(max = 1000))]
    pub columns: Option<Vec<ColumnMap>>,
    /// List to put everybody on
    pub list_id: Option<i64>,
    /// Title of a new list to put everybody on
    #[schemars(length(min = 1, max = 255))]
    pub list_title: Option<String>,
    /// Whether to only say what would happen
    pub dry_run: Option<bool>,
}

impl Operation for CreateImport {
    const SPEC: Spec = Spec::on(Verb::Post, "/imports", "import.create", WRITE)
        .about("Begin an import of contacts or companies; then PUT the file to /imports/{import_id}/file")
        .created();
    type Input = CreateImportInput;
    type Output = ImportView;

    async fn run(ctx: &Ctx, input: CreateImportInput) -> Result<ImportView> {
        let records = input.subject.unwrap_or_default();
        records.writable(ctx)?;
        let subject = records.subject();
        if input.list_id.is_some() && input.list_title.is_some() {
            return Err(Error::field("list_title", "cannot be given together with `list_id`"));
        }
        let column_overrides = input.columns.unwrap_or_default();
        check(subject, &column_overrides)?;
        let dry_run = input.dry_run == Some(true);
        let mut tx = ctx.begin().await?;
        if imports::open(&mut tx, ctx.org()).await? >= OPEN {
            let message = format!("{OPEN} imports are not over; wait for one of them, or cancel one.");
            return Err(Error::rule(message));
        }
        let list_id = match (input.list_id, &input.list_title) {
            (Some(list), _) => Some(membership::list_holding(ctx, &mut tx, list, subject).await?.id),
            (None, Some(title)) if !dry_run => {
                lists::insert(&mut tx, &membership::new_list(ctx, title, ListKind::of(subject))?).await?
            }
            _ => None,
        };
        let import = Import {
            id: ctx.id(),
            org_id: ctx.org(),
            subject,
            format: input.format.unwrap_or_else(|| format(input.file_name.as_deref())),
            state: TransferState::Waiting,
            file_name: input.file_name,
            file_id: None,
            told: serde_json::to_value(column_overrides).map_err(Error::internal)?,
            mapping: None,
            list_id,
            dry_run: i64::from(dry_run),
            progress: ImportProgress::default(),
            error: None,
            key_id: ctx.caller.key.id,
            author: ctx.author(),
            created_at: ctx.now(),
            finished_at: None,
        };
        imports::insert(&mut tx, &import).await?;
        tx.commit(import.into()).await
    }
}

/// Refuses custom fields that there cannot be; the others are looked at with the file.
fn check(subject: Subject, column_overrides: &[ColumnMap]) -> Result<()> {
    let issue = |(at, map): (usize, &ColumnMap)| {
        let title = map.field.strip_prefix("custom.")?;
        let problem = column::new_slug(subject, (title, None)).err()?;
        Some(Issue::new(format!("columns[{at}].field"), problem.to_string()))
    };
    let issues: Vec<Issue> = column_overrides.iter().enumerate().filter_map(issue).collect();
    if issues.is_empty() { Ok(()) } else { Err(Error::invalid(&issues)) }
}

/// What a file's name says of its format.
fn format(name: Option<&str>) -> FileFormat {
    let ending = name.and_then(|name| name.rsplit_once('.')).map(|(_, ending)| ending.to_lowercase());
    match ending.as_deref() {
        Some("jsonl" | "ndjson" | "json") => FileFormat::Jsonl,
        Some("vcf" | "vcard") => FileFormat::Vcard,
        _ => FileFormat::Csv,
    }
}
