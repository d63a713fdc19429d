//! The work of an import: read, check, write a batch, note how far it is, all of it in one transaction.
//!
//! Three hands work at a time: one fetches the file's pieces, one reads and checks rows on a thread of
//! its own, one writes. What was noted is where a successor goes on after a crash, so that every row is
//! taken once.

use super::view::ColumnMap;
use crate::{
    Ctx,
    file::Pieces,
    import::{Mapping, Parsed, Record, Rows, Source},
    jobs::{Job, Next, Run},
    ops::{Custom, Fate, company, contact},
};
use g8_domain::{
    Error, Result,
    record::{self, Fault, Progress, Subject, TransferState},
};
use g8_storage::{Db, Tx, files, imports};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::{
    collections::{HashSet, hash_map::DefaultHasher},
    hash::{Hash, Hasher},
    io,
};
use tokio::sync::mpsc::{self, Receiver, Sender};
use uuid::Uuid;

/// Rows that one transaction writes.
const BATCH: usize = 1000;

/// Writes a file's rows.
#[derive(Debug, Serialize, Deserialize)]
pub struct Import {
    /// Which import.
    pub id: Uuid,
}

/// What the reading thread says.
enum Said {
    /// Where each column goes, and how many bytes are read.
    Columns(Value),
    /// Some rows.
    Rows(Vec<Parsed>, u64),
    /// The file cannot be read (on).
    Broken(String),
}

impl Job for Import {
    const KIND: &'static str = "import";

    async fn run(&self, run: &Run) -> Result<Next> {
        let org = run.org()?;
        let Some(import) = imports::get(&mut &run.app.db, org, self.id).await? else { return Ok(Next::Done) };
        let (Some(file), false) = (import.file_id, import.state.is_over()) else { return Ok(Next::Done) };
        let ctx = run.ctx(import.key_id).await?;
        let mut said = read(&run.app.db, &import, file)?;
        let faults = imports::faults(&mut &run.app.db, import.id).await?;
        let mut work = Work { run, ctx, progress: import.progress, faults, seen: HashSet::new(), import };
        let mut skip = usize::try_from(work.progress.rows_read).unwrap_or_default();
        while let Some(part) = said.recv().await {
            let goes_on = match part {
                Said::Columns(columns) => work.start(&columns).await?,
                Said::Rows(mut rows, read) => {
                    let done = skip.min(rows.len());
                    skip -= done;
                    rows.drain(..done);
                    rows.is_empty() || work.write(rows, read).await?
                }
                Said::Broken(why) => {
                    work.end(TransferState::Failed, Some(&why)).await?;
                    false
                }
            };
            if !goes_on {
                return Ok(Next::Done);
            }
            if run.stopping() {
                return Ok(Next::At(run.app.clock.now()));
            }
        }
        work.end(TransferState::Completed, None).await?;
        Ok(Next::Done)
    }
}

struct Work<'a> {
    run: &'a Run,
    ctx: Ctx,
    import: record::Import,
    progress: Progress,
    /// How many faults are written down.
    faults: i64,
    /// In a dry run, the names of records that would be new: what follows would change them.
    seen: HashSet<u64>,
}

