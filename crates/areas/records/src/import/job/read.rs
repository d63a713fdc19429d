//! The two hands that read: one fetches the file's pieces, one reads and checks rows on a thread of its own.

use super::super::view::ColumnMap;
use crate::parsing::{Mapping, Parsed, Rows, Source};
use g8_core::Pieces;
use g8_domain::{
    Error, Result,
    record::{self, Column},
};
use g8_storage::{Db, files};
use serde_json::Value;
use std::io;
use tokio::sync::mpsc::{self, Receiver, Sender, error::SendError};
use uuid::Uuid;

/// Rows that one transaction writes, and bytes of the file from which on there are enough of them.
const BATCH: (usize, u64) = (1000, 1024 * 1024);

/// What the reading thread says.
pub(super) enum ReaderMessage {
    /// Where each column goes.
    Columns(Value),
    /// Some rows, and how many bytes are read.
    Rows(Vec<Parsed>, u64),
    /// The file cannot be read (on).
    Broken(String),
    /// The file could not be fetched: no fault of its own.
    Lost(io::Error),
    /// The file was read to its end.
    End,
}

impl ReaderMessage {
    /// Readers call what is wrong with a file invalid data; whatever else goes wrong is ours.
    fn of(cause: io::Error) -> Self {
        match cause.kind() {
            io::ErrorKind::InvalidData => Self::Broken(cause.to_string()),
            _ => Self::Lost(cause),
        }
    }
}

/// Starts both. `known` are the custom fields there are.
pub(super) fn read(
    db: &Db,
    import: &record::Import,
    file: Uuid,
    known: Vec<Column>,
) -> Result<Receiver<ReaderMessage>> {
    let overrides: Vec<ColumnMap> = serde_json::from_value(import.told.clone()).map_err(Error::internal)?;
    let overrides: Vec<(String, String)> = overrides.into_iter().map(|map| (map.column, map.field)).collect();
    let (pieces, fetched) = mpsc::channel(2);
    let (sender, receiver) = mpsc::channel(1);
    tokio::spawn(fetch(db.clone(), file, pieces));
    let (format, subject) = (import.format, import.subject);
    let bytes = u64::try_from(import.progress.bytes_total).unwrap_or_default();
    tokio::task::spawn_blocking(move || {
        let opened =
            Source::open(format, Pieces::of(fetched, bytes)).map_err(ReaderMessage::of).and_then(|source| {
                let mapping = Mapping::guess(subject, source.headers(), &overrides, known)
                    .map_err(ReaderMessage::Broken)?;
                Ok(Rows::new(source, mapping, subject))
            });
        // Nobody listens once the import is cancelled.
        let _ = match opened {
            Ok(rows) => send(rows, &sender),
            Err(why) => sender.blocking_send(why),
        };
    });
    Ok(receiver)
}

fn send(mut rows: Rows<Pieces>, sender: &Sender<ReaderMessage>) -> Result<(), SendError<ReaderMessage>> {
    let mut sent = usize::MAX;
    loop {
        let (batch, end) = batch(&mut rows);
        if rows.mapping().columns().count() != sent {
            sent = rows.mapping().columns().count();
            sender.blocking_send(ReaderMessage::Columns(columns(rows.mapping())))?;
        }
        if !batch.is_empty() {
            sender.blocking_send(ReaderMessage::Rows(batch, rows.offset()))?;
        }
        if let Some(end) = end {
            return sender.blocking_send(end);
        }
    }
}

/// The next rows, and what ends the file, if anything does.
fn batch(rows: &mut Rows<Pieces>) -> (Vec<Parsed>, Option<ReaderMessage>) {
    let (mut batch, from) = (Vec::new(), rows.offset());
    while batch.len() < BATCH.0 && rows.offset() - from < BATCH.1 {
        match rows.next() {
            Some(Ok(row)) => batch.push(row),
            Some(Err(cause)) => return (batch, Some(ReaderMessage::of(cause))),
            None => return (batch, Some(ReaderMessage::End)),
        }
    }
    (batch, None)
}

fn columns(mapping: &Mapping) -> Value {
    let column = |(column, target): (&str, &crate::parsing::Target)| ColumnMap {
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

#[cfg(test)]
mod tests {
    use super::*;
    use g8_domain::record::{FileFormat, Subject};

    #[test]
    fn wide_rows_come_in_small_batches() {
        let row = format!("{{\"email\":\"a@x.example\",\"first_name\":\"{}\"}}\n", "x".repeat(100_000));
        let (pieces, fetched) = mpsc::channel(1);
        pieces.try_send(Ok(row.repeat(50).into_bytes())).unwrap();
        drop(pieces);
        let source = Source::open(FileFormat::Jsonl, Pieces::new(fetched)).unwrap();
        let mapping = Mapping::guess(Subject::Contact, &[], &[], Vec::new()).unwrap();
        let mut rows = Rows::new(source, mapping, Subject::Contact);
        let mut sizes = Vec::new();
        loop {
            let (batch, end) = batch(&mut rows);
            sizes.push(batch.len());
            if end.is_some() {
                break;
            }
        }
        assert_eq!(sizes, [11, 11, 11, 11, 6]);
    }
}
