//! The work of an import: read, check, write a batch, note how far it is, all of it in one transaction.
//!
//! Three hands work at a time: one fetches the file's pieces, one reads and checks rows on a thread of
//! its own, one writes. What was noted is where a successor goes on after a crash, so that every row is
//! taken once.

mod read;

use crate::{
    column::Custom,
    parsing::{Parsed, Record},
    record::{RowOutcome, write_many},
};
use g8_core::{
    App, Ctx,
    jobs::{Due, Job, Next, Pool, Run},
};
use g8_domain::{
    Error, Result,
    record::{self, ImportProgress, ImportRowError, Subject, TransferState},
};
use g8_storage::{Tx, columns, imports};
use read::{ReaderMessage, read};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::{
    collections::{HashSet, hash_map::DefaultHasher},
    hash::{Hash, Hasher},
};
use uuid::Uuid;

/// Reasons for refusing rows that are kept.
const FAULTS: usize = 100_000;
/// Records that a dry run remembers as new; of more, those that come twice count twice.
const SEEN: usize = 1_000_000;

/// Writes a file's rows.
#[derive(Debug, Serialize, Deserialize)]
pub struct ImportJob {
    /// Which import.
    pub id: Uuid,
}

impl Job for ImportJob {
    const KIND: &'static str = "import";
    const POOL: Pool = Pool::FILES;

    async fn run(&self, run: &Run) -> Result<Next> {
        let org = run.org()?;
        let Some(import) = imports::get(&mut &run.app.db, org, self.id).await? else { return Ok(Next::Done) };
        let (Some(file), false) = (import.file_id, import.state.is_over()) else { return Ok(Next::Done) };
        let ctx = run.ctx(import.key_id).await?;
        let known = columns::every(&mut ctx.db(), org, import.subject).await?;
        let mut work = Work::new(run, ctx, import).await?;
        let mut said = read(&run.app.db, &work.import, file, known)?;
        let mut skip = usize::try_from(work.progress.rows_read).unwrap_or_default();
        while let Some(part) = said.recv().await {
            let goes_on = match part {
                ReaderMessage::Columns(columns) => work.start(&columns).await?,
                ReaderMessage::Rows(mut rows, read) => {
                    let done = skip.min(rows.len());
                    skip -= done;
                    rows.drain(..done);
                    rows.is_empty() || work.write(rows, read).await?
                }
                ReaderMessage::Broken(why) => return work.end(TransferState::Failed, Some(&why)).await,
                ReaderMessage::End => return work.end(TransferState::Completed, None).await,
                ReaderMessage::Lost(cause) => return Err(Error::internal(cause)),
            };
            if !goes_on {
                return Ok(Next::Done);
            }
            if run.stopping() {
                return Ok(Next::Again(Due::Now));
            }
        }
        Err(Error::internal("whoever reads the file ended before it"))
    }

    async fn on_dead(&self, app: &App, tx: &mut Tx, org: Option<Uuid>) -> Result<()> {
        let why = "the server tried several times and could not go on; its operator finds the reason by `g8-server jobs`";
        let (org, at) = (org.unwrap_or_default(), app.clock.now());
        imports::end(tx, (org, self.id), TransferState::Failed, Some(why), at).await?;
        Ok(())
    }
}

struct Work<'a> {
    run: &'a Run,
    ctx: Ctx,
    import: record::Import,
    progress: ImportProgress,
    /// How many faults are written down.
    faults: i64,
    /// In a dry run, the names of records that would be new: what follows would change them.
    seen: HashSet<u64>,
}

impl<'a> Work<'a> {
    async fn new(run: &'a Run, ctx: Ctx, import: record::Import) -> Result<Self> {
        let mut progress = import.progress;
        if import.dry_run == 1 && progress.rows_read > 0 {
            // What would be new is known only to whoever began: it is found out again.
            let mut tx = run.begin().await?;
            imports::restart(&mut tx, import.org_id, import.id).await?;
            tx.commit().await?;
            progress = ImportProgress { bytes_total: progress.bytes_total, ..ImportProgress::default() };
        }
        let faults = imports::faults(&mut &run.app.db, import.id).await?;
        Ok(Self { run, ctx, progress, faults, seen: HashSet::new(), import })
    }

    async fn start(&self, columns: &Value) -> Result<bool> {
        let mut tx = self.run.begin().await?;
        let goes_on = imports::start(&mut tx, self.import.org_id, self.import.id, columns).await?;
        tx.commit().await?;
        Ok(goes_on)
    }

