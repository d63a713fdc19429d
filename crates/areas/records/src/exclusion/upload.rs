//! `POST /exclusions/import`

use super::{
    rows::{self, RowsMessage},
    write::add,
};
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{Error, Result, Scope};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Rows that a file can have.
const MOST: i64 = 100_000;
/// Faults that are told.
const TOLD: usize = 100;

/// Take over exclusions from a file.
pub struct ImportExclusions;

/// Nothing to choose.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Input {}

/// What became of the rows.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Uploaded {
    /// Rows of the file
    pub total: i64,
    /// Exclusions that are new
    pub created: i64,
    /// Rows that say what was said already
    pub unchanged: i64,
    /// Rows that were refused
    pub refused: i64,
    /// Why, for the first 100 faults
    pub errors: Vec<RowFault>,
}

/// Why a row was refused.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct RowFault {
    /// The line of the file on which it starts
    pub row: i64,
    /// The column at fault; empty for the whole row
    pub column: String,
    /// What is wrong
    pub reason: String,
}

impl Operation for ImportExclusions {
    const SPEC: Spec = Spec::on(
        Verb::Post,
        "/exclusions/import",
        "exclusion.import",
        &[Scope::EXCLUSIONS_WRITE],
    )
    .about("Import exclusions from CSV: email, linkedin_url, phone, domain, channel, reason, until, message")
    .takes_file(&["text/csv", "application/octet-stream"])
    .command(&["import-exclusions"]);
    type Input = Input;
    type Output = Uploaded;

    async fn run(ctx: &Ctx, _: Input) -> Result<Uploaded> {
        let (pieces, mut said) = rows::read();
        let most = ctx.app.config.limits.import_mib.saturating_mul(1024 * 1024);
        let file = ctx.file()?;
        let mut done = Uploaded::default();
        let write = async {
            while let Some(batch) = said.recv().await {
                take(ctx, &mut done, batch).await?;
            }
            Ok(())
        };
        // Rows that were written stay so when the rest cannot be read: to send the file again changes nothing
        // about them.
        tokio::try_join!(rows::hand_on(file, pieces, most), write)?;
        Ok(done)
    }
}

/// Writes a batch in a transaction of its own: a slow upload must not hold up other writers.
async fn take(ctx: &Ctx, done: &mut Uploaded, batch: RowsMessage) -> Result<()> {
    let batch = batch.map_err(|why| Error::field("", format!("The file cannot be read: {why}")))?;
    done.total += i64::try_from(batch.len()).unwrap_or_default();
    if done.total > MOST {
        return Err(Error::rule(format!(
            "The file has over {MOST} rows; those before are imported, send the rest in another file."
        )));
    }
    let mut good = Vec::with_capacity(batch.len());
    for (headers, line) in batch {
        let row = i64::try_from(line.number).unwrap_or(i64::MAX);
        match rows::exclusion(ctx, &headers, line) {
            Ok(one) => good.push(one),
            Err(issues) => {
                done.refused += 1;
                let told = issues.into_iter().map(|issue| RowFault {
                    row,
                    column: issue.field,
                    reason: issue.problem,
                });
                let room = TOLD - done.errors.len();
                done.errors.extend(told.take(room));
            }
        }
    }
    let mut tx = ctx.begin().await?;
    let new = add(ctx, &mut tx, &good).await?;
    tx.commit(()).await?;
    done.created += i64::try_from(new.len()).unwrap_or_default();
    done.unchanged += i64::try_from(good.len() - new.len()).unwrap_or_default();
    Ok(())
}