impl Work<'_> {
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
        if self.import.dry_run == 1 {
            drop(tx);
            tx = self.run.begin().await?;
        }
        imports::refuse(&mut tx, self.import.id, self.faults, &faults).await?;
        let goes_on = imports::advance(&mut tx, self.import.org_id, self.import.id, &self.progress).await?;
        tx.commit().await?;
        self.faults += i64::try_from(faults.len()).unwrap_or_default();
        // Webhooks are told while the rest is read.
        self.run.app.wake();
        Ok(goes_on)
    }

    async fn take(&mut self, tx: &mut Tx, rows: Vec<Parsed>) -> Result<Vec<Fault>> {
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
        let fates = match self.import.subject {
            Subject::Contact => contact::bulk::write(&self.ctx, tx, people, list).await?,
            Subject::Company => company::bulk::write(&self.ctx, tx, firms, list).await?,
        };
        for ((line, name), fate) in lines.into_iter().zip(names).zip(fates) {
            faults.extend(self.count(line, name, fate));
        }
        Ok(faults)
    }

    fn count(&mut self, line: i64, name: u64, fate: Fate) -> Vec<Fault> {
        match fate {
            Fate::Created if self.import.dry_run == 1 && !self.seen.insert(name) => {
                self.progress.updated += 1;
            }
            Fate::Created => self.progress.created += 1,
            Fate::Updated => self.progress.updated += 1,
            Fate::Unchanged => self.progress.unchanged += 1,
            Fate::Refused(issues) => {
                self.progress.refused += 1;
                return issues
                    .into_iter()
                    .map(|issue| Fault { line, col: issue.field, reason: issue.problem })
                    .collect();
            }
        }
        Vec::new()
    }

    async fn end(&self, state: TransferState, error: Option<&str>) -> Result<()> {
        let mut tx = self.run.begin().await?;
        let at = self.run.app.clock.now();
        imports::end(&mut tx, (self.import.org_id, self.import.id), state, error, at).await?;
        tx.commit().await?;
        Ok(())
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

/// Starts the two hands that read.
fn read(db: &Db, import: &record::Import, file: Uuid) -> Result<Receiver<Said>> {
    let told: Vec<ColumnMap> = serde_json::from_value(import.told.clone()).map_err(Error::internal)?;
    let told: Vec<(String, String)> = told.into_iter().map(|map| (map.column, map.field)).collect();
    let (pieces, fetched) = mpsc::channel(2);
    let (say, said) = mpsc::channel(2);
    tokio::spawn(fetch(db.clone(), file, pieces));
    let (format, subject) = (import.format, import.subject);
    tokio::task::spawn_blocking(move || {
        let pieces = Pieces::new(fetched);
        let opened = Source::open(format, pieces).map_err(|cause| cause.to_string()).and_then(|source| {
            let mapping = Mapping::guess(subject, source.headers(), &told)?;
            Ok(Rows::new(source, mapping, subject))
        });
        // Nobody listens once the import is cancelled.
        let _ = match opened {
            Ok(rows) => tell(rows, &say),
            Err(why) => say.blocking_send(Said::Broken(why)),
        };
    });
    Ok(said)
}

fn tell(mut rows: Rows<Pieces>, say: &Sender<Said>) -> Result<(), mpsc::error::SendError<Said>> {
    let mut told = usize::MAX;
    loop {
        let batch: Vec<io::Result<Parsed>> = rows.by_ref().take(BATCH).collect();
        if rows.mapping().columns().count() != told {
            told = rows.mapping().columns().count();
            say.blocking_send(Said::Columns(columns(rows.mapping())))?;
        }
        if batch.is_empty() {
            return Ok(());
        }
        let (mut parsed, mut broken) = (Vec::with_capacity(batch.len()), None);
        for row in batch {
            match row {
                Ok(row) => parsed.push(row),
                Err(cause) => broken = Some(cause.to_string()),
            }
        }
        say.blocking_send(Said::Rows(parsed, rows.offset()))?;
        if let Some(why) = broken {
            return say.blocking_send(Said::Broken(why));
        }
    }
}

fn columns(mapping: &Mapping) -> Value {
    let column = |(column, target): (&str, &crate::import::Target)| ColumnMap {
        column: column.to_owned(),
        field: target.name(),
    };
    serde_json::to_value(mapping.columns().map(column).collect::<Vec<_>>()).unwrap_or_default()
}

/// Fetches a file's pieces, a little ahead of who reads them.
async fn fetch(db: Db, file: Uuid, pieces: Sender<io::Result<Vec<u8>>>) {
    for seq in 0.. {
        let piece = match files::get(&mut &db, file, seq).await {
            Ok(Some(piece)) => Ok(piece.bytes),
            Ok(None) => return,
            Err(cause) => Err(io::Error::other(cause)),
        };
        let failed = piece.is_err();
        if pieces.send(piece).await.is_err() || failed {
            return;
        }
    }
}