    /// Writes a batch; false once the import is over.
    async fn write(&mut self, rows: Vec<Parsed>, read: u64) -> Result<bool> {
        self.ctx.tick();
        self.progress.rows_read += i64::try_from(rows.len()).unwrap_or_default();
        self.progress.bytes_read = i64::try_from(read).unwrap_or_default().min(self.progress.bytes_total);
        let mut tx = self.run.begin().await?;
        let mut faults = self.take(&mut tx, rows).await?;
        faults.sort_by_key(|fault| fault.line);
        cap(&mut faults, FAULTS.saturating_sub(usize::try_from(self.faults).unwrap_or_default()));
        if self.import.dry_run == 1 {
            drop(tx);
            tx = self.run.begin().await?;
        }
        imports::refuse(&mut tx, self.import.id, self.faults, &faults).await?;
        if !imports::advance(&mut tx, self.import.org_id, self.import.id, &self.progress).await? {
            // Cancelled meanwhile: what is not counted is not written.
            return Ok(false);
        }
        tx.commit().await?;
        self.faults += i64::try_from(faults.len()).unwrap_or_default();
        // Webhooks are told while the rest is read.
        self.run.app.wake();
        if let Err(error) = self.run.app.db.analyze_after(self.progress.created).await {
            tracing::warn!(%error, "the records were not analyzed; the import goes on, slower");
        }
        Ok(true)
    }

    async fn take(&mut self, tx: &mut Tx, rows: Vec<Parsed>) -> Result<Vec<ImportRowError>> {
        let (mut faults, mut lines, mut names) = (Vec::new(), Vec::new(), Vec::new());
        let (mut people, mut firms) = (Vec::new(), Vec::new());
        for Parsed { line, record } in rows {
            match record {
                Err(why) => {
                    self.progress.refused += 1;
                    faults.extend(why);
                }
                Ok((record, values)) => {
                    lines.push(line);
                    names.push(name(&record));
                    let values = (!values.is_empty()).then_some(values);
                    let custom = Custom { values, create_missing: true };
                    match record {
                        Record::Contact(fields) => people.push((*fields, custom)),
                        Record::Company(fields) => firms.push((*fields, custom)),
                    }
                }
            }
        }
        let list = self.import.list_id;
        let outcomes = match self.import.subject {
            Subject::Contact => write_many::<record::Contact>(&self.ctx, tx, people, list).await?,
            Subject::Company => write_many::<record::Company>(&self.ctx, tx, firms, list).await?,
        };
        for ((line, name), outcome) in lines.into_iter().zip(names).zip(outcomes) {
            faults.extend(self.count(line, name, outcome));
        }
        Ok(faults)
    }

    fn count(&mut self, line: i64, name: u64, outcome: RowOutcome) -> Vec<ImportRowError> {
        match outcome {
            RowOutcome::Created if self.import.dry_run == 1 && self.is_known(name) => {
                self.progress.updated += 1;
            }
            RowOutcome::Created => self.progress.created += 1,
            RowOutcome::Updated => self.progress.updated += 1,
            RowOutcome::Unchanged => self.progress.unchanged += 1,
            RowOutcome::Refused(issues) => {
                self.progress.refused += 1;
                return issues
                    .into_iter()
                    .map(|issue| ImportRowError { line, col: issue.field, reason: issue.problem })
                    .collect();
            }
        }
        Vec::new()
    }

    /// Whether a dry run met a record of this name before.
    fn is_known(&mut self, name: u64) -> bool {
        if self.seen.len() < SEEN { !self.seen.insert(name) } else { self.seen.contains(&name) }
    }

    async fn end(&self, state: TransferState, error: Option<&str>) -> Result<Next> {
        let mut tx = self.run.begin().await?;
        let at = self.run.app.clock.now();
        imports::end(&mut tx, (self.import.org_id, self.import.id), state, error, at).await?;
        tx.commit().await?;
        Ok(Next::Done)
    }
}

/// Leaves as many faults as there is room for; the last one says that more are not kept.
fn cap(faults: &mut Vec<ImportRowError>, room: usize) {
    let Some(last) = room.checked_sub(1) else { return faults.clear() };
    if let Some(fault) = faults.get_mut(last) {
        let reason = format!("is the last for which a reason is kept: a file has at most {FAULTS}");
        *fault = ImportRowError { reason, col: String::new(), line: fault.line };
        faults.truncate(room);
    }
}

/// What a record is recognised by, in short.
fn name(record: &Record) -> u64 {
    let (first, second) = match record {
        Record::Contact(fields) => (&fields.work_email, &fields.linkedin_url),
        Record::Company(fields) => (&fields.domain, &fields.linkedin_url),
    };
    let mut hasher = DefaultHasher::new();
    first.value().or(second.value()).hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_kept_up_to_a_number_and_the_last_says_so() {
        let fault = |line| ImportRowError { line, col: "a".into(), reason: "is wrong".into() };
        let kept = |many: i64, room| {
            let mut faults: Vec<ImportRowError> = (0..many).map(fault).collect();
            cap(&mut faults, room);
            (faults.len(), faults.last().is_some_and(|last| last.reason.contains("100000")))
        };
        assert_eq!(
            [kept(3, 9), kept(9, 3), kept(3, 3), kept(3, 0)],
            [(3, false), (3, true), (3, true), (0, false)]
        );
    }
}
